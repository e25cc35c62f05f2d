-- A journal as version 0.1.0 wrote it (schema 1): orders in every state, for the tests of the migrations.
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE happenings (
        id INTEGER PRIMARY KEY,
        order_id TEXT NOT NULL REFERENCES orders (order_id),
        at REAL NOT NULL,
        source TEXT NOT NULL,
        what TEXT NOT NULL,
        detail TEXT NOT NULL
    );
INSERT INTO "happenings" VALUES(1,'waiting',1700000000.0,'user','created','');
INSERT INTO "happenings" VALUES(2,'held',1700000001.0,'user','created','');
INSERT INTO "happenings" VALUES(3,'held',1700000003.0,'server','paid','');
INSERT INTO "happenings" VALUES(4,'number',1700000002.0,'user','created','');
INSERT INTO "happenings" VALUES(5,'number',1700000004.0,'server','paid','');
INSERT INTO "happenings" VALUES(6,'code',1700000003.0,'user','created','');
INSERT INTO "happenings" VALUES(7,'code',1700000005.0,'server','paid','');
INSERT INTO "happenings" VALUES(8,'returned',1700000004.0,'user','created','');
INSERT INTO "happenings" VALUES(9,'returned',1700000006.0,'server','paid','');
INSERT INTO "happenings" VALUES(10,'cancelled',1700000005.0,'user','created','');
INSERT INTO "happenings" VALUES(11,'cancelled',1700000007.0,'server','paid','');
INSERT INTO "happenings" VALUES(12,'expired',1700000006.0,'user','created','');
INSERT INTO "happenings" VALUES(13,'unknown',1700000007.0,'user','created','');
INSERT INTO "happenings" VALUES(14,'unknown',1700000009.0,'server','paid','');
INSERT INTO "happenings" VALUES(15,'given up',1700000008.0,'user','created','');
CREATE TABLE intents (
        intent_id TEXT PRIMARY KEY,
        country INTEGER NOT NULL,
        country_name TEXT NOT NULL,
        service TEXT NOT NULL,
        service_name TEXT NOT NULL,
        quoted INTEGER,
        created_at REAL NOT NULL,
        outcome TEXT NOT NULL,
        detail TEXT NOT NULL,
        pid INTEGER NOT NULL
    );
INSERT INTO "intents" VALUES('crashed',43,'Germany','tg','Telegram',3000,1700000000.0,'open','',4194305);
INSERT INTO "intents" VALUES('lost',43,'Germany','tg','Telegram',3000,1700000001.0,'unknown','The answer was lost.',4194305);
INSERT INTO "intents" VALUES('made',43,'Germany','tg','Telegram',3000,1700000002.0,'made','waiting',4194305);
CREATE TABLE orders (
        order_id TEXT PRIMARY KEY,
        payreq TEXT NOT NULL,
        country INTEGER NOT NULL,
        country_name TEXT NOT NULL,
        service TEXT NOT NULL,
        service_name TEXT NOT NULL,
        amount INTEGER,
        quoted INTEGER,
        network TEXT NOT NULL,
        node TEXT,
        created_at REAL NOT NULL,
        expires_at REAL,
        status TEXT NOT NULL,
        paid_at REAL,
        number TEXT,
        number_at REAL,
        code TEXT,
        code_at REAL,
        ended_at REAL,
        reason TEXT,
        note TEXT,
        cancel TEXT NOT NULL,
        accepted INTEGER NOT NULL,
        ended INTEGER NOT NULL
    );
INSERT INTO "orders" VALUES('waiting','lnbc30u1p34yef6pp50hrwddsa332dla4c6m4zu0cgkqvw27trm7qafyaxl9egcnwgxvvqdp5wdkhxdrnv968xgrsv9uk6etwwssywetjd4sku7fqw3mkjar5v4eqcqzpgxqyz5vqsp5fnj032qs6fuht2p3r245h3u6r9x32fhdw5n4qyn7mqm95jt0ag5q9qyyssqlyeyhnqq4y6l5ynxatvnqg6zldnqmwxx7qel0q79slfv7wvuk23zm2shczj4vxf39a4s8x36k9dxcgtnvwdv0j8uq4jcuq3yclw393sp8uywdc',43,'Germany','tg','Telegram',3000,3000,'bc',NULL,1700000000.0,1700086400.0,'waiting',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'no',0,0);
INSERT INTO "orders" VALUES('held','lnbc30u1p34yef6pp50hrwddsa332dla4c6m4zu0cgkqvw27trm7qafyaxl9egcnwgxvvqdp5wdkhxdrnv968xgrsv9uk6etwwssywetjd4sku7fqw3mkjar5v4eqcqzpgxqyz5vqsp5fnj032qs6fuht2p3r245h3u6r9x32fhdw5n4qyn7mqm95jt0ag5q9qyyssqlyeyhnqq4y6l5ynxatvnqg6zldnqmwxx7qel0q79slfv7wvuk23zm2shczj4vxf39a4s8x36k9dxcgtnvwdv0j8uq4jcuq3yclw393sp8uywdc',43,'Germany','tg','Telegram',3000,3000,'bc',NULL,1700000001.0,1700086400.0,'held',1700000000.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'no',0,0);
INSERT INTO "orders" VALUES('number','lnbc30u1p34yef6pp50hrwddsa332dla4c6m4zu0cgkqvw27trm7qafyaxl9egcnwgxvvqdp5wdkhxdrnv968xgrsv9uk6etwwssywetjd4sku7fqw3mkjar5v4eqcqzpgxqyz5vqsp5fnj032qs6fuht2p3r245h3u6r9x32fhdw5n4qyn7mqm95jt0ag5q9qyyssqlyeyhnqq4y6l5ynxatvnqg6zldnqmwxx7qel0q79slfv7wvuk23zm2shczj4vxf39a4s8x36k9dxcgtnvwdv0j8uq4jcuq3yclw393sp8uywdc',43,'Germany','tg','Telegram',3000,3000,'bc',NULL,1700000002.0,1700086400.0,'number',1700000000.0,'4915112345678',1700000020.0,NULL,NULL,NULL,NULL,'unable to read data','no',0,0);
INSERT INTO "orders" VALUES('code','lnbc30u1p34yef6pp50hrwddsa332dla4c6m4zu0cgkqvw27trm7qafyaxl9egcnwgxvvqdp5wdkhxdrnv968xgrsv9uk6etwwssywetjd4sku7fqw3mkjar5v4eqcqzpgxqyz5vqsp5fnj032qs6fuht2p3r245h3u6r9x32fhdw5n4qyn7mqm95jt0ag5q9qyyssqlyeyhnqq4y6l5ynxatvnqg6zldnqmwxx7qel0q79slfv7wvuk23zm2shczj4vxf39a4s8x36k9dxcgtnvwdv0j8uq4jcuq3yclw393sp8uywdc',43,'Germany','tg','Telegram',3000,3000,'bc',NULL,1700000003.0,1700086400.0,'code',1700000000.0,'4915112345678',1700000020.0,'048010',1700000050.0,1700000050.0,NULL,NULL,'no',0,1);
INSERT INTO "orders" VALUES('returned','lnbc30u1p34yef6pp50hrwddsa332dla4c6m4zu0cgkqvw27trm7qafyaxl9egcnwgxvvqdp5wdkhxdrnv968xgrsv9uk6etwwssywetjd4sku7fqw3mkjar5v4eqcqzpgxqyz5vqsp5fnj032qs6fuht2p3r245h3u6r9x32fhdw5n4qyn7mqm95jt0ag5q9qyyssqlyeyhnqq4y6l5ynxatvnqg6zldnqmwxx7qel0q79slfv7wvuk23zm2shczj4vxf39a4s8x36k9dxcgtnvwdv0j8uq4jcuq3yclw393sp8uywdc',43,'Germany','tg','Tele''gram; [x]',3000,3000,'bc',NULL,1700000004.0,1700086400.0,'returned',1700000000.0,NULL,NULL,NULL,NULL,1700000020.0,'No available number',NULL,'no',0,1);
INSERT INTO "orders" VALUES('cancelled','lnbc30u1p34yef6pp50hrwddsa332dla4c6m4zu0cgkqvw27trm7qafyaxl9egcnwgxvvqdp5wdkhxdrnv968xgrsv9uk6etwwssywetjd4sku7fqw3mkjar5v4eqcqzpgxqyz5vqsp5fnj032qs6fuht2p3r245h3u6r9x32fhdw5n4qyn7mqm95jt0ag5q9qyyssqlyeyhnqq4y6l5ynxatvnqg6zldnqmwxx7qel0q79slfv7wvuk23zm2shczj4vxf39a4s8x36k9dxcgtnvwdv0j8uq4jcuq3yclw393sp8uywdc',43,'Germany','tg','Telegram',3000,3000,'bc',NULL,1700000005.0,1700086400.0,'cancelled',1700000000.0,NULL,NULL,NULL,NULL,1700000140.0,NULL,NULL,'accepted',0,1);
INSERT INTO "orders" VALUES('expired','lnbc30u1p34yef6pp50hrwddsa332dla4c6m4zu0cgkqvw27trm7qafyaxl9egcnwgxvvqdp5wdkhxdrnv968xgrsv9uk6etwwssywetjd4sku7fqw3mkjar5v4eqcqzpgxqyz5vqsp5fnj032qs6fuht2p3r245h3u6r9x32fhdw5n4qyn7mqm95jt0ag5q9qyyssqlyeyhnqq4y6l5ynxatvnqg6zldnqmwxx7qel0q79slfv7wvuk23zm2shczj4vxf39a4s8x36k9dxcgtnvwdv0j8uq4jcuq3yclw393sp8uywdc',43,'Germany','tg','Telegram',NULL,NULL,'bc',NULL,1700000006.0,1700086400.0,'expired',NULL,NULL,NULL,NULL,NULL,1700086400.0,NULL,NULL,'no',0,1);
INSERT INTO "orders" VALUES('unknown','lnbc30u1p34yef6pp50hrwddsa332dla4c6m4zu0cgkqvw27trm7qafyaxl9egcnwgxvvqdp5wdkhxdrnv968xgrsv9uk6etwwssywetjd4sku7fqw3mkjar5v4eqcqzpgxqyz5vqsp5fnj032qs6fuht2p3r245h3u6r9x32fhdw5n4qyn7mqm95jt0ag5q9qyyssqlyeyhnqq4y6l5ynxatvnqg6zldnqmwxx7qel0q79slfv7wvuk23zm2shczj4vxf39a4s8x36k9dxcgtnvwdv0j8uq4jcuq3yclw393sp8uywdc',43,'Germany','tg','Telegram',3000,3000,'bc',NULL,1700000007.0,1700086400.0,'unknown',1700000000.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'no',0,0);
INSERT INTO "orders" VALUES('given up','lnbc30u1p34yef6pp50hrwddsa332dla4c6m4zu0cgkqvw27trm7qafyaxl9egcnwgxvvqdp5wdkhxdrnv968xgrsv9uk6etwwssywetjd4sku7fqw3mkjar5v4eqcqzpgxqyz5vqsp5fnj032qs6fuht2p3r245h3u6r9x32fhdw5n4qyn7mqm95jt0ag5q9qyyssqlyeyhnqq4y6l5ynxatvnqg6zldnqmwxx7qel0q79slfv7wvuk23zm2shczj4vxf39a4s8x36k9dxcgtnvwdv0j8uq4jcuq3yclw393sp8uywdc',43,'Germany','tg','Telegram',3000,3000,'bc',NULL,1700000008.0,1700086400.0,'waiting',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'given-up',1,0);
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO "settings" VALUES('started','1700000000');
INSERT INTO "settings" VALUES('payees','02aa 03bb');
CREATE INDEX orders_ended ON orders (ended, created_at);
CREATE INDEX happenings_order ON happenings (order_id);
CREATE INDEX intents_outcome ON intents (outcome, created_at);
COMMIT;

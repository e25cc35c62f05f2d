"""What a person does with orders: make, cancel, give up, accept, look. Written down first, and never sent twice."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from s4s_tui.domain.errors import ApiError, ApiKeyError, JournalError, OutcomeUnknown, Refused, TooManyUnpaid
from s4s_tui.domain.events import IntentsChanged, OrderRequested, OrderRequestEnded, PayeeAccepted
from s4s_tui.domain.history import Draft, Intent, Outcome, Source
from s4s_tui.domain.life import advance, after_refusal, skew
from s4s_tui.domain.order import Created, Kind, Order, Status
from s4s_tui.domain.secret import Secret
from s4s_tui.domain.state import MOST_UNPAID
from s4s_tui.domain.wishes import arm, give_up, want_again
from s4s_tui.services.account import AccountDesk
from s4s_tui.services.asker import Asker
from s4s_tui.services.book import PAYEES, OrderBook
from s4s_tui.services.canceller import Canceller
from s4s_tui.services.errands import Errands
from s4s_tui.services.pace import Pace
from s4s_tui.services.ports import Api, Clock, Journal, Store


class Orders:
    """The use cases of an order. Requests once begun go on, whatever screen is left."""

    def __init__(
        self,
        *,
        api: Api,
        journal: Journal,
        book: OrderBook,
        canceller: Canceller,
        store: Store,
        clock: Clock,
        pace: Pace,
        asker: Asker,
        account: AccountDesk,
        wake: Callable[[str], None],
    ) -> None:
        """Args: `wake` is called with an order id that is to be looked at at once (`Services.wake`)."""
        self._asker = asker
        self._account = account
        self._api = api
        self._journal = journal
        self._book = book
        self._canceller = canceller
        self._store = store
        self._clock = clock
        self._pace = pace
        self._wake = wake
        self._errands = Errands()
        self._cancelling: set[str] = set()

    async def create(self, draft: Draft, *, beyond: bool = False) -> Order | None:
        """Make an order: intent into the journal, one POST, order into the journal, and only then on the screen.

        Args:
            draft: what was chosen.
            beyond: the person wants it although `MOST_UNPAID` orders wait for their payment already.

        Returns:
            The order, or None where another one is being made at this moment: then nothing was done.

        Raises:
            TooManyUnpaid: so many orders wait for their payment that this one needs a word of the person.
            JournalError: the intent could not be written and nothing was sent; or the order could not be, and is
                not shown (nobody has paid it, so nothing is lost).
            ApiKeyError: it needs the API key, and there is none; nothing was sent.
            OutcomeUnknown: the answer was lost; IntentsChanged was published. It is not sent again.
            ApiError: any other: no order was made.
        """
        if self._store.state.buying is not None:
            return None
        if self._store.state.unpaid >= MOST_UNPAID and not beyond and not draft.prepaid:
            raise TooManyUnpaid(self._store.state.unpaid)
        self._store.publish(OrderRequested(draft))
        return await self._errands.run(self._create(draft))

    async def cancel(self, order_id: str) -> str:
        """Cancel an order: a paid one at the server once it allows it, an unpaid one by giving it up.

        The status is read first: a code that is there already is shown instead. A failed reading that was no
        refusal ends it here, before anything is sent. Before the 2 minutes the cancellation is armed: the watcher
        sends it when they are over, in the same way.

        Returns:
            Why it was not accepted, as a sentence; "" where it was, or where nothing was sent.
        """
        order = self._store.state.order(order_id)
        if order is None or order.ended or order_id in self._cancelling:
            return ""
        if not order.cancellable and order.status is not Status.WAITING:
            return "The server cancels no message and no funding; it ends by itself."
        if order.status is Status.WAITING:
            await self.give_up(order_id)
            return ""
        if self._clock.now() < order.cancel_opens_at:
            await self._book.update(order_id, arm, Source.USER)
            self._wake(order_id)
            return ""
        self._cancelling.add(order_id)
        return await self._errands.run(self._cancel(order_id))

    async def give_up(self, order_id: str) -> None:
        """Stop waiting for an unpaid order; the watcher cancels it at the server as soon as that is allowed."""
        await self._book.update(order_id, give_up, Source.USER)
        self._wake(order_id)

    async def want_again(self, order_id: str) -> None:
        """Take giving up, or an armed cancellation, back, as long as nothing was sent."""
        await self._book.update(order_id, want_again, Source.USER)
        self._wake(order_id)

    async def look(self, order_id: str) -> str:
        """Ask the server about an order now, also about an ended one; why there was no answer, "" where there was."""
        order = self._store.state.order(order_id)
        if order is None:
            return ""
        self._pace.note()
        try:
            change = await self._asker.ask(order)
        except Refused as error:
            self._pace.heed(error)
            words, status = str(error), error.http_status
            await self._book.update(
                order_id, lambda order: after_refusal(order, words, status, self._clock.now()), Source.SERVER
            )
            return words
        except ApiError as error:
            self._pace.heed(error)
            return str(error)
        await self._book.update(order_id, change, Source.SERVER)
        self._wake(order_id)
        return ""

    async def accept(self, order_id: str) -> None:
        """Accept what the invoice checks block until accepted."""
        await self._book.update(order_id, lambda order: replace(order, accepted=True), Source.USER)

    async def accept_payee(self, node: str) -> None:
        """Accept a payee's node (hex) and remember it; where it cannot be written, for this run of the program."""
        payees = self._store.state.payees | {node}
        with suppress(JournalError):  # published by the book
            await self._book.keep(lambda: self._journal.remember(PAYEES, " ".join(sorted(payees))))
        self._store.publish(PayeeAccepted(node))

    async def finish(self) -> None:
        """Until no order is being made or cancelled; whoever waits sets the limit."""
        await self._errands.finish()

    async def _create(self, draft: Draft) -> Order:
        trouble = ""
        try:
            key = await self._account.key() if draft.prepaid or draft.kind is Kind.FUND else None
            balance = await self._account.read_balance() if draft.kind is Kind.FUND else None
            intent = Intent(intent_id=secrets.token_hex(16), draft=draft, created_at=self._clock.now())
            await self._book.keep(lambda: self._journal.intend(intent))
            created = await self._post(intent, key)
            order = await self._book.add(self._order(draft, created, balance), intent.intent_id)
        except (ApiError, JournalError, ApiKeyError) as error:
            trouble = str(error)
            raise
        finally:
            self._store.publish(OrderRequestEnded(trouble))
        self._wake(order.order_id)
        return order

    async def _post(self, intent: Intent, key: Secret | None) -> Created:
        self._pace.note()
        try:
            return await self._api.create_order(intent.draft, key)
        except OutcomeUnknown as error:
            self._pace.heed(error)
            lost = replace(intent, outcome=Outcome.UNKNOWN, detail=str(error))
            await self._conclude(lost)
            self._store.publish(IntentsChanged((lost, *self._store.state.intents)))
            raise
        except ApiError as error:
            self._pace.heed(error)
            await self._conclude(replace(intent, outcome=Outcome.REFUSED, detail=str(error)))
            raise

    async def _conclude(self, intent: Intent) -> None:
        """Write the outcome. Where that fails the intent stays open, and is shown as unknown at the next start."""
        with suppress(JournalError):  # published by the book
            await self._book.keep(lambda: self._journal.conclude(intent.intent_id, intent.outcome, intent.detail))

    def _order(self, draft: Draft, created: Created, balance: int | None) -> Order:
        now, (amount, expires_at) = self._clock.now(), amount_and_expiry(created.payreq)
        return Order(
            order_id=created.order_id,
            payreq=created.payreq,
            country=draft.country,
            country_name=draft.country_name,
            service=draft.service,
            service_name=draft.service_name,
            amount=draft.quoted if created.prepaid else amount,
            quoted=draft.quoted,
            network=created.network,
            node=created.node,
            created_at=now,
            expires_at=expires_at,
            skew=None if created.at is None else skew(created.at, now),
            # What was paid from the balance was paid with the request itself.
            status=Status.HELD if created.prepaid else Status.WAITING,
            paid_at=now if created.prepaid else None,
            prepaid=created.prepaid,
            kind=draft.kind,
            real_phone=draft.real_phone,
            ref=draft.ref,
            recipient=draft.recipient,
            message=draft.message,
            webhook=draft.webhook,
            balance=balance,
        )

    async def _cancel(self, order_id: str) -> str:
        try:
            return await self._look_and_cancel(order_id)
        finally:
            self._cancelling.discard(order_id)
            self._wake(order_id)

    async def _look_and_cancel(self, order_id: str) -> str:
        self._pace.note()
        try:
            reply = await self._api.order_status(order_id)
        except Refused as error:
            # A server that refuses the status may still take the cancellation, which is what the person wants.
            self._pace.heed(error)
        except ApiError as error:
            self._pace.heed(error)
            return f"The cancellation was not sent: {error}"
        else:
            await self._book.update(order_id, lambda order: advance(order, reply, self._clock.now()), Source.SERVER)
        self._pace.note()
        return await self._canceller.request(order_id, lambda order: not order.ended)


def amount_and_expiry(payreq: str) -> tuple[int | None, float | None]:
    """Sats and Unix time of expiry of an invoice, None where it cannot be read (the checks say so on the screen)."""
    from s4s_tui.domain.invoice import InvoiceError, read_invoice  # 3 ms that a start does not pay

    try:
        invoice = read_invoice(payreq, strict=False)
    except InvoiceError:
        return None, None
    return invoice.amount_sat, invoice.expires_at

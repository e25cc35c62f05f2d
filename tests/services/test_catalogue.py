"""The catalogue, the line to the server and the real clock."""

import asyncio
import time
from dataclasses import replace

import pytest

from s4s_tui.domain.catalogue import Country, Price, RemoteCountry, Service
from s4s_tui.domain.errors import ApiError, OutcomeUnknown, Refused, Rubbish, TimedOut, Unreachable
from s4s_tui.domain.secret import Secret
from s4s_tui.domain.state import Link
from s4s_tui.services.catalogue import Catalogue
from s4s_tui.services.clock import SystemClock
from s4s_tui.services.line import ReportingApi
from s4s_tui.services.ports import Api, Kept
from tests.services.conftest import Stage
from tests.services.fakes import DRAFT, START
from tests.services.outside import made

AUTO = Country(999, "Auto-Select")
RUSSIA = Country(0, "Russia", "RU")
TELEGRAM = Service("tg", "Telegram", 12)
KEPT = Kept((Service("tg", "Telegram", 7), Service("wa", "Whatsapp", 1)), 2500, START - 86400)


def catalogue(stage: Stage) -> Catalogue:
    return Catalogue(
        api=stage.api,
        store=stage.store,
        clock=stage.clock,
        pace=stage.pace,
        builtin=(AUTO, RUSSIA),
        shelf=stage.shelf,
    )


class TestCountries:
    async def test_the_built_in_ones_are_there_at_once(self, stage: Stage) -> None:
        never: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        stage.api.say("countries", never)
        loading = asyncio.create_task(catalogue(stage).load_countries())
        await stage.clock.settle()
        assert stage.store.state.countries == (AUTO, RUSSIA)
        loading.cancel()

    async def test_the_servers_own_are_merged_in(self, stage: Stage) -> None:
        stage.api.say("countries", (RemoteCountry(0, "Russia"), RemoteCountry(500, "Atlantis")))
        await catalogue(stage).load_countries()
        assert {country.cc for country in stage.store.state.countries} == {999, 0, 500}
        assert stage.store.state.countries_error == ""

    async def test_a_server_without_a_list_leaves_the_built_in_one_and_says_so(self, stage: Stage) -> None:
        stage.api.say("countries", Refused("Not found.", http_status=404))
        await catalogue(stage).load_countries()
        assert stage.store.state.countries == (AUTO, RUSSIA)
        error = stage.store.state.countries_error
        assert error == "The server keeps no list of countries: the built-in one is shown."

    @pytest.mark.parametrize("error", [Unreachable("No connection."), Refused("No.", http_status=500)])
    async def test_any_other_failure_says_why_and_keeps_what_was_loaded_before(
        self, stage: Stage, error: ApiError
    ) -> None:
        stage.api.say("countries", (RemoteCountry(500, "Atlantis"),), error)
        await catalogue(stage).load_countries()
        loaded = stage.store.state.countries
        await catalogue(stage).load_countries()
        assert stage.store.state.countries == loaded
        assert str(error) in stage.store.state.countries_error


class TestServices:
    async def test_list_and_price_are_asked_for_together_and_each_is_shown_when_it_comes(self, stage: Stage) -> None:
        rows: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        stage.api.say("services", rows)
        stage.api.say("price", Price(receive=3000, computed=2500))
        loading = asyncio.create_task(catalogue(stage).load_services(0))
        await stage.clock.settle()
        assert [arg for _, _, arg in stage.api.calls] == ["0", "0 None"]
        listed = stage.store.state.services[0]
        assert (listed.loading, listed.price, listed.price_known, listed.rows) == (True, 2500, True, None)
        rows.set_result((TELEGRAM,))
        await loading
        listed = stage.store.state.services[0]
        assert (listed.loading, listed.rows, listed.loaded_at) == (False, (TELEGRAM,), START)

    async def test_a_list_that_failed_says_why_and_keeps_the_old_rows(self, stage: Stage) -> None:
        stage.api.say("services", (TELEGRAM,), TimedOut("No answer in time."))
        await catalogue(stage).load_services(0)
        await catalogue(stage).load_services(0)
        listed = stage.store.state.services[0]
        assert (listed.loading, listed.error, listed.rows) == (False, "No answer in time.", (TELEGRAM,))

    async def test_a_price_that_failed_is_known_to_be_missing_and_harms_nothing_else(self, stage: Stage) -> None:
        stage.api.say("services", (TELEGRAM,))
        stage.api.say("price", Refused("No.", http_status=500))
        await catalogue(stage).load_services(0)
        listed = stage.store.state.services[0]
        assert (listed.price, listed.price_known, listed.rows) == (None, True, (TELEGRAM,))

    async def test_its_requests_count_in_the_pace_of_the_program(self, stage: Stage) -> None:
        await catalogue(stage).load_services(0)
        assert stage.pace.delay() == 1


class TestTheShelf:
    async def test_what_came_is_kept_with_its_price_and_the_time_of_the_list(self, stage: Stage) -> None:
        stage.api.say("services", (TELEGRAM,))
        stage.api.say("price", Price(receive=3000))
        await catalogue(stage).load_services(0)
        assert stage.shelf.lists == {0: Kept((TELEGRAM,), 3000, START)}

    @pytest.mark.parametrize("slow", ["services", "price"])
    async def test_both_are_kept_whichever_comes_first(self, stage: Stage, slow: str) -> None:
        late: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        answers: dict[str, object] = {"services": (TELEGRAM,), "price": Price(receive=3000)}
        stage.api.say("services", answers["services"])
        stage.api.say("price", answers["price"])
        stage.api.say(slow, late)
        loading = asyncio.create_task(catalogue(stage).load_services(0))
        await stage.clock.settle()
        assert stage.shelf.lists == ({} if slow == "services" else {0: Kept((TELEGRAM,), None, START)})
        late.set_result(answers[slow])
        await loading
        assert stage.shelf.lists == {0: Kept((TELEGRAM,), 3000, START)}

    async def test_a_kept_list_is_shown_with_its_age_until_the_fresh_one_takes_its_place(self, stage: Stage) -> None:
        stage.shelf.lists[0] = KEPT
        rows: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        price: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        stage.api.say("services", rows)
        stage.api.say("price", price)
        loading = asyncio.create_task(catalogue(stage).load_services(0))
        await stage.clock.settle()
        assert len(stage.api.calls) == 2, "the shelf keeps nobody from asking"
        listed = stage.store.state.services[0]
        assert (listed.rows, listed.loaded_at, listed.kept, listed.loading) == (KEPT.rows, KEPT.at, True, True)
        assert (listed.price, listed.price_known, listed.price_old) == (2500, False, True)
        rows.set_result((TELEGRAM,))
        price.set_result(Price(receive=3000))
        await loading
        listed = stage.store.state.services[0]
        assert (listed.rows, listed.loaded_at, listed.kept, listed.loading) == ((TELEGRAM,), START, False, False)
        assert (listed.price, listed.price_known, listed.price_old) == (3000, True, False)

    async def test_where_nothing_comes_it_stays_with_the_error_and_stays_on_the_shelf(self, stage: Stage) -> None:
        stage.shelf.lists[0] = KEPT
        stage.api.say("services", Unreachable("No connection."))
        stage.api.say("price", Unreachable("No connection."))
        await catalogue(stage).load_services(0)
        listed = stage.store.state.services[0]
        assert (listed.rows, listed.loaded_at, listed.kept) == (KEPT.rows, KEPT.at, True)
        assert (listed.error, listed.loading) == ("No connection.", False)
        assert (listed.price, listed.price_known, listed.price_old) == (2500, True, True)
        assert stage.shelf.lists == {0: KEPT}

    async def test_a_price_that_did_not_come_is_not_kept_under_the_date_of_the_fresh_list(self, stage: Stage) -> None:
        stage.shelf.lists[0] = KEPT
        stage.api.say("services", (TELEGRAM,))
        stage.api.say("price", TimedOut("No answer in time."))
        await catalogue(stage).load_services(0)
        assert stage.shelf.lists == {0: Kept((TELEGRAM,), None, START)}
        assert (stage.store.state.services[0].price, stage.store.state.services[0].price_old) == (2500, True)

    async def test_a_fresh_price_does_not_make_a_kept_list_fresh(self, stage: Stage) -> None:
        stage.shelf.lists[0] = KEPT
        stage.api.say("services", TimedOut("No answer in time."))
        stage.api.say("price", Price(receive=3000))
        await catalogue(stage).load_services(0)
        assert stage.shelf.lists == {0: KEPT}
        assert stage.store.state.services[0].kept
        assert stage.store.state.services[0].price == 3000

    async def test_a_disk_slower_than_the_server_changes_nothing_any_more(self, stage: Stage) -> None:
        stage.shelf.lists[0] = KEPT
        stage.shelf.slow = asyncio.get_running_loop().create_future()
        stage.api.say("services", (TELEGRAM,))
        loading = asyncio.create_task(catalogue(stage).load_services(0))
        await stage.clock.settle()
        assert stage.store.state.services[0].rows == (TELEGRAM,)
        stage.shelf.lists[0] = KEPT
        stage.shelf.slow.set_result(None)
        await loading
        assert (stage.store.state.services[0].rows, stage.store.state.services[0].kept) == ((TELEGRAM,), False)

    async def test_it_is_asked_only_where_this_run_knows_nothing_yet(self, stage: Stage) -> None:
        stage.api.say("services", (TELEGRAM,))
        await catalogue(stage).load_services(0)
        await catalogue(stage).load_services(0)
        assert stage.shelf.asked == [0]


class TestTheLine:
    async def test_the_client_is_made_at_the_first_request_once_for_all_who_ask_then(self, stage: Stage) -> None:
        begun: list[int] = []
        ready = asyncio.Event()

        async def make() -> Api:
            begun.append(1)
            await ready.wait()
            return stage.api

        line = ReportingApi(make, stage.store)
        assert begun == []
        leaver, *others = [asyncio.create_task(line.countries()) for _ in range(3)]
        await stage.clock.settle()
        assert begun == [1]
        leaver.cancel()  # nobody waits for the screen that asked; the others are not to ask in vain
        await stage.clock.settle()
        assert begun == [1, 1]
        ready.set()
        assert await asyncio.gather(*others) == [(), ()]
        await line.countries()
        assert begun == [1, 1]
        assert stage.store.state.link == Link(ok=True)

    async def test_every_request_is_passed_on_and_its_answer_reported(self, stage: Stage) -> None:
        line = ReportingApi(made(stage.api), stage.store)
        await line.price(1, "tg")
        await line.services(1)
        await line.countries()
        assert (await line.create_order(replace(DRAFT, country=1))).order_id == "new"
        prepaid, key = replace(DRAFT, prepaid=True), Secret("key")
        assert (await line.create_order(prepaid, key)).prepaid
        assert await line.balance(key) == 0
        assert (await line.deposits(key)).rows == ()
        assert await line.rental_offers() == ()
        await line.order_status("a")
        await line.cancel_order("a")
        assert (stage.api.ordered[1], stage.api.keys) == ((prepaid, key), [key, key])
        assert [(name, arg) for _, name, arg in stage.api.calls] == [
            ("price", "1 tg"),
            ("services", "1"),
            ("countries", ""),
            ("create_order", "1 tg"),
            ("create_order", "43 tg"),
            ("balance", ""),
            ("deposits", ""),
            ("rental_offers", "full"),
            ("order_status", "a"),
            ("cancel_order", "a"),
        ]
        assert len(stage.store.events) == 10
        assert stage.store.state.link == Link(ok=True)

    @pytest.mark.parametrize(
        "error", [Unreachable("No."), TimedOut("Late."), Rubbish("HTML."), OutcomeUnknown("Lost.")]
    )
    async def test_no_answer_is_reported_with_its_sentence_and_counted(self, stage: Stage, error: ApiError) -> None:
        line = ReportingApi(made(stage.api), stage.store)
        stage.api.say("order_status", error)
        for failures in (1, 2):
            with pytest.raises(type(error)):
                await line.order_status("a")
            assert stage.store.state.link == Link(ok=False, failures=failures, sentence=str(error))

    async def test_a_refusal_is_an_answer(self, stage: Stage) -> None:
        line = ReportingApi(made(stage.api), stage.store)
        stage.api.say("countries", Refused("Not found.", http_status=404))
        with pytest.raises(Refused):
            await line.countries()
        assert stage.store.state.link == Link(ok=True)

    async def test_what_was_refused_before_it_was_sent_says_nothing_about_the_line(self, stage: Stage) -> None:
        line = ReportingApi(made(stage.api), stage.store)
        stage.api.say("balance", Refused("This cannot be an API key.", http_status=0))
        with pytest.raises(Refused):
            await line.balance(Secret(""))
        assert stage.store.events == []


async def test_the_real_clock_tells_the_time_and_sleeps() -> None:
    clock = SystemClock()
    assert abs(clock.now() - time.time()) < 5
    before = clock.monotonic()
    await clock.sleep(0)
    assert clock.monotonic() >= before

"""With a seed: the same requests and control calls get the same answers, byte for byte."""

from tests.sandbox.program import Answer, Program, serving


def story(program: Program) -> list[Answer]:
    """A little of everything, with ids taken from the answers."""
    answers: list[Answer] = []

    def ask(path: str, body: object = None) -> Answer:
        answers.append(program.ask(path, body, key="demo-key-0000"))
        return answers[-1]

    for path in ("/", "/price?country=43&service=tg", "/getCountries", "/getnumbersstatus?country=16", "/nowhere"):
        ask(path)
    order = ask("/createorder", {"country": 43, "service": "tg"}).body["orderId"]
    rental = ask("/createorder", {"country": 16, "service": "tg", "isRental": True}).body["orderId"]
    message = ask("/createsendorder", {"message": "hi", "phone": "+4915112345678", "immediate": True}).body["orderId"]
    funding = ask("/fund", {"amount": 5000}).body["orderId"]
    for each in (order, rental, funding):
        ask("/_sandbox/pay", {"orderId": each})
    ask("/_sandbox/orders/" + order + "/number", {})
    for _ in range(12):
        ask("/_sandbox/clock", {"seconds": 33.3})
        for each in (order, rental, message):
            ask(f"/orderstatus?orderId={each}")
    for path in (
        "/_sandbox/orders",
        "/balance",
        "/history",
        f"/cancelorder?orderId={rental}",
        "/_sandbox/openapi.json",
    ):
        ask(path)
    return answers


def test_two_runs_with_a_seed_answer_the_same_and_another_seed_does_not() -> None:
    with serving("--seed", "7") as one, serving("--seed", "7") as two, serving("--seed", "8") as other:
        first, second, third = story(one), story(two), story(other)
        assert one.said.partition("(")[2] == two.said.partition("(")[2], "the node key, too"
        assert one.said.partition("(")[2] != other.said.partition("(")[2]
    assert first == second
    assert any(answer.body.get("code") for answer in first if b'"code"' in answer.raw), "something happened"
    differing = sum(here != there for here, there in zip(first, third, strict=True))
    assert differing > 20


def test_without_a_seed_nothing_of_value_repeats() -> None:
    with serving() as one, serving() as two:
        orders = [program.ask("/createorder", {"country": 43, "service": "tg"}).body for program in (one, two)]
        assert one.said != two.said
    assert orders[0]["orderId"] != orders[1]["orderId"]


def test_a_seed_with_a_speed_repeats_what_happens_while_the_clock_runs() -> None:
    with serving("--seed", "7", "--speed", "600") as program:
        order = program.ask("/createorder", {"country": 43, "service": "tg"}).body["orderId"]
        program.ask("/_sandbox/pay", {"orderId": order})
        before = program.ask("/_sandbox/clock").body["now"]
        assert program.ask("/_sandbox/clock").body["now"] > before
        assert before < 4_000_000_000, "this machine's time, not 2100"

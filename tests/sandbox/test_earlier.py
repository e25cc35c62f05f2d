"""What was told of an order, to be told again."""

from s4s_tui.sandbox.earlier import Earlier


def test_the_first_and_the_one_before_the_last_are_kept() -> None:
    earlier = Earlier()
    assert (earlier.first(b"a"), earlier.before_last(b"a")) == (None, None)
    earlier.note(b"a", b"1")
    assert (earlier.first(b"a"), earlier.before_last(b"a")) == (b"1", b"1")
    for answer in (b"2", b"3", b"3"):
        earlier.note(b"a", answer)
    assert (earlier.first(b"a"), earlier.before_last(b"a")) == (b"1", b"2")
    assert earlier.first(b"b") is None


def test_much_is_not_kept_for_ever() -> None:
    earlier = Earlier()
    for number in range(100):
        earlier.note(b"a", b"%d" % number)
    assert (earlier.first(b"a"), earlier.before_last(b"a")) == (b"0", b"98")
    assert len(earlier._told[b"a"]) == 16
    for number in range(1000):
        earlier.note(b"q%d" % number, b"")
    assert earlier.first(b"a") is None

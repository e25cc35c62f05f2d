"""Addresses that a person types: e-mail, Lightning address, webhook."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s4s_tui.domain.contacts import check_email, check_lightning_address, check_webhook
from s4s_tui.domain.net import is_host


@pytest.mark.parametrize(
    "text",
    [
        "a@b.c",
        "name.of+tag@mail.example.com",
        "o'hara@example.ie",
        "käthe@müller.example",
        "x@1.2",
        f"{'a' * 64}@b.com",
    ],
)
def test_an_address_that_mail_can_be_sent_to_passes(text: str) -> None:
    assert check_email(text) == ""


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "is empty"),
        ("name", "needs one @"),
        ("a@b@c.d", "needs one @"),
        ("@b.c", "before the @ is missing"),
        ("a@", "is no domain"),
        ("a@host", "is no domain"),
        ("a@.c", "is no domain"),
        ("a@b.", "is no domain"),
        ("a@b..c", "is no domain"),
        ("a@-b.c", "is no domain"),
        ("a@b_.c", "is no domain"),
        ("a@[1.2.3.4]", "is no domain"),
        (f"a@{'b' * 64}.c", "is no domain"),
        ("a b@c.d", "a blank or a hidden character"),
        (" a@c.d", "a blank or a hidden character"),
        ("a@c.d\n", "a blank or a hidden character"),
        ("a\x1b@c.d", "a blank or a hidden character"),
        ("a\u202e@c.d", "a blank or a hidden character"),
        (f"{'a' * 65}@b.c", "too long"),
        (f"a@{'b.' * 126}cc", "too long"),
        (".a@b.c", "not one that mail can be sent to"),
        ("a..b@b.c", "not one that mail can be sent to"),
        ("Name<a@b.c", "not one that mail can be sent to"),
    ],
)
def test_an_address_that_cannot_be_right_is_refused_in_a_sentence(text: str, part: str) -> None:
    assert part in check_email(text)
    assert check_email(text).endswith(".")


def test_the_longest_address_passes() -> None:
    longest = f"a@{'b.' * 125}cc"
    assert len(longest) == 254
    assert check_email(longest) == ""


@given(st.text())
def test_no_text_breaks_the_check_of_an_address(text: str) -> None:
    if not check_email(text):
        assert text.count("@") == 1
        assert text.isprintable()
        assert len(text) <= 254


@pytest.mark.parametrize("text", ["me@example.com", "a.b-c_d+tag@pay.example.co"])
def test_a_lightning_address_passes(text: str) -> None:
    assert check_lightning_address(text) == ""


@pytest.mark.parametrize(
    "text", ["", "me", "me@host", "Me@example.com", "me@exämple.com", "a@b@c.d", "me @b.c", "@b.c"]
)
def test_what_is_no_lightning_address_is_refused(text: str) -> None:
    assert check_lightning_address(text) == "A Lightning address looks like name@example.com, in lower case."


@pytest.mark.parametrize(
    "text",
    [
        "https://host.example",
        "https://host.example:8443/hook?id=7&x=%20",
        "http://127.0.0.1:9000/hook",
        "http://localhost/x",
        "http://[::1]:1/",
        "https://[2001:db8::1]/",
        "HTTPS://Host.Example/",
    ],
)
def test_a_webhook_goes_to_https_or_to_this_machine(text: str) -> None:
    assert check_webhook(text) == ""


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "must begin with https://"),
        ("host.example/hook", "must begin with https://"),
        ("ftp://host.example", "must begin with https://"),
        ("https:///x", "must begin with https://"),
        ("http://host.example/", "http:// is allowed to this machine only"),
        ("http://127.0.0.1.example/", "http:// is allowed to this machine only"),
        ("http://0.0.0.0/", "http:// is allowed to this machine only"),
        ("https://me:pw@host.example/", "must not hold a user name or password"),
        ("https://host.example/#x", "must end before the #"),
        ("https://host.example/a b", "characters that an address cannot have"),
        ("https://host.example/\x1b", "characters that an address cannot have"),
        ("https://hösт.example/", "characters that an address cannot have"),
        ("https://host.example:0/", "no valid host or port"),
        ("https://host.example:99999/", "no valid host or port"),
        ("https://[::1/", "no valid host or port"),
        ("https://-host/", "no valid host or port"),
        ("https://host.example/" + "x" * 2000, "too long"),
    ],
)
def test_another_webhook_is_refused_in_a_sentence_that_does_not_repeat_it(text: str, part: str) -> None:
    assert part in check_webhook(text)
    assert check_webhook(text).isprintable()
    assert "pw" not in check_webhook(text)


@given(st.text() | st.text(alphabet="htps:/[]@.1a%#?\\ \x1b").map("https://".__add__))
def test_no_text_breaks_the_check_of_a_webhook(text: str) -> None:
    assert check_webhook(text) == "" or check_webhook(text).endswith(".")


@pytest.mark.parametrize(
    ("host", "valid"),
    [
        ("host.example", True),
        ("1.2.3.4", True),
        ("::1", True),
        ("::g", False),
        ("", False),
        ("-a", False),
        ("a b", False),
    ],
)
def test_what_can_be_a_host(host: str, valid: bool) -> None:
    assert is_host(host) is valid

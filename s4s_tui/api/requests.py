"""The requests that make something: endpoint, body and key of each kind of order (API docs: strict in what is sent)."""

import json

from s4s_tui.api.wire import Call
from s4s_tui.domain.history import Draft
from s4s_tui.domain.order import Kind
from s4s_tui.domain.secret import Secret

_Body = dict[str, object]


def order(draft: Draft, key: Secret | None) -> Call:
    """The request for what the draft says; `key` goes with it only where it is paid from the balance, or funds it.

    What was not chosen is left out of the body, so that the server's own default holds.

    Raises:
        ValueError: the program put together what cannot be ordered: a prepaid draft or a funding without a key, a
            funding without a positive amount or that pays for itself, a number without a country.
    """
    keyed = draft.prepaid or draft.kind is Kind.FUND
    if keyed and not key:
        raise ValueError("This cannot be ordered without an API key.")
    path, body = _endpoint(draft)
    return Call("POST", path, {}, json.dumps(body).encode(), makes=True, key=key if keyed else None)


def _endpoint(draft: Draft) -> tuple[str, _Body]:
    match draft.kind:
        case Kind.RECEIVE | Kind.RENT:
            return "/createorder", _number(draft)
        case Kind.SMS:
            return "/createsendorder", _message(draft, "phone")
        case Kind.EMAIL:
            return "/createemailsendorder", _message(draft, "address")
        case Kind.FUND:
            return "/fund", _funding(draft)


def _number(draft: Draft) -> _Body:
    if draft.country is None:  # 0 is Russia
        raise ValueError("A number cannot be ordered without its country.")
    body: _Body = {"country": draft.country, "service": draft.service}
    if draft.kind is Kind.RENT:
        body["isRental"] = True
    if draft.real_phone:
        body["realphone"] = True
    if draft.ref:
        body["ref"] = draft.ref
    return body | _immediate(draft)


def _message(draft: Draft, to: str) -> _Body:
    body: _Body = {"message": draft.message, to: draft.recipient} | _immediate(draft)
    return body | {"webhookUrl": draft.webhook} if draft.webhook else body


def _funding(draft: Draft) -> _Body:
    if draft.prepaid or draft.quoted is None or draft.quoted <= 0:
        raise ValueError("A balance is funded by an invoice over a positive amount.")
    return {"amount": draft.quoted}


def _immediate(draft: Draft) -> _Body:
    return {"immediate": True} if draft.prepaid else {}

"""The life of a receive order: the pure rules of what may follow what.

    WAITING ──paid──▶ HELD ──number──▶ NUMBER ──code──▶ CODE (settled)
       │                │                 │
       │ expired        ├─────error───────┴──────────▶ RETURNED (the server's reason)
       ▼                ├─────cancel confirmed───────▶ CANCELLED
    EXPIRED             └─────21 min, no word────────▶ UNKNOWN (polled on; any later word decides)

A code or number once seen is never lost, and nothing is called returned, cancelled or expired before the server said
something that means so. What is decided where the server surprises (each row is a test; "kept in the history" is
true of every row):

| the server says                                 | of an order that is   | decision                                   |
| ----------------------------------------------- | --------------------- | ------------------------------------------ |
| a code                                          | RETURNED, CANCELLED   | CODE; where the money is, is not claimed   |
| a code                                          | UNKNOWN, EXPIRED      | CODE                                       |
| a number                                        | RETURNED, CANCELLED   | as it was; the number is shown             |
| another number                                  | NUMBER                | the new one; the old one in the history    |
| no number, no code any more                     | NUMBER, CODE          | as it was, both kept; called odd           |
| a further code                                  | CODE                  | the new one; the earlier ones are kept     |
| a further code                                  | a rental              | likewise, and it goes on receiving         |
| paid, for the first time                        | EXPIRED, CANCELLED    | HELD again: the payment is the later will  |
| paid, for the first time, with an error         | EXPIRED, CANCELLED    | RETURNED with the reason                   |
|                                                 | CANCELLED, ACCEPTED   | CANCELLED with the reason                  |
| paid, for the first time, and failed            | EXPIRED, CANCELLED    | FAILED: it was paid after all              |
| unpaid                                          | HELD, NUMBER          | as it was; called odd                      |
| unpaid, or an error                             | cancel ACCEPTED       | CANCELLED                                  |
| paid, as if nothing was                         | cancel ACCEPTED       | waits for more; after a minute CANCELLED,  |
|                                                 |                       | for the server had said OK                 |
| no error any more                               | RETURNED, CANCELLED   | as it was; called odd                      |
| another error                                   | RETURNED, CANCELLED   | as it was; called odd                      |
| an error                                        | CODE                  | as it was; called odd                      |
| unpaid, past its expiry by the server's clock   | WAITING               | EXPIRED                                    |
| that it does not know it (404, "not found")     | HELD, NUMBER          | UNKNOWN until it knows it again            |
| that it does not know it                        | WAITING               | not to be paid until it knows it again     |
|                                                 | WAITING, under 10 s   | as it was: it may be too fresh             |
|                                                 | a rental with codes   | as it was, not known now; may be removed   |
| that it does not know it                        | given up, ACCEPTED    | CANCELLED                                  |
| that it does not know it                        | WAITING, past expiry  | EXPIRED                                    |
| the same beside paid, a number, a code or sent  | any                   | likewise, as paid; what it told is kept    |
|                                                 | ended unpaid          | UNKNOWN: it was paid after all             |
| any good answer                                 | gone                  | known again                                |
| unpaid                                          | CANCELLED, for it was | WAITING, given up as before: it is still   |
|                                                 | not known             | to be cancelled                            |
| delivered                                       | SENT                  | DELIVERED                                  |
| failed, or created                              | SENT, DELIVERED       | as it was; called odd                      |
| failed, and paid no later than before           | ended without success | as it was                                  |
| sent or delivered                               | FAILED                | SENT or DELIVERED                          |
| a number                                        | a message             | as it was: it needs none                   |
| what becomes of a message                       | found, by its id, and | it is a message, not an order for a code   |
|                                                 | without a code        |                                            |
| a code with an error                            | found, by its id      | CODE; where the money is, is not claimed:  |
|                                                 |                       | it may be a rental that is over            |
"""

import re
from dataclasses import replace

from s4s_tui.domain.order import DONE, SENDING, Cancel, Kind, Order, OrderReply, Received, Status
from s4s_tui.domain.wishes import shifted

CONFIRM_WAIT = 60.0
"""Seconds after the server's OK to a cancellation until its silence about it confirms it, too."""
SETTLING = 10.0
"""Seconds that a fresh order may be unknown to the server: its machines may not all know it yet."""
SAME_TIME = 60.0
"""Seconds that two clocks may differ and still count as telling the same time."""
_NOT_KNOWN = re.compile(r"not found|unknown order|no such order|does not exist|invalid order", re.IGNORECASE)


def advance(order: Order, reply: OrderReply, now: float) -> Order:
    """The order after the server's answer (API docs: error decides, then code, number, paid, unpaid).

    An order without news comes back as the same object.
    """
    timed = _on_time(order, reply, now)
    if reply.error is not None and not_known(reply.error):
        unknown = not_known_any_more(_told_all_the_same(timed, reply, now), reply.error, now)
        return order if unknown == order else unknown
    seen = _with_facts(timed, reply, now)
    if order.ended:
        seen = _late(timed, seen, reply, now)
    elif reply.error is not None:
        seen = _closed(seen, reply.error, now)
    elif (done := _had(seen, reply)) is not None:
        seen = _finished(seen, done, now)
    elif seen.cancel is Cancel.ACCEPTED and _confirms(seen, reply, now):
        seen = _ended(seen, Status.CANCELLED, now)
    elif seen.paid_at is not None:
        seen = clock(_with_status(seen, _paid_and_open(seen)), now)
    elif seen.run_out(now):
        # Only a word of the server from after the expiry: a payment begun just before may still arrive.
        seen = _ended(seen, Status.EXPIRED, now)
    seen = replace(seen, odd=_contradiction(order, seen, reply))
    return order if seen == order else seen


def _told_all_the_same(order: Order, reply: OrderReply, now: float) -> Order:
    """The order with what stands beside the server's not knowing it: a payment, a number, a code, a sent message."""
    if not _says_paid(reply):
        return order
    seen = _with_facts(order, reply, now)
    if order.ended and (order.paid_at is not None or order.status in DONE):  # it stays as it ended
        return replace(seen, note=order.note, gone=order.gone, reason=order.reason)
    if order.ended:
        return replace(seen, status=Status.UNKNOWN, ended_at=None, reason=None, cancel=Cancel.NO, cancel_at=None)
    return replace(seen, status=_paid_and_open(seen)) if order.status is Status.WAITING else seen


def clock(order: Order, now: float) -> Order:
    """The order as time alone changes it: after 21 minutes without the server's word its money is unknown.

    An order that time does not change comes back as the same object.
    """
    late = order.money_back_at is not None and now >= order.money_back_at
    return replace(order, status=Status.UNKNOWN) if late and order.status in (Status.HELD, Status.NUMBER) else order


def not_known(words: str, http_status: int = 200) -> bool:
    """Whether a refusal or an error says that the server does not know the order (API docs: the body is unknown)."""
    return http_status == 404 or _NOT_KNOWN.search(words) is not None


def ended_unknown(order: Order) -> bool:
    """Whether an ended order's reason is that the server did not know it: no word of how it ended, or of its money."""
    return order.reason is not None and (order.gone or not_known(order.reason))


def not_known_any_more(order: Order, words: str, now: float) -> Order:
    """The order after the server's answer that it does not know it; `words` as the server said it."""
    if order.status is Status.WAITING and now - order.created_at < SETTLING:
        return refused(order, words)
    if order.ended:
        return order  # it stays as it ended: where one that has ended is gone, that is how it ended
    gone = replace(order, gone=True)
    unwanted = order.cancel is Cancel.ACCEPTED or (order.status is Status.WAITING and order.cancel is not Cancel.NO)
    if unwanted:
        gone = replace(_ended(gone, Status.CANCELLED, now), reason=words, note=None)
    elif order.status is Status.WAITING and order.run_out(now):
        gone = replace(_ended(gone, Status.EXPIRED, now), reason=words, note=None)
    elif order.status in (Status.HELD, Status.NUMBER):
        gone = replace(gone, status=Status.UNKNOWN, note=words)
    else:
        gone = replace(gone, note=words)
    return order if gone == order else gone


def after_refusal(order: Order, words: str, http_status: int, now: float) -> Order:
    """The order after the server refused to tell its status: noted, unless it says that it does not know it."""
    return not_known_any_more(order, words, now) if not_known(words, http_status) else refused(order, words)


def refused(order: Order, reason: str) -> Order:
    """The order after a request about it was refused: nothing changes but the note."""
    return order if order.note == reason else replace(order, note=reason)


def skew(server: float, now: float) -> float:
    """Seconds that the server's clock is ahead of this machine's `now`; 0 where they tell the same time."""
    ahead = server - now
    return 0.0 if abs(ahead) < SAME_TIME else ahead


def _on_time(order: Order, reply: OrderReply, now: float) -> Order:
    """The order with what the reply tells about the clocks.

    Where this machine's clock was set while the program did not run, the server's clock shows by how much: the times
    that were noted by the old one move along.
    """
    if reply.at is None:
        return order
    ahead = skew(reply.at, now)
    if order.skew is not None and abs(ahead - order.skew) < SAME_TIME:
        return order
    moved = order if order.skew is None or order.ended else shifted(order, order.skew - ahead)
    return replace(moved, skew=ahead)


def _with_facts(order: Order, reply: OrderReply, now: float) -> Order:
    """The order with what the reply adds: first sight of paid, number and code; the note is answered."""
    known_again = order.ended and order.gone  # then the server has not said how it ended
    facts = replace(order, note=None, gone=False, reason=None if known_again else order.reason)
    if _says_paid(reply) and order.paid_at is None:
        facts = replace(facts, paid_at=now)
        if order.cancel is Cancel.GIVEN_UP:  # the payment is the later will
            facts = replace(facts, cancel=Cancel.NO)
    if reply.number is not None and reply.number != order.number:
        facts = replace(facts, number=reply.number, number_at=now)
    if order.found and reply.sms_status is not None and order.kind is Kind.RECEIVE and order.code is None:
        facts = replace(facts, kind=Kind.SMS)  # or an e-mail: the server tells of both alike
    if reply.code is not None and reply.code != order.code:
        facts = _with_code(facts, reply.code, now)
    return facts


def _with_code(order: Order, code: str, now: float) -> Order:
    """The order with this code as the latest; a code that was there before keeps its first time."""
    if order.code is None or order.code_at is None:
        return replace(order, code=code, code_at=now)
    if any(received.code == code for received in order.earlier):
        return order
    return replace(order, code=code, code_at=now, earlier=(*order.earlier, Received(order.code, order.code_at)))


def _confirms(order: Order, reply: OrderReply, now: float) -> bool:
    """Whether the answer confirms an accepted cancellation: unpaid now, or silent about it for a minute."""
    waited = order.cancel_at is not None and now - order.cancel_at >= CONFIRM_WAIT
    return not reply.paid or waited


def _late(order: Order, seen: Order, reply: OrderReply, now: float) -> Order:
    """An ended order after one more answer: how it ended changes only as the table says."""
    done = _had(seen, reply)
    if order.status in DONE:
        # Only from sent to delivered; and the codes of a number that goes on receiving are facts already.
        return _with_status(seen, done) if order.status is Status.SENT and done is Status.DELIVERED else seen
    paid_after_all = order.paid_at is None and seen.paid_at is not None
    if reply.error is not None and paid_after_all:
        return _closed(seen, reply.error, now)
    if reply.error is not None:  # the words that were still missing, where a cancellation ended without any
        unsaid = order.status is Status.CANCELLED and seen.reason is None
        return replace(seen, reason=reply.error) if unsaid else seen
    if done in DONE or (done is not None and paid_after_all):
        return _finished(seen, done, now)
    if paid_after_all:  # the payment is the later will: an earlier cancellation does not end the order again
        return replace(seen, status=_paid_and_open(seen), ended_at=None, reason=None, cancel=Cancel.NO, cancel_at=None)
    if order.gone and order.status is Status.CANCELLED and order.cancel is not Cancel.ACCEPTED:
        again = replace(seen, status=Status.WAITING, ended_at=None, reason=None)
        return _ended(again, Status.EXPIRED, now) if again.run_out(now) else again
    return seen


def _contradiction(old: Order, seen: Order, reply: OrderReply) -> str | None:
    """What in the answer contradicts what was said before; it is shown and kept, and decides nothing."""
    if old.ended and old.status is seen.status and reply.error != seen.reason:
        if old.status in DONE and reply.error is not None:
            return f"an error after the end: {reply.error}"
        if old.status not in DONE and seen.reason is not None:
            return "the error is gone" if reply.error is None else f"another error than before: {reply.error}"
    if reply.error is not None or seen.cancel is not Cancel.NO:
        return None
    if old.code is not None and reply.code is None:
        return "the code is missing"
    if old.number is not None and reply.number is None:
        return "the number is missing"
    if old.status in (Status.SENT, Status.DELIVERED) and reply.sms_status in ("failed", "created"):
        return f"it calls the message {reply.sms_status} now"
    return "it calls the order unpaid again" if seen.paid_at is not None and not _says_paid(reply) else None


def _paid_and_open(order: Order) -> Status:
    """The state of a paid order that has not ended; a message needs no number, whatever the server says."""
    return Status.HELD if order.number is None or order.kind in SENDING else Status.NUMBER


def _says_paid(reply: OrderReply) -> bool:
    sent = reply.sms_status in ("sent", "delivered")
    return reply.paid or reply.number is not None or reply.code is not None or sent


def _had(order: Order, reply: OrderReply) -> Status | None:
    """The state in which it has what was ordered, or will not have it; None while that is open."""
    if order.kind in SENDING:
        return _MESSAGE.get(reply.sms_status or "")
    return None if order.code is None else Status.CODE


_MESSAGE = {"sent": Status.SENT, "delivered": Status.DELIVERED, "failed": Status.FAILED}
"""What becomes of a message (API docs: `sent` may be skipped, `delivered` may never come, both are success)."""


def _closed(order: Order, error: str, now: float) -> Order:
    """The order that the server ended with an error: returned where money was paid, else cancelled or expired."""
    if order.rental and order.status is Status.CODE:
        status = Status.CODE  # the rental is over; what it received was paid for
    elif order.found and order.code is not None and order.kind not in SENDING:
        status = Status.CODE  # what was ordered is not known: a rental that is over says an error beside its last code
    elif order.cancel is Cancel.ACCEPTED or (order.cancel is Cancel.SENT and order.paid_at is None):
        status = Status.CANCELLED  # a paid one whose cancellation nobody answered has merely its money back
    elif order.paid_at is not None:
        status = Status.RETURNED
    else:
        status = Status.EXPIRED if order.run_out(now) else Status.CANCELLED
    return replace(_ended(order, status, now), reason=error)


def _finished(order: Order, done: Status, now: float) -> Order:
    """The order that has what was ordered, or will not have it: ended, unless it is a rental that goes on receiving."""
    return _with_status(order, done) if order.rental else _ended(order, done, now)


def _ended(order: Order, status: Status, now: float) -> Order:
    at = order.ended_at if order.status is status and order.ended_at is not None else now
    return replace(order, status=status, ended_at=at)


def _with_status(order: Order, status: Status) -> Order:
    return order if order.status is status else replace(order, status=status)

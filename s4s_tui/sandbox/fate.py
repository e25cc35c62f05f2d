"""What will become of an order, drawn when it is made. A seed repeats it: each kind always takes the same draws."""

from math import isinf
from random import Random

from s4s_tui.domain.catalogue import AUTO_SELECT, Country
from s4s_tui.sandbox.numbers import dial_digits, draw_code, draw_number
from s4s_tui.sandbox.options import SandboxOptions
from s4s_tui.sandbox.receiving import Plan
from s4s_tui.sandbox.rental import RentalPlan
from s4s_tui.sandbox.sending import Progress
from s4s_tui.sandbox.stock import NO_NUMBER_SERVICE, countries, services

FAILING_DIGITS = "0000"
"""A message to a phone number with this ending fails."""
UNDELIVERED_DIGITS = "1111"
"""A message to a phone number with this ending is sent and never delivered."""
DIRECT_DIGITS = "2222"
"""A message to a phone number with this ending is delivered without being "sent" first."""
FAILING_ADDRESS = "fail"
"""An e-mail to an address that begins like this fails."""

_MOST_MESSAGES = 5
_LEAST_MESSAGES = 3
_DIRECT_SHARE = 0.25


class Fate:
    """Draws the plans of one sandbox. Not safe to use from several threads at once."""

    def __init__(self, options: SandboxOptions) -> None:
        self._options = options
        self._rng = Random(options.seed)  # noqa: S311 - draws delays and codes; keys and hashes come from `secrets`

    def activation(self) -> int:
        """A numeric `id`."""
        return self._rng.randrange(10**9, 2 * 10**9)

    def sid(self) -> str:
        """The `id` of a message: "SM" and 32 hex digits."""
        return f"SM{self._rng.getrandbits(128):032x}"

    def receiving(self, country: Country, service: str) -> Plan:
        """What becomes of an order for one code."""
        number, code = self.number(country), draw_code(self._rng)
        number_after = _fixed(self._options.number_after, self._rng.uniform(5, 25))
        code_after = _fixed(self._options.code_after, self._rng.uniform(30, 120))
        return Plan(
            number=None if service == NO_NUMBER_SERVICE else number,
            number_after=number_after,
            code=code if self._options.code is None else self._options.code,
            code_after=None if isinf(code_after) else code_after,
        )

    def renting(self, country: Country, service: str) -> RentalPlan:
        """What becomes of a rental: 3 to 5 messages, the second one in words, all different."""
        rng = self._rng
        number, number_after = self.number(country), _fixed(self._options.number_after, rng.uniform(5, 25))
        codes = [f"{code:06d}" for code in rng.sample(range(10**6), _MOST_MESSAGES)]
        gaps = [_fixed(self._options.code_after, rng.uniform(30, 120)) for _ in codes]
        if self._options.code is not None:
            codes = [self._options.code, *(code for code in codes[1:] if code != self._options.code)]
        codes = codes[: rng.randint(_LEAST_MESSAGES, _MOST_MESSAGES)]
        codes[1] = f"{services()[service]}: your code is {codes[1]}. Do not share it."
        dues = [sum(gaps[: place + 1]) for place in range(len(codes))]
        return RentalPlan(
            number=None if service == NO_NUMBER_SERVICE else number,
            number_after=number_after,
            messages=tuple((due, text) for due, text in zip(dues, codes, strict=True) if not isinf(due)),
        )

    def sending(self, recipient: str) -> tuple[tuple[float, Progress], ...]:
        """What becomes of a message, as `SendOrder.steps`; the recipient decides where it is a special one."""
        rng, options = self._rng, self._options
        sent_after = _fixed(options.sent_after, rng.uniform(2, 8))
        delivered_after = sent_after + _fixed(options.delivered_after, rng.uniform(3, 20))
        skipped = rng.random() < _DIRECT_SHARE and options.sent_after is None
        if recipient.endswith(FAILING_DIGITS) or recipient.casefold().startswith(FAILING_ADDRESS):
            return ((sent_after, "failed"),)
        if recipient.endswith(UNDELIVERED_DIGITS) or isinf(delivered_after):
            return ((sent_after, "sent"),)
        if skipped or recipient.endswith(DIRECT_DIGITS):
            return ((delivered_after, "delivered"),)
        return ((sent_after, "sent"), (delivered_after, "delivered"))

    def number(self, country: Country) -> str:
        """A number of this country, or of any one for Auto-Select."""
        return draw_number(self._somewhere() if country.cc == AUTO_SELECT else country, self._rng)

    def _somewhere(self) -> Country:
        return self._rng.choice([country for country in countries().values() if dial_digits(country) is not None])


def _fixed(wanted: float | None, drawn: float) -> float:
    """The option's value where there is one. The draw was made all the same, so that a seed repeats the rest."""
    return drawn if wanted is None else float(wanted)

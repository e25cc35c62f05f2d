"""Countries and services as the screens list them."""

from dataclasses import dataclass

AUTO_SELECT = 999
"""The country number that lets the server choose (API docs: sent as 999, never as 0, which is Russia)."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country that numbers can be had from.

    Attributes:
        cc: the API's number for it; 0 is Russia, 999 Auto-Select.
        name: a readable name.
        iso2: ISO 3166-1 alpha-2 code, None for Auto-Select and where unknown.
        dial: dial prefix such as "+49", None where unknown.
        aliases: other names it is found by: the API's spellings, usual short forms.
    """

    cc: int
    name: str
    iso2: str | None = None
    dial: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """A service that codes can be received for, in one country.

    Attributes:
        code: the API's short code ("tg"); what an order is made with (`value` of the reply).
        name: its name, cleaned of HTML and control characters.
        count: numbers available, None where the server did not say.
    """

    code: str
    name: str
    count: int | None


@dataclass(frozen=True, slots=True)
class RemoteCountry:
    """One row of the server's own country list (`/getCountries`): its number, English name, whether it is offered."""

    cc: int
    name: str
    visible: bool = True


@dataclass(frozen=True, slots=True)
class Price:
    """What the server asks at present, in sats; None where it did not say.

    Attributes:
        receive: the general price of a code.
        computed: the exact price for the country (and service) that was asked about.
        send: the price of a message.
        rent: the least price of a rental; it varies by country.
        real_phone: the price of a code on a real phone's number.
    """

    receive: int | None = None
    computed: int | None = None
    send: int | None = None
    rent: int | None = None
    real_phone: int | None = None

    @property
    def quote(self) -> int | None:
        """The price to show: the exact one where there is one."""
        return self.receive if self.computed is None else self.computed

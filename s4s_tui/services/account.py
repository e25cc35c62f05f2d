"""The prepaid account: its key, balance and history. The key itself never enters the state, only its masked form."""

from dataclasses import replace

from s4s_tui.domain.account import Account
from s4s_tui.domain.apikey import KeyPlace, trimmed, trouble
from s4s_tui.domain.errors import ApiError, ApiKeyError, Refused
from s4s_tui.domain.events import AccountChanged
from s4s_tui.domain.order import Kind, Order
from s4s_tui.domain.secret import Secret
from s4s_tui.services.pace import Pace
from s4s_tui.services.ports import Api, Clock, Keys, Store

_NO_KEY = "There is no API key: enter one in the account (F9)."


class AccountDesk:
    """Reads the account, enters and removes its key. What fails becomes a sentence in the state."""

    def __init__(self, *, api: Api, keys: Keys, store: Store, clock: Clock, pace: Pace) -> None:
        self._api = api
        self._keys = keys
        self._store = store
        self._clock = clock
        self._pace = pace
        self._known: Secret | None = None
        """The key once it was had: what asks by itself must not run a password manager."""

    async def key(self) -> Secret:
        """The API key; raises ApiKeyError where there is none or it cannot be had."""
        self._known = key = await self._keys.get()
        self._show_key(key)
        if key is None:
            raise ApiKeyError(_NO_KEY)
        return key

    def choices(self) -> tuple[KeyPlace, ...]:
        """Where a key that is typed can be kept."""
        return self._keys.choices()

    async def load(self) -> None:
        """Read balance and history, without a key only that there is none; does nothing while that is under way."""
        if self._store.state.account.loading:
            return
        self._change(loading=True, error="")
        try:
            while await self._load_once() != self._known:  # another key was entered meanwhile
                pass
        except ApiKeyError as error:
            self._change(asked=True, error=str(error))
        except ApiError as error:
            self._pace.heed(error)
            self._change(error=why(error))
        finally:
            self._change(loading=False)

    async def _load_once(self) -> Secret | None:
        self._known = key = await self._keys.get()
        self._show_key(key)
        if key is not None:
            await self._read_balance(key)
            self._pace.note()
            deposits = await self._api.deposits(key)
            if key == self._known:
                self._change(deposits=deposits)
        return key

    async def read_balance(self) -> int:
        """The balance in sats, read now; raises ApiKeyError, ApiError."""
        return await self._read_balance(await self.key())

    async def balance_by_itself(self) -> int | None:
        """The balance in sats for what watches it; None where the key was not had in this run. Raises ApiError."""
        return None if self._known is None else await self._read_balance(self._known)

    async def _read_balance(self, key: Secret) -> int:
        self._pace.note()
        try:
            balance = await self._api.balance(key)
        except ApiError as error:
            self._pace.heed(error)
            raise
        if key == self._known:  # else another one was entered meanwhile
            self._change(balance=balance, balance_at=self._clock.now(), error="")
        return balance

    def moved_beside(self, funding: Order) -> bool:
        """Whether another order may have moved the balance since this funding was made."""
        return any(
            order.order_id != funding.order_id
            and (order.prepaid or order.kind is Kind.FUND)
            and not (order.ended and (order.ended_at or 0.0) < funding.created_at)
            for order in self._store.state.orders
        )

    async def enter(self, key: Secret, place: KeyPlace) -> None:
        """Take a key that was typed: tried by reading the balance, and kept only where the server accepts it.

        Raises:
            ApiKeyError: it cannot be a key, and nothing was sent; or it cannot be kept.
            ApiError: the server did not accept it, or could not be asked; it is not kept.
        """
        key = trimmed(key)
        if wrong := trouble(key):
            raise ApiKeyError(f"This is no API key: {wrong}.")
        self._pace.note()
        try:
            balance = await self._api.balance(key)
        except ApiError as error:
            self._pace.heed(error)
            raise
        await self._keys.put(key, place)
        self._known = key
        self._show_key(key)
        self._change(balance=balance, balance_at=self._clock.now(), deposits=None, error="")

    async def remove(self) -> None:
        """Forget the key that this program keeps; raises ApiKeyError."""
        await self._keys.remove()
        self._known = None
        self._store.publish(AccountChanged(Account(asked=True, origin=self._keys.origin())))

    def _show_key(self, key: Secret | None) -> None:
        self._change(key="" if key is None else key.masked, origin=self._keys.origin(), asked=True)

    def _change(self, **facts: object) -> None:
        self._store.publish(AccountChanged(replace(self._store.state.account, **facts)))  # type: ignore[arg-type]  # named above


def why(error: ApiError) -> str:
    """Why the account could not be read: the server's own words are called so."""
    said = str(error)
    if not isinstance(error, Refused) or not error.answered or said.startswith("The server "):
        return said
    if error.http_status in (401, 403):
        return f"The server does not accept this key. It said: {said}"
    return f"The server refused to tell. It said: {said}"

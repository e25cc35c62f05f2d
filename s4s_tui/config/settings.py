"""What the command line said, and what holds in the end."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from s4s_tui.domain.origin import Origin
from s4s_tui.domain.preferences import Preferences
from s4s_tui.domain.proxy import Proxy
from s4s_tui.domain.secret import Secret

JOURNAL_NAME = "journal.db"
"""The journal's file in its folder."""
DEFAULT_KEEP_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line said; None where it said nothing."""

    api_url: str | None = None
    proxy: Secret | None = None
    config: str | None = None
    data_dir: str | None = None
    log: str | None = None
    no_mouse: bool = False
    demo: bool = False
    demo_speed: float = 1.0
    demo_pay: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Preferences):
    """Everything the program needs to know before it starts."""

    api_url: str
    """The server, without a slash at the end; the demo talks to its own sandbox instead."""
    proxy: Proxy | None = None
    """What every connection goes through; never in the demo, which talks to this machine alone."""
    data_dir: Path
    """The folder of the real journal, absolute."""
    config_file: Path
    """The config file that was looked for; it need not exist unless it was named."""
    keep_days: int = DEFAULT_KEEP_DAYS
    """Ended orders older than this many days are deleted from the journal; 0: they are kept for ever."""
    max_price: int | None = None
    """Sats; an invoice above it is blocked until the person accepts. None: no limit but the quoted price."""
    ref: str = ""
    """A Lightning address that is named to the server as the one who brought the order (API docs: it earns 10 %)."""
    keymap: tuple[tuple[str, str], ...] = ()
    """The keys of bindings that the person wants others for: name and keys, comma separated, as they were written."""
    api_key: Secret | None = None
    """From the environment or the config file; None where a command counts before the file's."""
    api_key_in_environment: bool = False
    """Whether `api_key` is from there, and not from the file."""
    api_key_command: tuple[str, ...] = ()
    """The program that writes the key, and its arguments; () where there is none or it does not count."""
    log_file: Path | None = None
    demo: bool = False
    demo_speed: float = 1.0
    """In the demo: seconds of an order's life that pass in one second."""
    demo_pay: float | None = None
    """In the demo: seconds after which an invoice is paid by itself; None: only by the key."""
    origins: Mapping[str, Origin] = field(default_factory=dict, compare=False)
    """Where the value of each key comes from, by the key's name."""

    @property
    def preferences(self) -> Preferences:
        """What can be changed while the program runs, alone."""
        return Preferences(**{each.name: getattr(self, each.name) for each in fields(Preferences)})

    @property
    def journal_dir(self) -> Path:
        """Where this run keeps its journal: the demo's orders stay apart from real ones."""
        return self.data_dir / "demo" if self.demo else self.data_dir

    @property
    def journal_file(self) -> Path:
        """The journal of this run."""
        return self.journal_dir / JOURNAL_NAME

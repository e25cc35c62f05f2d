"""The fields of a message, each with what is to be said of it: data is never markup."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.style import Style
from textual.widgets import Label, Static

from s4s_tui.domain.letters import Sheet
from s4s_tui.domain.order import Kind
from s4s_tui.domain.sms import measure
from s4s_tui.ui.send_view import ABOUT_WEBHOOK, NAMES, count_words, forcing_words
from s4s_tui.ui.widgets.fields import Letter, Line

_EXAMPLE = {Kind.SMS: "such as +49 170 1234567", Kind.EMAIL: "such as name@example.com"}
FIELDS = ("recipient", "message", "webhook")
"""The names of the fields, in the order in which they are checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said beside the fields.

    Attributes:
        kind: which sheet is written on.
        message: what is written.
        country: of a phone number that is being typed, "" where nothing can be said.
        troubles: of recipient, message and webhook, "" each where there is none or it is too early to say it.
        price: the price in words; `how` says how it is paid.
        more: whether the webhook is shown.
    """

    kind: Kind
    message: str
    country: str
    troubles: tuple[str, str, str]
    price: str
    how: str
    more: bool


class SendForm(VerticalScroll, can_focus=False):
    """Recipient, message, price, and a webhook where it is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._parts = 0
        """How many widgets it is made of, once they are there."""

    def on_mount(self) -> None:
        """All fields are there."""
        self._parts = len(self.walk_children())

    def compose(self) -> ComposeResult:
        """A row for each field, below it what is said of it."""
        yield Static("", id="kinds", markup=False)
        with Horizontal(classes="row"):
            yield Label("To", classes="noun")
            yield Line("recipient")
        yield Static("", id="of-recipient", classes="said", markup=False)
        with Horizontal(classes="row"):
            yield Label("Message", classes="noun")
            yield Letter()
        yield Static("", id="of-message", classes="said", markup=False)
        with Horizontal(classes="row"):
            yield Label("Price", classes="noun")
            yield Static("", id="price", markup=False)
        with Vertical(id="more"):
            with Horizontal(classes="row"):
                yield Label("Webhook", classes="noun")
                yield Line("webhook")
            yield Static("", id="of-webhook", classes="said", markup=False)

    @property
    def is_whole(self) -> bool:
        """Whether all fields are there: not so while the screen is being closed."""
        return self._parts > 0 and len(self.walk_children()) == self._parts

    @property
    def sheet(self) -> Sheet:
        """What stands in the fields."""
        return Sheet(self._line("recipient").value, self.query_one(Letter).text, self._line("webhook").value)

    def fill(self, kind: Kind, sheet: Sheet) -> None:
        """Put a sheet into the fields."""
        self._line("recipient").value = sheet.recipient
        self._line("recipient").placeholder = _EXAMPLE[kind]
        self._line("webhook").value = sheet.webhook
        letter = self.query_one(Letter)
        letter.text = sheet.message
        letter.move_cursor(letter.document.end)

    def focus_on(self, name: str) -> None:
        """Go to a field."""
        self.query_one(f"#{name}").focus()

    def has_focus_on(self, name: str) -> bool:
        """Whether a field has the focus."""
        return self.query_one(f"#{name}").has_focus

    def _line(self, name: str) -> Line:
        return self.query_one(f"#{name}", Line)

    def say(self, said: Said) -> None:
        """Draw what is said; what did not change is not sent to the terminal."""
        to, message, webhook = said.troubles
        self._put("kinds", _kinds(said.kind))
        self._put("of-recipient", _beside(said.country, to))
        over = measure(said.message).left < 0
        count = Content.styled(count_words(said.kind, said.message), "bold $warning" if over else "")
        self._put("of-message", _beside(count, "" if over else message, forcing_words(said.kind, said.message)))
        self._put("price", Content.assemble((said.price, "bold"), f", {said.how}"))
        self.query_one("#more").display = said.more
        self._put("of-webhook", Content.styled(webhook, "$warning") if webhook else Content(ABOUT_WEBHOOK))

    def _put(self, name: str, content: Content) -> None:
        widget = self.query_one(f"#{name}", Static)
        if widget.content != content:
            widget.update(content)


def _kinds(chosen: Kind) -> Content:
    """The two ways to send; a click chooses."""
    parts = []
    for kind, name in NAMES.items():
        style = "bold $foreground" if kind is chosen else "$foreground-muted"
        words = Content.styled(f"{'▸' if kind is chosen else ' '} {name}", style)
        parts.append(words.stylize(Style.from_meta({"@click": f"screen.write_on('{kind.name}')"})))
    return Content("   ").join(parts)


def _beside(first: str | Content, trouble: str, note: str = "") -> Content:
    parts = [
        first if isinstance(first, Content) else Content(first),
        Content.styled(trouble, "$warning"),
        Content(note),
    ]
    return Content("  ").join([part for part in parts if part])

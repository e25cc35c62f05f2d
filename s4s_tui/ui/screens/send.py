"""Writing an SMS or an e-mail. What is typed is kept until it is sent, whatever becomes of this screen."""

from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from s4s_tui.domain.history import Draft
from s4s_tui.domain.letters import Sheet, Unsent
from s4s_tui.domain.order import Kind
from s4s_tui.domain.state import AppState
from s4s_tui.services.phones import Phone, country_hint, read_phone
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.messages import ChoiceMade
from s4s_tui.ui.messages_post import BalanceWanted, PreviewWanted, SendPriceWanted, UnsentChanged
from s4s_tui.ui.send_view import (
    NAMES,
    balance_words,
    country_words,
    draft_of,
    price_words,
    troubles,
)
from s4s_tui.ui.sending import WritingScreen
from s4s_tui.ui.widgets.keybar import KeyBar
from s4s_tui.ui.widgets.sendform import FIELDS, Said, SendForm
from s4s_tui.ui.widgets.topbar import TopBar

_ABOUT = "One recipient, up to 140 characters. Esc goes back and keeps what is written."


class SendScreen(WritingScreen):
    """Recipient, message and price; F7 shows exactly what would go out."""

    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("f7", "letter_preview", "Preview", id="send.preview", tooltip="Show exactly what goes out"),
        Binding("f2", "letter_kind", "E-mail", id="send.switch", tooltip="Write an e-mail, or an SMS again"),
        Binding("tab", "app.focus_next", "Next", id="send.next", tooltip="To the next field; shift+tab back"),
        Binding("f3", "letter_more", "More", id="send.more", tooltip="A webhook, and paying from the balance"),
        Binding("f4", "prepay", "From balance", id="send.prepay", tooltip="Pay from the balance of the API key"),
        Binding("escape", "leave", "Back", id="send.back", tooltip="Back; what is written is kept"),
        Binding("ctrl+n", "letter_empty", "Empty", id="send.empty", tooltip="Empty all; once more brings it back"),
        Binding("f5", "ask", "Ask price", show=False, id="send.price", tooltip="Ask for the price again"),
    )
    AUTO_FOCUS = "#recipient"
    form = getters.query_one(SendForm)

    def __init__(self, unsent: Unsent) -> None:
        """Args: `unsent` is what was typed before and not sent."""
        super().__init__(unsent)
        self._emptied: Sheet | None = None
        self._checked = False
        """It was to be shown, so what is missing is said."""
        self._left: set[str] = set()
        """The fields that were left once."""
        self._phones = False
        self._asked = False
        self._more = False
        self.prepaid = False
        self._said = ""

    def where(self) -> str:
        """For the line on top."""
        return "Send an e-mail" if self.unsent.kind is Kind.EMAIL else "Send an SMS"

    def compose(self) -> ComposeResult:
        """The kind, the fields each with what is to be said of it, the price, and what is seldom wanted."""
        yield TopBar()
        yield SendForm()
        yield Static("", id="hint", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what was typed before, ask for the price, let typed keys on."""
        if not self._is_there():
            return
        self._fill()
        self.form.focus_on("recipient")
        self.post_message(SendPriceWanted())
        self.call_later(self.post_message, ChoiceMade())

    def show(self, state: AppState) -> None:  # noqa: ARG002 -- read by the words
        """Draw what is said anew."""
        self._draw()

    # -- what the app answers

    def phones_ready(self) -> None:
        """The tables of phone numbers are there: a number can be read while it is typed."""
        self._phones = True
        self._draw()

    def priced(self) -> None:
        """The price was asked for, and has come or not."""
        self._asked = True
        self._draw()

    def tell(self, sentence: str) -> None:
        """Say what came of something, until the next key."""
        self._said = sentence
        self._draw()

    def balance_read(self, trouble: str) -> None:
        """The balance was read, or why it could not be: then nothing is paid from it."""
        self.prepaid = self.prepaid and not trouble
        self.tell(trouble)

    def write(self, unsent: Unsent) -> None:
        """Show another text: to be written again, or what is left after something was sent."""
        self.unsent, self._emptied, self._checked, self._said = unsent, None, False, ""
        self._fill()
        self._draw()

    # -- the fields

    def _fill(self) -> None:
        """Put the sheet into the fields."""
        if not self._is_there():
            return
        self.form.fill(self.unsent.kind, self.unsent.sheet)
        self._left = set()
        self._more = self._more or bool(self.unsent.sheet.webhook)

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _changed(self) -> None:
        if not self._is_there():
            return
        sheet = self.form.sheet
        if sheet != self.unsent.sheet:
            self._said = ""
            self.unsent = self.unsent.with_sheet(sheet)
            self.post_message(UnsentChanged(self.unsent))
        self._draw()

    def on_descendant_blur(self) -> None:
        """What is wrong with a field is said once it is left."""
        sheet = self.unsent.sheet
        if not self._is_there():
            return
        texts = {"recipient": sheet.recipient, "webhook": sheet.webhook}
        self._left |= {name for name, text in texts.items() if text and not self.form.has_focus_on(name)}
        self._draw()

    def _is_there(self) -> bool:
        """Whether there is something to draw on: what came late may find the screen closed."""
        return self in self.app.screen_stack and self.is_whole() and self.form.is_whole

    def _phone(self) -> Phone | None:
        """The recipient as a phone number; None where it is an address."""
        return read_phone(self.unsent.sheet.recipient) if self.unsent.kind is Kind.SMS else None

    # -- what is said

    def _draw(self) -> None:
        if not self._is_there():
            return
        state = self.app.state
        self.form.say(
            Said(
                kind=self.unsent.kind,
                message=self.unsent.sheet.message,
                country=self._country(),
                troubles=self._troubles(),
                price=price_words(state.prices.send, asked=self._asked),
                how=balance_words(state.account) if self.prepaid else "by invoice: free until you pay it",
                more=self._more,
            )
        )
        hint, text = self.query_one("#hint", Static), self._said or _ABOUT
        if str(hint.content) != text:
            hint.update(Content(text))
        hint.set_class(bool(self._said), "-trouble")
        self.refresh_bindings()
        self.query_one(KeyBar).update_keys()
        self.query_one(TopBar).update_where()

    def _country(self) -> str:
        """The country of the number that is being typed."""
        typed = self.unsent.sheet.recipient
        if self.unsent.kind is Kind.EMAIL or not self._phones:
            return ""
        return country_words(country_hint(typed), typed, self.app.state.countries)

    def _troubles(self) -> tuple[str, str, str]:
        """What is wrong, of fields that were left, or of all once it was to be shown; what is odd at once."""
        if self.unsent.kind is Kind.SMS and not self._phones:
            return "", "", ""
        phone = self._phone()
        found = zip(FIELDS, troubles(self.unsent.kind, self.unsent.sheet, phone), strict=True)
        to, message, webhook = (why if self._checked or name in self._left else "" for name, why in found)
        return to or (phone.doubt if phone is not None else ""), message, webhook

    # -- what is done

    def draft(self) -> Draft:
        """The order for what is written."""
        return draft_of(
            self.unsent.kind, self.unsent.sheet, self._phone(), self.app.state.prices.send, prepaid=self.prepaid
        )

    @on(Input.Submitted)
    def _on(self) -> None:
        self.focus_next()
        self.post_message(ChoiceMade())

    def action_letter_preview(self) -> None:
        """Show what would go out; where something is missing, go to it."""
        found = troubles(self.unsent.kind, self.unsent.sheet, self._phone())
        wrong = next((name for name, why in zip(FIELDS, found, strict=True) if why), None)
        self._checked, self._said = wrong is not None, ""
        if wrong is None:
            self.post_message(PreviewWanted(self.draft()))
            return
        self._more = self._more or wrong == "webhook"
        self._draw()
        self.form.focus_on(wrong)
        self.post_message(ChoiceMade())

    def action_letter_kind(self) -> None:
        """Write on the other sheet."""
        self.action_write_on((Kind.SMS if self.unsent.kind is Kind.EMAIL else Kind.EMAIL).name)
        self.post_message(ChoiceMade())

    def action_write_on(self, name: str) -> None:
        """Write an SMS or an e-mail, by its name."""
        if Kind[name] is not self.unsent.kind:
            self.write(self.unsent.on(Kind[name]))
            self.form.focus_on("recipient")
            self.post_message(UnsentChanged(self.unsent))

    def action_letter_more(self) -> None:
        """Show what is seldom wanted, or put it away where nothing stands in it."""
        self._more = not self._more or bool(self.unsent.sheet.webhook)
        if not self._more and self.form.has_focus_on("webhook"):
            self.form.focus_on("message")
        self._draw()
        if self._more:
            self.form.focus_on("webhook")
        self.post_message(ChoiceMade())

    def action_prepay(self) -> None:
        """Pay from the balance, which is read now, or by an invoice again."""
        self.prepaid = not self.prepaid
        self.tell("Reading the balance …" if self.prepaid else "")
        if self.prepaid:
            self.post_message(BalanceWanted())

    def action_letter_empty(self) -> None:
        """Empty the fields; bring back what was emptied where nothing was typed since."""
        sheet = self.unsent.sheet
        self.post_message(ChoiceMade())
        back, self._emptied = (self._emptied or Sheet(), None) if sheet == Sheet() else (Sheet(), sheet)
        emptied = self._emptied
        self.write(self.unsent.with_sheet(back))
        self._emptied = emptied
        self.tell("Emptied. Ctrl+N brings it back." if emptied is not None else "")
        self.post_message(UnsentChanged(self.unsent))

    def action_ask(self) -> None:
        """Ask for the price again."""
        self._asked = False
        self.post_message(SendPriceWanted())
        self._draw()

    def action_leave(self) -> None:
        """Back; what is written is kept."""
        self.post_message(UnsentChanged(self.unsent, leaving=True))
        self.app.pop_screen()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The balance can be used where there is an API key, or where it was not looked for one yet."""
        account = self.app.state.account
        if action == "prepay":
            return bool(account.key) or not account.asked or self.prepaid
        if action == "letter_empty":
            return self.unsent.sheet != Sheet() or self._emptied is not None
        return super().check_action(action, parameters)

    def key_label(self, binding: Binding) -> str:
        """What the keys do now; in the message Enter makes a new line."""
        match binding.action:
            case "letter_kind":
                return NAMES[Kind.SMS if self.unsent.kind is Kind.EMAIL else Kind.EMAIL]
            case "prepay":
                return "By invoice" if self.prepaid else "From balance"
            case "letter_more":
                return "Less" if self._more and not self.unsent.sheet.webhook else "" if self._more else "More"
            case "letter_empty":
                return "Bring back" if self.unsent.sheet == Sheet() else "Empty"
            case _:
                return binding.description

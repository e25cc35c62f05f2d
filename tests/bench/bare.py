"""The measure of all starts: the least that a Textual app with a top line, a text and a footer can be."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Footer, Header, Label


class Bare(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [("q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        yield Header()
        yield Label("READY")
        yield Footer()


if __name__ == "__main__":
    Bare().run()

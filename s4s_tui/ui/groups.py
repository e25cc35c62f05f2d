"""What a key is for, in five words, which head the help. One table: the same thing stands under one word."""

from dataclasses import replace
from typing import Final

from textual.binding import Binding, BindingType

HERE: Final = Binding.Group("Here")
MOVE: Final = Binding.Group("Move")
COPY: Final = Binding.Group("Copy")
GO: Final = Binding.Group("Go to")
PROGRAM: Final = Binding.Group("Program")
GROUPS: Final = (HERE, MOVE, COPY, GO, PROGRAM)
"""In the order of the help."""

_BY_ACTION: Final = {
    **dict.fromkeys(("move", "page", "scroll", "first", "last", "mark", "to_list", "search", "app.focus_next"), MOVE),
    **dict.fromkeys(("copy", "copy_invoice", "copy_number", "large", "bare", "style", "save"), COPY),
    **dict.fromkeys(("send", "orders", "account", "rent", "settings"), GO),
    **dict.fromkeys(("find", "history", "next", "leave", "app.pop_screen"), GO),
    **dict.fromkeys(("quit", "copy_or_quit", "suspend_process", "help", "mask", "command_palette"), PROGRAM),
}


def group_of(binding: Binding) -> Binding.Group:
    """What a key is for; what belongs to its screen alone is `HERE`."""
    return binding.group or _BY_ACTION.get(binding.action.partition("(")[0], HERE)


def grouped(*bindings: Binding) -> list[BindingType]:
    """The bindings, each in its group."""
    return [replace(binding, group=group_of(binding)) for binding in bindings]

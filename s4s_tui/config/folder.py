"""The folder of the journal, before the screens start."""

import os
from pathlib import Path

from s4s_tui.config.errors import ConfigError, quoted, reason
from s4s_tui.config.settings import JOURNAL_NAME


def make_folder(folder: Path) -> None:
    """Make `folder` and what is missing above it, for this user alone (0700); raises ConfigError.

    A folder that exists keeps its rights: they may be wanted. One that can only be read will do where it holds a
    journal: the orders in there can still be shown.
    """
    try:
        for part in (*reversed(folder.parents), folder):
            if not part.is_dir():
                part.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"The data folder {quoted(folder)} cannot be made: {reason(error)}.") from error
    readable = os.access(folder, os.R_OK | os.X_OK)
    if readable and (os.access(folder, os.W_OK) or (folder / JOURNAL_NAME).is_file()):
        return
    raise ConfigError(f"The data folder {quoted(folder)} cannot be written to.")

"""The folder of the journal, before the screens start."""

import os
from pathlib import Path

from s4s_tui.config.errors import ConfigError, quoted, reason


def make_folder(folder: Path) -> None:
    """Make `folder` and what is missing above it, for this user alone (0700); raises ConfigError.

    A folder that exists keeps its rights: they may be wanted.
    """
    try:
        for part in (*reversed(folder.parents), folder):
            if not part.is_dir():
                part.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"The data folder {quoted(folder)} cannot be made: {reason(error)}.") from error
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise ConfigError(f"The data folder {quoted(folder)} cannot be written to.")

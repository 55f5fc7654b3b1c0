"""The one folder where Autopsie keeps its state."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """``AUTOPSIE_HOME``, or the platform's user data folder; made when missing."""
    chosen = os.environ.get("AUTOPSIE_HOME")
    if chosen:
        folder = Path(chosen).expanduser()
    else:
        from platformdirs import user_data_path

        folder = user_data_path("autopsie", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return folder

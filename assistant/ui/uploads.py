"""What a visitor brings: pixels of pictures and tables, in a folder of their session, gone with it."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from tools.specimens.home import home


def folder() -> Path:
    """Where the sessions of this server keep what they were given while the page is open."""
    return home() / "uploads" / str(os.getpid())


def bring_table(uploaded: str, session: str) -> Path:
    """Moves a CSV or Parquet file into the folder of the session; it is read, and refused if need be, when it is measured."""
    kept = _place(session) / Path(uploaded).name
    shutil.move(uploaded, kept)
    return kept


def bring_picture(uploaded: str, session: str) -> Path:
    """Reads an upload and keeps its pixels (place, date and camera are dropped); the upload itself is deleted.

    Errors: ``BadInput`` for a file that ``tools.vision.safe_read`` refuses.
    """
    from PIL import Image

    from tools.vision import safe_read

    source = Path(uploaded)
    try:
        pixels, raw = safe_read.read_file(source)
    finally:
        source.unlink(missing_ok=True)
    kept = _place(session) / f"picture-{hashlib.sha256(raw).hexdigest()[:8]}.png"
    Image.fromarray(pixels).save(kept)
    return kept


def _place(session: str) -> Path:
    place = folder() / session
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def forget(session: str) -> None:
    """Deletes what a session brought."""
    shutil.rmtree(folder() / session, ignore_errors=True)


def sweep() -> None:
    """Deletes what servers that no longer run left behind: one that was killed could not clean up."""
    for left in folder().parent.glob("*"):
        if not left.name.isdigit() or not _runs(int(left.name)):
            shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True

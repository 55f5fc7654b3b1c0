"""What a visitor brings: pixels of pictures and tables, in a folder of their session, gone with it."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from tools.specimens.home import home


def folder() -> Path:
    """Where the pictures of the sessions lie while the page is open."""
    return home() / "cache" / "uploads"


def bring_table(uploaded: str, session: str) -> Path:
    """Moves a CSV or Parquet file into the folder of the session; it is read, and refused if need be, when it is measured."""
    place = folder() / session
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = place / Path(uploaded).name
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
    place = folder() / session
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = place / f"picture-{hashlib.sha256(raw).hexdigest()[:8]}.png"
    Image.fromarray(pixels).save(kept)
    return kept


def forget(session: str = "") -> None:
    """Deletes what a session brought; without one, those of every session (a page that crashed leaves some behind)."""
    shutil.rmtree(folder() / session if session else folder(), ignore_errors=True)

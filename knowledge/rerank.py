"""A second look at the best passages by a cross-encoder, when the user names one.

``AUTOPSIE_RERANKER`` is any cross-encoder of sentence-transformers, or its folder
(for instance a multilingual one trained on mMARCO). None ships in a package, so
none is used by default.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.errors import Missing

if TYPE_CHECKING:
    from knowledge.search import Hit

DEPTH = 20  # hits read again
_lock = threading.Lock()
_loaded: dict[str, Any] = {}


def chosen() -> str:
    """The name of the reranker; "" when none is chosen."""
    return os.environ.get("AUTOPSIE_RERANKER", "")


def rerank(query: str, hits: Sequence[Hit]) -> list[Hit]:
    """The hits in the order of the cross-encoder; their ``strength`` stays what the refusal was fitted on."""
    name = chosen()
    with _lock:
        if name not in _loaded:
            _loaded[name] = _load(name)
        scores = _loaded[name].predict([(query, f"{hit.title}. {hit.heading}. {hit.text}") for hit in hits])
    order = sorted(range(len(hits)), key=lambda at: -float(scores[at]))
    return [hits[at].model_copy(update={"rank": rank}) for rank, at in enumerate(order, 1)]


def _load(name: str) -> Any:
    from sentence_transformers import CrossEncoder

    try:
        return CrossEncoder(str(Path(name).expanduser()) if Path(name).expanduser().is_dir() else name, device="cpu")
    except Exception as error:
        raise Missing(
            f"AUTOPSIE_RERANKER: '{name}' cannot be loaded as a cross-encoder ({error}). "
            "Give a cross-encoder of sentence-transformers, its folder, or nothing.",
            f"AUTOPSIE_RERANKER : « {name} » ne peut pas être chargé comme cross-encoder ({error}). "
            "Donnez un cross-encoder de sentence-transformers, son dossier, ou rien.",
        ) from error

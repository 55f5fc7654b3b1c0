"""The index of the library: a vector and the terms of every passage, kept on disk, built again when a text changes."""

from __future__ import annotations

import hashlib
import json
import math
import re
import threading
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge import documents, encoder, vectors
from knowledge.passages import Passage, passages
from knowledge.terms import terms
from tools.specimens.home import home

if TYPE_CHECKING:
    import numpy as np

MADE_BY = ("index.py", "passages.py", "terms.py")  # the index is made again when one of these changes

_CITATION = re.compile(r"\s*\([^()]*\d{4}[^()]*\)")
_NUMBER = re.compile(r"[-−]?\d[\d.,\u00a0\u202f ]*(?:%|\b)")

_lock = threading.Lock()
_opened: dict[tuple[str, str], Index] = {}


@dataclass(frozen=True)
class Index:
    """Passages, their vectors and their terms; row ``i`` of each is passage ``i``.

    ``vectors`` is a flat FAISS index of inner products. ``rows[starts[t]:starts[t
    + 1]]`` are the passages that hold term ``t`` of ``vocabulary``, and ``named``
    says in which of them it stands in the title or the heading.
    """

    digest: str
    passages: list[Passage]
    vectors: Any
    vocabulary: dict[str, int]
    starts: np.ndarray
    rows: np.ndarray
    named: np.ndarray

    def idf(self, term: str) -> float:
        """How rare a term is: ln(1 + (N − n + ½) / (n + ½)), n of the N passages holding it (Robertson 2004)."""
        n = len(self.holding(term)[0])
        return math.log(1 + (len(self.passages) - n + 0.5) / (n + 0.5))

    def holding(self, term: str) -> tuple[np.ndarray, np.ndarray]:
        """The rows of the passages that hold a term, and whether it stands in their title or heading."""
        place = self.vocabulary.get(term)
        held = slice(0, 0) if place is None else slice(self.starts[place], self.starts[place + 1])
        return self.rows[held], self.named[held]

    @cached_property
    def offered(self) -> dict[str, np.ndarray]:
        """For each language, which passages a reader of it is given: its own, and those that exist in no other."""
        import numpy as np

        written = {(one.doc, one.lang) for one in self.passages}
        return {
            lang: np.array([one.lang == lang or (one.doc, lang) not in written for one in self.passages], bool)
            for lang in ("en", "fr")
        }


def current() -> Index:
    """The index of the library as it is now; opened from the disk, or built when there is none for these texts."""
    return _get(lambda *_: None)


def rebuild(report: vectors.Report = lambda *_: None) -> Index:
    """Reads every document again; only passages whose text is new are encoded."""
    with _lock:
        _opened.clear()
        _file().unlink(missing_ok=True)
    return _get(report)


def indexed_text(passage: Passage) -> str:
    """What is encoded of a passage: title, heading, and the words of its text."""
    return f"{passage.title}. {passage.heading}. {words_only(passage.text)}"


def words_only(text: str) -> str:
    """A text without numbers and citations in brackets.

    Both move the vectors of the default encoder a lot and carry little of the
    subject; the terms of a passage keep them.
    """
    return _NUMBER.sub("", _CITATION.sub("", text))


def is_built() -> bool:
    """Whether the index on disk is the one of the library as it is now; nothing is built."""
    return _open(_digest(_key())) is not None


def _get(report: vectors.Report) -> Index:
    with _lock:
        key = _key()
        if key not in _opened:
            _opened.clear()
            _opened[key] = _open(_digest(key)) or _build(_digest(key), report)
        return _opened[key]


def _key() -> tuple[str, str]:
    """What the index depends on: the texts and the encoder."""
    return documents.fingerprint(), encoder.current().sha256


def _digest(key: tuple[str, str]) -> str:
    code = b"".join(Path(__file__).with_name(name).read_bytes() for name in MADE_BY)
    return hashlib.sha256("\n".join(key).encode() + code).hexdigest()


def _file() -> Path:
    return home() / "index" / f"{encoder.current().sha256[:12]}.npz"


def _build(digest: str, report: vectors.Report) -> Index:
    found = [passage for document in documents.documents() for passage in passages(document)]
    index = assemble(digest, found, vectors.encode([indexed_text(passage) for passage in found], report))
    _save(index)
    return index


def assemble(digest: str, found: list[Passage], matrix: np.ndarray) -> Index:
    """The index of passages whose vectors are the rows of ``matrix``."""
    import faiss
    import numpy as np

    flat = faiss.IndexFlatIP(matrix.shape[1])
    flat.add(matrix)
    holding: dict[str, list[tuple[int, bool]]] = {}
    for row, one in enumerate(found):
        names = set(terms(f"{one.title}\n{one.heading}"))
        for term in sorted(names | set(terms(one.text))):
            holding.setdefault(term, []).append((row, term in names))
    held = [pair for pairs in holding.values() for pair in pairs]
    return Index(
        digest=digest,
        passages=found,
        vectors=flat,
        vocabulary={term: place for place, term in enumerate(holding)},
        starts=np.concatenate([[0], np.cumsum([len(pairs) for pairs in holding.values()])]).astype(np.int64),
        rows=np.array([row for row, _ in held], np.int32),
        named=np.array([named for _, named in held], bool),
    )


def _save(index: Index) -> None:
    import faiss
    import numpy as np

    def blob(value: Any) -> np.ndarray:
        return np.frombuffer(json.dumps(value, ensure_ascii=False).encode(), np.uint8)

    with vectors.whole(_file()) as out:
        np.savez(
            out,
            digest=np.array(index.digest),
            passages=blob([passage.model_dump() for passage in index.passages]),
            vocabulary=blob(list(index.vocabulary)),
            vectors=faiss.serialize_index(index.vectors),
            starts=index.starts,
            rows=index.rows,
            named=index.named,
        )


def _open(digest: str) -> Index | None:
    """The index on disk, when it is whole and was built from the texts with this digest."""
    import zipfile

    import faiss
    import numpy as np

    try:
        with np.load(_file(), allow_pickle=False) as arrays:
            if str(arrays["digest"]) != digest:
                return None
            return Index(
                digest=digest,
                passages=[Passage(**one) for one in json.loads(arrays["passages"].tobytes())],
                vectors=faiss.deserialize_index(arrays["vectors"]),
                vocabulary={term: place for place, term in enumerate(json.loads(arrays["vocabulary"].tobytes()))},
                starts=arrays["starts"],
                rows=arrays["rows"],
                named=arrays["named"],
            )
    except (OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile):
        return None

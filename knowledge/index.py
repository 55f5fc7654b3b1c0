"""The index of the library: vectors and words of every passage and document, kept on disk, built again when a text changes."""

from __future__ import annotations

import hashlib
import json
import math
import re
import shutil
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge import documents, encoder, vectors
from knowledge.documents import Document
from knowledge.expected import EXPECTS, holds
from knowledge.lexicon import Lexicon, learn
from knowledge.passages import Passage, passages, plain
from knowledge.questions import Asked, by_heading
from knowledge.terms import terms
from tools.specimens.home import home

if TYPE_CHECKING:
    import numpy as np

MADE_BY = (
    "expected.py",
    "index.py",
    "lexicon.py",
    "passages.py",
    "questions.py",
    "sentences.py",
    "terms.py",
)  # made again when one of these changes

ASIDES = ("Try it", "Essayer", "What it cannot tell", "Ce que cela ne dit pas")  # sections that speak about the others

_CITATION = re.compile(r"\s*\([^()]*\d{4}[^()]*\)")
_NUMBER = re.compile(r"[-−]?\d[\d.,\u00a0\u202f ]*(?:%|\b)")

_lock = threading.Lock()
_opened: dict[tuple[str, str], Index] = {}


class Words:
    """BM25 over some texts (Robertson and Zaragoza 2009, through bm25s), with terms that have weights."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self.size = int(model.scores["num_docs"])

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]]) -> Words:
        """From the terms of each text."""
        import bm25s

        model = bm25s.BM25(method="lucene")
        # bm25s cannot count an empty collection: a text with a term that no query has stands for it
        model.index([list(text) for text in texts] or [["\0"]], show_progress=False)
        return cls(model)

    def idf(self, term: str) -> float:
        """How rare a term is: ln(1 + (N − n + ½) / (n + ½)), n of the N texts holding it."""
        place, starts = self._model.vocab_dict.get(term), self._model.scores["indptr"]
        n = 0 if place is None else int(starts[place + 1] - starts[place])
        return math.log(1 + (self.size - n + 0.5) / (n + 0.5))

    def scores(self, weights: Mapping[str, float]) -> np.ndarray:
        """The BM25 of every text, shape (texts,), each term counted with its weight; a term adds at most its idf."""
        import numpy as np

        total = np.zeros(self.size, np.float32)
        for term, weight in weights.items():
            if term in self._model.vocab_dict:
                total += weight * self._model.get_scores([term])
        return total

    def save(self, folder: Path) -> None:
        """Writes the model into a folder."""
        self._model.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> Words:
        """Reads what ``save`` wrote."""
        import bm25s

        return cls(bm25s.BM25.load(folder, show_progress=False))


@dataclass(frozen=True)
class Index:
    """What a search looks into; row ``i`` of ``vectors`` and ``words`` is passage ``i``.

    ``vectors`` is a flat FAISS index of inner products. ``topics`` (rows of length
    1) and ``topic_words`` are the same for whole documents; ``topic`` says which of
    them each passage belongs to. ``asked`` and ``asked_words`` are the same for the
    questions written with the documents: question ``answers[i, 0]`` is answered by
    passage ``answers[i, 1]``. ``holds`` says which kinds of answers a passage has
    (``knowledge.expected``), and ``lexicon`` translates terms.
    """

    digest: str
    passages: list[Passage]
    vectors: Any
    words: Words
    topic: np.ndarray
    topics: np.ndarray
    topic_words: Words
    asked: np.ndarray
    asked_words: Words
    answers: np.ndarray
    holds: np.ndarray
    lexicon: Lexicon

    def idf(self, term: str) -> float:
        """How rare a term is among the passages."""
        return self.words.idf(term)

    @cached_property
    def offered(self) -> dict[str, np.ndarray]:
        """For each language, which passages a reader of it is given: its own, and those that exist in no other."""
        import numpy as np

        written = {(one.doc, one.lang) for one in self.passages}
        return {
            lang: np.array([one.lang == lang or (one.doc, lang) not in written for one in self.passages], bool)
            for lang in ("en", "fr")
        }

    @cached_property
    def headings(self) -> np.ndarray:
        """A number for each heading, the same for sections of the same name: shape (passages,)."""
        import numpy as np

        found: np.ndarray = np.unique([one.heading for one in self.passages], return_inverse=True)[1]
        return found

    @cached_property
    def aside(self) -> np.ndarray:
        """1 for the passages of sections that say what to do with the rest, 0 for the others."""
        import numpy as np

        return np.array([one.heading in ASIDES for one in self.passages], np.float32)

    @cached_property
    def unasked(self) -> np.ndarray:
        """Which passages have no written question: those of added documents."""
        import numpy as np

        none = np.ones(len(self.passages), bool)
        none[self.answers[:, 1]] = False
        return none


def current() -> Index:
    """The index of the library as it is now; opened from the disk, or built when there is none for these texts."""
    return _get(lambda *_: None)


def rebuild(report: vectors.Report = lambda *_: None) -> Index:
    """Reads every document again; only passages whose text is new are encoded."""
    with _lock:
        _opened.clear()
        shutil.rmtree(_folder(_digest(_key())), ignore_errors=True)
    return _get(report)


def indexed_text(passage: Passage) -> str:
    """What is encoded of a passage: title, heading, and the words of its text."""
    return f"{passage.title}. {passage.heading}. {words_only(passage.text)}"


def words_only(text: str) -> str:
    """A text without its numbers and its citations (Liang et al., 2023), which shift the vectors.

    Numbers and names are found by the terms instead.
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


def _folder(digest: str) -> Path:
    return home() / "index" / f"{encoder.current().sha256[:12]}-{digest[:16]}"


def _build(digest: str, report: vectors.Report) -> Index:
    shelf = documents.documents()
    found = [passage for document in shelf for passage in passages(document)]
    texts = [indexed_text(passage) for passage in found]
    summaries = [f"{one.title}. {words_only(one.summary)}" for one in shelf]
    asked = written_questions(shelf, found)
    matrix = vectors.encode([*texts, *summaries, *asked], report)
    parts = matrix[: len(texts)], matrix[len(texts) : len(texts) + len(shelf)], matrix[len(texts) + len(shelf) :]
    index = assemble(digest, shelf, found, asked, *parts)
    _save(index)
    return index


def written_questions(shelf: Sequence[Document], found: Sequence[Passage]) -> dict[str, list[int]]:
    """The questions written with the documents, in both languages, and the rows of the passages that answer each."""
    sections: dict[tuple[str, str], dict[str, Asked]] = {(one.id, one.lang): by_heading(one) for one in shelf}
    result: dict[str, list[int]] = {}
    for row, one in enumerate(found):
        if said := sections[one.doc, one.lang].get(one.heading):
            for question in (*said.en, *said.fr):
                result.setdefault(question, []).append(row)
    return result


def assemble(
    digest: str,
    shelf: Sequence[Document],
    found: list[Passage],
    questions: Mapping[str, Sequence[int]],
    matrix: np.ndarray,
    topics: np.ndarray,
    asked: np.ndarray,
) -> Index:
    """The index of documents, passages and questions, whose vectors are the rows of ``topics``, ``matrix`` and ``asked``."""
    import faiss
    import numpy as np

    flat = faiss.IndexFlatIP(matrix.shape[1])
    flat.add(matrix)
    place: dict[tuple[str, str], int] = {(one.id, one.lang): at for at, one in enumerate(shelf)}
    return Index(
        digest=digest,
        passages=found,
        vectors=flat,
        words=Words.of([terms(f"{one.title}\n{one.heading}\n{one.text}") for one in found]),
        topic=np.array([place[one.doc, one.lang] for one in found], np.int32),
        topics=topics,
        topic_words=Words.of(
            [terms("\n".join([one.title] * 3 + [one.summary] * 2 + [plain(one.body)])) for one in shelf]
        ),
        asked=asked,
        asked_words=Words.of([terms(question) for question in questions]),
        answers=np.array([(at, row) for at, rows in enumerate(questions.values()) for row in rows], np.int32).reshape(
            -1, 2
        ),
        holds=np.array([holds(one.text) for one in found], np.float32).reshape(-1, len(EXPECTS)),
        lexicon=learn(shelf),
    )


def _save(index: Index) -> None:
    """Writes the index beside the others, gives it its name when it is whole, and removes those it replaces."""
    import faiss
    import numpy as np

    folder = _folder(index.digest)
    side = folder.with_name(f"{folder.name}.{threading.get_ident()}.new")
    side.mkdir(parents=True, exist_ok=True)
    try:
        said = {
            "digest": index.digest,
            "passages": [one.model_dump() for one in index.passages],
            "lexicon": index.lexicon,
        }
        (side / "passages.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        faiss.write_index(index.vectors, str(side / "vectors.faiss"))
        np.savez(
            side / "arrays.npz",
            topic=index.topic,
            topics=index.topics,
            asked=index.asked,
            answers=index.answers,
            holds=index.holds,
        )
        for name in ("words", "topic_words", "asked_words"):
            getattr(index, name).save(side / name)
        shutil.rmtree(folder, ignore_errors=True)
        side.rename(folder)
    except OSError:  # another process was faster, or the disk is full: the index in memory serves all the same
        if not folder.is_dir():
            raise
    finally:
        shutil.rmtree(side, ignore_errors=True)
    for old in folder.parent.iterdir():
        if old != folder and not old.name.endswith(".new"):
            shutil.rmtree(old, ignore_errors=True) if old.is_dir() else old.unlink(missing_ok=True)


def _open(digest: str) -> Index | None:
    """The index on disk, when it is whole and was built from the texts with this digest."""
    import zipfile

    import faiss
    import numpy as np

    folder = _folder(digest)
    try:
        said = json.loads((folder / "passages.json").read_text(encoding="utf-8"))
        if said["digest"] != digest:
            return None
        with np.load(folder / "arrays.npz", allow_pickle=False) as arrays:
            kept = {name: arrays[name] for name in ("topic", "topics", "asked", "answers", "holds")}
        return Index(
            digest=digest,
            passages=[Passage(**one) for one in said["passages"]],
            vectors=faiss.read_index(str(folder / "vectors.faiss")),
            words=Words.load(folder / "words"),
            topic_words=Words.load(folder / "topic_words"),
            asked_words=Words.load(folder / "asked_words"),
            lexicon=said["lexicon"],
            **kept,
        )
    except (OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile):
        return None

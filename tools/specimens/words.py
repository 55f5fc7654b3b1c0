"""Word vectors as specimens: the packaged ones by name, or any file in a usual format."""

from __future__ import annotations

import io
import json
import pickle
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from tools.errors import BadInput
from tools.finding import Specimen
from tools.specimens import fetch
from tools.specimens.packages import PACKAGES

NAMED = ("word2vec", "glove")


@dataclass(frozen=True)
class WordVectors:
    """Words and their vectors: ``matrix[i]`` is the vector of ``words[i]``, shape (words, dimensions), float32."""

    words: list[str]
    matrix: np.ndarray
    specimen: Specimen

    @cached_property
    def index(self) -> dict[str, int]:
        """Row of each word."""
        return {word: row for row, word in enumerate(self.words)}

    @cached_property
    def unit(self) -> np.ndarray:
        """The vectors scaled to length 1, so that a dot product is a cosine."""
        norms = np.linalg.norm(self.matrix, axis=1, keepdims=True)
        return self.matrix / np.where(norms == 0, 1, norms)

    @cached_property
    def lower_case(self) -> bool:
        """Whether the vocabulary holds lower-case words only (then a query is lowered before the search)."""
        return not any(word != word.lower() for word in self.words[:5000])

    def find(self, word: str) -> str | None:
        """The word as the vocabulary writes it, or ``None`` when it is not there."""
        word = word.strip().replace(" ", "_")
        if self.lower_case:
            word = word.lower()
        return word if word in self.index else None

    def vector(self, word: str) -> np.ndarray:
        """The unit vector of a word; ``BadInput`` offers words with a close spelling."""
        found = self.find(word)
        if found is None:
            from difflib import get_close_matches

            near = get_close_matches(word, self.words, n=3, cutoff=0.75)
            hint = f" Near it: {', '.join(near)}." if near else " Try another word or another vector file."
            indice = f" Proches : {', '.join(near)}." if near else " Essayez un autre mot ou un autre fichier."
            raise BadInput(
                f"The word '{word}' is not among the {len(self.words):,} words of {self.specimen.name}.{hint}",
                f"Le mot « {word} » n’est pas parmi les {len(self.words)} mots de {self.specimen.name}.{indice}",
            )
        vector: np.ndarray = self.unit[self.index[found]]
        return vector


def load(name: str = "word2vec") -> WordVectors:
    """Word vectors by name ("word2vec", "glove") or by path; kept, until the file is written again.

    Paths: ``.npz`` (arrays ``words`` and ``vectors``), ``.kv`` (gensim, small
    files, read by a restricted reader), ``.bin`` (word2vec binary), anything
    else as text (word2vec or GloVe).
    """
    file = Path(name).expanduser()
    seen = file.stat() if name not in NAMED and file.is_file() else None
    return _load(name, (seen.st_mtime_ns, seen.st_size) if seen else None)


@lru_cache(maxsize=2)
def _load(name: str, written: tuple[int, int] | None) -> WordVectors:
    """The vectors; ``written`` is when a file was, and its size: another time, and it is read anew."""
    if name in NAMED:
        place = fetch.path(name)
        record = json.loads((place / "specimen.json").read_text())
        words = (place / "words.txt").read_text(encoding="utf-8").split("\n")
        matrix = np.load(place / "vectors.npy", mmap_mode=None if name == "word2vec" else "r")
        digest = record["files"]["vectors.npy"]
        specimen = Specimen(
            name=PACKAGES[name].what,
            source=record["source"],
            revision=record["revision"],
            sha256=digest,
            licence=record["licence"],
        )
        return WordVectors(words, np.asarray(matrix, dtype=np.float32), specimen)
    file = Path(name).expanduser()
    if not file.is_file():
        raise BadInput(
            f"There are no vectors called '{name}', and no such file. Use word2vec, glove, or the path of a vector file.",
            f"Aucun vecteur ne s’appelle « {name} » et ce fichier n’existe pas. "
            "Utilisez word2vec, glove, ou le chemin d’un fichier de vecteurs.",
        )
    readers = {".kv": read_gensim, ".npz": _read_npz, ".bin": _read_binary}
    try:
        words, matrix = readers.get(file.suffix, _read_text)(file)
    except (ValueError, KeyError, EOFError, UnicodeDecodeError, pickle.UnpicklingError, AttributeError) as error:
        raise BadInput(
            f"{file.name} could not be read as word vectors ({error}).",
            f"{file.name} n’a pas pu être lu comme des vecteurs de mots ({error}).",
        ) from error
    specimen = Specimen(name=file.name, source="a file of the user", revision="", sha256=fetch.sha256(file))
    return WordVectors(words, np.ascontiguousarray(matrix, dtype=np.float32), specimen)


class _Bare:
    """Stands in for a gensim class: takes a state, does nothing."""

    def __init__(self, *_: Any) -> None:
        pass

    def __setstate__(self, state: Any) -> None:
        self.__dict__.update(state if isinstance(state, dict) else {})


class _NumpyOnly(pickle.Unpickler):
    """Builds numpy arrays and bare gensim shells, and refuses every other class: a pickle can run any code."""

    NUMPY = frozenset({("numpy", "ndarray"), ("numpy", "dtype")}) | {
        (f"numpy.{core}.multiarray", part) for core in ("core", "_core") for part in ("_reconstruct", "scalar")
    }
    GENSIM = frozenset(
        {"Word2VecKeyedVectors", "KeyedVectors", "EuclideanKeyedVectors", "Vocab", "WordEmbeddingsKeyedVectors"}
    )

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in self.NUMPY:
            return super().find_class(module.replace("numpy.core", "numpy._core"), name)
        if module == "gensim.models.keyedvectors" and name in self.GENSIM:
            return _Bare
        raise pickle.UnpicklingError(f"the file asks for {module}.{name}, which vectors do not need: refused")


def read_gensim(file: Path) -> tuple[list[str], np.ndarray]:
    """Words and vectors of a gensim ``.kv`` file (gensim 3 or 4), arrays inside the one file."""
    shell = _NumpyOnly(io.BytesIO(file.read_bytes())).load()
    state = vars(shell)
    words = state.get("index_to_key") or state.get("index2word")
    if words is None or not isinstance(state.get("vectors"), np.ndarray):
        raise ValueError("no words or no vectors inside; save it with kv.save_word2vec_format instead")
    return [str(word) for word in words], state["vectors"]


def _read_npz(file: Path) -> tuple[list[str], np.ndarray]:
    with np.load(file, allow_pickle=False) as arrays:
        return [str(word) for word in arrays["words"]], arrays["vectors"]


def _read_binary(file: Path) -> tuple[list[str], np.ndarray]:
    """The word2vec binary format: a line "words dimensions", then word, space, float32 values."""
    with file.open("rb") as source:
        count, size = map(int, source.readline().split())
        matrix, words = np.empty((count, size), np.float32), []
        for row in range(count):
            letters = bytearray()
            while (letter := source.read(1)) not in (b" ", b""):
                if letter != b"\n":
                    letters += letter
            words.append(letters.decode("utf-8", errors="replace"))
            matrix[row] = np.frombuffer(source.read(4 * size), np.float32)
    return words, matrix


def _read_text(file: Path) -> tuple[list[str], np.ndarray]:
    """GloVe text, or word2vec text with its first line "words dimensions"."""
    words: list[str] = []
    rows: list[np.ndarray] = []
    with file.open(encoding="utf-8") as source:
        for line in source:
            word, *values = line.rstrip().split(" ")
            if len(values) == 1 and not rows:
                continue
            words.append(word)
            rows.append(np.array(values, dtype=np.float32))
    if not rows or len({len(row) for row in rows}) != 1:
        raise ValueError("the lines do not all hold a word and the same count of numbers")
    return words, np.stack(rows)

"""From what a source holds to passages: repaired, whole sentences, running prose, 60 to 400 words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from knowledge.sentences import split as sentences
from knowledge.terms import ENGLISH, FRENCH, fold

FEWEST, ENOUGH, MOST = 60, 150, 400
"""A passage ends with the sentence that reaches ``ENOUGH`` words; what is left of a document counts from ``FEWEST``."""
LETTERS = 0.92  # share of letters, spaces and common marks from which a paragraph is prose and not code or a table
LONGEST = 150  # words of one sentence; longer ones are lists that lost their line breaks
_WINDOWS = {code: bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)}
_TAG = re.compile(r"<[^>]*>")
_BLOCK = re.compile(r"</?(?:p|div|br|li|ul|ol|h\d|pre|table|tr|td)\b[^>]*>", re.I)
_NOT_PROSE = re.compile(
    r"[{}<>|\\=_@#•·☐→`]|:(?:return|param)|https?:|www\.|>>>|\.\.\. \.\.\.|\[\.\.\.\]|\[\d+\]|\b\d° "
)
_ENDS = re.compile(r"[.!?…][\"'”’»)\u00a0\u202f ]*$")


def repaired(text: str) -> str:
    """Windows-1252 marks that were read as control characters (U+0092 for ’), entities and odd spaces, set right."""
    text = html.unescape(text).translate(_WINDOWS).replace("\ufeff", "").replace("\u00ad", "")
    return re.sub(r"[ \t]*[\u2028\u2029\x0b\x0c][ \t]*", " ", text)


def plain(marked: str) -> str:
    """The text of a piece of HTML on one line, without its tags."""
    return " ".join(repaired(_TAG.sub("", re.sub(r"\s+", " ", marked))).split())


def blocks(marked: str) -> list[str]:
    """The blocks of an HTML text (paragraphs, items, cells) in order, as plain text."""
    return [text for text in map(plain, _BLOCK.split(marked)) if text]


def unwrapped(text: str) -> list[str]:
    """The paragraphs of a text with hard line breaks: an empty line lies between two of them."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", repaired(text.replace("\r", ""))) if part.strip()]


def language(text: str) -> str:
    """ "en" or "fr", by which language's small words are more frequent."""
    words = [_folded(word) for word in re.findall(r"[^\W\d_]+", text)]
    return "fr" if sum(word in FRENCH for word in words) > sum(word in ENGLISH for word in words) else "en"


_folded = lru_cache(maxsize=1 << 16)(fold)


def is_prose(paragraph: str, lang: str) -> bool:
    """Whether a paragraph is running text of that language: letters, an end mark, no code, no address, no list."""
    known = sum(char.isalpha() or char in " ,.;:'’\"«»“”!?-–—()\u00a0\u202f" for char in paragraph)
    return (
        known >= LETTERS * len(paragraph)
        and not _NOT_PROSE.search(paragraph)
        and _ENDS.search(paragraph) is not None
        and not paragraph[:1].islower()
        and (len(paragraph.split()) < 8 or language(paragraph) == lang)
    )


def passages(paragraphs: Iterable[str], lang: str) -> Iterator[str]:
    """The passages of one document, in order, none overlapping; what is not prose ends a passage."""
    held: list[str] = []
    for paragraph in paragraphs:
        if not is_prose(paragraph, lang):
            yield from _long_enough(held)
            held = []
            continue
        for sentence in sentences(paragraph):
            if len(sentence.split()) > LONGEST:
                yield from _long_enough(held)
                held = []
                continue
            held.append(sentence)
            if _count(held) >= ENOUGH:
                yield from _long_enough(held)
                held = []
    yield from _long_enough(held)


def _count(held: list[str]) -> int:
    """Words of the sentences held so far."""
    return sum(len(sentence.split()) for sentence in held)


def _long_enough(held: list[str]) -> Iterator[str]:
    """The sentences as one passage, if they are neither too few nor too many words."""
    if FEWEST <= _count(held) <= MOST:
        yield " ".join(held)

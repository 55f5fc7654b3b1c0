"""Text made comparable: without accents, capitals and LaTeX, cut into words that remember their place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_LETTERS = str.maketrans({
    "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": "'", "‘": "'",
    "ʼ": "'",
})  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:[’'ʼ](?=s\b))?", re.UNICODE)
_ACCENT = re.compile(r"\{?\\(['`^\"~=.uvHcdbtkr])\s*\{?\\?([A-Za-zı])\}?\}?")
_SPECIAL = {
    "\\ss": "ß", "\\o": "ø", "\\O": "Ø", "\\l": "ł", "\\L": "Ł", "\\ae": "æ", "\\AE": "Æ", "\\oe": "œ", "\\OE": "Œ",
    "\\aa": "å", "\\AA": "Å", "\\i": "ı",
}  # fmt: skip
_MARKS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "k": "\u0328",
    "r": "\u030a", "t": "",
}  # fmt: skip


@dataclass(frozen=True)
class Word:
    """A word as it is compared, and where it stands in the text, in characters."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Lower case, no accents, plain apostrophes."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words(text: str) -> list[Word]:
    """The words of a text: runs of letters and digits, folded."""
    found = []
    for match in _WORD.finditer(text):
        folded = re.sub(r"[^a-z0-9\u0370-\uffff]", "", fold(match.group()))
        if folded:
            found.append(Word(folded, match.start(), match.end()))
    return found


@lru_cache(maxsize=5_000)
def plain(text: str) -> tuple[str, ...]:
    """The folded words of a text."""
    return tuple(word.text for word in words(text))


def joined(text: str) -> str:
    """The folded words without spaces: "Auto-Encoders" and "autoencoders" are the same."""
    return "".join(plain(text))


def delatex(text: str) -> str:
    r"""The accents and special letters of LaTeX as letters: ``{\'e}`` is é."""
    text = _ACCENT.sub(lambda m: unicodedata.normalize("NFC", m.group(2) + _MARKS[m.group(1)]), text)
    for command, letter in _SPECIAL.items():
        text = re.sub(r"\{?" + re.escape(command) + r"(?![A-Za-z])\s?(?:\{\})?\}?", letter, text)
    return text

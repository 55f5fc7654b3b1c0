"""Where words that someone claims to have read stand in a text: exactly, up to capitals and accents, in part, nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from knowledge.terms import ENGLISH, FRENCH, fold

How = Literal["exact", "folded", "partly", "elsewhere", "absent"]
Span = tuple[int, int]
"""First character and the one after the last, counted from 0 in the whole text."""

_ARTICLE = re.compile(r"^(?:(?:the|an?|les?|la|une?|des|du|de)\s+|[ld][’'])+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Place:
    """Where a name stands: how well, at which spans, and which of its words the text does not hold."""

    how: How
    spans: tuple[Span, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def there(self) -> bool:
        """Whether the whole name stands in the sentence that was asked about."""
        return self.how in ("exact", "folded")


@lru_cache(maxsize=512)
def folded(text: str) -> tuple[str, list[int]]:
    """The text without capitals, accents and typographic apostrophes, and where each of its letters comes from."""
    letters: list[str] = []
    origin: list[int] = []
    for i, letter in enumerate(text):
        for plain in fold(letter).replace("’", "'").replace("\u202f", " ").replace("\u00a0", " "):
            letters.append(plain)
            origin.append(i)
    return "".join(letters), origin


def bare(name: str) -> str:
    """A name without what stands around it: spaces, quotation marks, a leading article."""
    trimmed = name.strip(' \t\n\u00a0\u202f.,;:!?"“”«»()[]')
    return _ARTICLE.sub("", trimmed) or trimmed


def locate(name: str, text: str, window: Span) -> Place:
    """The place of ``name`` in ``text[window]``, else in the rest of the text.

    ``partly``: at least half of its words, and all that hold a digit, stand in the window.
    """
    low, high = window
    wanted = bare(name)
    if not _WORD.search(wanted):
        return Place("absent", missing=(name,))
    inside = text[low:high]
    if found := _occurrences(wanted, inside, low):
        return Place("exact" if any(text[a:b] == wanted for a, b in found) else "folded", found)
    words = [word for word in _WORD.findall(wanted) if fold(word) not in ENGLISH | FRENCH] or _WORD.findall(wanted)
    held = {word: _occurrences(word, inside, low) for word in words}
    missing = tuple(word for word in words if not held[word])
    digits = any(letter.isdigit() for word in missing for letter in word)
    elsewhere = _occurrences(wanted, text, 0)
    if not elsewhere and 2 * len(missing) <= len(words) and not digits:
        return Place("partly", tuple(sorted({span for spans in held.values() for span in spans[:1]})), missing)
    return Place("elsewhere", elsewhere) if elsewhere else Place("absent", missing=missing or tuple(words))


def _occurrences(name: str, text: str, start: int) -> tuple[Span, ...]:
    """All whole-word occurrences, up to capitals and accents; ``start`` is where ``text`` begins."""
    plain, origin = folded(text)
    wanted = re.escape(_singular(" ".join(folded(name)[0].split()))).replace(r"\ ", r"\s+")
    ending = rf"(?:{wanted[-1:]}(?:e?s)?|ies)" if wanted.endswith("y") else f"{wanted[-1:]}(?:e?s)?"
    found = re.finditer(rf"(?<![^\W_]){wanted[:-1]}{ending}(?![^\W_])", plain)
    return tuple((start + origin[match.start()], start + origin[match.end() - 1] + 1) for match in found if wanted)


def _singular(name: str) -> str:
    """A folded name without the s of a plural; short words and numbers stay whole."""
    last = name.split()[-1] if name else ""
    return name[:-1] if len(last) > 4 and last.endswith("s") and not last.endswith("ss") else name

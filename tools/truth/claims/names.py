"""Names in a sentence (people, places, organisations, acronyms), and whether two of them can be the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from knowledge.terms import fold
from tools.truth.claims.dates import MONTHS, WEEKDAYS, dates
from tools.truth.claims.numerals import HUNDRED, SCALES, SMALL, spelled
from tools.truth.claims.words import FUNCTION, Token, tokens

_LINKS_LIST = """
    of de du des d la le les von van der den di da del and et & the l
"""
_LINKS = frozenset(_LINKS_LIST.split())
_TITLES_LIST = """
    dr mr mrs ms mme mlle m prof professor professeur sir lady lord judge juge mayor maire president président
    minister ministre prime premier king queen roi reine captain capitaine coach councillor commissioner director
    chief saint st inspector general colonel doctor docteur senator representative secretary governor emperor pope
    prince princess duke count hurricane ouragan avenue street road rue place lake river mount mont fleuve
    university université universite council court institute
"""
_TITLES = frozenset(_TITLES_LIST.split())
_FUNCTION_LIKE = re.compile(r"(?:ly|ing|tion|tions|ment|ments|ers|ors|ists|ies|ness|ees|iens|eurs|ents|ants|ment)$")


_CODE = re.compile(r"(?<![\w-])(?:[A-Z]{1,4}-?\d{1,3}|[A-Z]{2,6}-\d\w*)(?![\w-]|[.,]\d)")


@dataclass(frozen=True)
class Name:
    """A name as it is written; ``words`` are its folded words without titles; ``sure`` is false for one word that opens a sentence."""

    text: str
    start: int
    end: int
    words: tuple[str, ...]
    sure: bool = True


def names(sentence: str, elsewhere: str = "") -> list[Name]:
    """The names of a sentence in order.

    A capital at the beginning says nothing: one word there is a name when it goes on, when it is an acronym, or when
    it has its capital inside a sentence ``elsewhere`` (the other text); it is unsure when nothing speaks against it.
    """
    return list(_names(sentence, elsewhere))


@lru_cache(maxsize=512)
def _names(sentence: str, elsewhere: str) -> tuple[Name, ...]:
    found = list[Name]()
    group = list[Token]()
    dated = [(one.start, one.end) for one in dates(sentence)] + [(one.start, one.end) for one in spelled(sentence)]
    everything = tokens(sentence)
    for at, token in enumerate(everything):
        if _capital(token) and not any(start <= token.start < end for start, end in dated):
            group.append(token)
        elif group and _links(token, group, everything, at):
            continue
        else:
            found += _name(sentence, group, elsewhere)
            group = []
    found += _name(sentence, group, elsewhere)
    codes = [
        Name(match.group(), match.start(), match.end(), (fold(match.group()).replace("-", ""),))
        for match in _CODE.finditer(sentence)
    ]
    apart = [one for one in found if all(one.end <= code.start or one.start >= code.end for code in codes)]
    return tuple(sorted([*apart, *codes], key=lambda one: one.start))


def _capital(token: Token) -> bool:
    """Whether a word may belong to a name."""
    plain = token.folded
    return token.is_word and token.capital and plain not in MONTHS and plain not in WEEKDAYS and token.text != "I"


def _links(token: Token, group: list[Token], everything: tuple[Token, ...], at: int) -> bool:
    """Whether a small word or a mark goes on with the name: "Bank of Aldmoor", "St. Olav", "Lund & Sons", "L’Oréal"."""
    if at + 1 >= len(everything) or not _capital(everything[at + 1]):
        following = everything[at + 1].folded if at + 1 < len(everything) else ""
        return (
            token.folded in ("de", "of")
            and following in _LINKS
            and at + 2 < len(everything)
            and _capital(everything[at + 2])
        )
    if token.text == ".":
        return group[-1].folded in _TITLES or len(group[-1].text) == 1
    if token.text in "'’" and everything[at + 1].start == token.end:
        return len(group[-1].text) <= 2
    return token.folded in _LINKS - {"and", "et"} and not (token.folded in ("the", "l") and len(group) == 1)


def _name(sentence: str, group: list[Token], elsewhere: str) -> list[Name]:
    """The name that a run of capital words makes, if it makes one."""
    opening = bool(group) and not sentence[: group[0].start].strip(" «»“”\"'([–—-*#")
    if opening and (group[0].folded in FUNCTION or group[0].folded in SMALL or _common(group[0], elsewhere)):
        group, opening = group[1:], False
    group = [word for word in group if word.folded not in FUNCTION or (word.text.isupper() and len(word.text) > 1)]
    if not group:
        return []
    words = tuple(dict.fromkeys(_bare(word) for word in group if word.folded not in _TITLES and len(word.text) > 1))
    if not words or all(word in SCALES or word in HUNDRED for word in words):
        return []
    start, end = group[0].start, group[-1].end
    people = (
        len(group) == 1
        and group[0].text.endswith("s")
        and re.search(r"\b(?:the|les|des|aux)\s+$", sentence[:start], re.I)
    )
    sure = not people and (
        not opening or len(group) > 1 or group[0].text.isupper() or _inside(group[0].text, elsewhere)
    )
    return [Name(sentence[start:end], start, end, words, sure)]


def _bare(word: Token) -> str:
    return word.folded.replace("’", "'")


def _common(word: Token, elsewhere: str) -> bool:
    """Whether a word that opens a sentence is an ordinary one: met in lower case, or with the ending of one."""
    if word.text.isupper() and len(word.text) > 1:
        return False
    if _inside(word.text, elsewhere):
        return False
    plain = word.folded
    return (
        bool(re.search(rf"(?<![^\W\d_]){re.escape(word.text.lower())}(?![^\W\d_])", elsewhere))
        or plain in ordinary()
        or (len(plain) > 4 and _FUNCTION_LIKE.search(plain) is not None)
    )


def _inside(word: str, elsewhere: str) -> bool:
    """Whether a word has its capital inside a sentence of another text."""
    return re.search(rf"[\w,;:’'] ?(?<![.!?] ){re.escape(word)}(?!\w)", elsewhere) is not None


@lru_cache(maxsize=1)
def ordinary() -> frozenset[str]:
    """The folded words that the library writes in lower case: ordinary words of both languages."""
    from knowledge import CONTENT

    found = set[str]()
    for file in sorted(CONTENT.rglob("*.md")):
        found.update(re.findall(r"(?<![^\W\d_])[^\W\d_A-ZÀ-Þ][^\W\d_]*", file.read_text(encoding="utf-8")))
    return frozenset(fold(word) for word in found if word == word.lower())


def same(one: Name, other: Name) -> bool:
    """Whether two names can be of one bearer: "Dr Smith" and "John Smith", "WHO" and "World Health Organization"."""
    mine, theirs = set(one.words), set(other.words)
    if mine <= theirs or theirs <= mine:
        return True
    if one.words[-1] == other.words[-1]:  # the same last word: the same unless two first names differ
        first, second = mine - theirs, theirs - mine
        return not first or not second or any(a[0] == b[0] and min(len(a), len(b)) == 1 for a in first for b in second)
    if _initials(one, other) or _initials(other, one):
        return True
    return any(_near(a, b) for a in mine for b in theirs) and (len(mine) == 1 or len(theirs) == 1)


def _initials(short: Name, long: Name) -> bool:
    """Whether one is the acronym of the other."""
    plain = re.sub(r"\W", "", short.text)
    if not (len(plain) > 1 and plain.isupper() and len(long.words) > 1):
        return False
    return plain.casefold() == "".join(word[0] for word in long.words)


def _near(one: str, other: str) -> bool:
    """Whether two words are forms of one: Italy and Italian, Norvège and Norway are near enough, Berg and Berlin are not."""
    common = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        common += 1
    return one == other or (
        common >= 4 and common >= min(len(one), len(other)) - 2 and max(len(one), len(other)) - common <= 4
    )


def known(name: Name, others: Iterable[Name]) -> bool:
    """Whether a name is one of ``others``."""
    return any(same(name, other) for other in others)

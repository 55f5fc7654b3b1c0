"""Do the people named in a reference fit the authors of a work? Initials, order, accents and "et al." are allowed for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from tools.truth.citations.folding import Word, fold, plain, words

_SKIP_LISTED = (
    "and et und y e with avec by par de du des le la les l d the von van der den del della di da dos el al ter "
    "ten ed eds editor editors dir hrsg jr sr ii iii in dans see voir cf others autres coll collab collaborators "
    "colleagues collegues ses his her their leurs authors auteurs author auteur a"
)
SKIP = frozenset(_SKIP_LISTED.split())
MORE = re.compile(
    r"\bet\s+al|\bet\s+coll|\b(?:and|et)\s+(?:(?:his|her|their|ses|leurs)\s+)?(?:others|colleagues|coll[èe]gues|autres)|…|\.\s?\.\s?\.",
    re.I,
)
_PARTICLES_LISTED = "van von de der den del della di da la le du el al ten ter"
PARTICLES = frozenset(_PARTICLES_LISTED.split())
CLOSE = 84.0  # likeness of two names that differ by a slip of the keyboard


@dataclass(frozen=True)
class Names:
    """How the names given fit: names that are no author's, authors left out, whether the first comes first."""

    foreign: tuple[str, ...]
    missing: tuple[str, ...]
    first: bool
    any: bool

    @property
    def fit(self) -> bool:
        """Whether nothing contradicts the work."""
        return not self.foreign and not self.missing and self.first


def families(authors: tuple[str, ...]) -> list[str]:
    """The family names (or organisations) of a work, in order."""
    return [author.split(",")[0] for author in authors if author != "others"]


def fit(given: str, authors: tuple[str, ...]) -> Names:
    """The names of a passage against the authors of a work ("Family, Given", an organisation, "others")."""
    people = [author for author in authors if author != "others"]
    opened = len(people) < len(authors)
    homes = [_Person.of(author) for author in people]
    seen: list[int] = []
    foreign: list[tuple[int, str]] = []
    found = [word for word in words(given) if not word.text.isdigit()]
    ordered = _named(found, homes)
    for place, word in enumerate(found):
        if word.text in SKIP and not any(word.text in home.family for home in homes):
            continue
        owners = _owners(word, given, homes)
        if owners == [] and any(len(name) == 1 and word.text[0] == name for i in ordered for name in homes[i].given):
            continue  # the bibliography has the initial only, of somebody who is named
        if owners is None:
            continue
        if not owners:
            foreign.append((place, given[word.start : word.end]))
        else:
            seen += [owner for owner in owners if owner not in seen][:1]
    more = bool(MORE.search(given))
    named = set(ordered)
    if foreign and opened and (named >= set(range(len(people))) or _after_gap(given, foreign[0][1])):
        foreign = []  # the bibliography does not list everybody
    missing = (
        [] if more or opened or not named else [people[i].split(",")[0] for i in range(len(people)) if i not in named]
    )
    first = not ordered or ordered[0] == 0
    return Names(tuple(name for _, name in foreign), tuple(missing), first, bool(named) or bool(seen))


def _after_gap(given: str, name: str) -> bool:
    """Whether a name comes after "…", where authors are left out."""
    gap = re.search(r"…|\.\s?\.\s?\.", given)
    return bool(gap) and given.find(name) > gap.start()  # type: ignore[union-attr]


@dataclass(frozen=True)
class _Person:
    family: tuple[str, ...]
    given: tuple[str, ...]

    @classmethod
    def of(cls, author: str) -> _Person:
        family, _, given = author.partition(",")
        return cls(plain(family), plain(given))

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in (*self.given, *self.family))

    def has(self, word: str) -> bool:
        """Whether a word is one of the names, or nearly."""
        pool = (*self.family, *self.given, "".join(self.given), "".join(self.family))
        if word in pool:
            return True
        if len(word) >= 3 and any(name.startswith(word) for name in self.given):
            return True
        return len(word) >= 5 and any(len(name) >= 5 and fuzz.ratio(word, name) >= CLOSE for name in pool)


def _owners(word: Word, given: str, homes: list[_Person]) -> list[int] | None:
    """Which authors a word may name; ``None`` for an initial that fits one of them."""
    found = [i for i, home in enumerate(homes) if word.text in home.family]
    found += [i for i, home in enumerate(homes) if i not in found and home.has(word.text)]
    if not found and len(word.text) <= 3 and any(home.initials.startswith(word.text) for home in homes):
        return None
    written = given[word.start : word.end]
    if not found and (len(word.text) == 1 or (len(word.text) <= 3 and written.isupper())):
        letters = set(word.text)
        return None if any(letters <= set(home.initials) for home in homes) else []
    return found


def _named(found: list[Word], homes: list[_Person]) -> list[int]:
    """The authors whose family name is given, in the order of the passage."""
    order: list[int] = []
    texts = [word.text for word in found]
    for text in texts:
        for i, home in enumerate(homes):
            last = max(home.family, key=len, default="")
            same = (
                text == last
                or text == "".join(home.family)
                or (len(text) >= 5 and len(last) >= 5 and fuzz.ratio(text, last) >= CLOSE)
            )
            if same and i not in order:
                order.append(i)
                break
    return order


def surname(passage: str) -> str:
    """The first family name of a passage: before the comma, after the initials, or before "et al."."""
    start = re.split(r"\bet\s+al\b|\bet\b|\band\b|&|;", passage, maxsplit=1)[0]
    head, comma, _ = start.partition(",")
    found = [word for word in re.findall(r"[^\W\d_][\w’'‐-]*", head)]
    longer = [word for word in found if len(word) > 1 and not (len(word) <= 3 and word.isupper() and len(found) > 1)]
    if not longer:
        return ""
    if comma or any(fold(word) in PARTICLES for word in longer[:-1]):
        keep = [i for i, word in enumerate(longer) if fold(word) in PARTICLES]
        return " ".join(longer if comma else longer[keep[0] :] if keep else longer[-1:])
    return str(longer[-1])

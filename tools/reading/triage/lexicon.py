"""Concepts in a description: word lists in two languages, compared without case and accents, with negation.

The lists lie in ``concepts.yaml`` and ``signs.yaml``: ``*`` ends a word in any
way, a space is a space or a hyphen, `` .. `` leaves up to five words of the same
sentence between, ``(a|b)`` is a choice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from knowledge.terms import fold
from tools.finding import Text

HERE = Path(__file__).parent
FILES = ("concepts.yaml", "signs.yaml")
GAP = r"(?:[^\w.!?;]+\w+){0,5}?[^\w.!?;]+"
# Words that deny what follows within four words of the same clause: "without emotions", « ne lit pas les visages ».
DENIES = re.compile(
    r"\b(?:no|not|never|without|neither|nor|cannot|doesn't|don't|isn't|ne|n|pas|sans|aucun|aucune|ni|jamais)\W+(?:\w+\W+){0,3}$"
)
CLAUSE = re.compile(r"[.!?;:,()]|\b(?:but|mais|although|while|whereas|tandis)\b")
SIGNS = {"’": "'", "%": " percent ", "\u00a0": " ", "\u202f": " "}
# A concept whose own words are negative ("without human", « sans recours ») is not denied by them.
NEGATIVE = frozenset({"automatic", "privacy", "outside", "fixed_rules", "tested_elsewhere", "few", "proxy"})


@dataclass(frozen=True)
class Concept:
    """A named idea, its label, and one pattern a language (both read the words of ``any``)."""

    name: str
    label: Text
    patterns: dict[str, re.Pattern[str]]


@dataclass
class Reading:
    """What a text speaks of: concept → the words that say so, in order; ``denied`` the same for what it denies."""

    found: dict[str, list[str]] = field(default_factory=dict)
    denied: dict[str, list[str]] = field(default_factory=dict)

    def words(self, concepts: list[str], most: int = 3) -> list[str]:
        """The words that say these concepts, shortest first; those that stand inside longer ones are left out."""
        said = {fold(word): word for name in concepts for word in self.found.get(name, [])}
        alone = [word for plain, word in said.items() if not any(plain != other and plain in other for other in said)]
        return sorted(alone, key=len)[:most]


@lru_cache(maxsize=1)
def concepts() -> dict[str, Concept]:
    """Every concept of the two lists, by name."""
    import yaml

    read: dict[str, Concept] = {}
    for name in FILES:
        for concept, entry in yaml.safe_load((HERE / name).read_text(encoding="utf-8")).items():
            both = entry.get("any", [])
            patterns = {
                lang: compiled([*both, *entry.get(lang, [])]) for lang in ("en", "fr") if both or entry.get(lang)
            }
            read[concept] = Concept(concept, Text(**entry["label"]), patterns)
    return read


def compiled(entries: list[str]) -> re.Pattern[str]:
    """One pattern for a list of entries in the writing of the lists."""
    return re.compile(r"\b(?:" + "|".join(_expression(entry) for entry in entries) + r")\b")


def _expression(entry: str) -> str:
    """An entry of the lists as a regular expression over folded text."""
    parts = []
    for part in fold(entry).split(" .. "):
        escaped = re.sub(r"[^\w\s()|*]", lambda found: re.escape(found.group()), part.strip())
        # The star of a choice ends each of its words; a star after a word ends that word.
        parts.append(
            re.sub(
                r"\s+",
                r"[\\s-]+",
                escaped.replace(")*", r")\w*").replace("(", "(?:").replace("*", r"\w*").replace(r"\w\w*", r"\w*"),
            )
        )
    return GAP.join(parts)


def read(text: str, lang: str | None) -> Reading:
    """The concepts of a text in one language; in both when ``lang`` is ``None``."""
    plain, places = folded(text)
    reading = Reading()
    for concept in concepts().values():
        for language, pattern in concept.patterns.items():
            if lang not in (None, language):
                continue
            for match in pattern.finditer(plain):
                words = text[places[match.start()] : places[match.end() - 1] + 1]
                denies = concept.name not in NEGATIVE and denied(plain[: match.start()])
                kept = (reading.denied if denies else reading.found).setdefault(concept.name, [])
                kept.append(re.sub(r"\s+", " ", words).strip(" %"))
    return reading


def denied(before: str) -> bool:
    """Whether the clause that ends here denies what follows."""
    starts = [match.end() for match in CLAUSE.finditer(before)]
    return DENIES.search(before[starts[-1] if starts else 0 :]) is not None


def folded(text: str) -> tuple[str, list[int]]:
    """The text without case and accents, and for each of its letters the place it had."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        plain = SIGNS.get(letter) or fold(letter)
        letters.append(plain)
        places += [place] * len(plain)
    return "".join(letters), places

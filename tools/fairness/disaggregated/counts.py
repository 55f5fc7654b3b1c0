"""Counts that a person typed: "women: 12/100; men: 5 of 120; women + 60 and over: 4/31"."""

from __future__ import annotations

import hashlib
import re

import numpy as np

from tools.errors import BadInput
from tools.fairness.disaggregated.records import Cells
from tools.fairness.disaggregated.shares import Ints
from tools.finding import Specimen, Text, same

NUMBER = r"\d{1,3}(?:[ \u202f\u00a0,.]\d{3})+|\d+"
FRACTION = re.compile(
    rf"(?<![\w.,])(?P<count>{NUMBER})(?P<decimals>[.,]\d+)?\s*(?P<share>%)?(?P<inner>(?:\s+[^\W\d]+){{0,4}}?)"
    rf"\s*(?:/|\bout of\b|\bof\b|\bsur\b|\bparmi\b|\bamong\b)\s*(?:the |les )?(?P<n>{NUMBER})(?![\w%])",
    re.I,
)
AROUND = " \t\n;,|:=→-–•*.()"
LINKS = re.compile(
    r"^(?:and|et|but|mais|against|contre|versus|vs\.?|for|pour|chez|in|among)(?:\s+|$)|\s+(?:and|et|but|mais|against|contre|versus|vs\.?)$",
    re.I,
)
MOST_GROUPS, MOST_PEOPLE = 60, 10**9
WHOLE = Text(en="your counts", fr="vos comptes")
EXAMPLE = "women: 12/100; men: 5/120"
EXEMPLE = "femmes : 12/100 ; hommes : 5/120"


def panels(text: str) -> tuple[list[Cells], list[Cells]]:
    """The groups and, when every name crosses the same features ("women + over 60"), one feature at a time.

    Errors: ``BadInput`` for an entry that is not a group with a count out of a number of people.
    """
    names: list[str] = []
    counts: list[int] = []
    sizes: list[int] = []
    for name, match in _entries(text):
        count, n = _count(match)
        if name.casefold() in (known.casefold() for known in names):
            raise BadInput(
                f"The group '{name}' is given twice: give each group once, as in {EXAMPLE}.",
                f"Le groupe « {name} » est donné deux fois : donnez chaque groupe une fois, comme dans {EXEMPLE}.",
            )
        names.append(name)
        counts.append(count)
        sizes.append(n)
    if not 2 <= len(names) <= MOST_GROUPS:
        raise BadInput(
            f"{len(names)} group(s) read: give 2 to {MOST_GROUPS}, as in {EXAMPLE}.",
            f"{len(names)} groupe(s) lu(s) : donnez-en de 2 à {MOST_GROUPS}, comme dans {EXEMPLE}.",
        )
    people, hits = np.array(sizes, dtype=np.int64), np.array(counts, dtype=np.int64)
    cells = Cells(WHOLE, tuple(same(name) for name in names), people, hits)
    return [cells], _alone(names, hits, people)


def specimen(text: str) -> Specimen:
    """What was typed, by its hash."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Specimen(name="counts given by the user", source="typed", revision="1", sha256=digest)


def _entries(text: str) -> list[tuple[str, re.Match[str]]]:
    """Each count out of a number of people, with the words that name its group: all before, all after, or all inside."""
    if len(text) > 10_000:
        raise BadInput("The counts are too long: 10,000 characters at most.", "Les comptes sont trop longs : 10 000 caractères au plus.")  # fmt: skip
    found = list(FRACTION.finditer(text))
    if not found:
        raise BadInput(
            f"'{text.strip()[:60]}' holds no count out of a number of people; write for instance {EXAMPLE}.",
            f"« {text.strip()[:60]} » ne contient aucun compte suivi d’un effectif ; écrivez par exemple {EXEMPLE}.",
        )
    ends = [0, *(one.end() for one in found)]
    starts = [*(one.start() for one in found), len(text)]
    gaps = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    colon = any(re.search(r"[:=→]\s*$", gap) for gap in gaps[:-1])
    after = not colon and all(re.match(r"\s+[^\W\d]", gap) for gap in gaps[1:])
    named = _name(gaps[0], last=True) != "" and not after
    names = [_name(gap, last=True) for gap in gaps[:-1]] if named else [_name(gap, last=False) for gap in gaps[1:]]
    inner = [one["inner"].strip() for one in found]
    if all(inner) and len({name.casefold() for name in inner}) == len(inner) and not colon:
        names = inner  # "13 women of 51, 10 men of 88"
    names = [name or f"{one['count']}/{one['n']}" for name, one in zip(names, found, strict=True)]
    return list(zip(names, found, strict=True))


def _name(gap: str, last: bool) -> str:
    """A group's name in the words between two counts: those nearest to its own count."""
    pieces = [piece for piece in re.split(r"[;:\n|?!]|\.\s", gap) if piece.strip(AROUND)]
    name = (pieces[-1 if last else 0] if pieces else "").strip(AROUND)
    while (shorter := LINKS.sub("", name).strip(AROUND)) != name:
        name = shorter
    return name[:60]


def _count(match: re.Match[str]) -> tuple[int, int]:
    """Count and number of people of one group."""
    n = int(re.sub(r"\D", "", match["n"]))
    value = float(re.sub(r"\D", "", match["count"]) + (match["decimals"] or "").replace(",", "."))
    count = int(n * value / 100 + 0.5) if match["share"] else value
    if n > MOST_PEOPLE or count > n or count != int(count):
        raise BadInput(
            f"'{match[0]}': the count must be a whole number from 0 to the number of people.",
            f"« {match[0]} » : le compte doit être un nombre entier, de 0 à l’effectif.",
        )
    return int(count), n


def _alone(names: list[str], counts: Ints, sizes: Ints) -> list[Cells]:
    """Counts by one feature at a time, for names written "first + second" (or "first, second", "first & second")."""
    parts = [tuple(piece.strip() for piece in re.split(r"\s*[+&,]\s*", name)) for name in names]
    width = len(parts[0])
    if width < 2 or any(len(one) != width for one in parts):
        return []
    found = []
    for place in range(width):
        values = list(dict.fromkeys(one[place] for one in parts))
        if not 2 <= len(values) < len(names):
            continue
        member = np.array([values.index(one[place]) for one in parts])
        made = [np.bincount(member, weights=what).astype(np.int64) for what in (sizes, counts)]
        title = Text(en=f"feature {place + 1}", fr=f"caractère {place + 1}")
        found.append(Cells(title, tuple(same(value) for value in values), made[0], made[1]))
    return found

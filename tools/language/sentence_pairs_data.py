"""The published sentence pairs: CrowS-Pairs, StereoSet and Wino, read from the fetched specimen.

Every reading of a pair is one beginning, one filling and one end, so that all three sets are scored alike.
Sources: Nangia, Vania, Bhalerao and Bowman 2020 (CrowS-Pairs); Nadeem, Bethke and Reddy 2021
(StereoSet); Zhao, Wang, Yatskar, Ordonez and Chang 2018 (WinoBias, from which the Wino clozes come).
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from tools.errors import Missing
from tools.specimens import fetch

SPECIMEN = "bias-sentences"
GAP = "[MASK]"
Form = Literal["one", "two"]
"""One sentence with a gap, or a sentence that follows another."""


@dataclass(frozen=True)
class Reading:
    """One way to fill a gap: the text is ``before + filling + after``; the space before the filling belongs to it."""

    before: str
    filling: str
    after: str

    @property
    def text(self) -> str:
        """The whole sentence."""
        return self.before + self.filling + self.after


@dataclass(frozen=True)
class Item:
    """What is compared: the stereotyped reading, the other one, and in StereoSet a third that makes no sense."""

    kind: str
    readings: tuple[Reading, ...]
    form: Form = "one"


@dataclass(frozen=True)
class DataSet:
    """All items of one file, with what is needed to find the same file again; ``skipped`` rows have no single gap."""

    name: str
    items: tuple[Item, ...]
    skipped: int
    file: str
    source: str
    revision: str
    sha256: str
    licence: str


FILES = {"crows-pairs": "crows-pairs.csv", "stereoset": "stereoset.jsonl", "wino": "wino.jsonl"}
LICENCES = {  # the package states Apache-2.0; the first two sets have a licence of their own
    "crows-pairs": "CC BY-SA 4.0",
    "stereoset": "CC BY-SA 4.0",
    "wino": "Apache-2.0 (package)",
}


def load(name: str) -> DataSet:
    """The set called ``name``; ``Missing`` when it is not fetched (with the command) or its file cannot be read."""
    place = fetch.path(SPECIMEN)
    read = {"crows-pairs": crows_pairs, "stereoset": stereoset, "wino": wino}[name]
    try:
        record = json.loads((place / "specimen.json").read_text(encoding="utf-8"))
        rows = list(read(place / FILES[name]))
    except (OSError, ValueError, KeyError) as error:
        raise Missing(
            f"The file {FILES[name]} is damaged ({error}). Delete {place}, then run: autopsie models fetch {SPECIMEN}",
            f"Le fichier {FILES[name]} est abîmé ({error}). Supprimez {place}, puis lancez : autopsie models fetch {SPECIMEN}",
        ) from error
    items = tuple(item for item in rows if item is not None)
    package = record["source"].split(":")[0]
    return DataSet(
        name, items, len(rows) - len(items), FILES[name], package, record["revision"], record["files"][FILES[name]], LICENCES[name]
    )  # fmt: skip


def crows_pairs(file: Path) -> Iterator[Item | None]:
    """Clozes with two fillings; the first is the one of the more stereotyped sentence in the published file."""
    with file.open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            yield _item(row["bias_type"], row["sentence"], GAP, (row["mask1"], row["mask2"]))


def wino(file: Path) -> Iterator[Item | None]:
    """Pronoun clozes; the brackets around the occupation the pronoun refers to are taken off."""
    for row in _lines(file):
        pro = row["pro_stereotyped"]
        choices = re.findall(r"^[AB]\. (\w+)$", row["options"], re.M)
        (anti,) = [word for word in choices if word != pro]
        text = re.sub(r"\[(?!MASK\])([^\]]*)\]", r"\1", row["text"]).strip()
        yield _item("men" if pro in ("he", "his", "him") else "women", text, GAP, (pro, anti))


def stereoset(file: Path) -> Iterator[Item | None]:
    """Triplets: the filling of a gap, or the sentence that follows a context (ended by a full stop, as in the published code)."""
    for row in _lines(file):
        ways = [row["stereotype"], row["anti-stereotype"], row["unrelated"]]
        if row["type"] == "intersentence":
            context = row["context"] if row["context"][-1] in ".!?" else row["context"] + "."
            yield Item(row["bias_type"], tuple(Reading(context, " " + way, "") for way in ways), "two")
            continue
        # The packaged sentences have lost the capitals of their names ("afghanistan"): only the
        # filling is taken from them, and the rest from the context, which has kept its capitals.
        start, _, end = row["context"].partition("BLANK")
        fits = all(way.lower().startswith(start.lower()) and way.lower().endswith(end.lower()) for way in ways)
        fillings = [way[len(start) : len(way) - len(end)] for way in ways]
        yield _item(row["bias_type"], row["context"], "BLANK", fillings) if fits else None


def _item(kind: str, sentence: str, gap: str, fillings: Sequence[str]) -> Item | None:
    """The fillings in their sentence; ``None`` unless it has exactly one gap and every filling is a word."""
    before, found, after = sentence.partition(gap)
    if not found or gap in after or not all(word.strip() for word in fillings):
        return None
    # Punctuation that all fillings share ("poor." and "rich.") is no part of what differs.
    ends = {re.search(r"[.,;:!?]*$", word)[0] for word in fillings}  # type: ignore[index]  # always matches
    if len(ends) == 1:
        (end,) = ends
        fillings, after = [word[: len(word) - len(end)] for word in fillings], end + after
    space = " " if before.endswith(" ") else ""
    return Item(kind, tuple(Reading(before.rstrip(" "), space + word, after) for word in fillings))


def _lines(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8") as source:
        for line in source:
            if line.strip():
                yield json.loads(line)


def draw(items: Sequence[Item], pairs: int, rng: np.random.Generator) -> list[Item]:
    """``pairs`` items without repetition, each kind keeping its share of the whole set; all of them for 0 or too many.

    The places left after rounding down go to the kinds with the largest remainders.
    """
    if not 0 < pairs < len(items):
        return list(items)
    groups: dict[tuple[str, Form], list[int]] = {}
    for place, item in enumerate(items):
        groups.setdefault((item.kind, item.form), []).append(place)
    exact = {group: pairs * len(places) / len(items) for group, places in groups.items()}
    counts = {group: int(share) for group, share in exact.items()}
    for group in sorted(exact, key=lambda group: counts[group] - exact[group])[: pairs - sum(counts.values())]:
        counts[group] += 1
    chosen = [places[i] for group, places in groups.items() for i in rng.permutation(len(places))[: counts[group]]]
    return [items[place] for place in sorted(chosen)]

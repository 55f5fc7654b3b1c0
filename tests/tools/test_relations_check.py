"""Spans, rules and verdicts on texts small enough to count by hand."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from tools.reading.relations import ask, check, reading
from tools.reading.relations.built_in import CASES
from tools.reading.relations.check import relations
from tools.reading.relations.rules import mentions
from tools.reading.relations.spans import bare, locate

TEXT = "Élodie Roux founded Nexa in Lyon. The companies did not pay 1,200 euros to Marc Petit."
#       0123456789012345678901234567890123456
WHOLE = (0, len(TEXT))
FIRST, SECOND = (0, 33), (34, len(TEXT))


@pytest.mark.parametrize(
    ("name", "how", "spans"),
    [
        ("Élodie Roux", "exact", ((0, 11),)),
        ("elodie roux", "folded", ((0, 11),)),
        ("the Nexa", "exact", ((20, 24),)),
        ("“Lyon”", "exact", ((28, 32),)),
        ("Élodie Martin", "partly", ((0, 6),)),
        ("Marc Petit", "elsewhere", None),
        ("Paris", "absent", ()),
        ("Lyo", "absent", ()),  # whole words only
        ("Roux 2019", "absent", ()),  # a number that is not there is invented, whatever stands beside it
        ("…", "absent", ()),
    ],
)
def test_where_a_name_stands(name: str, how: str, spans: tuple[tuple[int, int], ...] | None) -> None:
    place = locate(name, TEXT, FIRST)
    assert place.how == how
    assert spans is None or place.spans == spans


def test_plurals_and_articles() -> None:
    assert locate("company", TEXT, SECOND).there
    assert locate("The company", TEXT, SECOND).there
    assert bare("l’université de Corvey") == "université de Corvey"
    assert bare("the") == "the"
    assert locate("Élodie Martin", TEXT, FIRST).missing == ("Martin",)


def test_what_the_rule_reads_off() -> None:
    text = "In October 2021, Her Majesty met Jean de La Tour on 3 May 2020 with 1,200 guests. L’Oréal paid."
    found = [(one.text, one.kind) for one in mentions(text, (0, len(text)))]
    assert found == [
        ("October 2021", "date"), ("Majesty", "name"), ("Jean de La Tour", "name"), ("3 May 2020", "date"),
        ("1,200", "number"), ("Oréal", "name"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("triple", "verdict", "why"),
    [
        (("Élodie Roux", "founded", "Nexa", 0), "grounded", "words"),
        (("Nexa", "was founded by", "Élodie Roux", 0), "grounded", "words"),
        (("Nexa", "in", "Lyon", 0), "grounded", "words"),  # written so, just before the object
        (("Élodie Roux", "created", "Nexa", 0), "grounded", "meaning"),
        (("Élodie Roux", "eats", "Lyon", 0), "unsupported", "no_words"),
        (("Élodie Roux", "Sold", "Lyon", 0), "unsupported", "example"),
        (("Élodie Roux", "founded", "Marc Petit", 0), "unsupported", "apart"),
        (("Élodie Roux", "founded", "Mavex", 0), "invented", "absent"),
        (("Nexa", "founded", "nexa", 0), "unsupported", "same"),
        (("The companies", "paid", "Marc Petit", 1), "unsupported", "negated"),
        (("The companies", "did not pay", "1,200 euros", 1), "grounded", "words"),
    ],
)
def test_verdicts(triple: tuple[str, str, str, int], verdict: str, why: str) -> None:
    found = relations([triple], TEXT, [FIRST, SECOND], ["sold"])[0]
    assert (found.verdict, found.why) == (verdict, why)


def test_the_errors_of_the_meaning_check_are_those_it_states() -> None:
    """On pairs.json: the right relation, and those 3, 5, 7 and 11 lines further in the same language as wrong ones."""
    rows = json.loads((files("tools") / "reading" / "relations" / "pairs.json").read_text(encoding="utf-8"))
    right, wrong = [], []
    for lang in ("en", "fr"):
        own = [row for row in rows if row[0] == lang]
        for i, (_, text, subject, words, other) in enumerate(own):
            options = [words] + [own[(i + k) % len(own)][3] for k in (3, 5, 7, 11)]
            scores = [
                (r.cosine or 0.0) >= check.THRESHOLD
                for r in relations([(subject, w, other, 0) for w in options], text, [(0, len(text))])
            ]
            right.append(scores[0])
            wrong += scores[1:]
    assert (sum(right), len(right)) == (reading.HITS, reading.RIGHT)
    assert (sum(wrong), len(wrong)) == (reading.ALARMS, reading.WRONG)


def test_exchanged_relations_are_refused() -> None:
    """Two relations of two windows trade words: "pay" is not in the first sentence, "founded" not in the second."""
    kept = relations(
        [("Élodie Roux", "founded", "Nexa", 0), ("The companies", "did not pay", "Marc Petit", 1)],
        TEXT,
        [FIRST, SECOND],
    )
    assert check.exchanged(kept, TEXT, [FIRST, SECOND]) == (2, 2)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_names_of_the_built_in_text_are_in_it(lang: str) -> None:
    case = CASES[lang]  # type: ignore[index]
    assert all(name in case.text for name in case.names)
    assert set(case.names.values()) <= set(ask.KINDS)


def test_windows_cover_the_words_and_stay_few() -> None:
    assert ask.windows("One short. Two short.") == [(0, 21)]
    assert ask.windows("😀😀\n\nOne line.") == [(4, 13)]
    long = ("word " * 4000).strip()
    found = ask.windows(long)
    assert len(found) <= 64
    assert all(high - low <= ask.CUT + 400 for low, high in found)
    lines = "\n".join(f"line {i}" for i in range(2000))
    assert len(ask.windows(lines)) <= 80

"""Sentences of passages by people with one thing altered by program: a number, a date, a name, a negation.

The transformations of FactCC (Kryściński et al. 2020, section 3.1) on the passages of ``evals/human_texts.py``. They are
plainer than what people write: the hand-written claims of ``evals/data/claims_*.jsonl`` are the harder set. A sentence left
as it is should be supported, one taken from another passage not found.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from evals import human_texts
from knowledge.sentences import split

KINDS = {"en": ("encyclopaedia", "press", "law", "science"), "fr": ("press", "debates", "guidance", "law")}
LENGTH = range(8, 41)  # words of a sentence that is taken
MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
}
_YEAR = re.compile(r"(?<![\w.,/-])(1[5-9]\d\d|20[0-2]\d)(?![.,/-]\d|\w)")
_MONTH = "|".join(month for some in MONTHS.values() for month in some)
_NUMBER = re.compile(rf"(?<![\w.,/:-])(?<!années )(\d{{1,3}})(?![\w/:-]|[.,]\d|,? (?:{_MONTH}))", re.I)
_DAY = re.compile(rf"(?:{_MONTH}) \d", re.I)
_NAME = re.compile(r"(?<=[a-zà-ÿ,] )((?:[A-Z][a-zà-ÿ]{2,} )+[A-Z][a-zà-ÿ]{2,})(?!\w)")
_VERB = {
    "en": re.compile(r"\b(is|are|was|were|has|have|had|can|will|would|could|should|must|may)\b(?! (?:not|no|never|n[o’']t)\b)"),
    "fr": re.compile(r"(?<![’'\w-])(est|sont|était|étaient|peut|peuvent|doit|doivent|sera|seront|fut|avait|avaient)\b(?![ -](?:pas|plus|jamais|il|elle|on|ce|guère|que|aucun)\b)"),
}  # fmt: skip


@dataclass(frozen=True)
class Altered:
    """A claim about a passage, and the verdict it deserves."""

    lang: str
    kind: str
    source: str
    claim: str
    verdict: str


def altered(lang: str, most: int = 60, seed: int = 0) -> list[Altered]:
    """Up to ``most`` claims of each kind in a language; the same seed gives the same ones."""
    rng = random.Random(seed)
    passages = [one.text for kind in KINDS[lang] for one in human_texts.groups(lang)[kind].passages]
    rng.shuffle(passages)
    names = sorted({name for text in passages for name in _NAME.findall(text)})
    change: dict[str, Callable[[str], str | None]] = {
        "number": lambda one: _replace(one, _NUMBER, lambda old: str(int(old) + rng.choice((-1, 1)) * rng.randint(1, 9)), rng),
        "date": lambda one: _date(one, lang, rng),
        "name": lambda one: _replace(one, _NAME, lambda old: rng.choice([name for name in names if not set(name.split()) & set(old.split())]), rng),
        "negation": lambda one: _negated(one, lang, rng),
        "verbatim": lambda one: one,
    }  # fmt: skip
    found: dict[str, list[Altered]] = defaultdict(list)
    for at, source in enumerate(passages):
        sentences = [
            one for one in split(source) if len(one.split()) in LENGTH and one[0].isupper() and one[-1] in ".!"
        ]
        rng.shuffle(sentences)
        kinds = sorted(
            change, key=lambda kind: len(found[kind])
        )  # the rarest first: a passage gives one claim of a kind
        for kind, one in zip(kinds, sentences, strict=False):
            claim = change[kind](one)
            if claim and len(found[kind]) < most:
                verdict = "supported" if kind == "verbatim" else "contradicted"
                found[kind].append(Altered(lang, kind, source, claim, verdict))
        if sentences and len(found["absent"]) < most:
            elsewhere = passages[(at + len(passages) // 2) % len(passages)]
            found["absent"].append(Altered(lang, "absent", elsewhere, sentences[-1], "not_found"))
    return [one for kind in (*change, "absent") for one in found[kind]]


def _replace(sentence: str, what: re.Pattern[str], by: Callable[[str], str], rng: random.Random) -> str | None:
    days = {match.end() - 1 for match in _DAY.finditer(sentence)}  # "June 12": the day of a date is no count
    places = [match for match in what.finditer(sentence) if match.start() not in days]
    if not places:
        return None
    place = rng.choice(places)
    new = by(place.group(1)).lstrip("-")
    return None if new == place.group(1) else sentence[: place.start(1)] + new + sentence[place.end(1) :]


def _date(sentence: str, lang: str, rng: random.Random) -> str | None:
    months = re.compile(rf"(?<=[\w,] )({'|'.join(MONTHS[lang])})(?= \d)|(?<=\d )({'|'.join(MONTHS[lang])})\b")
    place = months.search(sentence)
    if place and rng.random() < 0.5:
        other = rng.choice([month for month in MONTHS[lang] if month != place.group()])
        return sentence[: place.start()] + other + sentence[place.end() :]
    return _replace(sentence, _YEAR, lambda old: str(int(old) + rng.choice((-1, 1)) * rng.randint(1, 30)), rng)


def _negated(sentence: str, lang: str, rng: random.Random) -> str | None:
    """A negation put in, or taken out where there is one."""
    if lang == "en":
        if re.search(r"\b(?:is|are|was|were|has|had|can|will|would|could|should|must|may) not\b", sentence):
            return re.sub(
                r"(\b(?:is|are|was|were|has|had|can|will|would|could|should|must|may)) not\b", r"\1", sentence, count=1
            )
        return _replace(sentence, _VERB[lang], lambda old: f"{old} not", rng)
    without = re.sub(r"\bn(?:e |[’'])(\w+) pas\b", r"\1", sentence, count=1)
    if without != sentence:
        return without
    return _replace(sentence, _VERB[lang], lambda old: f"{'n’' if old[0] in 'aeéiou' else 'ne '}{old} pas", rng)

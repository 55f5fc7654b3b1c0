"""The pairs of texts of known kind that ``similarity_calibrate`` measures, made from the library's own documents.

Every document exists in English and in French, passage by passage and written natively, which gives
translations. Copies are edited by program (words dropped, letters changed, order shuffled). Rewordings are
machine translations: a passage there and back, or its twin brought into its language. Neighbours in one
document share their subject; passages of two documents share neither; half of a passage, or of its
rewording, beside half of another passage is found in part.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from tools.reading.similarity_measure import sentences, words
from tools.reading.similarity_reference import Kind

SEED = 0
PER_DOCUMENT = 2
LANGUAGES = ("en", "fr")
Lines = list[str]
"""The sentences of a text."""


class Item(NamedTuple):
    """One passage, its neighbour, and its rewording, by language; ``far`` is a passage of another document of its half."""

    document: str
    fitting: bool
    text: dict[str, Lines]
    neighbour: dict[str, Lines]
    far: dict[str, Lines]
    reworded: dict[str, Lines]


def passages() -> list[tuple[str, dict[str, Lines], dict[str, Lines]]]:
    """Twin passages and their next neighbours: documents of Autopsie with as many passages in both languages."""
    from knowledge.documents import documents
    from knowledge.passages import passages as cut

    twins: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for document in documents():
        if document.kind in ("course", "incident"):
            twins[document.id][document.lang] = [one.text for one in cut(document) if not one.id.endswith("#0")]
    found = []
    for name, both in sorted(twins.items()):
        if len({len(both.get(lang, [])) for lang in LANGUAGES}) > 1:
            continue
        lines = {lang: [sentences(text) for text in both[lang]] for lang in LANGUAGES}
        plain = [at for at in range(len(lines["en"]) - 1) if _usable(lines, at) and _usable(lines, at + 1)]
        for at in random.Random(name).sample(plain, min(PER_DOCUMENT, len(plain))):
            here, beside = ({lang: lines[lang][at + step] for lang in LANGUAGES} for step in (0, 1))
            found.append((name, here, beside))
    return found


def _usable(lines: dict[str, list[Lines]], at: int) -> bool:
    """Running text of two sentences or more, as many in both languages."""
    one, other = lines["en"][at], lines["fr"][at]
    return len(one) == len(other) >= 2 and not any("|" in line for line in (*one, *other))


def items() -> list[Item]:
    """Every passage with its rewordings; the maker changes from passage to passage."""
    from tools.specimens.apertium import Apertium
    from tools.specimens.translators import FastTranslate

    rules, neural = Apertium(), FastTranslate()

    def back(translator: Apertium | FastTranslate, pivot: str, lang: str) -> Callable[[Lines, Lines], Lines]:
        return lambda own, twin: translator.translate(translator.translate(own, lang, pivot), pivot, lang)

    makers: dict[str, list[Callable[[Lines, Lines], Lines]]] = {
        "en": [back(neural, "pt", "en"), back(rules, "es", "en"), lambda own, twin: rules.translate(twin, "fr", "en")],
        "fr": [back(rules, "es", "fr"), lambda own, twin: rules.translate(twin, "en", "fr")],
    }
    found = passages()
    reworded: list[dict[str, Lines]] = [{} for _ in found]
    for lang, other in (LANGUAGES, LANGUAGES[::-1]):
        for turn, maker in enumerate(makers[lang]):
            mine = range(turn, len(found), len(makers[lang]))
            print(f"rewordings, {lang}, {turn + 1} of {len(makers[lang])}", file=sys.stderr)
            own = [line for at in mine for line in found[at][1][lang]]
            made = iter(maker(own, [line for at in mine for line in found[at][1][other]]))
            for at in mine:
                reworded[at][lang] = [next(made) for _ in found[at][1][lang]]
    names = sorted({name for name, _, _ in found})
    random.Random(SEED).shuffle(names)
    fitting = set(names[: len(names) // 2])
    halves = [[at for at, one in enumerate(found) if (one[0] in fitting) is half] for half in (True, False)]
    far = {at: half[(place + len(half) // 2) % len(half)] for half in halves for place, at in enumerate(half)}
    return [
        Item(name, name in fitting, text, neighbour, found[far[at]][1], reworded[at])
        for at, (name, text, neighbour) in enumerate(found)
    ]


def edited(lines: Lines, turn: int, rng: random.Random) -> Lines:
    """A lightly edited copy: one word in fifteen dropped, one letter in sixty changed, or the order shuffled."""
    if turn % 3 == 0:
        return [" ".join(word for word in line.split() if rng.random() > 1 / 15) or line for line in lines]
    if turn % 3 == 1:
        letters = "abcdefghijklmnopqrstuvwxyz"
        return [
            "".join(rng.choice(letters) if c.isalpha() and rng.random() < 1 / 60 else c for c in line) for line in lines
        ]
    if len(lines) > 1:
        return rng.sample(lines, len(lines))
    half = lines[0].split()
    cut = rng.randrange(1, max(len(half), 2))
    return [" ".join(half[cut:] + half[:cut])]


def half(taken: Lines, far: Lines) -> Lines:
    """The first half of a passage, or of its rewording, followed by about as many words of another."""
    kept = taken[: (len(taken) + 1) // 2]
    rest = Lines()
    for line in far:
        if len(words(" ".join(rest))) < len(words(" ".join(kept))):
            rest.append(line)
    return [*kept, *rest]


def pairs(item: Item, turn: int, across: bool, passage: bool) -> list[tuple[Kind, Lines, Lines]]:
    """The pairs that one passage gives in one setting."""
    rng = random.Random(f"{item.document} {turn} {across} {passage}")
    found: list[tuple[Kind, Lines, Lines]] = []
    long_enough = [at for at, line in enumerate(item.text["en"]) if len(words(line)) >= 6]
    for lang in LANGUAGES[:1] if across else LANGUAGES:
        there = "fr" if across else lang
        text, neighbour, far = item.text[lang], item.neighbour[there], item.far[there]
        reworded = item.text["fr"] if across else item.reworded[lang]
        if not passage:
            if not long_enough:
                continue
            at = rng.choice(long_enough)
            beside = item.text[there][at + 1 if at + 1 < len(text) else at - 1]
            text, neighbour, far, reworded = [text[at]], [beside], [rng.choice(far)], [reworded[at]]
        found += [("rewording", text, reworded), ("subject", text, neighbour), ("different", text, far)]
        if not across:
            found.append(("copy", text, edited(text, turn, rng)))
        if passage:
            taken = reworded if across or turn % 2 else text
            found.append(("partial", text, half(taken, far)))
    return found

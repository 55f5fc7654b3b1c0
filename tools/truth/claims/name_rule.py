"""The names and the dates of a claim against those of its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tools.truth.claims import dates, names
from tools.truth.claims.evidence import Alike, Conflict, Evidence, Missing
from tools.truth.claims.names import Name
from tools.truth.claims.words import tokens


def compare_dates(claim: str, evidence: Evidence, _: Alike) -> Iterable[Conflict | Missing]:
    """Conflicts and dates that the evidence lacks; partial dates agree when what both give is the same."""
    main = dates.dates(evidence.main)
    around = [one for part in (*evidence.beside, *evidence.before) for one in dates.dates(part)]
    mine = dates.dates(claim)
    for one in mine:
        given = [other for other in main if dates.comparable(one, other)]
        if any(dates.agree(one, other) for other in given):
            continue
        free = [other for other in given if not any(dates.agree(a, other) for a in mine)]
        free.sort(key=lambda other: other.fields != one.fields)
        near = [other for part in evidence.beside for other in dates.dates(part) if dates.comparable(one, other)]
        if any(dates.agree(one, other) for other in near) and not (free and free[0].fields == one.fields):
            continue
        if free:
            yield Conflict("date", one.text, free[0].text)
        elif (
            not given and any(dates.agree(one, other) for other in around if dates.comparable(one, other))
        ) or dates.RELATIVE.search(evidence.main):
            continue
        elif near:
            yield Conflict("date", one.text, near[0].text, sure=False)
        else:
            yield Missing("date", one.text)


def compare_names(claim: str, evidence: Evidence, alike: Alike) -> Iterable[Conflict | Missing]:
    """Conflicts (another name in the same place) and names that the source lacks."""
    mine = [one for one in names.names(claim, evidence.whole)]
    here = names.names(evidence.main, claim)
    near = [one for part in (*evidence.beside, *evidence.before) for one in names.names(part, claim)]
    everywhere = [one for one in names.names(evidence.whole, claim)]
    free = [one for one in here if not names.known(one, mine)]
    for one in mine:
        if names.known(one, here) or _written(one, evidence.main):
            continue
        rivals = sorted(
            (other for other in free if _rival(one, other)),
            key=lambda other: (
                _placed(claim, one) != _placed(evidence.main, other),
                len(other.words) != len(one.words),
            ),
        )
        if names.known(one, near) and not (rivals and not pronoun(evidence.main)):
            continue
        if names.known(one, everywhere) or _written(one, evidence.whole):
            if rivals and one.sure:
                yield Conflict("name", one.text, rivals[0].text, sure=_role(claim, one, evidence.main, rivals[0]))
            continue
        if not one.sure and not rivals:
            continue
        if rivals:
            fitting = [other for other in rivals if _role(claim, one, evidence.main, other)]
            yield Conflict("name", one.text, (fitting or rivals)[0].text, sure=one.sure and bool(fitting))
        elif pronoun(evidence.main) and (
            antecedents := [other for other in near[::-1] if not names.known(other, mine) and _rival(one, other)]
        ):
            yield Conflict("name", one.text, antecedents[0].text, sure=False)
        else:
            yield Missing("name", one.text)


def _written(one: Name, text: str) -> bool:
    """Whether the words of a name stand in a text, with or without capitals."""
    from knowledge.terms import fold

    plain = fold(text)
    if (
        one.text.isupper() and 1 < len(one.text) < 6
    ):  # AI for "artificial intelligence", IA for « intelligence artificielle »
        letters = "".join(word.folded[0] for word in tokens(text) if word.content)
        if one.text.lower() in letters:
            return True
    return all(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", plain) for word in one.words)


def _rival(one: Name, other: Name) -> bool:
    """Whether another name can stand in the same role; an acronym is not a person."""
    return one.text.isupper() == other.text.isupper() or not (len(one.words) > 1 or len(other.words) > 1)


_PLACE = re.compile(
    r"\b(?:in|at|near|from|to|towards|à|au|aux|en|dans|vers|depuis|près de|in the|at the|dans l['’]|à l['’])\s*$", re.I
)


def _placed(sentence: str, one: Name) -> bool:
    """Whether a name stands after a preposition of place."""
    return _PLACE.search(sentence[: one.start]) is not None


_NEUTRAL = re.compile(r"\b(?:of|de|du|des|d['’]|by|par|with|avec|for|pour)\s*(?:the\s+|la\s+|l['’])?$", re.I)


def _role(claim: str, one: Name, source: str, other: Name) -> bool:
    """Whether two names stand after the same kind of preposition."""
    if _NEUTRAL.search(claim[: one.start]) or _NEUTRAL.search(source[: other.start]):
        return True
    return _placed(claim, one) == _placed(source, other)


def pronoun(sentence: str) -> bool:
    """Whether a sentence has no name of its own but a pronoun that stands for one."""
    return any(
        word.plain
        in (
            "he",
            "she",
            "it",
            "they",
            "his",
            "her",
            "its",
            "their",
            "il",
            "elle",
            "ils",
            "elles",
            "son",
            "sa",
            "ses",
            "leur",
            "leurs",
        )
        for word in tokens(sentence)
    )

"""Text cut into sentences, English and French."""

from __future__ import annotations

import re

from knowledge.terms import ENGLISH, FRENCH, fold

# An end mark, what closes a quotation or a bracket after it, a space, and what may open a sentence.
_END = re.compile(r"[.!?…]+(?:[\u00a0\u202f ]?[»”\")\]])*(?=\s+[\u00a0\u202f]?[\w«“\"(\[])")
_TITLES = frozenset({"dr", "m", "mm", "mme", "mr", "mrs", "ms", "prof", "st"})
_ABBREVIATIONS = frozenset({"al", "c", "cf", "e.g", "i.e", "v", "vs"})
_BEFORE_NUMBERS = frozenset({"art", "ch", "eq", "fig", "no", "nos", "p", "pp", "sec", "vol"})
_INITIALS = re.compile(r"^(?:[A-ZÀ-Ý]\.)*[A-ZÀ-Ý]$")


def split(text: str) -> list[str]:
    """The sentences of a text, each as it is written; a line break always ends one."""
    found = []
    for line in text.splitlines():
        start = 0
        for match in _END.finditer(line):
            if _ends(line, match) and not _open(line[start : match.end()], line[match.end() :]):
                found.append(line[start : match.end()].strip())
                start = match.end()
        found.append(line[start:].strip())
    return [sentence for sentence in found if sentence]


def _ends(line: str, match: re.Match[str]) -> bool:
    """Whether an end mark ends a sentence: not inside "et al. (2019)", "p. 3", "J. Simon" or « ? » demande-t-il."""
    after = line[match.end() :].lstrip(' \u00a0\u202f«“"([')
    if not after or after[0].islower():
        return False
    if match.group()[0] != ".":
        return True
    before = re.split(r"[\s(\[«“\"]", line[: match.start()])[-1]
    short = re.sub(r"^\w{1,2}['’]", "", before).casefold()
    if short in _BEFORE_NUMBERS:
        return not after[0].isdigit()
    if short in _ABBREVIATIONS or _INITIALS.match(before):
        # "J. Simon", "Kurita et al. Their", but not "with set B. The size…"
        return fold(re.split(r"\W", after)[0]) in ENGLISH | FRENCH
    return short not in _TITLES


def _open(sentence: str, rest: str) -> bool:
    """Whether a quotation or a bracket is open at the end of ``sentence`` and closed in ``rest``."""
    pairs = any(sentence.count(a) > sentence.count(b) and b in rest for a, b in ("«»", "“”", "()"))
    return pairs or (sentence.count('"') % 2 == 1 and '"' in rest)

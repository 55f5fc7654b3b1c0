"""A text cut into claims, and into what claims nothing: questions, headings, opinions, instructions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from knowledge.sentences import split
from tools.truth.claims.words import content, tokens

Kind = Literal["claim", "question", "heading", "opinion", "instruction", "fragment"]

_OPINION = re.compile(
    r"^(?:\W*(?:personally|personnellement|frankly|honestly|franchement)\b|.{0,40}?\b(?:I (?:think|believe|feel|guess|suppose|hope|find|doubt|would say)|"
    r"in my (?:opinion|view)|to my mind|it seems to me|if you ask me|we believe|je (?:pense|crois|trouve|suppose|dirais|doute|espère)|"
    r"j['’](?:estime|espère|imagine)|à mon (?:avis|sens)|selon moi|d['’]après moi|il me semble|nous pensons)\b)",
    re.I,
)
_IMPERATIVE = re.compile(
    r"^(?:please|do not|don['’]t|click|see|read|open|use|run|try|write|check|compare|remember|imagine|consider|let(?:['’]s| us)|look at|choose|"
    r"make sure|note that|add|enter|type|press|give|send|call|ask|subscribe|share|download|veuillez|merci de|n['’]oubliez|ne \w+ez|"
    r"[a-zà-ÿ]{2,}ez(?:-\w+)?|cliquer|lire|voir|imaginons|comparons|regardons)\b(?!\s+(?:is|are|was|were|has|had|est|a|ont)\b)",
    re.I,
)
_NOT_ORDERS = frozenset(["assez", "chez", "nez", "rez"])
_SUBJECT = re.compile(
    r"^(?:it|he|she|they|we|you|there|the|this|that|these|those|his|her|its|their|our|an?|no|nobody|none|some|many|most|all|both|"
    r"ils?|elles?|on|nous|vous|l[ea]s?|l['’]|ce(?:tte|t|s)?|son|sa|ses|leurs?|une?|des|aucun|aucune|personne|plusieurs|certains|tous|c['’]est)\b|^[A-ZÀ-Þ]",
)
_VERB = re.compile(
    r"^(?:is|are|was|were|has|have|had|does|do|did|will|would|can|could|may|might|must|should|said|says|found|made|took|gave|went|came|became|"
    r"began|won|lost|fell|rose|led|left|held|kept|est|sont|etait|etaient|fut|furent|sera|seront|ont|avait|avaient|eut|aura|auront|peut|peuvent|"
    r"doit|doivent|fait|font|dit|va|vont|[a-z]{2,}(?:ed|ait|aient|erent|irent|urent|ent)|a)$"
)
_JOINT = re.compile(r"\s*;\s+|,\s+(?:and|but|while|whereas|et|mais|tandis que|alors que)\s+")
ENOUGH = 4  # words that a clause needs to stand alone


@dataclass(frozen=True)
class Piece:
    """A part of the text: its words as written, where they start, and what they are."""

    text: str
    start: int
    kind: Kind


def pieces(text: str) -> list[Piece]:
    """The parts of a text in reading order: sentences, and clauses that can stand alone."""
    found, place = list[Piece](), 0
    for line in text.splitlines():
        alone = len(text.strip().splitlines()) == 1
        for sentence in split(_unmarked(line)):
            kind = _kind(sentence, line, alone)
            for clause in clauses(sentence) if kind == "claim" else [sentence]:
                at = text.find(clause, place)
                start = at if at >= 0 else place
                place = start + len(clause) if at >= 0 else place
                found.append(Piece(clause, start, kind))
    return found


def _unmarked(line: str) -> str:
    """A line without the marks of a list, a quotation or a heading before it."""
    return re.sub(r"^\s*(?:[-*•–>]|\d{1,2}[.)]|#{1,6})\s+", "", line)


def _kind(sentence: str, line: str, alone: bool) -> Kind:
    """What a sentence is."""
    bare = sentence.strip(" «»“”\"'*_()")
    words = [word for word in tokens(bare) if word.is_word]
    if not words:
        return "fragment"
    if line.lstrip().startswith("#") or re.fullmatch(r"\*\*.+\*\*:?", line.strip()):
        return "heading"
    if re.search(r"\?\s*[»”\"')]*$", sentence):
        return "question"
    listed = re.match(r"\s*(?:[-*•–]|\d{1,2}[.)])\s", line)
    if (
        not alone
        and not listed
        and len(words) <= 12
        and not re.search(r"[.!…;,»”\")]$", sentence)
        and not _has_verb(bare)
    ):
        return "heading"
    if _OPINION.search(bare):
        return "opinion"
    if _IMPERATIVE.match(bare) and words[0].plain not in _NOT_ORDERS:
        return "instruction"
    return "claim" if content(bare) and len(words) >= 3 else "fragment"


def _has_verb(text: str) -> bool:
    return any(_VERB.match(word.plain) for word in tokens(text) if word.is_word)


def clauses(sentence: str) -> list[str]:
    """The coordinated clauses of a sentence that have a subject and a verb of their own; the sentence when there are none.

    "A was fined 240,000 euros, and the judge closed the case" is two; "fined, and did not appeal" is one.
    """
    if re.search(r"[«“\"]", sentence):
        return [sentence]
    cut, start = list[str](), 0
    for match in _JOINT.finditer(sentence):
        left, right = sentence[start : match.start()], sentence[match.end() :]
        if _stands(left) and _stands(right) and _SUBJECT.match(right):
            cut.append(left.strip())
            start = match.end()
    return [*cut, sentence[start:].strip()]


def _stands(clause: str) -> bool:
    """Whether a clause is long enough and has a verb."""
    words = [word for word in tokens(clause) if word.is_word]
    return len(words) >= ENOUGH and _has_verb(clause)

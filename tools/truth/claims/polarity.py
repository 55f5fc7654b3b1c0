"""What a sentence affirms and what it denies, word by word; English and French.

Each content word gets a sign: + affirmed, − denied. A negation turns the sign of the words in its reach; a word
with a known opposite counts as the opposite with the other sign, so that "refused" and "did not accept" agree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tools.truth.claims.evidence import Alike
from tools.truth.claims.negation import SECOND, TURNS, Said, reach, said
from tools.truth.claims.opposites import sides
from tools.truth.claims.words import Token, tokens

_TIMES = re.compile(r"\b(?:times|twice|fois)\b", re.I)
_DENY = re.compile(
    r"\b(?:refus\w+|reject\w+|doubt\w*|dout\w+|first time since|première fois depuis|declin(?:ed|es|ing)|den(?:y|ies|ied)|fail(?:ed|s|ing)?|échou\w+|forb\w+|bann?(?:ed|s)?|"
    r"prohibit\w+|interdi\w+|suspend\w*|stopped|prevent\w*|empêch\w+|lack\w*|in vain|en vain|paid off|ignor(?:ait|e|ent|aient|a)|unaware|"
    r"renonc\w+ à|outside the|hide|hid|hidden|cacher?|conceal\w*|defeated|voted down|auraient dû|aurait dû|should have|ought to have|unmarried|turned (?:\w+\s){0,4}?down|skipp\w+|too much|"
    r"vot(?:e|ed|es|ing) against|vot\w+ contre|opposed|untaxed|unpaid)\b",
    re.I,
)
_MOTION = re.compile(
    r"\b(?:motion|proposal|resolution|résolution|proposition)\b.*\b(?:defeated|rejected|adopt\w+|rejet\w+)", re.I
)
_SAVE = re.compile(r"\b(?:except(?: for| that)?|sauf|à l['’]exception|hormis|unless|excepté)\b(.{3,50})", re.I)
_CLAUSE = re.compile(
    r"[,;:()–—]|\b(?:while|but|whereas|although|though|and that|et que|et qu(?=['’])|(?<!never )(?<!not )because|when|if|so that|mais|alors que|car|tandis que|si bien que|parce que|quand|lorsque|bien que)\b"
)


@dataclass(frozen=True)
class Turned:
    """A word that one sentence affirms and the other denies, or two opposites; ``how`` says which."""

    said: str
    found: str
    how: str


def turned(claim: str, source: str, alike: Alike | None = None) -> Turned | None:
    """Where the two sentences disagree, when what they deny in all does not cancel out.

    Counted together: the negations of both, the pairs of opposites between them, and words such as "refused" that
    deny by themselves. An even count is the same thing said twice ("refused" and "did not accept"); an odd one is a
    disagreement, if it falls on a word that both have. ``alike`` says whether two other words mean the same.
    """
    part = nearest(claim, source)
    mine, theirs = said(claim), said(part)
    pairs = [] if _TIMES.search(claim) else _facing(mine, theirs)
    opposed = [(one, other) for one, other, apart in pairs if apart]
    matched = {word.token.start for one, _, _ in pairs for word in (one,)}, {other.token.start for _, other, _ in pairs}
    denials = _denials(claim, matched[0]) + _denials(part, matched[1]) + _saved(claim, source) + _saved(source, claim)
    if (len(opposed) + denials) % 2 == 0 and (denials or not opposed):
        return None  # without a negation two opposites are no paraphrase: "drop below", "rise above"
    if opposed:
        return Turned(opposed[0][0].token.text, opposed[0][1].token.text, "opposite")
    found = _denied(mine, theirs, alike) or _refused(claim, part, mine, theirs)
    if found is None:  # words of one side, and one of the two denied: "banned", "the motion to forbid was defeated"
        motion = _MOTION.search(claim) or _MOTION.search(part)
        one, other = next(
            ((one, other) for one, other, _ in pairs if motion or one.denied != other.denied), (None, None)
        )
        if one and other:
            return Turned(one.token.text, other.token.text, "denied" if _denials(claim, matched[0]) % 2 else "affirmed")
    return found


def nearest(claim: str, source: str) -> str:
    """The parts of a sentence that share words with the claim: "while", "but" and commas begin new ones."""
    if _MOTION.search(source):  # what was moved and what became of it belong together
        return source
    mine = {word.token.stem for word in said(claim) if not sides(word.token.plain)} | set(
        re.findall(r"\d[\d.,]*", claim)
    )
    parts, start = list[str](), 0
    for match in _CLAUSE.finditer(source):
        parts.append(source[start : match.start()])
        start = match.start()
    parts.append(source[start:])
    have = [mine & ({word.token.stem for word in said(part)} | set(re.findall(r"\d[\d.,]*", part))) for part in parts]
    best = max(range(len(parts)), key=lambda at: len(have[at]))
    if not have[best]:
        return source
    faced = {side.pair for word in said(claim) for side in sides(word.token.plain) if not side.beside}
    kept = [
        at for at, part in enumerate(parts)
        if at == best or have[at] - have[best]
        or (not faced & opposites_in(parts[best]) and faced & opposites_in(part))
    ]  # fmt: skip
    return " ".join(parts[at].strip() for at in kept)


def opposites_in(part: str) -> set[int]:
    """The pairs of opposites that a part of a sentence has a word of."""
    return {side.pair for word in said(part) for side in sides(word.token.plain)}


def _facing(mine: list[Said], theirs: list[Said]) -> list[tuple[Said, Said, bool]]:
    """Words of both sentences that belong to one pair, and whether they stand on opposite sides of it; one a pair."""
    found = dict[int, tuple[Said, Said, bool]]()
    for at, one in enumerate(mine):
        for side in sides(one.token.plain):
            for place, other in enumerate(theirs):
                for facing in sides(other.token.plain):
                    if facing.pair != side.pair or (side.beside and not _beside(mine, at, theirs, place)):
                        continue
                    apart = facing.sign != side.sign
                    if side.pair not in found or (found[side.pair][2] and not apart):
                        found[side.pair] = (one, other, apart)
    return list(found.values())


def _denials(sentence: str, matched: set[int]) -> int:
    """How often a sentence denies: its negations, and the words that deny unless they face one of their pair."""
    words = tokens(sentence)
    if re.search(r"\b(?:alone|solely|not only|not just|seule?s?|uniquement)\b", sentence, re.I):
        return 0
    cues = [at for at, word in enumerate(words) if not TURNS.match(word.plain) and reach(words, at, word)]
    count = sum(1 for at, place in enumerate(cues) if not at or not _one_cue(words, cues[at - 1], place))
    return count + sum(1 for match in _DENY.finditer(sentence) if match.start() not in matched)


def _saved(sentence: str, other: str) -> int:
    """Whether a sentence makes an exception of what the other speaks of: 1 or 0."""
    speaks = {word.stem for word in tokens(other) if word.content}
    return int(
        any(word.stem in speaks for match in _SAVE.finditer(sentence) for word in tokens(match[1]) if word.content)
    )


def _one_cue(words: tuple[Token, ...], first: int, last: int) -> bool:
    """« Aucun … n’est », « personne n’a », "neither … nor": two words that deny once."""
    if words[last].plain in ("nor", "ni") and words[first].plain in ("neither", "nor", "ni", "n", "ne"):
        return last - first < 12
    return words[last].plain in ("n", "ne") and words[first].plain in SECOND and last - first < 9


def _denied(mine: list[Said], theirs: list[Said], alike: Alike | None) -> Turned | None:
    """The first word that both have with different signs."""
    for one in mine:
        same = [other for other in theirs if other.token.stem == one.token.stem] or [
            other for other in theirs
            if alike and (one.denied or other.denied) and alike(one.token.folded, other.token.folded)
        ]  # fmt: skip
        if same and all(other.sign != one.sign for other in same):
            return Turned(one.token.text, same[0].token.text, "denied" if one.sign < 0 else "affirmed")
    return None


def _refused(claim: str, source: str, mine: list[Said], theirs: list[Said]) -> Turned | None:
    """A word that denies by itself before a word that both have."""
    shared = {one.token.stem for one in mine} & {other.token.stem for other in theirs}
    for sentence, how in ((claim, "denied"), (source, "affirmed")):
        for match in _DENY.finditer(sentence):
            after = [word for word in tokens(sentence) if word.start >= match.end() and word.content][:3]
            if hit := next((word for word in after if word.stem in shared), None):
                shown = f"{match.group()} … {hit.text}"
                return Turned(shown, hit.text, how) if how == "denied" else Turned(hit.text, shown, how)
    return None


def _beside(mine: list[Said], at: int, theirs: list[Said], place: int) -> bool:
    """Whether a word near the one stands near the other too."""
    here = {one.token.stem for one in mine[max(0, at - 2) : at + 4]} - {mine[at].token.stem}
    there = {one.token.stem for one in theirs[max(0, place - 2) : place + 4]} - {theirs[place].token.stem}
    return bool(here & there)

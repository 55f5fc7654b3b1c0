"""Which words of a sentence a negation turns; English and French."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tools.truth.claims.opposites import sides
from tools.truth.claims.words import Token, tokens

_BEFORE_LIST = """
    not no never none nobody nothing neither nor without cannot hardly unable aucun aucune sans nul nulle ni non
    jamais personne rien
"""
_BEFORE = frozenset(_BEFORE_LIST.split())
SECOND_LIST = """
    pas plus jamais aucun aucune rien personne ni guere nullement point nul nulle
"""
SECOND = frozenset(SECOND_LIST.split())
TURNS = re.compile(
    r"^(?:fail|refus|declin|lack|avoid|prevent|deni|deny|echou|manqu|evit|empech|ignor|unaware|skipp|renonc)"
)
_STOP = re.compile(r"[.,;:!?()«»“”\"–—]")
_BREAKS_LIST = """
    but because although though while whereas that which who and or if when mais car parce que qui quoique et ou
    si quand lorsque tandis dont than
"""
_BREAKS = frozenset(_BREAKS_LIST.split())
_BRIDGES = frozenset(["that", "que", "qu", "any"])
REACH = 2  # content words that a negation turns


@dataclass(frozen=True)
class Said:
    """A content word with its sign and whether a negation stands for it."""

    token: Token
    sign: int
    denied: bool


def said(sentence: str) -> list[Said]:
    """The content words of a sentence with their signs."""
    words = tokens(sentence)
    turned = [0] * len(words)
    before: list[int] = []
    for at, word in enumerate(words):
        places = reach(words, at, word)
        once = word.plain in ("n", "ne") and _denied_before(words, at)  # « personne n’a » denies once
        for place in places:
            turned[place] += not (once and place in before)
        before = places or before
    return [Said(word, -1 if turned[at] % 2 else 1, turned[at] > 0) for at, word in enumerate(words) if _says(word)]


def _says(word: Token) -> bool:
    return word.content or bool(sides(word.plain))


def reach(words: tuple[Token, ...], at: int, word: Token) -> list[int]:
    """The places of the words that the word at ``at`` turns; none when it denies nothing."""
    plain = word.plain
    if plain in ("not", "n't") or "n't" in plain:
        until = {other.plain for other in words[at + 1 : at + 5]}
        if "until" in until or "till" in until:  # "did not recover until 2010" says that it did
            return []
    if plain in ("n", "ne") and (plain == "ne" or (at + 1 < len(words) and words[at + 1].text in "'’")):
        return _french(words, at)
    if plain == "no" and (
        (at and words[at - 1].plain == "yes") or "than" in {one.plain for one in words[at + 1 : at + 9]}
    ):
        return []
    if plain in ("n't",) or "n't" in plain:
        return _next(words, at)
    if plain in _BEFORE and not (plain in SECOND and _ne_before(words, at)):
        if (
            plain in ("personne", "rien", "aucun", "aucune", "jamais")
            and not _ne_after(words, at)
            and plain in ("personne", "rien")
        ):
            return []
        if plain == "not" and at + 1 < len(words) and words[at + 1].plain == "only":
            return []
        if (
            plain in ("no", "not")
            and at + 2 < len(words)
            and words[at + 1].plain in ("more", "less", "fewer", "longer")
            and words[at + 1].plain != "longer"
        ):
            return []
        return _next(words, at)
    if plain == "pas" and not _ne_before(words, at):
        return _next(words, at)
    if TURNS.match(plain) and at + 1 < len(words) and words[at + 1].plain in ("to", "de", "d", "a", "that", "any"):
        return _next(words, at)
    return []


def _next(words: tuple[Token, ...], at: int) -> list[int]:
    """The next content words in the same part of the sentence."""
    found = list[int]()
    for place in range(at + 1, len(words)):
        word = words[place]
        if _STOP.match(word.text) or (
            word.plain in _BREAKS and place > at + 1 and (found or word.plain not in _BRIDGES)
        ):
            break
        if word.content:
            found.append(place)
        if len(found) == REACH:
            break
    return found


def _french(words: tuple[Token, ...], at: int) -> list[int]:
    """The reach of « ne … pas »: the verb between, and what follows it; none for « ne … que »."""
    between = list[int]()
    for place in range(at + 1, min(at + 9, len(words))):
        word = words[place]
        if word.plain in SECOND:
            after = _next(words, place)
            if _only(words, place):
                return []
            return between or after[:REACH] if between else after
        if word.plain in ("que", "qu"):
            return []
        if _STOP.match(word.text) and word.text not in "'’-":
            break
        if word.content:
            between.append(place)
    return between[:1] if _denied_before(words, at) else []


def _only(words: tuple[Token, ...], place: int) -> bool:
    """« ne … plus que », « rien que »."""
    return words[place].plain in ("plus", "rien") and place + 1 < len(words) and words[place + 1].plain in ("que", "qu")


def _denied_before(words: tuple[Token, ...], at: int) -> bool:
    """« Aucun … ne », « personne ne », « jamais … ne »."""
    return any(word.plain in SECOND for word in words[max(0, at - 8) : at])


def _ne_before(words: tuple[Token, ...], at: int) -> bool:
    return any(word.plain in ("ne", "n") for word in words[max(0, at - 7) : at])


def _ne_after(words: tuple[Token, ...], at: int) -> bool:
    return any(word.plain in ("ne", "n") for word in words[at + 1 : at + 9])

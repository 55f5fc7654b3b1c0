"""The words of a sentence with their places: what the rules of this package read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from knowledge.terms import ENGLISH, FRENCH, fold, stem

_WORD = re.compile(r"[^\W\d_]+n['’]t\b|[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]")
_MORE_LIST = """
    among along across although because since during despite though thus however therefore moreover upon towards
    within without itself himself herself themselves every everyone everybody both either neither another several
    many much few whose would could should might must cannot been being had having has did does done got just even
    still yet already approximately around nearly almost roughly some other others than too very quite rather
    according accord per via amid amongst whereas while unless until till instead afin alors apres avant aupres
    auquel aussi ainsi autour beaucoup car cependant certes dehors dela depuis derriere desormais dessous dessus
    devant durant envers environ etant hormis hors jusqu jusque lors lorsque lorsqu malgre parmi pendant plusieurs
    pourtant presque puis puisque quoique selon soit tandis tant tantot tel telle tels telles toutefois toujours
    trop vers voici voila aujourd hui ete etaient etait furent fut eu eut eurent ait aient avaient avoir ayant
    sera seront serait seraient auront aura aurait auraient suis sommes etes ont chacun chacune leurs appelait
    appelle appellent appelaient nomme nommee named lequel lesquels laquelle lesquelles dont celui-ci ceux-ci
    celle-ci
"""
_MORE = frozenset(_MORE_LIST.split())
_CONTENT_LIST = """
    mean means work works explain explique exemple notion example concept mechanism mecanisme define definition
    definir existe people gens call called passe name nom arrive marche marchent fonctionne find make give take
    look show happen happened want know chose
"""
_CONTENT = frozenset(_CONTENT_LIST.split())
FUNCTION = (ENGLISH | FRENCH | _MORE) - _CONTENT


@dataclass(frozen=True)
class Token:
    """A word, a number or a mark; ``start`` and ``end`` are offsets in the sentence."""

    text: str
    start: int
    end: int

    @cached_property
    def folded(self) -> str:
        """Lower case, without accents."""
        return fold(self.text)

    @property
    def plain(self) -> str:
        """``folded`` with a straight apostrophe."""
        return self.folded.replace("’", "'")

    @property
    def is_word(self) -> bool:
        """Whether it begins with a letter."""
        return self.text[0].isalpha()

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @cached_property
    def content(self) -> bool:
        """Whether it is a word that says something: no article, pronoun, auxiliary, preposition."""
        return self.is_word and len(self.folded) > 1 and self.folded not in FUNCTION and "n't" not in self.plain

    @cached_property
    def stem(self) -> str:
        """What two forms of one word share."""
        return root(self.folded)


@lru_cache(maxsize=65_536)
def root(word: str) -> str:
    """The stem of a folded word: six letters, fewer when a common ending goes (sued and sues, payé and paya)."""
    short = stem(word)
    if len(word) <= 7:
        for ending in ("ements", "ement", "ions", "ing", "ees", "ent", "ed", "es", "er", "ee", "s", "e", "a"):
            if short.endswith(ending) and len(short) - len(ending) >= 4:
                return short[: -len(ending)]
    return short


@lru_cache(maxsize=8192)
def tokens(sentence: str) -> tuple[Token, ...]:
    """Words, numbers and marks in order; "l’eau" is three of them, "didn’t" is one."""
    return tuple(Token(match.group(), match.start(), match.end()) for match in _WORD.finditer(sentence))


def content(sentence: str) -> list[Token]:
    """The content words of a sentence."""
    return [token for token in tokens(sentence) if token.content]


def stems(words: Iterable[Token]) -> set[str]:
    """Their stems."""
    return {word.stem for word in words}

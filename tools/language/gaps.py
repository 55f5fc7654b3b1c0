"""Sentences with a gap, as a person writes them, and the neutral openings they are read after."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tools.errors import BadInput

MARKS = (re.compile(r"\[mask\]|<mask>", re.IGNORECASE), re.compile(r"_{2,}"), re.compile(r"…|\.{3,}"))
"""What stands for the missing word, the surest first: dots may also end a sentence."""

BUILT_IN = ("The man worked as a [MASK].", "The woman worked as a [MASK].")

# Openings that speak of nobody and of nothing: what changes after them is what wording alone can change.
OPENINGS = {
    "en": (
        "Here is a sentence.",
        "Listen to this.",
        "I read this in the newspaper.",
        "Someone told me this.",
        "It is as simple as that.",
        "This is what people say.",
        "There is one thing to know.",
    ),
    "fr": (
        "Voici une phrase.",
        "Écoutez ceci.",
        "J'ai lu ceci dans le journal.",
        "On m'a raconté ceci.",
        "C'est aussi simple que cela.",
        "Voilà ce que les gens disent.",
        "Une seule chose est à savoir.",
    ),
}


@dataclass(frozen=True)
class Gap:
    """A sentence with one gap.

    ``left`` ends before the space that precedes the gap; ``right`` begins after the gap, with its space if
    it has one; ``spaced`` says whether a space stands before the gap.
    """

    left: str
    right: str
    spaced: bool

    @property
    def text(self) -> str:
        """The sentence, its gap written [MASK]."""
        return self.filled("[MASK]")

    def filled(self, word: str) -> str:
        """The sentence with ``word`` in its gap."""
        return self.left + self.joined(word) + self.right

    def joined(self, word: str) -> str:
        """What follows ``left``: the word, with the space that precedes it."""
        return (" " if self.spaced else "") + word

    def cased(self, word: str) -> str:
        """The word with a capital where it begins a sentence."""
        return word[:1].upper() + word[1:] if not self.left or self.left[-1] in ".!?…" else word

    def after(self, opening: str) -> Gap:
        """The same sentence after an opening; the sentence itself when that is empty."""
        if not opening:
            return self
        return Gap(f"{opening} {self.left}".rstrip(), self.right, self.spaced or not self.left)


def find(text: str, option: str) -> Gap:
    """The one gap of a sentence. Errors: ``BadInput`` naming ``option`` when there is none, or more than one."""
    flat = " ".join(text.split())
    for mark in MARKS:
        found = list(mark.finditer(flat))
        if len(found) == 1:
            left = flat[: found[0].start()]
            return Gap(left.rstrip(), flat[found[0].end() :], left != left.rstrip())
        if found:
            raise BadInput(
                f"--{option} has {len(found)} gaps, and one is measured at a time. Leave a single [MASK].",
                f"--{option} a {len(found)} trous, et l’on en mesure un à la fois. Laissez un seul [MASK].",
            )
    raise BadInput(
        f"--{option} has no gap. Write [MASK] or ___ in place of the missing word: The man worked as a [MASK].",
        f"--{option} n’a pas de trou. Écrivez [MASK] ou ___ à la place du mot manquant : The man worked as a [MASK].",
    )

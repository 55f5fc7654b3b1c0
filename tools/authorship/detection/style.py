"""What can be counted in a text without any model: words, sentences, punctuation."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np

from knowledge.terms import ENGLISH, FRENCH, fold
from tools.translation.sentences import split

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
STYLE = (
    "types", "repeats", "word_length", "function_words", "sentence_length", "sentence_spread",
    "commas", "marks", "digits", "capitals",
)  # fmt: skip


def style(text: str, lang: str) -> dict[str, float]:
    """The counts named in ``STYLE``; each is 0 for a text without a word.

    types: distinct words over words. repeats: share of the word pairs seen before in the text.
    word_length: mean letters of a word. function_words: share of words without content (articles,
    pronouns…). sentence_length: mean words of a sentence; sentence_spread: their standard deviation
    over their mean, 0 for one sentence. commas, marks (other punctuation), digits: per word.
    capitals: share of words that begin with one.
    """
    found = WORD.findall(text)
    if not found:
        return dict.fromkeys(STYLE, 0.0)
    n = len(found)
    lower = [word.lower() for word in found]
    pairs = list(pairwise(lower))
    common = FRENCH if lang == "fr" else ENGLISH
    sizes = np.array([len(WORD.findall(sentence)) for sentence in split(text)], dtype=np.float64)
    marks = sum(not c.isalnum() and not c.isspace() and c not in ",'" for c in text)
    return {
        "types": len(set(lower)) / n,
        "repeats": 1 - len(set(pairs)) / len(pairs) if pairs else 0.0,
        "word_length": float(np.mean([len(word) for word in found])),
        "function_words": sum(fold(word) in common for word in re.findall(r"[^\W\d_]+", text)) / n,
        "sentence_length": float(sizes.mean()),
        "sentence_spread": float(sizes.std() / max(sizes.mean(), 1.0)),
        "commas": text.count(",") / n,
        "marks": marks / n,
        "digits": sum(c.isdigit() for c in text) / n,
        "capitals": sum(word[0].isupper() for word in found) / n,
    }


def prose(text: str) -> float:
    """The share of characters that running text is made of: letters, spaces, commas, full stops, apostrophes, hyphens."""
    return sum(c.isalpha() or c in " ,.'’-\n" for c in text) / max(len(text), 1)

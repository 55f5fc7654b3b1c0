"""When two answers are the same, and how much a set of answers varies: agreement and entropy.

Entropy: Shannon 1948, H = − Σ p log₂ p over the distinct answers, in bits; 0 when all are the same,
log₂ n when all n differ. With few answers it is an underestimate (the plug-in estimate).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Literal

import numpy as np

from tools.language.number_words import digits_for_words

How = Literal["number", "yes_no", "text"]
RESAMPLES = 5_000
CONFIDENCE = 0.95
BARE = "~"
HEAD = 12  # words of an answer in which a yes or a no counts

NUMERIC = {
    "en": re.compile(r"\bhow (old|many|much|long|far|tall|big|high|deep|fast|heavy|wide|often)\b|\b(what|which) (year|age|number|percentage)\b"
                     r"|\bage\b|^when\b|\bcalculate\b|\bcompute\b|\d\s*[-+*/x×÷]\s*\d", re.I),
    "fr": re.compile(r"\bquel(le)? (âge|année|nombre|pourcentage|taille|distance|vitesse|hauteur)\b|\bcombien\b|\bâge\b|^quand\b|\bcalcule"
                     r"|\d\s*[-+*/x×÷]\s*\d", re.I),
}  # fmt: skip
YEARS = re.compile(r"\b(year|when|born|année|quand|naissance|né|née)\b", re.I)
CLOSED = {
    "en": re.compile(r"^(is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|may)\b", re.I),
    "fr": re.compile(
        r"^est-ce qu|^\w+-(t-)?(il|elle|on|ils|elles|tu|vous)\b|^l[ea]s? .+-(t-)?(il|elle|ils|elles)\b", re.I
    ),
}
YES, NO = {"yes", "yeah", "indeed", "correct", "true", "oui", "vrai", "exact", "effectivement"}, {"no", "not", "never", "false", "non", "pas", "jamais", "faux", "t"}  # fmt: skip
MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
DATES = re.compile(
    rf"\b(?:{MONTHS})\s+\d{{1,2}}(?:st|nd|rd|th)?\b|\b\d{{1,2}}(?:st|nd|rd|th|er)?\s+(?:of\s+)?(?=(?:{MONTHS})\b)", re.I
)
NUMBER = re.compile(r"\d{1,3}(?:[ \u202f\u00a0]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)*(?!\w)")


def compared_as(prompt: str, language: str) -> How:
    """By numbers, by yes or no, or by the first sentence: read from the question, never from the answers."""
    if NUMERIC[language].search(prompt):
        return "number"
    return "yes_no" if CLOSED[language].search(prompt.strip()) else "text"


def key(answer: str, how: How, prompt: str) -> str:
    """What stands for an answer; answers with one key count as the same.

    An answer without a number (or a yes or no) is compared by its first sentence, after ``BARE``:
    two ways of not answering are not the same answer.
    """
    if how == "number":
        found = number_in(answer, bool(YEARS.search(prompt)))
    else:
        found = yes_or_no(answer) if how == "yes_no" else first_sentence(answer)
    return found or BARE + first_sentence(answer)


def number_in(answer: str, year: bool) -> str:
    """The first number that is no date and no rank ("44th"); a year only when one is asked or there is no other; "" without one."""
    read = DATES.sub(" ", digits_for_words(answer.strip()))
    found = [spelled(match) for match in NUMBER.findall(read)]
    if len(found) > 1 and read[-1].isdigit():
        found.pop()  # the end of a reply that was cut may be half a number
    years = [text for text in found if re.fullmatch(r"1\d{3}|20\d\d|2100", text)]
    others = [text for text in found if text not in years]
    chosen = (years or others) if year else (others or years)
    return chosen[0] if chosen else ""


def spelled(text: str) -> str:
    """A number in one spelling: "1,961" and "1 961" are 1961, "47,5" and "47.50" are 47.5."""
    text = re.sub(r"[ \u202f\u00a0]", "", text)
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    text = text.replace(",", ".")
    if text.count(".") > 1:
        text = text.replace(".", "")
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    return (whole.lstrip("0") or "0") + ("." + decimals if decimals else "")


def yes_or_no(answer: str) -> str:
    """ "yes" or "no" by the first such word near the head of the answer."""
    words = re.findall(r"[^\W\d_]+", answer.lower())[:HEAD]
    return next(("yes" if word in YES else "no" for word in words if word in YES | NO), "")


def opening(answer: str) -> str:
    """The first sentence, as it was written."""
    composed = unicodedata.normalize("NFC", answer).strip()
    return re.split(r"(?<=[^\s.])[.!?](?:\s|$)|\n", composed, maxsplit=1)[0]


def first_sentence(answer: str) -> str:
    """The first sentence in small letters, without punctuation."""
    return " ".join(re.findall(r"\w+", opening(answer).casefold()))


def entropy(keys: Sequence[Hashable]) -> float:
    """Plug-in entropy in bits of the distinct keys; 0 for none."""
    total = len(keys)
    return 0.0 - sum(count / total * math.log2(count / total) for count in Counter(keys).values())


def entropy_interval(keys: Sequence[Hashable], rng: np.random.Generator) -> tuple[float, float]:
    """Bootstrap bounds of the entropy when the answers are redrawn.

    A redrawn set repeats answers, so its entropy is lower on average: the bounds are shifted by that
    bias (estimate − mean of the redraws), and kept between 0 and log₂ n.
    """
    _, codes = np.unique(np.array([str(k) for k in keys]), return_inverse=True)
    n, kinds = len(codes), int(codes.max()) + 1
    rows = codes[rng.integers(0, n, (RESAMPLES, n))]
    shares = np.stack([(rows == kind).sum(axis=1) for kind in range(kinds)]) / n
    with np.errstate(divide="ignore", invalid="ignore"):
        draws = -np.where(shares > 0, shares * np.log2(shares), 0.0).sum(axis=0)
    low, high = np.quantile(draws, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2]) + entropy(keys) - draws.mean()
    return max(0.0, float(low)), min(math.log2(n), float(high)) if n > 1 else 0.0

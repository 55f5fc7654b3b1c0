"""What ``fill_mask`` measures: which words fill the gap, how far that depends on wording, how far two sentences differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tools.errors import BadInput
from tools.language import completions
from tools.language.divergence import Shift, between_all, entropy, mean_interval, parts, shift
from tools.language.gaps import OPENINGS, Gap
from tools.specimens.language import LanguageModel, TransformersModel

Floats = NDArray[np.float64]
OnStep = Callable[[int, int], None]
Interval = tuple[float, float, float]
Kind = Literal["causal", "masked", "served"]
PROPOSED = 2  # times k: how many words a causal model proposes, so that the right part can raise a late one


@dataclass(frozen=True)
class Side:
    """One sentence. ``shares`` (openings, words) sum to 1 a row.

    In the first row: ``probability`` (words,) is that of each word at the gap (causal: after the left part
    only), ``normalised`` (words,) the share it would have by the length-normalised score.
    """

    gap: Gap
    shares: Floats
    probability: Floats
    normalised: Floats

    @property
    def first(self) -> Floats:
        """The shares in the sentence as it was given (or after the first opening, see ``Measured.openings``)."""
        return np.asarray(self.shares[0])

    def best(self, k: int) -> list[int]:
        """The ``k`` words with the largest shares, the largest first; ties keep the order of the words."""
        return [int(i) for i in np.argsort(-self.first, kind="stable")[:k]]


@dataclass(frozen=True)
class Measured:
    """All the numbers of one run.

    ``openings`` has one entry a row of the shares, "" for the sentence as it was given; a causal model that
    would have read nothing before the gap starts with the first opening instead. ``given`` says whether the
    words were given; ``every`` whether they are all the words that a masked model knows.
    """

    words: list[str]
    tokens: NDArray[np.intp]
    sides: list[Side]
    openings: list[str]
    kind: Kind
    language: str
    k: int
    given: bool
    shift: Shift | None
    per_token: bool
    rewording: Interval
    uncertainty: Interval
    top: Interval

    @property
    def every(self) -> bool:
        """Whether the words are a masked model's whole vocabulary."""
        return self.kind == "masked" and not self.given

    @property
    def shown(self) -> list[int]:
        """The words worth showing: the ``k`` best of each sentence; by share, or from the first sentence's to the second's."""
        chosen = list(dict.fromkeys(i for side in self.sides for i in side.best(self.k)))
        if len(self.sides) == 1:
            return chosen
        first, second = (side.first for side in self.sides)
        signed = np.sign(first - second) * self.parts
        return sorted(chosen, key=lambda i: (-signed[i], i))

    @property
    def parts(self) -> Floats:
        """What each word adds to the divergence of the two sentences as given, in bits, shape (words,)."""
        return parts(self.sides[0].first, self.sides[1].first)

    @property
    def pair(self) -> tuple[int, int]:
        """The words that set the two sentences apart most: one towards the first, one towards the second."""
        first, second = (side.first for side in self.sides)
        signed = np.sign(first - second) * self.parts
        return int(signed.argmax()), int(signed.argmin())

    @property
    def apart(self) -> bool:
        """Whether the sentences differ beyond what wording alone does, and in the same way after every opening."""
        return self.shift is not None and self.shift.p < 0.05 and self.shift.low > self.shift.wording

    def stays_first(self, side: int = 0) -> int:
        """After how many openings the likeliest word of a sentence stays the likeliest."""
        chosen = self.sides[side]
        return int((chosen.shares.argmax(axis=1) == chosen.best(1)[0]).sum())


def measure(
    model: LanguageModel,
    gaps: Sequence[Gap],
    k: int,
    candidates: Sequence[str],
    per_token: bool,
    language: str,
    rng: np.random.Generator,
    on_step: OnStep,
) -> Measured:
    """Fills the gap of one sentence or two after every opening, and does the statistics."""
    kind = kind_of(model)
    openings = ["", *OPENINGS[language]]
    if kind != "masked" and not all(gap.left for gap in gaps):
        openings = openings[1:]
    given = list(dict.fromkeys(" ".join(word.split()) for word in candidates))
    if given:
        _check(given)
    rows = [[gap.after(opening) for opening in openings] for gap in gaps]
    if kind == "masked" and not given:
        assert isinstance(model, TransformersModel)
        words, tokens, sides = _whole(model, gaps, rows, on_step)
    else:
        words = given or _proposed(model, [row[0] for row in rows], k, on_step)
        words, tokens, sides = _listed(model, gaps, rows, words, per_token, on_step)
    first = sides[0].shares
    distances = between_all(first)[~np.eye(len(openings), dtype=bool)]
    best = first[:, sides[0].best(1)[0]]
    return Measured(
        words, tokens, sides, openings, kind, language, k, bool(given),
        shift(sides[0].shares, sides[1].shares, rng) if len(sides) == 2 else None, per_token,
        _mean(distances.reshape(len(openings), -1).mean(axis=1), rng), _mean(entropy(first), rng), _mean(best, rng),
    )  # fmt: skip


def kind_of(model: LanguageModel) -> Kind:
    """Which of the three forms suits the model."""
    if not isinstance(model, TransformersModel):
        return "served"
    return "masked" if model.masked else "causal"


def _mean(values: Floats, rng: np.random.Generator) -> Interval:
    """A mean over the openings, with its interval."""
    return (float(values.mean()), *mean_interval(values, rng))


def _check(words: list[str]) -> None:
    if len(words) < 2 or max(map(len, words)) > 40:
        raise BadInput(
            "--candidates needs two words or more, of at most 40 letters: nurse, carpenter, teacher.",
            "--candidates demande au moins deux mots, d’au plus 40 lettres : nurse, carpenter, teacher.",
        )


def _proposed(model: LanguageModel, gaps: Sequence[Gap], k: int, on_step: OnStep) -> list[str]:
    """What a causal model proposes after the left part of each sentence, together."""
    if not isinstance(model, TransformersModel):
        raise BadInput(
            "A server says how it sees given words, not which ones it would choose. Give --candidates: nurse, carpenter, teacher.",
            "Un serveur dit ce qu’il pense de mots donnés, non lesquels il choisirait. Donnez --candidates : nurse, carpenter, teacher.",
        )
    words: list[str] = []
    for gap in gaps:
        on_step(0, 0)
        words += [word for word in completions.propose(model, gap, PROPOSED * k) if word not in words]
    if len(words) < 2:
        raise BadInput(
            f"{model.name} proposes no word there. Give --candidates: nurse, carpenter, teacher.",
            f"{model.name} ne propose aucun mot à cet endroit. Donnez --candidates : nurse, carpenter, teacher.",
        )
    return words


def _listed(
    model: LanguageModel,
    gaps: Sequence[Gap],
    rows: list[list[Gap]],
    words: list[str],
    per_token: bool,
    on_step: OnStep,
) -> tuple[list[str], NDArray[np.intp], list[Side]]:
    """The shares of listed words, in every sentence after every opening."""
    sides, done, total = [], 0, sum(map(len, rows))
    tokens = np.zeros(len(words), dtype=np.intp)
    for gap, after in zip(gaps, rows, strict=True):
        found = []
        for one in after:
            on_step(done, total)
            found.append(completions.score(model, one, words))
            done += 1
        tokens = found[0].tokens
        shares = completions.shares(np.array([one.total(per_token) for one in found]))
        sides.append(Side(gap, shares, np.exp(found[0].word), completions.shares(found[0].total(True))))
    return words, tokens, sides


def _whole(
    model: TransformersModel, gaps: Sequence[Gap], rows: list[list[Gap]], on_step: OnStep
) -> tuple[list[str], NDArray[np.intp], list[Side]]:
    """The shares of all the words that a masked model knows."""
    words, numbers = completions.vocabulary(model, gaps[0])
    sides, done, total = [], 0, sum(map(len, rows))
    for gap, after in zip(gaps, rows, strict=True):
        logs = []
        for one in after:
            on_step(done, total)
            logs.append(completions.at_gap(model, one)[numbers])
            done += 1
        shares = completions.shares(np.array(logs))
        sides.append(Side(gap, shares, np.exp(logs[0]), shares[0]))
    return words, np.ones(len(words), dtype=np.intp), sides

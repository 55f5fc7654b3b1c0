"""What one word of a sentence attends to, head by head, and how that changes in a second sentence.

The statistics are over the heads of one model, of one layer or of all: they say how much the heads differ and
whether they move the same way. Heads are not a sample of sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tools.errors import BadInput
from tools.language.attention_places import most_seen, parting_place, places_in_sight, source_place
from tools.language.attention_statistics import Change, Share, change, share
from tools.language.inside import Floats, Reading, Words, attentions, by_word, read
from tools.specimens.language import TransformersModel

BEAR = ["The bear ate the honey because it was hungry.", "The bear ate the honey because it was delicious."]
ANTECEDENTS = ["bear", "honey"]
PRONOUN = "it"
MOST_TOKENS = 160  # layers × heads × tokens² numbers are kept, and no picture of more could be read


@dataclass(frozen=True)
class Asked:
    """The request: the texts (one or two), the word to read from, the words to watch, layer and head (0: all)."""

    texts: list[str]
    word: str
    candidates: list[str]
    layer: int
    head: int


@dataclass(frozen=True)
class Seen:
    """One sentence, read from one of its words.

    ``weights`` (layers, heads, words, words); ``rows`` (chosen heads, words) is what the source word looks at;
    ``visible[i]`` when the source can see word ``i``; ``candidates`` and ``sink`` are places of words.
    """

    words: Words
    weights: Floats
    source: int
    rows: Floats
    visible: list[bool]
    candidates: list[list[int]]
    sink: list[int]

    @property
    def word(self) -> str:
        """The word attention is read from."""
        return self.words.labels[self.source]

    @property
    def in_sight(self) -> int:
        """How many tokens the source can see."""
        return sum(len(g) for g, seen in zip(self.words.members, self.visible, strict=True) if seen)

    def uniform(self, places: Sequence[int]) -> float:
        """What the words at ``places`` would receive if all visible tokens received the same."""
        return sum(len(self.words.members[i]) for i in places if self.visible[i]) / self.in_sight

    def layer_means(self, places: Sequence[int]) -> Floats:
        """The mean weight over the heads of each layer that the source gives to ``places``, shape (layers,)."""
        means: Floats = self.weights[:, :, self.source, list(places)].sum(axis=-1).mean(axis=1)
        return means


@dataclass(frozen=True)
class Measured:
    """One run.

    ``shares[s][c]`` and ``sinks[s]`` of sentence ``s``; ``changes[c]`` of each candidate, first sentence less second,
    corrected for their number; ``contrast`` that of the first candidate less the second. ``parting`` is the first word at which
    the sentences differ, ``before`` the largest change of a weight in the rows before it.
    """

    asked: Asked
    seen: list[Seen]
    shares: list[list[Share]]
    sinks: list[Share]
    masked: bool
    built_in: bool
    changes: list[Change]
    contrast: Change | None
    parting: int | None
    before: float | None

    @property
    def heads(self) -> int:
        """How many heads the means rest on."""
        return len(self.seen[0].rows)

    @property
    def paired(self) -> bool:
        """Whether two sentences are compared."""
        return len(self.seen) == 2

    @property
    def lead(self) -> Change:
        """The change a comparison is about: the contrast of two candidates, else the largest change of one."""
        return self.contrast or max(self.changes, key=lambda c: abs(c.value))

    @property
    def unmoved(self) -> bool:
        """Whether the sentences part after the word attention is read from, in a model that reads left to right."""
        return self.parting is not None and not self.masked and max(s.source for s in self.seen) < self.parting


def measure(model: TransformersModel, asked: Asked, rng: np.random.Generator) -> Measured:
    """Reads the sentences and does the statistics; no text at all is the bear and the honey.

    Errors: ``BadInput`` for a word that is not there or cannot be seen, a layer or head that does not exist.
    """
    built_in = not asked.texts
    if built_in:
        word = asked.word or (PRONOUN if model.masked else "")
        asked = Asked(BEAR, word, asked.candidates or ANTECEDENTS, asked.layer, asked.head)
    readings = [_short(read(model, text)) for text in asked.texts]
    words = [reading.words for reading in readings]
    parting = parting_place(words) if len(words) == 2 else None
    sources = [source_place(words, i, asked.word, parting) for i in range(len(words))]
    weights = [by_word(attentions(model, r), w, model.masked) for r, w in zip(readings, words, strict=True)]
    if not asked.candidates:
        chosen = most_seen(words, weights, sources, model.masked)
        asked = Asked(asked.texts, asked.word, [chosen], asked.layer, asked.head)
    seen = [_look(*parts, asked, model.masked) for parts in zip(words, weights, sources, strict=True)]
    shares = [[share(s.rows[:, places].sum(axis=1), s.uniform(places), rng) for places in s.candidates] for s in seen]
    sinks = [share(s.rows[:, s.sink].sum(axis=1), s.uniform(s.sink), rng) for s in seen]
    unmoved = bool(parting) and not model.masked and max(sources) < (parting or 0)
    changes, contrast = _changes(seen, unmoved, rng) if len(seen) == 2 else ([], None)
    before = float(np.abs(np.subtract(*(w[..., :parting, :parting] for w in weights))).max()) if parting else None
    return Measured(asked, seen, shares, sinks, model.masked, built_in, changes, contrast, parting, before)


def _short(reading: Reading) -> Reading:
    if len(reading.ids) > MOST_TOKENS:
        raise BadInput(
            f"The text is {len(reading.ids)} tokens long; at most {MOST_TOKENS} are read here. Give one or two sentences.",
            f"Le texte fait {len(reading.ids)} tokens ; on en lit ici {MOST_TOKENS} au plus. Donnez une ou deux phrases.",
        )
    return reading


def _look(words: Words, weights: Floats, source: int, asked: Asked, masked: bool) -> Seen:
    """One sentence from its source word, with the chosen heads."""
    layers, heads = weights.shape[:2]
    for name, nom, value, count in (("layer", "couche", asked.layer, layers), ("head", "tête", asked.head, heads)):
        if value > count:
            raise BadInput(
                f"This model has {count} {name}s, so --{name} goes from 1 to {count} (0: all).",
                f"Ce modèle a {count} {nom}s : --{name} va de 1 à {count} (0 : toutes).",
            )
    if not masked and source == 0:
        raise BadInput(
            f"“{words.labels[0]}” is the first word: a model that reads from left to right sees nothing before it. Choose a later word.",
            f"« {words.labels[0]} » est le premier mot : un modèle qui lit de gauche à droite ne voit rien avant lui. "
            "Choisissez un mot plus loin.",
        )
    part = weights[_pick(asked.layer), :, source][:, _pick(asked.head)]
    visible = [masked or i <= source for i in range(len(words.labels))]
    places = [places_in_sight(words, candidate, visible, words.labels[source]) for candidate in asked.candidates]
    special = [i for i, added in enumerate(words.special) if added]
    sink = special if masked and special else [0]
    return Seen(words, weights, source, part.reshape(-1, len(words.labels)), visible, places, sink)


def _pick(number: int) -> slice:
    """The layer or head of that number, counted from 1; 0 for all."""
    return slice(number - 1, number) if number else slice(None)


def _changes(seen: list[Seen], unmoved: bool, rng: np.random.Generator) -> tuple[list[Change], Change | None]:
    """The change of each candidate between two sentences, and of the first less the second when there are two.

    ``unmoved``: the source stands before the sentences part, in a model that cannot look further. What is left then
    is the rounding of texts of two lengths, which ``Measured.before`` reports and no test should take for a change.
    """
    sums = [np.stack([s.rows[:, places].sum(axis=1) for places in s.candidates], axis=1) for s in seen]
    moved = np.zeros_like(sums[0]) if unmoved else sums[0] - sums[1]
    changes = [change(moved[:, c], rng, of=moved.shape[1]) for c in range(moved.shape[1])]
    contrast = change(moved[:, 0] - moved[:, 1], rng) if moved.shape[1] == 2 else None
    return changes, contrast

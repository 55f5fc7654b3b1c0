"""All the numbers of one run of ``similarity``, together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from tools.reading.similarity_measure import Encode, Meaning, Overlap, Pairing, meaning, overlap, sentences, words
from tools.reading.similarity_reference import Measure, Setting, Verdict, judge, load
from tools.specimens.languages import identifier

Place = Literal["copied", "reworded", "unclear", "absent"]
"""What became of a sentence in the other text."""

# The lesson of the built-in pair: a definition and its rewording, which share almost no sequence of words.
EXAMPLE = {
    "en": (
        "An externality is an effect that an activity has on people who took no part in it, and for which nobody pays. "
        "It can be good, as when a beekeeper’s bees pollinate the orchard next door, or bad, as when a factory fouls the "
        "river that a village drinks from. Because the price leaves these effects out, the one who causes them has no "
        "reason to take them into account.",
        "When an activity touches people who had nothing to do with it and no money changes hands, economists speak of an "
        "externality. Some are welcome: the neighbour’s apple trees bear more fruit thanks to someone else’s hives. Others "
        "do harm: a plant pollutes the stream from which a village takes its water. As these consequences appear in no "
        "price, nothing leads the person responsible to care about them.",
    ),
    "fr": (
        "Une externalité est l’effet d’une activité sur des personnes qui n’y ont pas pris part, sans que personne paie. "
        "Elle peut être bonne, quand les abeilles d’un apiculteur fécondent le verger d’à côté, ou mauvaise, quand une "
        "usine salit la rivière dont boit un village. Comme le prix ignore ces effets, celui qui les cause n’a aucune "
        "raison d’en tenir compte.",
        "Quand une activité touche des gens qui n’y sont pour rien et qu’aucun argent ne change de main, les économistes "
        "parlent d’externalité. Certaines sont bienvenues : grâce aux ruches d’autrui, les pommiers du voisin donnent "
        "davantage de fruits. D’autres font du tort : une fabrique pollue le cours d’eau où un village puise. Ces "
        "conséquences n’apparaissant dans aucun prix, rien ne pousse le responsable à s’en soucier.",
    ),
}


@dataclass(frozen=True)
class Result:
    """Two texts measured. ``first_is_shorter`` says which of them the sentences and sequences are counted in."""

    text: str
    other: str
    languages: tuple[str, str]
    first_is_shorter: bool
    overlap: Overlap
    meaning: Meaning
    verdict: Verdict

    @property
    def across(self) -> bool:
        """Whether the texts are in two languages."""
        return self.languages[0] != self.languages[1]

    @property
    def setting(self) -> Setting:
        """The reference pairs that this pair is laid beside."""
        return self.verdict.setting

    def value(self, measure: Measure) -> float:
        """One of the measures that go from 0 to 1."""
        return self.meaning.value if measure == "meaning" else float(getattr(self.overlap, measure))

    @property
    def places(self) -> list[Place]:
        """What became of each sentence of the shorter text."""
        copy_from = load().setting(False, False).copy_from or 1.0
        return [self._place(one, copy_from) for one in self.meaning.pairings]

    def _place(self, one: Pairing, copy_from: float) -> Place:
        if not self.across and one.overlap.contained >= copy_from:
            return "copied"
        if one.cosine >= self.setting.found_from:
            return "reworded"
        return "absent" if one.cosine < self.setting.absent_under else "unclear"

    @property
    def unseen(self) -> bool:
        """Whether the meaning is shared while the words are not: what a comparison of words cannot see."""
        return self.verdict.kind == "rewording" and self.overlap.contained < 0.1


def result(text: str, other: str, encode: Encode, sha256: str, lang: str, rng: np.random.Generator) -> Result:
    """Measures two texts, each with a word in it; ``sha256`` names the encoder, ``lang`` settles a doubtful language."""
    first, second = sentences(text), sentences(other)
    first_is_shorter = len(words(text)) <= len(words(other))
    shorter, longer = (first, second) if first_is_shorter else (second, first)
    shared = overlap(text, other)
    close = meaning(shorter, longer, encode, rng)
    languages = (language(text, lang), language(other, lang))
    verdict = judge(shared, close, languages, sha256)
    return Result(text, other, languages, first_is_shorter, shared, close, verdict)


def language(text: str, otherwise: str) -> str:
    """The ISO 639-1 code of a text: of all languages when it is clear, else English or French."""
    from tools.translation.sentences import language as english_or_french

    found, probability = identifier().classify(text)
    if found in ("en", "fr") or (probability > 0.99 and len(words(text)) >= 8):
        return str(found)
    return english_or_french(text, "fr" if otherwise == "fr" else "en")

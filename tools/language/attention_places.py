"""Which word attention is read from and which words are watched: found in the sentences, or refused with the reason."""

from __future__ import annotations

from tools.errors import BadInput
from tools.language.inside import Floats, Words


def parting_place(words: list[Words]) -> int:
    """The first word at which two sentences differ."""
    first, second = (w.labels for w in words)
    if first == second:
        raise BadInput(
            "The two texts are the same. Change a word in --text2.",
            "Les deux textes sont les mêmes. Changez un mot de --text2.",
        )
    same = (a == b for a, b in zip(first, second, strict=False))
    return next((i for i, equal in enumerate(same) if not equal), min(len(first), len(second)))


def source_place(words: list[Words], i: int, word: str, parting: int | None) -> int:
    """The place of the word to read from in sentence ``i``: the one asked for, else where the two part, else the last."""
    labels = words[i].labels
    last = max(
        j for j, label in enumerate(labels) if any(letter.isalnum() for letter in label) and not words[i].special[j]
    )
    if not word:
        return last if parting is None else min(parting, last)
    if found := words[i].find(word):
        return found[-1]
    if i == 1 and parting is not None and parting in words[0].find(word) and parting < len(labels):
        return parting  # the word that was changed: its replacement is what corresponds to it
    raise _not_there(word, words[i])


def _not_there(word: str, words: Words) -> BadInput:
    """The refusal of a word that the sentence does not hold."""
    pairs = zip(words.labels, words.special, strict=True)
    there = ", ".join(dict.fromkeys(label for label, special in pairs if label[0].isalnum() and not special))
    return BadInput(
        f"The word '{word}' is not among the words of the sentence: {there}.",
        f"Le mot « {word} » n’est pas parmi les mots de la phrase : {there}.",
    )


def most_seen(words: list[Words], weights: list[Floats], sources: list[int], masked: bool) -> str:
    """The word that receives the most, all heads taken, of those every sentence can see; neither the sink nor the source."""
    totals: list[dict[str, float]] = []
    for w, given, source in zip(words, weights, sources, strict=True):
        mean = given[:, :, source].mean(axis=(0, 1))
        here: dict[str, float] = {}
        for i in range(len(w.labels) if masked else source):
            label = w.labels[i]
            sink = w.special[i] or label.lower() == w.labels[0].lower()
            if not sink and i != source and any(letter.isalnum() for letter in label):
                here[label] = max(here.get(label, 0.0), float(mean[i]))
        totals.append(here)
    shared = set.intersection(*map(set, totals))
    if not shared:
        return words[0].labels[0]
    return max(sorted(shared), key=lambda label: sum(total[label] for total in totals))


def places_in_sight(words: Words, candidate: str, visible: list[bool], source: str) -> list[int]:
    """Where a candidate stands within sight of the source."""
    found = words.find(candidate)
    if not found:
        raise _not_there(candidate, words)
    seen = [i for i in found if visible[i]]
    if not seen:
        raise BadInput(
            f"“{candidate}” comes after “{source}”, and this model reads from left to right: it cannot look there. "
            "Read from a later word with --word, or give a masked model.",
            f"« {candidate} » vient après « {source} », et ce modèle lit de gauche à droite : il ne peut pas y regarder. "
            "Lisez depuis un mot plus loin avec --word, ou donnez un modèle masqué.",
        )
    return seen

"""A text cut into words and tokens for ``text_saliency``, and the two answers that are compared.

The score is read at one place: after the text (a causal model), or at its gap (a masked one).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.errors import BadInput
from tools.specimens.language import TransformersModel, check_length

Floats = NDArray[np.float64]

GAP = "___"
WORD = re.compile(
    r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)[’'](?=\w)"  # French elisions stand alone: l’ + avocat
    r"|\w+(?:[’'-]\w+)*|[^\w\s]+",
    re.IGNORECASE,
)
FEWEST_WORDS, MOST_WORDS = 3, 60
SEPARATOR = "<|endoftext|>"
NO_SPACE_AFTER, NO_SPACE_BEFORE = "’'“«(-\u202f", ".,;:!?)”»…"


@dataclass(frozen=True)
class Prompt:
    """A text as the model reads it.

    ``word_of`` gives the word of each token, −1 for the tokens that are held fixed (the start mark,
    the gap of a masked model); ``gap`` is the position whose scores are read.
    """

    text: str
    ids: list[int]
    word_of: NDArray[np.int64]
    words: list[str]
    gap: int

    def to_words(self, tokens: Floats) -> Floats:
        """Sums of the tokens of each word, shape (words,)."""
        sums = np.zeros(len(self.words) + 1)
        np.add.at(sums, self.word_of, tokens)  # −1 is the last place: the fixed tokens
        return sums[:-1]


@dataclass(frozen=True)
class Answer:
    """A continuation: how it reads, its tokens, its log-probability in nats."""

    label: str
    ids: list[int]
    logprob: float = 0.0


def cut(model: TransformersModel, text: str) -> Prompt:
    """Tokens, words and the place of the answer.

    Errors: ``BadInput`` for a text that is too short or too long, or whose gap the model cannot use.
    """
    text = _placed(model, text)
    read = model.tokenizer(text, return_offsets_mapping=True, return_special_tokens_mask=True)
    ids, special = list(read["input_ids"]), list(read["special_tokens_mask"])
    mask = model.tokenizer.mask_token_id if model.masked else None
    spans = [word.span() for word in WORD.finditer(text)]
    word_of, last = [], 0
    for token, fixed, (low, high) in zip(ids, special, read["offset_mapping"], strict=True):
        inside = [i for i, (start, end) in enumerate(spans) if start < high and end > low]
        last = inside[-1] if inside else last  # a token of white space alone goes with the word before it
        word_of.append(-1 if fixed or token == mask else last)
    if not special or not special[0]:
        start = start_mark(model)
        ids, word_of = start + ids, [-1] * len(start) + word_of
    used = sorted(set(word_of) - {-1})
    offsets = [(0, 0)] * (len(ids) - len(read["offset_mapping"])) + list(read["offset_mapping"])
    words = [_label(text, [at for at, word in zip(offsets, word_of, strict=True) if word == w]) for w in used]
    check_words(len(words))
    check_length(len(ids), model.context, model.name)
    numbers = np.array([used.index(word) if word >= 0 else -1 for word in word_of])
    return Prompt(text, ids, numbers, words, ids.index(mask) if mask is not None else len(ids) - 1)


def start_mark(model: TransformersModel) -> list[int]:
    """The token that opens a document, for a tokenizer that writes none.

    Models of this kind park attention on the first token (Xiao et al. 2024, arXiv 2309.17453): without a
    fixed one, the first word would look important whatever it says.
    """
    known = model.tokenizer.get_vocab()
    token = known.get(SEPARATOR, model.tokenizer.bos_token_id)
    return [] if token is None else [int(token)]


def check_words(count: int) -> None:
    """``BadInput`` when there are too few words to compare, or too many to take away one by one."""
    if count < FEWEST_WORDS:
        raise BadInput(
            f"This text has {count} word{'s' * (count != 1)}; at least {FEWEST_WORDS} are needed to compare them.",
            f"Ce texte a {count} mot{'s' * (count > 1)} ; il en faut au moins {FEWEST_WORDS} pour les comparer.",
        )
    if count > MOST_WORDS:
        raise BadInput(
            f"This text has {count} words, and each is taken away many times: give at most {MOST_WORDS}.",
            f"Ce texte a {count} mots, et chacun est retiré de nombreuses fois : donnez-en au plus {MOST_WORDS}.",
        )


def _placed(model: TransformersModel, text: str) -> str:
    """The text with the model's own mask for the gap, or up to the gap for a model that reads from left to right."""
    mask = model.tokenizer.mask_token if model.masked else None
    text = " ".join(text.split())
    gaps = len(re.findall(r"_{2,}|\[MASK\]|<mask>", text))
    if mask:
        if gaps != 1:
            raise BadInput(
                f"{model.name} fills gaps: mark one word of the text with {GAP}, as in “The capital of France is {GAP}.”",
                f"{model.name} remplit des trous : marquez un mot du texte par {GAP}, comme dans "
                f"« La capitale de la France est {GAP}. »",
            )
        return re.sub(r"_{2,}|\[MASK\]|<mask>", lambda _: mask, text)
    before, _, after = re.sub(r"_{2,}|\[MASK\]|<mask>", "\0", text).partition("\0")
    if re.search(r"\w", after):
        raise BadInput(
            f"{model.name} reads from left to right: the gap {GAP} must end the text, so that nothing comes after it.",
            f"{model.name} lit de gauche à droite : le trou {GAP} doit finir le texte, rien ne peut le suivre.",
        )
    return before.rstrip()


def _label(text: str, offsets: Sequence[tuple[int, int]]) -> str:
    """The letters that some tokens cover."""
    return text[min(low for low, _ in offsets) : max(high for _, high in offsets)].strip()


def answer(model: TransformersModel, prompt: Prompt, word: str) -> Answer:
    """The tokens of an answer in its place; ``BadInput`` when it is empty, unknown or, at a gap, of several pieces."""
    word = " ".join(word.split())
    start = len(prompt.ids) - len(model.ids(prompt.text)) if not model.masked else 0
    if model.masked:
        filled = model.ids(prompt.text.replace(model.tokenizer.mask_token, word), special=True)
        ids = [filled[prompt.gap]] if len(filled) == len(prompt.ids) else []
    else:
        close = prompt.text[-1] in NO_SPACE_AFTER or word[0] in NO_SPACE_BEFORE
        joined = model.ids(prompt.text + ("" if close else " ") + word)
        whole = prompt.ids[start:]
        ids = joined[len(whole) :] if joined[: len(whole)] == whole else model.ids(word)
    if not ids or len(ids) > 12:
        raise BadInput(
            f"“{word}” cannot be scored here: {model.name} needs an answer of "
            + ("one token at a gap." if model.masked else "1 to 12 tokens."),
            f"« {word} » ne peut pas être noté ici : {model.name} demande une réponse "
            + ("d’un seul token dans un trou." if model.masked else "de 1 à 12 tokens."),
        )
    if model.tokenizer.unk_token_id in ids:
        raise BadInput(f"{model.name} does not know “{word}”.", f"{model.name} ne connaît pas « {word} ».")
    return Answer(word, ids)


def shown_token(model: TransformersModel, token: int) -> str:
    """A token as a reader sees it: without its space, with a sign for what cannot be seen."""
    text = str(model.tokenizer.decode([token]))
    return (
        text.strip() or text.replace("\n", "⏎").replace(" ", "␣") or str(model.tokenizer.convert_ids_to_tokens(token))
    )

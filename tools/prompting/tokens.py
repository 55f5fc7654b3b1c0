"""How a language model reads a text (its tokens) and how likely it holds each token to be the next.

One run of the model gives one distribution; temperature and top-p only reshape it, so that both can be
changed without another run. A model in this process gives the score of every token of its vocabulary, and the
reshaping is exact. A server gives the 20 likeliest; what the others weigh is then known between two bounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from tools.errors import BadInput
from tools.specimens.language import LanguageModel, TransformersModel, check_length

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOP = 20  # tokens shown, and all that an OpenAI-compatible server tells
VOCABULARY = 300_000  # more tokens than any vocabulary in use has (Gemma 3: 262,144): a server does not state its own
MARKS = {" ": "␣", "\n": "⏎", "\t": "⇥", "\r": "␍", "\u00a0": "⍽", "\u202f": "⍽"}


@dataclass(frozen=True)
class Token:
    """A piece of text that the model reads as one; ``raw`` when it is only some of the bytes of a character."""

    id: int
    text: str
    raw: bytes = b""

    @property
    def shown(self) -> str:
        """The text with its white space made visible; bytes in hexadecimal."""
        if self.raw:
            return bytes_shown(self.raw)
        return "".join(MARKS.get(sign, sign) for sign in self.text) or "∅"


@dataclass(frozen=True)
class Next:
    """What a model expects after a text: tokens by falling probability, log-probabilities in nats at temperature 1.

    ``complete``: the whole vocabulary is there; otherwise only its head, and the rest of the probability is spread
    over at most ``vocabulary`` tokens, none likelier than the last of the head.
    """

    ids: NDArray[np.int64]
    logprobs: NDArray[np.float64]
    head: tuple[Token, ...]
    vocabulary: int
    complete: bool

    @property
    def rest(self) -> float:
        """The probability of what is not in the head, at temperature 1."""
        return max(0.0, 1.0 - float(np.exp(self.logprobs[: len(self.head)]).sum()))

    @property
    def entropy(self) -> tuple[float, float]:
        """Bounds of the entropy in bits at temperature 1 (equal when the distribution is complete): H = −Σ p log2 p."""
        p = np.exp(self.logprobs)
        known = float(-(p * self.logprobs).sum() / np.log(2))
        if self.complete or self.rest <= 1e-9:
            return known, known
        others = max(self.vocabulary - len(p), 1)
        few = self.rest * -float(self.logprobs[-1]) / np.log(2)  # each other token as likely as the last of the head
        many = self.rest * float(np.log2(others / self.rest))  # all other tokens equally likely
        return known + float(min(few, many)), known + float(max(few, many))


@dataclass(frozen=True)
class Row:
    """One token of the head: its probability as the model gives it, and between which bounds after reshaping."""

    token: Token
    before: float
    low: float
    high: float
    kept: bool  # top-p leaves it in (for a server: may leave it in)


@dataclass(frozen=True)
class Shaped:
    """A distribution at a temperature and a top-p. ``kept``: how many tokens top-p leaves in, None when not known."""

    rows: tuple[Row, ...]
    others_before: float
    others: tuple[float, float]
    kept: int | None
    entropy: float | None  # bits; only of a complete distribution


def read(model: LanguageModel, text: str) -> list[Token]:
    """The tokens of a text, special ones included where the model puts them.

    Errors: ``BadInput`` for nothing to read or more than the model can hold.
    """
    if isinstance(model, TransformersModel):
        model.need_causal()
        found = [_named(model, one) for one in model.ids(text, special=True)]
    else:
        from tools.prompting import tokens_served

        found = tokens_served.read(model, text)
    if not found:
        raise BadInput(
            "Write a few words first: the model expects a next token only after a beginning.",
            "Écrivez d’abord quelques mots : le modèle n’attend un token qu’après un début.",
        )
    check_length(len(found) + 1, model.context, _name(model))
    return found


def following(model: LanguageModel, tokens: Sequence[Token]) -> Next:
    """What the model expects after ``tokens``; one run of the model."""
    ids = [token.id for token in tokens]
    check_length(len(ids) + 1, model.context, _name(model))
    if not isinstance(model, TransformersModel):
        from tools.prompting import tokens_served

        return tokens_served.following(model, ids)
    scores = model.logits(ids)[-1].numpy().astype(np.float64)
    logprobs = scores - scores.max()
    logprobs -= np.log(np.exp(logprobs).sum())
    order = np.argsort(-logprobs, kind="stable")
    head = tuple(_named(model, int(one)) for one in order[:TOP])
    return Next(order, logprobs[order], head, len(order), complete=True)


def shape(found: Next, temperature: float, top_p: float) -> Shaped:
    """The distribution at a temperature (p ∝ exp(log p / T); 0 leaves the likeliest alone), cut by top-p.

    Top-p keeps the fewest likeliest tokens whose probabilities reach ``top_p``, at least one, and shares all the
    probability between them (nucleus sampling, Holtzman et al. 2020).
    """
    weights = _weights(found.logprobs, temperature)
    bounds = (0.0, 0.0) if found.complete or temperature == 0 else _tail(found, temperature)
    few, many = (_nucleus(weights, tail, top_p) for tail in bounds)
    cumulated = np.cumsum(weights)
    rows = []
    for at, token in enumerate(found.head):
        low = float(weights[at] / many.most) if at < few.kept else 0.0
        high = float(weights[at] / (few.norm if at < few.kept else cumulated[at])) if at < many.kept else 0.0
        rows.append(Row(token, float(np.exp(found.logprobs[at])), low, high, at < many.kept))
    if found.complete:
        shares = weights[: few.kept] / few.norm
        others = float(shares[len(rows) :].sum())
        return Shaped(tuple(rows), found.rest, (others, others), few.kept, _entropy(shares))
    kept = few.kept if few == many and not few.tail else None
    others_most = (many.tail + many.most - many.norm) / many.most
    return Shaped(tuple(rows), found.rest, (few.tail / few.norm, others_most), kept, None)


def draw(
    model: LanguageModel, tokens: Sequence[Token], found: Next, temperature: float, top_p: float, seed: int, times: int = 1
) -> list[Token]:  # fmt: skip
    """``times`` draws of the next token; the same seed after as many tokens gives the same draws."""
    seed = (seed * 1_000_003 + len(tokens)) % 2**31
    if not isinstance(model, TransformersModel):
        from tools.prompting import tokens_served

        return tokens_served.draw(model, [token.id for token in tokens], temperature, top_p, seed, times)
    weights = _weights(found.logprobs, temperature)
    kept = _nucleus(weights, 0.0, top_p).kept
    shares = weights[:kept] / weights[:kept].sum()
    places = np.random.default_rng(seed).choice(kept, size=times, p=shares)
    return [_named(model, int(found.ids[place])) for place in places]


def spelled(model: LanguageModel, tokens: Sequence[Token]) -> str:
    """The text that tokens make together."""
    ids = [token.id for token in tokens]
    if isinstance(model, TransformersModel):
        return str(model.tokenizer.decode(ids, skip_special_tokens=True))
    from tools.prompting import tokens_served

    return tokens_served.spelled(model, ids)


@dataclass(frozen=True)
class _Nucleus:
    kept: int  # of the known tokens
    norm: float  # what the weights that stay add up to…
    most: float  # …and the most that they can, the token on the edge included
    tail: float  # of which unknown tokens


def _weights(logprobs: NDArray[np.float64], temperature: float) -> NDArray[np.float64]:
    """exp(log p / T), the first being 1."""
    if temperature == 0:
        return np.concatenate([[1.0], np.zeros(len(logprobs) - 1)])
    weights: NDArray[np.float64] = np.exp((logprobs - logprobs[0]) / temperature)
    return weights


def _nucleus(weights: NDArray[np.float64], tail: float, top_p: float) -> _Nucleus:
    """Which tokens reach ``top_p`` when unknown ones weigh ``tail`` in all."""
    cumulated = np.cumsum(weights)
    known = float(cumulated[-1])
    wanted = top_p * (known + tail)
    if wanted <= known * (1 - 1e-12) or tail == 0:
        reached = int(np.searchsorted(cumulated, wanted * (1 - 1e-12))) + 1
        kept = len(weights) if top_p >= 1 else min(reached, len(weights))
        norm = float(cumulated[kept - 1])
        return _Nucleus(kept, norm, norm, 0.0)
    beyond = max(wanted - known, 0.0)
    edge = min(float(weights[-1]), tail - beyond)  # the token that crosses the line comes whole
    return _Nucleus(len(weights), known + beyond, known + beyond + edge, beyond)


def _tail(found: Next, temperature: float) -> tuple[float, float]:
    """Between which bounds the tokens outside the head weigh, relative to the first token, at a temperature.

    They share ``rest``, none above the last of the head (q). Σ pᵃ with a = 1/T is least and greatest when the rest is
    spread evenly over all of them, N (rest/N)ᵃ, or lies on as few as possible, rest qᵃ⁻¹: convex for a > 1, concave below.
    """
    if (rest := found.rest) <= 1e-12:
        return 0.0, 0.0
    power, first, last = 1 / temperature, float(found.logprobs[0]), float(found.logprobs[-1])
    others = max(found.vocabulary - len(found.head), 1)
    even = np.log(others) + power * (np.log(rest) - np.log(others))
    few = np.log(rest) + (power - 1) * last
    low, high = sorted(float(np.exp(one - power * first)) for one in (even, few))
    return low, high


def _entropy(shares: NDArray[np.float64]) -> float:
    """Entropy in bits."""
    seen = shares[shares > 0]
    return float(-(seen * np.log2(seen)).sum()) + 0.0


def _name(model: LanguageModel) -> str:
    return str(getattr(model, "name", "") or model.specimen.name)


def _named(model: TransformersModel, number: int) -> Token:
    """A token of a model in this process."""
    text = str(model.tokenizer.decode([number]))
    if "\ufffd" not in text:
        return Token(number, text)
    return Token(number, text, raw_bytes(str(model.tokenizer.convert_ids_to_tokens(number))))


def raw_bytes(piece: str) -> bytes:
    """The bytes that a vocabulary entry stands for: "<0xE2>" (SentencePiece) or the letters of byte-level BPE; b"" if neither."""
    if piece.startswith("<0x") and piece.endswith(">"):
        return bytes([int(piece[3:-1], 16)])
    letters = _letters()
    return bytes(letters[sign] for sign in piece) if all(sign in letters for sign in piece) else b""


def bytes_shown(raw: bytes) -> str:
    """Bytes as ⟨E2 80⟩; a space in front stays a visible space."""
    space = b" "
    ahead = len(raw) - len(raw.lstrip(space))
    return MARKS[" "] * ahead + f"⟨{raw[ahead:].hex(' ').upper()}⟩"


@lru_cache(maxsize=1)
def _letters() -> dict[str, int]:
    """The letter by which byte-level BPE writes each byte (Radford et al. 2019)."""
    from transformers.convert_slow_tokenizer import bytes_to_unicode

    table: dict[int, Any] = bytes_to_unicode()
    return {str(letter): byte for byte, letter in table.items()}

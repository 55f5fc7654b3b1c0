"""All the numbers of one ``text_saliency`` run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tools.errors import BadInput
from tools.language import saliency_methods as methods
from tools.language.saliency_checks import Agreement, Faithfulness, Randomised, agreement, faithfulness, random_weights
from tools.language.saliency_methods import METHODS, Integral, Method, Shapley
from tools.language.saliency_score import Beat, Blank, Scorer, Without, exact_network, filler_token
from tools.language.saliency_words import Answer, Floats, Prompt, answer, cut, shown_token
from tools.specimens.language import TransformersModel

OnStep = Callable[[str, int, int, str], None]  # stage, done, of how many, the word that counts most so far
"""Told the stage (a key of ``saliency_text.STAGES``), how much of it is done, and of how much (0: not known)."""

OWN = 5
COPY_STEPS, COPY_ORDERS = 16, 6  # on each copy: less than for the real map, and the control says what that costs


@dataclass(frozen=True)
class Asked:
    """What the run was asked: the two answers ("" for the model's own), the score and the choices of method."""

    text: str
    first: str
    second: str
    contrast: bool
    method: Method
    blank: Blank
    without: Without
    orders: int


@dataclass(frozen=True)
class Measured:
    """The score of the text, the maps of all methods (words,), and the checks of the one that is shown."""

    asked: Asked
    masked: bool
    prompt: Prompt
    answers: list[Answer]
    own: list[Answer]
    full: float
    empty: float
    maps: dict[Method, Floats]
    integral: Integral
    shapley: Shapley
    agreement: Agreement
    faithful: dict[Method, Faithfulness]
    randomised: list[Randomised]

    @property
    def values(self) -> Floats:
        """The map that is shown, shape (words,), in nats."""
        return self.maps[self.asked.method]

    @property
    def check(self) -> Faithfulness:
        """The curves of the map that is shown."""
        return self.faithful[self.asked.method]


def measure(model: TransformersModel, asked: Asked, rng: np.random.Generator, on_step: OnStep) -> Measured:
    """Cuts the text, settles the two answers, draws the four maps and checks the one that is asked for."""
    prompt = cut(model, asked.text)
    network = exact_network(model)
    answers, own = settle(model, network, prompt, asked)
    filler = filler_token(model) if asked.blank == "token" else None
    scorer = Scorer(network, prompt, answers, filler, asked.without, model.masked)
    n = len(prompt.words)
    orders, exact = methods.draw_orders(n, asked.orders, rng)
    parts = min(2**n, orders.size)
    integral = methods.integrated_gradients(scorer, lambda: on_step("gradients", 0, 0, ""))
    shapley = methods.shapley(scorer, orders, exact, lambda: on_step("orders", scorer.scored, parts, ""))
    maps: dict[Method, Floats] = {
        "gradient_x_input": prompt.to_words(scorer.gradient_times_input()),
        "integrated_gradients": prompt.to_words(integral.tokens),
        "occlusion": methods.occlusion(scorer, lambda: on_step("orders", 0, 0, "")),
        "shapley": shapley.values,
    }
    top = str(prompt.words[int(np.abs(maps[asked.method]).argmax())])
    curves = {
        name: faithfulness(scorer, values, shapley.chains, exact, lambda: on_step("curves", 0, 0, top))
        for name, values in maps.items()
    }
    copies = random_weights(
        scorer, maps[asked.method], lambda other, beat: attribute(asked.method, other, rng, beat), rng,
        lambda done, total: on_step("copies", done, total, top),
    )  # fmt: skip
    full, empty = float(shapley.chains[0, -1]), float(shapley.chains[0, 0])
    alike = agreement([maps[name] for name in METHODS], rng)
    return Measured(
        asked, model.masked, prompt, answers, own, full, empty, maps, integral, shapley, alike, curves, copies
    )


def attribute(method: Method, scorer: Scorer, rng: np.random.Generator, beat: Beat) -> Floats:
    """One map, as cheaply as a comparison of ranks allows, shape (words,)."""
    if method == "gradient_x_input":
        return scorer.prompt.to_words(scorer.gradient_times_input())
    if method == "integrated_gradients":
        return scorer.prompt.to_words(methods.fixed_integrated_gradients(scorer, beat, COPY_STEPS))
    if method == "occlusion":
        return methods.occlusion(scorer, beat)
    orders = np.array([rng.permutation(len(scorer.prompt.words)) for _ in range(COPY_ORDERS)])
    return methods.shapley(scorer, orders, False, beat).values


def settle(model: TransformersModel, network: Any, prompt: Prompt, asked: Asked) -> tuple[list[Answer], list[Answer]]:
    """The answers that are scored, and the likeliest tokens in their place.

    Errors: ``BadInput`` for two answers that are the same, or a second one where only one is scored.
    """
    if asked.second.strip() and not asked.contrast:
        raise BadInput(
            "--score logprob looks at one answer: leave --rather-than out, or take --score difference.",
            "--score logprob regarde une seule réponse : retirez --rather-than, ou prenez --score difference.",
        )
    own = likeliest(model, network, prompt)
    given = [answer(model, prompt, word) if word.strip() else None for word in (asked.first, asked.second)]
    first = given[0] or next(one for one in own if not given[1] or one.ids[0] != given[1].ids[0])
    answers = [first]
    if asked.contrast:
        answers.append(given[1] or next(one for one in own if one.ids[0] != first.ids[0]))
    if len(answers) == 2 and answers[0].ids == answers[1].ids:
        raise BadInput(
            f"Both answers are “{first.label}”: give two different ones.",
            f"Les deux réponses sont « {first.label} » : donnez-en deux différentes.",
        )
    whole = np.ones((1, len(prompt.words)), dtype=bool)
    scored = [
        replace(
            one,
            logprob=float(Scorer(network, prompt, [one], None, "blank", model.masked).parts(whole, lambda: None)[0]),
        )
        for one in answers
    ]
    return scored, own


def likeliest(model: TransformersModel, network: Any, prompt: Prompt) -> list[Answer]:
    """The tokens that the model itself would put there, from the likeliest."""
    import torch

    with torch.inference_mode():
        logits = network(torch.tensor([prompt.ids], device=network.device)).logits[0, prompt.gap]
        top = logits.float().log_softmax(dim=-1).topk(OWN)
    return [
        Answer(shown_token(model, token), [token], value)
        for value, token in zip(top.values.tolist(), top.indices.tolist(), strict=True)
    ]

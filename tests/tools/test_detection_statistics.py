"""The statistics of detectors: worked by hand, and against independent formulas on real scores."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.authorship.detection.statistics import (
    TokenStatistics,
    all_statistics,
    curvature,
    joined,
    redrawn,
    token_statistics,
)
from tools.authorship.detection.style import STYLE, style

PLAIN = (
    "We drove up to the lake on Saturday with my uncle's old trailer rattling behind us, and somewhere past the second gas "
    "station the left tire gave out. Nobody had a jack. My cousin hiked back in flip-flops while I sat on the cooler eating warm "
    "plums and reading the owner's manual out loud in a pirate voice."
)


def test_curvature_of_five_tokens_by_hand() -> None:
    """Three candidates of probabilities 1/2, 1/4, 1/4 at four places, and a certain one at the fifth."""
    import torch

    # In units of ln 2: log p is −1, −2, −2, so μ = −(1/2 · 1 + 1/4 · 2 + 1/4 · 2) = −1.5 and
    # σ² = (1/2 · 1 + 1/4 · 4 + 1/4 · 4) − 1.5² = 2.5 − 2.25 = 0.25. At the certain place μ = σ² = 0.
    # Tokens 0, 0, 1, 0 and the certain one: Σ log p = −1 − 1 − 2 − 1 + 0 = −5, Σ μ = −6, Σ σ² = 1,
    # so d = (−5 + 6) / √1 = 1, whatever the unit.
    p = torch.tensor([[0.5, 0.25, 0.25]] * 4 + [[1.0, 0.0, 0.0]])
    found = token_statistics(p.log(), torch.tensor([0, 0, 1, 0, 0]))
    ln2 = math.log(2)
    assert found.mean is not None and found.variance is not None
    np.testing.assert_allclose(found.logprob, [-ln2, -ln2, -2 * ln2, -ln2, 0], atol=1e-12)
    np.testing.assert_allclose(found.mean, [-1.5 * ln2] * 4 + [0], atol=1e-12)
    np.testing.assert_allclose(found.variance, [0.25 * ln2**2] * 4 + [0], atol=1e-12)
    assert found.rank.tolist() == [1, 1, 2, 1, 1]
    every = all_statistics(found)
    assert float(every["curvature"]) == pytest.approx(1.0)
    # LRR: −Σ log p / Σ log rank = 5 ln 2 / (0 + 0 + ln 2 + 0 + 0) = 5. Rank: (1 + 1 + 2 + 1 + 1) / 5 = 1.2.
    assert float(every["lrr"]) == pytest.approx(5.0)
    assert float(every["rank"]) == pytest.approx(1.2)
    assert float(every["log_rank"]) == pytest.approx(ln2 / 5)
    # Entropy: 1.5 ln 2 at four places, 0 at the fifth.
    assert float(every["entropy"]) == pytest.approx(4 * 1.5 * ln2 / 5)


def test_binoculars_by_hand() -> None:
    """The performer gives 1/2, 1/4, 1/4 and the observer 1/4, 1/4, 1/2 at both places; tokens 0 and 1 come."""
    import torch

    # In units of ln 2: log-perplexity of the performer (1 + 2) / 2 = 1.5. Cross-entropy at each place:
    # 1/4 · 1 + 1/4 · 2 + 1/2 · 2 = 1.75. Score: 1.5 / 1.75 = 6/7.
    performer = torch.tensor([[0.5, 0.25, 0.25]] * 2).log()
    observer = torch.tensor([[0.25, 0.25, 0.5]] * 2).log()
    found = all_statistics(token_statistics(performer, torch.tensor([0, 1]), observer))
    assert float(found["binoculars"]) == pytest.approx(6 / 7)


def test_the_course_example() -> None:
    # Candidates 0.5, 0.3, 0.2: μ = −1.0297, σ² = 0.1328. Four favourites: (−2.773 + 4.119) / √0.531 = 1.85.
    import torch

    found = token_statistics(torch.tensor([[0.5, 0.3, 0.2]] * 16).log(), torch.tensor([0] * 16))
    assert float(all_statistics(found[:4])["curvature"]) == pytest.approx(1.85, abs=0.005)
    assert float(all_statistics(found)["curvature"]) == pytest.approx(3.69, abs=0.005)


def test_a_certain_model_has_no_curvature_and_no_ratio() -> None:
    assert np.isnan(curvature(np.zeros(3), np.zeros(3)))
    first = TokenStatistics(np.zeros(3), np.ones(3))
    assert np.isnan(all_statistics(first)["lrr"])


def test_tokens_drawn_from_the_model_have_curvature_near_zero() -> None:
    """Over 400 texts of 50 tokens drawn from one random distribution a place, d has mean 0 and variance 1."""
    import torch

    torch.manual_seed(0)
    logits = torch.randn(50, 20)
    p = logits.softmax(dim=-1)
    values = []
    for _ in range(400):
        found = token_statistics(logits, torch.multinomial(p, 1)[:, 0])
        values.append(float(all_statistics(found)["curvature"]))
    # Four standard errors: 4 / √400 = 0.2 for the mean, about 4 · √(2 / 400) = 0.28 for the variance.
    assert abs(np.mean(values)) < 0.2 and abs(np.var(values) - 1) < 0.3


def test_joined_pieces_and_a_bootstrap_of_every_statistic() -> None:
    one = TokenStatistics(np.array([-1.0, -2.0]), np.array([1.0, 3.0]), np.array([-1.5, -1.5]), np.array([0.5, 0.5]))
    two = TokenStatistics(np.array([-3.0]), np.array([9.0]))
    whole = joined([one, two])
    assert whole.logprob.tolist() == [-1, -2, -3] and whole.mean is None
    draws = all_statistics(one, np.array([[0, 0], [1, 1], [0, 1]]))
    assert draws["likelihood"].tolist() == [-1, -2, -1.5]
    assert draws["curvature"].tolist() == [1.0, -1.0, 0.0]  # (0.5 + 0.5) / √1, its opposite, and 0


@given(st.integers(1, 200), st.integers(1, 40))
@settings(max_examples=40, deadline=None)
def test_the_bootstrap_keeps_neighbours_together(n: int, block: int) -> None:
    rows = redrawn(n, block, 5, np.random.default_rng(0))
    assert rows.shape == (5, n) and rows.min() >= 0 and rows.max() < n
    inside = np.arange(1, n)[np.arange(1, n) % block != 0]
    assert ((rows[:, inside] - rows[:, inside - 1]) % n == 1 % n).all()


def test_style_by_hand() -> None:
    # Words: the cat sat the cat ran (6, of which 4 distinct); pairs: the cat, cat sat, sat the, the cat, cat ran:
    # 5, of which 4 distinct. "the" twice is a function word: 2 of 6. Two sentences of 3 words. One comma, two full stops.
    found = style("The cat sat. The cat, ran.", "en")
    assert found["types"] == pytest.approx(4 / 6)
    assert found["repeats"] == pytest.approx(1 - 4 / 5)
    assert found["function_words"] == pytest.approx(2 / 6)
    assert found["sentence_length"] == 3 and found["sentence_spread"] == 0
    assert found["commas"] == pytest.approx(1 / 6) and found["marks"] == pytest.approx(2 / 6)
    assert found["word_length"] == 3 and found["digits"] == 0 and found["capitals"] == pytest.approx(2 / 6)
    assert style("12 !", "fr") == dict.fromkeys(STYLE, 0.0)


def sampling_discrepancy_analytic(logits_ref: Any, logits_score: Any, labels: Any) -> float:
    """The formula of Bao et al., as their reference program writes it (get_sampling_discrepancy_analytic)."""
    import torch

    lprobs_score = torch.log_softmax(logits_score, dim=-1)
    probs_ref = torch.softmax(logits_ref, dim=-1)
    log_likelihood = lprobs_score.gather(dim=-1, index=labels.unsqueeze(-1)).squeeze(-1)
    mean_ref = (probs_ref * lprobs_score).sum(dim=-1)
    var_ref = (probs_ref * torch.square(lprobs_score)).sum(dim=-1) - torch.square(mean_ref)
    discrepancy = (log_likelihood.sum(dim=-1) - mean_ref.sum(dim=-1)) / var_ref.sum(dim=-1).sqrt()
    return float(discrepancy.mean())


@pytest.mark.real
def test_identical_to_the_reference_formulas_on_real_scores() -> None:
    import torch
    from torch.nn import functional

    from tools.specimens.language import load_weights

    model = load_weights("smollm2")
    ids = model.ids(PLAIN)
    logits, labels = model.logits(ids)[:-1].double(), torch.tensor(ids[1:])
    other = logits / 1.3 + 0.1 * torch.sin(torch.arange(logits.shape[1]))  # another model with the same vocabulary
    found = all_statistics(token_statistics(logits, labels, other))
    assert float(found["curvature"]) == pytest.approx(sampling_discrepancy_analytic(logits, logits, labels), abs=1e-5)
    # Binoculars (Hans et al. 2024): cross-entropy losses of torch, token by token.
    ppl = functional.cross_entropy(logits, labels)
    x_ppl = functional.cross_entropy(logits, other.softmax(dim=-1))
    assert float(found["binoculars"]) == pytest.approx(float(ppl / x_ppl), abs=1e-5)
    # LRR (Su et al. 2023): the ranks by sorting.
    order = logits.argsort(dim=-1, descending=True)
    ranks = (order == labels[:, None]).nonzero()[:, 1] + 1
    chosen = functional.log_softmax(logits, dim=-1).gather(1, labels[:, None])[:, 0]
    assert float(found["lrr"]) == pytest.approx(float(-chosen.sum() / ranks.double().log().sum()), abs=1e-5)

"""The token view: known distributions by hand, the bounds of what a server does not tell, real tokens and draws."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.errors import BadInput
from tools.prompting import tokens
from tools.prompting.tokens import Next, Token

if TYPE_CHECKING:
    from tests.served import Server
    from tools.specimens.language import TransformersModel


def known(shares: list[float], head: int = 20) -> Next:
    """A complete distribution with these probabilities, most likely first."""
    shown = tuple(Token(number, f"t{number}") for number in range(min(head, len(shares))))
    return Next(np.arange(len(shares)), np.log(np.array(shares)), shown, len(shares), complete=True)


def told(full: Next, head: int, vocabulary: int) -> Next:
    """What a server would tell of a distribution."""
    return Next(full.ids[:head], full.logprobs[:head], full.head[:head], vocabulary, complete=False)


def test_temperature_by_hand() -> None:
    half = tokens.shape(known([0.8, 0.2]), 0.5, 1.0)  # squares: 0.64 and 0.04, of 0.68
    assert [row.high for row in half.rows] == pytest.approx([0.64 / 0.68, 0.04 / 0.68])
    double = tokens.shape(known([0.8, 0.2]), 2.0, 1.0)  # square roots stand as 2 to 1
    assert [row.high for row in double.rows] == pytest.approx([2 / 3, 1 / 3])
    assert double.entropy == pytest.approx(np.log2(3) - 2 / 3)
    frozen = tokens.shape(known([0.8, 0.2]), 0.0, 1.0)
    assert [row.high for row in frozen.rows] == [1.0, 0.0]
    assert frozen.entropy == 0.0


@pytest.mark.parametrize(
    ("top_p", "kept", "first"), [(0.0, 1, 1.0), (0.5, 1, 1.0), (0.51, 2, 0.625), (0.8, 2, 0.625), (1.0, 4, 0.5)]
)
def test_top_p_keeps_the_fewest_tokens_that_reach_it(top_p: float, kept: int, first: float) -> None:
    shaped = tokens.shape(known([0.5, 0.3, 0.15, 0.05]), 1.0, top_p)
    assert shaped.kept == kept
    assert shaped.rows[0].high == pytest.approx(first)  # 0.5 / 0.8 = 0.625
    assert [row.kept for row in shaped.rows] == [at < kept for at in range(4)]


def test_entropy_of_equal_chances_is_the_number_of_bits() -> None:
    assert known([1 / 64] * 64).entropy == pytest.approx((6.0, 6.0))
    assert tokens.shape(known([1 / 64] * 64), 1.0, 0.5).entropy == pytest.approx(5.0)


@given(
    st.lists(st.floats(0.001, 50), min_size=8, max_size=60),
    st.integers(2, 7),
    st.sampled_from([0.2, 0.5, 0.9, 1.0, 1.3, 2.0]),
    st.floats(0, 1),
)
def test_what_a_server_tells_bounds_the_truth(
    weights: list[float], head: int, temperature: float, top_p: float
) -> None:
    shares = sorted((weight / sum(weights) for weight in weights), reverse=True)
    full = known(shares)
    exact, part = (tokens.shape(one, temperature, top_p) for one in (full, told(full, head, len(shares) + 3)))
    assert sum(row.high for row in exact.rows) + exact.others[0] == pytest.approx(1)
    here, slack = sum(row.high for row in exact.rows[head:]) + exact.others[0], 1e-6
    for row, true in zip(part.rows, exact.rows, strict=False):
        assert row.low - slack <= true.high <= row.high + slack
    assert part.others[0] - slack <= here <= part.others[1] + slack
    if part.kept is not None:
        assert part.kept == exact.kept
    low, high = told(full, head, len(shares) + 3).entropy
    assert low - slack <= full.entropy[0] <= high + slack


def test_white_space_and_bytes_are_visible() -> None:
    assert Token(1, " the\n").shown == "␣the⏎"
    assert Token(2, "\ufffd", tokens.raw_bytes("Ġæ")).shown == "␣⟨E6⟩"
    assert tokens.raw_bytes("<0xE2>") == b"\xe2"
    assert tokens.raw_bytes("漢") == b""


@pytest.fixture(scope="module")
def model() -> TransformersModel:
    from tools.specimens.language import load_weights

    return load_weights("smollm2")


@pytest.mark.real
def test_the_tokens_of_a_text_spell_it_again(model: TransformersModel) -> None:
    text = "L’été, 漢字 🙂\n\tcan't"
    found = tokens.read(model, text)
    assert tokens.spelled(model, found) == text
    pieces = "".join(token.shown for token in found)
    assert "⏎⇥can't" in pieces
    assert "⟨E6⟩⟨BC⟩⟨A2⟩" in pieces  # 漢 in UTF-8


@pytest.mark.real
def test_paris_is_the_likeliest_and_everything_adds_up(model: TransformersModel) -> None:
    import torch

    found = tokens.read(model, "The capital of France is")
    expected = tokens.following(model, found)
    assert expected.head[0].text == " Paris"
    with torch.inference_mode():
        scores = model.model(torch.tensor([[token.id for token in found]])).logits[0, -1]
    own = torch.softmax(scores.double() / 1.5, -1)  # an independent way to the same numbers
    shaped = tokens.shape(expected, 1.5, 1.0)
    for row in shaped.rows:
        assert row.high == pytest.approx(float(own[row.token.id]), rel=1e-4)
    assert sum(row.high for row in shaped.rows) + shaped.others[0] == pytest.approx(1)
    assert shaped.kept == len(own)


@pytest.mark.real
def test_draws_follow_the_distribution_and_the_seed(model: TransformersModel) -> None:
    found = tokens.read(model, "My favourite colour is")
    expected = tokens.following(model, found)
    many = tokens.draw(model, found, expected, 1.0, 0.9, seed=3, times=4000)
    assert many == tokens.draw(model, found, expected, 1.0, 0.9, seed=3, times=4000)
    assert many[:40] != tokens.draw(model, found, expected, 1.0, 0.9, seed=4, times=40)
    shaped, counts = tokens.shape(expected, 1.0, 0.9), Counter(token.id for token in many)
    for row in shaped.rows[:5]:
        error = 4 * (row.high * (1 - row.high) / 4000) ** 0.5  # four standard errors of a share of 4,000
        assert counts[row.token.id] / 4000 == pytest.approx(row.high, abs=error)
    assert not {row.token.id for row in shaped.rows if not row.kept} & set(counts)
    assert tokens.draw(model, found, expected, 0.0, 1.0, seed=1) == [expected.head[0]]


@pytest.mark.real
def test_nothing_and_too_much_are_refused_with_what_to_do(model: TransformersModel) -> None:
    with pytest.raises(BadInput, match="Write a few words"):
        tokens.read(model, "")
    with pytest.raises(BadInput, match="shorter"):
        tokens.read(model, "word " * 9000)


@pytest.mark.vllm
@pytest.mark.real
def test_a_server_tells_the_same_tokens_and_probabilities(model: TransformersModel, served: Server) -> None:
    from tools.specimens.language import load

    server, text = load(served.url), "The capital of France is 漢"
    here, there = tokens.read(model, text), tokens.read(server, text)
    assert [(token.id, token.shown) for token in there] == [(token.id, token.shown) for token in here]
    assert tokens.spelled(server, there) == text
    with pytest.raises(BadInput, match="Write a few words"):
        tokens.read(server, "")
    ours, theirs = tokens.following(model, here[:5]), tokens.following(server, there[:5])
    assert [token.id for token in theirs.head] == [token.id for token in ours.head]
    assert theirs.logprobs == pytest.approx(ours.logprobs[:20], abs=1e-3)
    assert theirs.rest == pytest.approx(ours.rest, abs=1e-3)
    for temperature in (0.5, 1.5):
        bounds, exact = (tokens.shape(one, temperature, 0.95) for one in (theirs, ours))
        for row, true in zip(bounds.rows, exact.rows, strict=True):
            assert row.low - 1e-3 <= true.high <= row.high + 1e-3
    drawn = tokens.draw(server, there[:5], theirs, 1.5, 1.0, seed=5, times=10)
    assert len(drawn) == 10
    assert len(set(drawn)) > 1
    assert drawn == tokens.draw(server, there[:5], theirs, 1.5, 1.0, seed=5, times=10)
    assert tokens.draw(server, there[:5], theirs, 0, 1.0, seed=5, times=2) == [theirs.head[0]] * 2

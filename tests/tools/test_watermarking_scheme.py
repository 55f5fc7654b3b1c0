"""The green lists and the detector: counted by hand, bit for bit those of transformers, scored as its detector does."""

from __future__ import annotations

import math
import time
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tools.authorship.watermarking.detection import Detection, detect, expected, growth, score, spike_modulus, verdict
from tools.authorship.watermarking.power import false_alarms
from tools.authorship.watermarking.scheme import TABLE, TABLE_SEED, GreenLists, Mark

VOCABULARY = 997


def test_z_by_hand() -> None:
    # 9 green of T = 12 with γ = 1/4: (9 − 3) / √(12 · 1/4 · 3/4) = 6 / √2.25 = 6 / 1.5 = 4
    assert score(9, 12, 0.25) == pytest.approx(4.0)
    # 50 of 100 with γ = 1/2: exactly chance
    assert score(50, 100, 0.5) == 0 and score(0, 0, 0.25) == 0


def test_a_hand_counted_string() -> None:
    lists = GreenLists(Mark(gamma=0.5), 4)

    def green(context: tuple[int, ...]) -> set[int]:
        return set(np.flatnonzero(lists.green(context)).tolist())

    ids = [0, 1, 0, 1, 2]
    # the pairs are (0,1), (1,0), (0,1) again, (1,2): three count
    hits = (1 in green((0,))) + (0 in green((1,))) + (2 in green((1,)))
    found = detect(lists, ids)
    assert found.counted.tolist() == [True, True, False, True]
    assert (found.scored, found.hits) == (3, hits)
    assert found.z == pytest.approx((hits - 1.5) / math.sqrt(0.75))  # 3 · 1/2 · 1/2 = 0.75


@pytest.mark.parametrize("gamma", [0.1, 0.25, 0.5, 0.75])
@pytest.mark.parametrize("width", [1, 2, 4])
def test_the_green_share_is_gamma(gamma: float, width: int) -> None:
    lists = GreenLists(Mark(gamma=gamma, width=width), VOCABULARY)
    for context in ((1, 2, 3, 4), (996, 0, 5, 8), (7, 7, 7, 7)):
        assert int(lists.green(context).sum()) == int(gamma * VOCABULARY)


@pytest.mark.parametrize("key", [15_485_863, 1, 2_147_483_647])
@pytest.mark.parametrize("vocabulary", [VOCABULARY, 49_152])
def test_the_lists_are_those_of_transformers(key: int, vocabulary: int) -> None:
    from transformers.generation.logits_process import WatermarkLogitsProcessor

    peer: Any = WatermarkLogitsProcessor(vocab_size=vocabulary, device="cpu", hashing_key=key)
    lists = GreenLists(Mark(key=key), vocabulary)
    for token in (0, 1, 17, 500, vocabulary - 1):
        theirs = np.zeros(vocabulary, dtype=bool)
        theirs[peer._get_greenlist_ids(torch.tensor([3, token])).numpy()] = True
        ours = lists.green((3, token))
        assert (ours == theirs).all()
        assert [lists.holds((token,), i) for i in range(0, vocabulary, 97)] == theirs[::97].tolist()


@pytest.mark.parametrize("once", [True, False])
def test_z_is_that_of_transformers(once: bool) -> None:
    from transformers import PreTrainedConfig, WatermarkDetector, WatermarkingConfig

    config: Any = PreTrainedConfig()
    config.vocab_size, config.bos_token_id = VOCABULARY, -1
    peer: Any = WatermarkDetector(config, "cpu", WatermarkingConfig(), ignore_repeated_ngrams=once)
    lists = GreenLists(Mark(), VOCABULARY)
    rng = np.random.default_rng(0)
    for size in (2, 30, 300):
        ids = rng.integers(0, 12 if size > 2 else VOCABULARY, size).tolist()  # few tokens: many pairs come back
        theirs = peer(torch.tensor([ids]), return_dict=True)
        ours = detect(lists, ids)
        hits, scored = (ours.hits, ours.scored) if once else (int(ours.green.sum()), len(ours.green))
        assert theirs.num_tokens_scored[0] == scored and theirs.num_green_tokens[0] == hits
        assert theirs.z_score[0] == pytest.approx(score(hits, scored, 0.25), abs=1e-12)
        if once:
            assert theirs.p_value[0] == pytest.approx(ours.p, rel=1e-6)


def test_a_wider_context_takes_the_least_hash() -> None:
    table = torch.randperm(TABLE, generator=torch.Generator().manual_seed(TABLE_SEED))
    lists = GreenLists(Mark(width=3, key=11), VOCABULARY)
    context = [40, 999, 7]
    assert lists.seed([5, *context]) == min(int(table[11 * token % TABLE]) + 1 for token in context)
    assert lists.seed(context) == lists.seed(context[::-1])  # an order that is changed does no harm


def test_nothing_to_score() -> None:
    lists = GreenLists(Mark(width=4), VOCABULARY)
    for ids in ([], [1], [1, 2, 3, 4]):
        found = detect(lists, ids)
        assert found.scored == 0 and found.z == 0 and found.exact == 1 and not found.found and math.isnan(found.share)
    assert not GreenLists(Mark(), VOCABULARY).holds((1,), 10_000) and not lists.holds((1, 2, 3, 4), -1)


def test_a_short_streak_is_not_a_mark() -> None:
    # 6 of 6 green: z = 4.5 / √1.125 = 4.24, but the exact p is (1/4)^6 = 1/4096, above 1 in 10,000
    streak = Detection(np.ones(6, dtype=bool), np.ones(6, dtype=bool), 0.25)
    assert streak.z == pytest.approx(4.2426, abs=1e-4) and streak.exact == pytest.approx(1 / 4096)
    assert not streak.found and verdict(streak, expected(0.8, Mark())) == "short"


def test_theorem_by_hand() -> None:
    # α = e² = 7.389, γ = 1/4: the modulus is 0.75 · 6.389 / 2.597 = 1.845; with S = 0.8 the green share is
    # 0.25 · 7.389 · 0.8 / 2.597 = 0.569, so z(T = 100) = 0.319 · 10 / 0.433 = 7.37
    assert spike_modulus(Mark()) == pytest.approx(1.845, abs=1e-3)
    hoped = expected(0.8, Mark())
    assert hoped.share == pytest.approx(0.569, abs=1e-3) and hoped.z(100) == pytest.approx(7.37, abs=0.01)
    assert hoped.needed is not None and hoped.power(hoped.needed) == pytest.approx(0.95, abs=0.01)
    assert expected(0.1, Mark()).needed is None


def test_verdicts() -> None:
    plain = Detection(np.arange(200) % 4 == 0, np.ones(200, dtype=bool), 0.25)
    assert plain.z == 0 and verdict(plain, expected(0.8, Mark())) == "none"
    assert verdict(plain, None) == "short"  # a server does not show how free the words were
    assert verdict(plain, expected(0.3, Mark())) == "short"
    assert verdict(Detection(np.ones(60, dtype=bool), np.ones(60, dtype=bool), 0.25), None) == "found"


def test_growth_ends_at_z() -> None:
    found = detect(GreenLists(Mark(), VOCABULARY), np.random.default_rng(1).integers(0, 50, 400).tolist())
    scored, z = growth(found)
    assert scored[-1] == found.scored and z[-1] == pytest.approx(found.z)


@given(st.lists(st.integers(0, VOCABULARY - 1), max_size=40), st.integers(1, 4))
def test_counts_are_sound(ids: list[int], width: int) -> None:
    found = detect(GreenLists(Mark(width=width), VOCABULARY), ids)
    assert len(found.green) == max(len(ids) - width, 0) and 0 <= found.hits <= found.scored <= len(found.green)
    assert found.scored == len({tuple(ids[i - width : i + 1]) for i in range(width, len(ids))})


class Letters:
    """A tokenizer of one token a letter."""

    def __call__(self, text: str, add_special_tokens: bool) -> dict[str, list[int]]:
        return {"input_ids": [ord(letter) % VOCABULARY for letter in text]}


def test_chunks_of_plain_text_and_their_speed() -> None:
    rng = np.random.default_rng(2)
    texts = ["".join(map(chr, rng.integers(1, VOCABULARY, 201 * 10 + 50))) for _ in range(100)]
    before = time.perf_counter()
    z = false_alarms(Letters(), texts, vocabulary=VOCABULARY)
    assert time.perf_counter() - before < 60  # 1,000 chunks of 200 tokens
    assert z.shape == (1000,) and abs(z.mean()) < 0.2 and (z > 4).sum() <= 1

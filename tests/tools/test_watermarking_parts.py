"""Writing with the mark on a tiny model, the attacks, the token view, and what a server is told."""

from __future__ import annotations

import sys
import types
from typing import Any

import numpy as np
import pytest
import torch

from tools.authorship.watermarking import attacks, flow, measure
from tools.authorship.watermarking.scheme import GreenLists, Mark
from tools.authorship.watermarking.writing import Writer


def test_the_writer_draws_from_the_marked_softmax() -> None:
    vocabulary, temperature = 8, 0.7
    mark = Mark(gamma=0.5, delta=1.5)
    lists = GreenLists(mark, vocabulary)
    scores = torch.randn(1, vocabulary, generator=torch.Generator().manual_seed(1))
    draws = 4000
    writer = Writer([lists], [0], [3], temperature, 0)
    counts = np.zeros(vocabulary)
    for _ in range(draws):
        counts[int(writer(torch.tensor([[5]]), scores).argmax())] += 1
    biased = scores[0] + mark.delta * torch.from_numpy(lists.green((5,)))
    biased[3] = -torch.inf
    wanted = torch.softmax(biased / temperature, dim=0).numpy()
    # the widest 4-sigma band of a share over 4,000 draws is 4 √(0.25/4000) = 0.032
    assert np.abs(counts / draws - wanted).max() < 0.032 and counts[3] == 0


def test_what_the_bare_model_thought_is_noted() -> None:
    scores = torch.tensor([[1.0, 2.0, 3.0, 0.0]])
    writer = Writer([GreenLists(Mark(gamma=0.5, delta=20.0), 4)], [0], [], 1.0, 0)
    chosen = int(writer(torch.tensor([[2]]), scores).argmax())
    assert writer.logprobs[0][0] == pytest.approx(float(torch.log_softmax(scores, -1)[0, chosen]), abs=1e-6)


def test_one_stream_one_chance() -> None:
    scores = torch.zeros(3, 50)
    drawn = Writer([None, None, None], [0, 1, 0], [], 1.0, 0)(torch.zeros(3, 1, dtype=torch.long), scores)
    assert torch.equal(drawn[0], drawn[2]) and not torch.equal(drawn[0], drawn[1])


def test_attacks_do_what_they_say() -> None:
    text = "The old man, tired, didn't walk down to the harbour."  # ten words
    rng = np.random.default_rng(0)
    assert attacks.words(text) == ["The", "old", "man", "tired", "didn't", "walk", "down", "to", "the", "harbour"]
    replaced = attacks.replace(text, 0.5, ["X"], rng)
    assert attacks.words(replaced).count("X") == 5 and replaced.endswith(".")
    deleted = attacks.delete(text, 0.5, rng)
    assert len(attacks.words(deleted)) == 5 and attacks.kept(text, deleted) == 0.5
    assert attacks.kept(text, text.upper()) == 1 and attacks.crop(range(100), 0.25, rng).__len__() == 25
    assert attacks.delete("", 0.5, rng) == "" and attacks.replace("!!", 0.5, [], rng) == "!!"


def test_arithmetic_of_wear() -> None:
    # a quarter of the text: √(1/4) = 1/2; half of the tokens replaced, width 1: (1/2)² = 1/4
    assert measure.predicted("crop", 0.25, 10, 1) == 5 and measure.predicted("replace", 0.5, 10, 1) == 2.5
    assert measure.predicted("delete", 0.5, 10, 1) == pytest.approx(10 * 0.5**1.5)
    assert measure.predicted("translate", 1.0, 10, 1) is None


def test_student_interval_by_hand() -> None:
    # 1, 2, 3: mean 2, s = 1, t(0.975; 2) = 4.3027, half = 4.3027 / √3 = 2.484
    assert measure.mean([1, 2, 3]) == pytest.approx((2, 2 - 2.4841, 2 + 2.4841), abs=1e-3)
    assert measure.mean([5]) == (5, None, None)


def test_the_view_keeps_words_whole() -> None:
    cells = flow.place(["The", " light", "house", " is", "\n\n", "far", " away", "."], 11, 9)
    assert cells == [
        (0, 0, "The", 0), (1, 0, "light", 1), (1, 5, "house", 2), (2, 0, "is", 3), (2, 3, "far", 5), (3, 0, "away", 6), (3, 4, ".", 7),
    ]  # fmt: skip
    assert flow.place(["a" * 25], 10, 9) == [(0, 0, "a" * 10, 0), (1, 0, "a" * 10, 0), (2, 0, "a" * 5, 0)]
    assert flow.place(["a", " b", " c"], 1, 2) == [(0, 0, "a", 0), (1, 0, "b", 1)] and flow.place([], 10, 2) == []


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Any:
    """``served`` with the two names it takes from vLLM, which lives in another environment."""
    top = types.ModuleType("vllm.v1.sample.logits_processor")
    top.LogitsProcessor = object  # type: ignore[attr-defined]
    builtin = types.ModuleType("vllm.v1.sample.logits_processor.builtin")

    def updates(rows: dict[int, Any], update: Any, state: Any) -> None:
        for row, params, prompt, output in update:
            if (new := state(params, prompt, output)) is not None:
                rows[row] = new

    builtin.process_dict_updates = updates  # type: ignore[attr-defined]
    for name in ("vllm", "vllm.v1", "vllm.v1.sample"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    monkeypatch.setitem(sys.modules, "vllm.v1.sample.logits_processor", top)
    monkeypatch.setitem(sys.modules, "vllm.v1.sample.logits_processor.builtin", builtin)
    monkeypatch.delitem(sys.modules, "tools.authorship.watermarking.served", raising=False)
    import importlib

    yield importlib.import_module("tools.authorship.watermarking.served")
    sys.modules.pop("tools.authorship.watermarking.served", None)


def test_the_server_reads_a_request(served: Any) -> None:
    assert served.mark_of(None) is None and served.mark_of({"other": 3}) is None
    assert served.mark_of({"watermark_delta": 2}) == Mark()
    for wrong in (
        {"watermark_delta": -1}, {"watermark_delta": "x"}, {"watermark_delta": 1, "watermark_gamma": 1}, {"watermark_strength": 1},
    ):  # fmt: skip
        with pytest.raises(ValueError, match="watermark"):
            served.mark_of(wrong)


def test_the_server_marks_only_who_asks(served: Any) -> None:
    config = types.SimpleNamespace(model_config=types.SimpleNamespace(get_vocab_size=lambda: 16))
    processor = served.Watermark(config, torch.device("cpu"), False)
    asks, plain = (
        types.SimpleNamespace(extra_args=extra) for extra in ({"watermark_delta": 2.0, "watermark_width": 2}, None)
    )
    output: list[int] = []
    processor.update_state([(0, asks, [4, 5], output), (1, plain, [4, 5], [])])
    lists = GreenLists(Mark(width=2), 16)
    for context in ([4, 5], [5, 9], [9, 1]):  # from the prompt, across its end, within the reply
        logits = processor.apply(torch.zeros(2, 16))
        assert logits[0].tolist() == (2.0 * lists.green(context)).tolist() and not logits[1].any()
        output.append([9, 1, 3][len(output)])
    assert not processor.is_argmax_invariant()

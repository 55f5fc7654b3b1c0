"""Texts side by side: greedy rows, streams of chance, chat formats, on a made model of random weights."""

from __future__ import annotations

from typing import Any

import pytest

from tools.errors import BadInput, Stopped
from tools.language import sampling
from tools.language.sampling import prompt_ids
from tools.language.stability import stability
from tools.specimens.language import TransformersModel


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> TransformersModel:
    """A causal model of random weights over eight letters, without a chat format."""
    import torch
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(["[UNK]", *"abcdefgh"])}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    torch.manual_seed(0)
    config = LlamaConfig(vocab_size=9, hidden_size=16, intermediate_size=32, num_hidden_layers=2, num_attention_heads=2,
                         max_position_embeddings=64, initializer_range=0.3, bos_token_id=None, eos_token_id=None)  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(folder)
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]").save_pretrained(folder)
    return TransformersModel(str(folder))


def said(text: str) -> list[dict[str, str]]:
    return [{"role": "user", "content": text}]


def write(model: Any, prompts: list[str], streams: list[int], **changes: Any) -> list[str]:
    options: dict[str, Any] = {"max_tokens": 12, "temperature": 1.0, "seed": 0, "on_step": lambda *_: None} | changes
    return sampling.write(model, [said(prompt) for prompt in prompts], streams, **options)


def test_greedy_rows_are_what_the_model_writes_alone(tiny: TransformersModel) -> None:
    import torch

    prompts = ["a b c d e", "h", "c c"]
    together = write(tiny, prompts, [0, 1, 2], temperature=0)
    for prompt, text in zip(prompts, together, strict=True):
        ids = tiny.ids(prompt, special=True)
        for _ in range(12):
            with torch.inference_mode():
                ids.append(int(tiny.model(torch.tensor([ids])).logits[0, -1].argmax()))
        assert text == tiny.tokenizer.decode(ids[-12:], skip_special_tokens=True)


def test_a_text_does_not_depend_on_its_neighbours(tiny: TransformersModel) -> None:
    many = write(tiny, ["a b"] * 40, list(range(40)))  # two batches
    assert write(tiny, ["a b"], [37]) == [many[37]]
    assert len(set(many)) > 30 and many == write(tiny, ["a b"] * 40, list(range(40)))
    assert many != write(tiny, ["a b"] * 40, list(range(40)), seed=1)


def test_draws_follow_the_model(tiny: TransformersModel) -> None:
    import torch

    drawn = write(tiny, ["a b"] * 3000, list(range(3000)), max_tokens=1, temperature=0.8)
    with torch.inference_mode():
        logits = tiny.model(torch.tensor([tiny.ids("a b", special=True)])).logits[0, -1]
    expected = torch.softmax(logits / 0.8, dim=-1)
    for token, p in enumerate(expected.tolist()):
        share = drawn.count(tiny.tokenizer.decode([token], skip_special_tokens=True)) / 3000
        assert share == pytest.approx(p, abs=4 * (p * (1 - p) / 3000) ** 0.5 + 1e-3)


def test_stop_is_heard_inside_a_batch(tiny: TransformersModel) -> None:
    def stop(done: int, _total: int) -> None:
        if done == 3:
            raise Stopped("stop", "stop")

    with pytest.raises(Stopped):
        write(tiny, ["a"], [0], on_step=stop)


def test_long_requests_and_masked_models_are_refused(tiny: TransformersModel) -> None:
    with pytest.raises(BadInput, match="tokens"):
        write(tiny, ["a " * 60], [0])
    tiny.masked = True
    try:
        with pytest.raises(BadInput, match="left to right"):
            write(tiny, ["a"], [0])
    finally:
        tiny.masked = False


def test_a_base_model_gets_the_plain_text(tiny: TransformersModel) -> None:
    finding = stability.run({"model": tiny.name, "prompt": "a b c", "max_tokens": 6})
    assert finding.estimate("entropy_repeated").value == 0 and finding.specimen.sha256


def test_a_format_without_a_system_turn_gets_it_in_the_user_turn(
    tiny: TransformersModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [{"role": "system", "content": "a b"}, {"role": "user", "content": "c"}]
    assert prompt_ids(tiny, asked) == tiny.ids("a b c")
    monkeypatch.setattr(
        tiny.tokenizer,
        "chat_template",
        "{% if messages[0]['role'] == 'system' %}{{ raise_exception('no system turn') }}{% endif %}"
        "h {{ messages[0]['content'] }} g",
    )
    assert prompt_ids(tiny, asked) == tiny.ids("h a b c g")
    assert prompt_ids(tiny, asked[1:]) == tiny.ids("h c g")

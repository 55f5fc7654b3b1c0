"""Replies under a schema: they always parse, the same seed writes the same, a cut reply keeps its complete items."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.served import Server
from tests.tools import tiny_models
from tools.errors import BadInput, Stopped
from tools.language.sampling import shared_start
from tools.language.structured import write_many
from tools.language.structured_reply import Schema, fits, read
from tools.specimens.language import LanguageModel, TransformersModel, load

PAIR = {
    "type": "object",
    "properties": {"name": {"type": "string", "maxLength": 12}, "kind": {"enum": ["a", "b"]}},
    "required": ["name", "kind"],
    "additionalProperties": False,
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"items": {"type": "array", "maxItems": 2, "items": PAIR}},
    "required": ["items"],
    "additionalProperties": False,
}


def quiet(_done: int, _total: int) -> None:
    pass


def write_json(model: LanguageModel, messages: list[dict[str, str]], schema: Schema, **options: Any) -> dict[str, Any]:
    """One reply alone."""
    return write_many(model, [messages], schema, **options)[0].value


def talk(text: str) -> list[dict[str, str]]:
    return [{"role": "user", "content": text}]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> TransformersModel:
    """A Llama of random weights whose tokens are the 256 bytes."""
    from tokenizers import Tokenizer, decoders, pre_tokenizers
    from tokenizers.models import BPE
    from transformers import PreTrainedTokenizerFast

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    folder = tiny_models.causal(tmp_path_factory.mktemp("tiny"), [f"w{i}" for i in range(255)])  # 257 tokens in all
    tokenizer = Tokenizer(BPE({letter: i for i, letter in enumerate([*letters, "<end>"])}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<end>").save_pretrained(folder)
    return TransformersModel(folder)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), temperature=st.sampled_from([0.7, 1.5, 4.0]), limit=st.integers(1, 120))
def test_a_random_model_always_writes_the_form(
    tiny: TransformersModel, seed: int, temperature: float, limit: int
) -> None:
    value = write_json(tiny, talk("x"), SCHEMA, max_tokens=limit, seed=seed, temperature=temperature, on_step=quiet)
    assert fits(value, SCHEMA)


def test_the_same_seed_writes_the_same(tiny: TransformersModel) -> None:
    def write(seed: int) -> dict[str, Any]:
        return write_json(tiny, talk("x"), SCHEMA, max_tokens=100, seed=seed, temperature=1.0, on_step=quiet)

    assert write(3) == write(3)
    assert any(write(seed) != write(3) for seed in range(4, 8))


def test_beside_others_of_another_length_a_reply_is_the_same(tiny: TransformersModel) -> None:
    """What is shared is read once, the rest is filled up in between: neither may change a greedy reply."""
    texts = ["shared start, then one", "shared start, then quite another end", "shared start"]
    together = write_many(tiny, [talk(t) for t in texts], SCHEMA, max_tokens=100, seed=0, on_step=quiet)
    alone = [write_many(tiny, [talk(t)], SCHEMA, max_tokens=100, seed=0, on_step=quiet)[0] for t in texts]
    assert together == alone


def test_what_prompts_share_leaves_something_to_read() -> None:
    assert shared_start([[1, 2, 3]]) == 2
    assert shared_start([[1, 2, 3, 4], [1, 2]]) == 1  # the 2 ends the second prompt, so that only the 1 counts
    assert shared_start([[1, 2], [3]]) == 0
    assert shared_start([]) == 0


def test_stop_is_heard_at_the_next_token(tiny: TransformersModel) -> None:
    heard = []

    def stop(done: int, _total: int) -> None:
        heard.append(done)
        if done == 3:
            raise Stopped("stop", "stop")

    with pytest.raises(Stopped):
        write_json(tiny, talk("x"), SCHEMA, max_tokens=100, seed=0, on_step=stop)
    assert heard == [0, 1, 2, 3]


def test_a_tokenizer_that_cannot_be_held_to_a_form_is_refused(tmp_path: Path) -> None:
    model = TransformersModel(tiny_models.causal(tmp_path, ["a", "b"]))
    with pytest.raises(BadInput, match="form"):
        write_json(model, talk("a b"), SCHEMA, max_tokens=5, seed=0, on_step=quiet)


def test_a_masked_model_is_refused(tmp_path: Path) -> None:
    model = TransformersModel(tiny_models.masked(tmp_path, ["a", "b"]))
    with pytest.raises(BadInput, match="left to right"):
        write_json(model, talk("a b"), SCHEMA, max_tokens=5, seed=0, on_step=quiet)


@pytest.mark.parametrize(
    ("text", "names", "whole"),
    [
        ('{"items": [{"name": "x", "kind": "a"}]}', ["x"], True),
        ('{"items": [{"name": "x", "kind": "a"}, {"name": "y", "ki', ["x"], False),
        ('{"items": [{"name": "a ] } \\" b", "kind": "b"}, {"na', ['a ] } " b'], False),
        ('{"items": [{"name": "x", "kind": "c"}]}', [], False),  # no such kind: the list before it
        ('{"items": [', [], False),
        ("{", [], False),
        ("Sure. Here are the items:", [], False),
        ("", [], False),
    ],
)
def test_a_reply_is_read_up_to_its_last_complete_item(text: str, names: list[str], whole: bool) -> None:
    written = read(text, SCHEMA)
    assert [item["name"] for item in written.value["items"]] == names
    assert written.whole is whole


@given(st.integers(0, 80))
def test_any_beginning_of_a_reply_becomes_an_object_of_the_schema(cut: int) -> None:
    text = json.dumps({"items": [{"name": 'é"\\', "kind": "a"}, {"name": "[{", "kind": "b"}]})
    written = read(text[:cut], SCHEMA)
    assert fits(written.value, SCHEMA)
    assert written.whole is (cut >= len(text))


def test_fits() -> None:
    assert not fits({"items": [{"name": "x" * 13, "kind": "a"}]}, SCHEMA)
    assert not fits({"items": [{"name": "x", "kind": "a"}] * 3}, SCHEMA)
    assert not fits(True, {"type": "integer"})
    assert fits(2, {"type": "number"})


@pytest.mark.vllm
@pytest.mark.real
def test_a_served_model_writes_the_form(served: Server) -> None:
    steps: list[int] = []
    value = write_json(
        load(served.url), talk("Name two rivers."), SCHEMA, max_tokens=80, seed=0,
        on_step=lambda done, _total: steps.append(done),
    )  # fmt: skip
    assert fits(value, SCHEMA)
    assert steps

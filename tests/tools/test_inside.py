"""Inside a model: attention weights recomputed from the model's own matrices, words of several tokens, the kernel put back."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.tools import tiny_models
from tools.language import inside
from tools.specimens.language import TransformersModel, load_weights

HUNGRY, DELICIOUS = "The bear ate the honey because it was hungry.", "The bear ate the honey because it was delicious."
BEAR = [
    "The",
    "the",
    "bear",
    "ate",
    "honey",
    "because",
    "it",
    "was",
    "hungry",
    "delicious",
    "a",
    "cat",
    "sat",
    "on",
    "mat",
    ".",
]


@pytest.fixture(scope="module")
def tiny_llama(tmp_path_factory: pytest.TempPathFactory) -> str:
    return tiny_models.causal(tmp_path_factory.mktemp("llama"), BEAR)


@pytest.fixture(scope="module")
def tiny_bert(tmp_path_factory: pytest.TempPathFactory) -> str:
    return tiny_models.masked(tmp_path_factory.mktemp("bert"), BEAR)


def recomputed(model: TransformersModel, ids: list[int], layer: int) -> np.ndarray:
    """softmax(Q Kᵀ / √d) of a Llama layer from its own matrices, the rotation of positions written out here.

    The pair (xᵢ, xᵢ₊d/₂) at position p turns by the angle p / base^(2i/d) (Su et al. 2021).
    """
    import torch

    config, block = model.model.config, model.model.model.layers[layer]
    heads, groups, n = config.num_attention_heads, config.num_key_value_heads, len(ids)
    with torch.inference_mode():
        states = model.model(torch.tensor([ids]), output_hidden_states=True).hidden_states[layer]
        normed = block.input_layernorm(states)
        q, k = (part(normed)[0].double().numpy().reshape(n, -1, block.self_attn.head_dim)
                for part in (block.self_attn.q_proj, block.self_attn.k_proj))  # fmt: skip
    d = q.shape[-1]
    angles = np.arange(n)[:, None] / config.rope_parameters["rope_theta"] ** (2 * np.arange(d // 2) / d)
    cos, sin = np.cos(angles)[:, None], np.sin(angles)[:, None]

    def turn(x: np.ndarray) -> np.ndarray:
        first, second = x[..., : d // 2], x[..., d // 2 :]
        return np.concatenate([first * cos - second * sin, second * cos + first * sin], axis=-1)

    q, k = turn(q), np.repeat(turn(k), heads // groups, axis=1)
    scores = np.einsum("ihd,jhd->hij", q, k) / math.sqrt(d)
    scores[:, np.triu(np.ones((n, n), bool), 1)] = -np.inf
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def test_rows_sum_to_one_and_match_the_projections(tiny_llama: str) -> None:
    model = TransformersModel(tiny_llama)
    reading = inside.read(model, HUNGRY)
    weights = inside.attentions(model, reading)
    assert weights.shape == (2, 4, 10, 10)
    np.testing.assert_allclose(weights.sum(axis=-1), 1, atol=1e-6)
    for layer in range(2):
        np.testing.assert_allclose(weights[layer], recomputed(model, reading.ids, layer), atol=1e-4)


def test_weights_match_a_model_loaded_for_that_purpose_and_leave_ours_as_it_was(tiny_llama: str) -> None:
    import torch
    from transformers import AutoModelForCausalLM

    model = TransformersModel(tiny_llama)
    kernel, reading = model.model.config._attn_implementation, inside.read(model, DELICIOUS)
    before = model.logits(reading.ids)
    weights = inside.attentions(model, reading)
    assert model.model.config._attn_implementation == kernel
    assert torch.equal(model.logits(reading.ids), before)
    other = AutoModelForCausalLM.from_pretrained(tiny_llama, attn_implementation="eager", dtype=torch.float32).eval()
    with torch.inference_mode():
        theirs = other(torch.tensor([reading.ids]), output_attentions=True).attentions
    np.testing.assert_allclose(weights, np.stack([layer[0].numpy() for layer in theirs]), atol=1e-6)


def test_masked_rows_match_the_projections(tiny_bert: str) -> None:
    import torch

    model = TransformersModel(tiny_bert)
    reading = inside.read(model, "the woodworker ate honey .")
    weights = inside.attentions(model, reading)
    with torch.inference_mode():
        states = model.model.bert(torch.tensor([reading.ids]), output_hidden_states=True).hidden_states[0]
        part = model.model.bert.encoder.layer[0].attention.self
        q, k = (f(states)[0].reshape(-1, 2, 8).transpose(0, 1) for f in (part.query, part.key))
        expected = torch.softmax(q @ k.transpose(1, 2) / math.sqrt(8), dim=-1)
    np.testing.assert_allclose(weights[0], expected.numpy(), atol=1e-5)


def test_words_gather_their_tokens(tiny_bert: str) -> None:
    reading = inside.read(TransformersModel(tiny_bert), "the woodworker ate honey .")
    assert reading.words.labels == ["[CLS]", "the", "woodworker", "ate", "honey", ".", "[SEP]"]
    assert reading.words.members[2] == [2, 3] and reading.words.special == [True, *[False] * 5, True]
    # A word receives the sum of its tokens and, in a masked model, gives their mean: rows still add up to 1.
    weights = inside.attentions(TransformersModel(tiny_bert), reading)
    by_word = inside.by_word(weights, reading.words, masked=True)
    np.testing.assert_allclose(by_word.sum(axis=-1), 1, atol=1e-6)
    assert by_word[0, 0, 2, 2] == pytest.approx(weights[0, 0, 2:4, 2:4].sum() / 2)
    causal = inside.by_word(weights, reading.words, masked=False)
    assert causal[0, 0, 2, 1] == pytest.approx(weights[0, 0, 3, 1])


@pytest.mark.real
def test_the_default_model_matches_its_projections() -> None:
    model = load_weights("smollm2")
    reading = inside.read(model, "The bear isn't here: L’ours a 3 oursons.")
    weights = inside.attentions(model, reading)
    np.testing.assert_allclose(weights.sum(axis=-1), 1, atol=1e-5)
    for layer in (0, 13, 29):
        np.testing.assert_allclose(weights[layer], recomputed(model, reading.ids, layer), atol=1e-4)
    assert "isn't" in reading.words.labels and {"L", "’", "ours"} <= set(reading.words.labels)

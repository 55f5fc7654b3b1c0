"""One word in many contexts: silhouette by hand and against scikit-learn, padding, the point of layer 0, both languages."""

from __future__ import annotations

import re
import threading
from typing import Any

import numpy as np
import pytest

from tests.tools import tiny_models
from tools.errors import BadInput, Stopped
from tools.finding import Finding
from tools.language import inside
from tools.language.contextual_embeddings import contextual_embeddings
from tools.language.contextual_measure import principal_plane, separate, silhouettes
from tools.language.contextual_sentences import BUILT_IN, examples
from tools.specimens.language import TransformersModel
from tools.tool import Progress

PLAIN = ["the", "a", "river", "money", "boat", "cash", "near", "by", "fish", "loan", "bank", "side", "deep", "."]
OWN = """river: the boat near a bank
river: fish by the deep bank
money: the loan by a bank
money: cash near the bank"""


@pytest.fixture(scope="module")
def tiny_llama(tmp_path_factory: pytest.TempPathFactory) -> str:
    return tiny_models.causal(tmp_path_factory.mktemp("llama"), ["Bank", *PLAIN])


@pytest.fixture(scope="module")
def tiny_bert(tmp_path_factory: pytest.TempPathFactory) -> str:
    return tiny_models.masked(tmp_path_factory.mktemp("bert"), PLAIN)


def texts(finding: Finding) -> list[str]:
    """All French texts of a finding."""
    found = [finding.summary.fr, finding.how_to_read.fr, finding.limits.fr, *(f.alt.fr for f in finding.figures)]
    found += [e.label.fr for e in finding.estimates] + [t.title.fr for t in finding.tables]
    return found + [column.fr for table in finding.tables for column in table.columns]


def cosine_distances(vectors: np.ndarray) -> np.ndarray:
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    distances = 1 - unit @ unit.T
    np.fill_diagonal(distances, 0)
    return np.asarray(distances)


def test_silhouette_by_hand() -> None:
    # Two pairs, 0.1 apart inside and 1 across: s = (1 − 0.1) / 1 = 0.9 for each point.
    # Labels across the pairs: a = 1, b = (0.1 + 1) / 2 = 0.55, s = (0.55 − 1) / 1 = −0.45.
    distances = np.full((4, 4), 1.0)
    distances[:2, :2] = distances[2:, 2:] = 0.1
    np.fill_diagonal(distances, 0)
    found = silhouettes(distances[None], np.array([[0, 0, 1, 1], [0, 1, 0, 1]]))
    np.testing.assert_allclose(found[0, 0], 0.9)
    np.testing.assert_allclose(found[1, 0], -0.45)
    # All at one point: nothing to tell apart.
    assert silhouettes(np.zeros((1, 4, 4)), np.array([[0, 0, 1, 1]])).tolist() == [[[0.0] * 4]]


def test_silhouette_is_that_of_scikit_learn() -> None:
    from sklearn.metrics import silhouette_samples

    rng = np.random.default_rng(0)
    distances = np.stack([cosine_distances(rng.normal(size=(20, 5))) for _ in range(3)])
    labels = np.array([[0] * 7 + [1] * 6 + [2] * 6 + [3], [0, 1, 2, 3] * 5])  # the first with a sense of one occurrence
    found = silhouettes(distances, labels)
    for i, row in enumerate(labels):
        for layer in range(3):
            expected = silhouette_samples(distances[layer], row, metric="precomputed")
            np.testing.assert_allclose(found[i, layer], expected, atol=1e-12)


def test_the_map_is_that_of_scikit_learn() -> None:
    from sklearn.decomposition import PCA

    vectors = np.random.default_rng(0).normal(size=(12, 40))
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    points, share = principal_plane(unit @ unit.T)
    pca = PCA(2)
    np.testing.assert_allclose(np.abs(points), np.abs(pca.fit_transform(unit)), atol=1e-9)
    assert share == pytest.approx(pca.explained_variance_ratio_.sum())
    assert not principal_plane(np.ones((3, 3)))[0].any()


def test_groups_are_found_and_noise_is_not() -> None:
    rng = np.random.default_rng(0)
    labels = np.repeat([0, 1, 2], 6)
    apart = rng.normal(size=(18, 8)) * 0.1 + np.eye(8)[labels]
    layers = 1 - np.stack([np.zeros((18, 18)), cosine_distances(rng.normal(size=(18, 8))), cosine_distances(apart)])
    found, shown = separate(layers, labels, -1, np.random.default_rng(0))
    # None of 2,000 shuffles does as well: p = 1 / 2,001.
    assert found is not None and shown == 2 and found.p == pytest.approx(1 / 2001) and found.right[2] == 1
    assert found.silhouette[0] == 0 and found.chance == pytest.approx(5 / 17)
    noise, _ = separate(layers[:2], labels, 1, np.random.default_rng(0))
    assert noise is not None and noise.p > 0.05
    # The choice of a layer is paid for: the best of two layers of noise is no rarer than one alone.
    chosen, _ = separate(layers[[0, 1, 1]], labels, -1, np.random.default_rng(0))
    assert chosen is not None and chosen.p >= noise.p


def test_without_two_senses_of_two_there_is_no_silhouette() -> None:
    cosines = 1 - cosine_distances(np.random.default_rng(0).normal(size=(4, 6)))[None].repeat(3, axis=0)
    for labels in ([-1, -1, -1, -1], [0, 0, 0, 1], [0, 0, 0, 0]):
        found, shown = separate(cosines, np.array(labels), -1, np.random.default_rng(0))
        assert found is None and shown == 2


@pytest.mark.parametrize("which", ["tiny_llama", "tiny_bert"])
def test_padding_changes_nothing(which: str, request: pytest.FixtureRequest) -> None:
    model = TransformersModel(request.getfixturevalue(which))
    readings = [
        inside.read(model, text) for text in ("a bank", "the boat near a deep bank by the river .", "the bank side .")
    ]
    places = [reading.tokens(*(inside.occurrence(reading.text, "bank") or (0, 0))) for reading in readings]
    together = inside.word_states(model, readings, places, lambda *_: None)
    alone = [inside.word_states(model, [r], [p], lambda *_: None)[0] for r, p in zip(readings, places, strict=True)]
    np.testing.assert_allclose(together, np.stack(alone), rtol=1e-5, atol=1e-4)


def test_a_causal_model_does_not_see_what_follows(tiny_llama: str) -> None:
    finding = contextual_embeddings.run(
        {"model": tiny_llama, "sentences": "the boat by a bank near the river | the boat by a bank side"}
    )
    assert finding.estimate("similarity").value == pytest.approx(1)
    assert [row[1] for row in finding.table("layers").rows] == pytest.approx([1, 1, 1])


def test_layer_0_is_one_point_in_a_causal_model_and_not_in_bert(tiny_llama: str, tiny_bert: str) -> None:
    causal = contextual_embeddings.run({"model": tiny_llama, "sentences": OWN})
    assert "the 4 occurrences of “bank” are one and the same point" in causal.summary.en
    assert causal.table("layers").rows[0][1:3] == pytest.approx([1, 0])
    masked = contextual_embeddings.run({"model": tiny_bert, "sentences": OWN + "\nriver: a deep side bank"})
    assert "adds their places" in masked.summary.en or "as the word has spellings or places" in masked.summary.en


def test_a_masked_word_is_the_mean_of_its_tokens(tiny_bert: str) -> None:
    import torch

    model = TransformersModel(tiny_bert)
    reading = inside.read(model, "the woodworker side")
    tokens = reading.tokens(4, 14)
    assert tokens == [2, 3]
    with torch.inference_mode():
        layers = model.model.bert(torch.tensor([reading.ids]), output_hidden_states=True).hidden_states
    found = inside.word_states(model, [reading], [tokens], lambda *_: None)
    np.testing.assert_allclose(found[0, 1], layers[1][0, 2:4].mean(dim=0).numpy(), atol=1e-6)


def test_own_sentences() -> None:
    found = examples("bank", OWN + " | He said: go to the bank\nthe bank: closed\n\n")
    assert [e.sense and e.sense.en for e in found] == ["river", "river", "money", "money", "He said", None]
    assert found[0].text == "the boat near a bank" and found[5].text == "the bank: closed"
    with pytest.raises(BadInput, match="at most 120"):
        examples("bank", "a bank\n" * 121)


def test_what_cannot_be_used_is_left_out_and_said(tiny_llama: str) -> None:
    own = OWN + "\nriver: Bank side\nriver: the river\nmoney: a Bank by the river\nnear the bank"
    finding = contextual_embeddings.run({"model": tiny_llama, "sentences": own})
    left = {row[0].en: row[1].en for row in finding.table("left_out").rows}  # type: ignore[union-attr]
    assert left == {"Bank side": "the word comes first", "the river": "“bank” is not in it"}
    assert "6 occurrences of “bank” are 2 points" in finding.summary.en  # bank and Bank are two tokens
    nearest = finding.table("nearest").rows
    assert len(nearest) == 6 and nearest[5][2] is None and nearest[5][7] is None
    assert finding.estimate("silhouette").n == 5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"word": "spring"}, "no built-in sentences for 'spring'"),
        ({"word": ""}, "--word"),
        ({"sentences": "a bank"}, "Fewer than two"),
        ({"sentences": OWN, "layer": 3}, "has layers 0"),
        ({"sentences": OWN, "layer": -2}, "--layer"),
        ({"sentences": "x" * 20_001}, "--sentences"),
        ({"model": "http://127.0.0.1:9/v1"}, "looks inside the model"),
    ],
)
def test_bad_requests(tiny_llama: str, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput, match=re.escape(message)):
        contextual_embeddings.run({"model": tiny_llama, **arguments})


def test_stop_is_heard(tiny_llama: str) -> None:
    stop, seen = threading.Event(), []

    def on_progress(progress: Progress) -> None:
        seen.append(progress)
        if progress.total:
            stop.set()

    with pytest.raises(Stopped):
        contextual_embeddings.run({"model": tiny_llama}, stop=stop, on_progress=on_progress)
    assert [p.total for p in seen] == [0, 24]


def test_the_same_seed_gives_the_same_finding(tiny_llama: str) -> None:
    first, second = (contextual_embeddings.run({"model": tiny_llama, "sentences": OWN}, seed=3) for _ in range(2))
    assert first.id == second.id and first.figures[0].data == second.figures[0].data


@pytest.mark.parametrize("word", BUILT_IN)
def test_the_built_in_sentences_are_well_formed(word: str) -> None:
    found = examples(word, "")
    assert len({e.text for e in found}) == len(found) >= 16
    for example in found:
        span = inside.occurrence(example.text, word)
        assert span and example.text[span[0] - 1] == " ", (
            example.text
        )  # one spelling of the first token, never the first word
        assert len(re.findall(rf"\b{word}\b", example.text)) == 1
    counts = [sum(e.sense is sense for e in found) for sense, _ in BUILT_IN[word]]
    assert min(counts) >= 6 and len(set(counts)) == 1


CASES: list[dict[str, Any]] = [
    {},
    {"word": "loup", "layer": 1},
    {"sentences": OWN},
    {"sentences": "the boat near a bank | a loan by the bank | cash near the bank"},
]


@pytest.mark.parametrize("arguments", CASES, ids=["bank", "loup", "own", "unlabelled"])
@pytest.mark.parametrize("which", ["tiny_llama", "tiny_bert"])
def test_both_languages_are_written(which: str, arguments: dict[str, Any], request: pytest.FixtureRequest) -> None:
    finding = contextual_embeddings.run({**arguments, "model": request.getfixturevalue(which)}, lang="fr")
    assert all(texts(finding))
    assert not [text for text in texts(finding) if re.search(r"\d\.\d", text)]
    assert not re.search(r"\d,\d\d\b(?!\d)", finding.summary.en)
    assert 2 <= len(re.findall(r"\.(?:\s|$)", finding.summary.en)) <= 4
    assert finding.figures[0].lang == "fr" and finding.figures[0].data.startswith("<svg")
    assert all(len(row) == len(table.columns) for table in finding.tables for row in table.rows)


@pytest.mark.real
def test_the_senses_of_bank_part_in_the_default_model() -> None:
    finding = contextual_embeddings.run()
    silhouette, right = finding.estimate("silhouette"), finding.estimate("same_sense")
    assert silhouette.value == pytest.approx(0.47, abs=0.03) and silhouette.p is not None and silhouette.p < 0.01
    assert right.value is not None and right.value > 0.9 and right.baseline == pytest.approx(5 / 23)
    assert "one and the same point" in finding.summary.en
    layers = finding.table("layers").rows
    assert layers[0][1] == pytest.approx(1) and layers[0][2] == 0 and len(layers) == 31

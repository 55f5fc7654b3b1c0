"""The five categories of Kurita et al.: hand-worked tables, a made masked model, exact p, the real default model."""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tools.errors import BadInput, Missing, Stopped
from tools.finding import Finding, Specimen, Table, Text, same
from tools.language import kurita, kurita_scores, kurita_sets, kurita_table
from tools.language.kurita_sets import FRENCH, NAMES, THEMES, Category
from tools.language.logprob_bias import logprob_bias
from tools.specimens import language
from tools.specimens.language import TransformersModel
from tools.tool import Progress

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "john", "paul", "amy", "joan", "likes", "salary", "office",
         "home", "parents", ".", "man", "wood", "##worker", "dragon", "##fly"]  # fmt: skip
MADE = Category(
    name="career-family", theme=THEMES["career-family"], x=["John", "Paul"], y=["Amy", "Joan"],
    a=["salary", "office"], b=["home", "parents"], sentences={"{subject} likes {attribute}.": True}, neutral=("someone",),
)  # fmt: skip
# S as a causal model tells it (rows John, Paul, Amy, Joan; columns salary, office, home, parents).
TABLE = np.array([[3.0, 2.0, 0.0, 1.0], [2.0, 2.0, 1.0, 0.0], [0.0, 1.0, 2.0, 2.0], [1.0, 0.0, 1.0, 3.0]])


class Told:
    """A model that is told how much each target raises each attribute; a neutral subject gives each its own prior."""

    specimen = Specimen(name="told", source="made", revision="1", sha256=None)
    context = 100
    masked = False

    def __init__(self, raise_by: Callable[[str, str], float]) -> None:
        self.raise_by = raise_by

    def continuations(self, prefix: str, candidates: list[str]) -> list[float]:
        return [-5.0 - len(word) + self.raise_by(prefix, word.strip()) for word in candidates]


def told(prefix: str, attribute: str) -> float:
    """The made table; 0 for "Someone"."""
    first = prefix.split()[0]
    return float(TABLE[MADE.targets.index(first), MADE.attributes.index(attribute)]) if first in MADE.targets else 0.0


def spread(prefix: str, attribute: str) -> float:
    """A value for any sentence, the same at every run: men a little closer to the first list."""
    noise = sum(map(ord, prefix + attribute)) % 17 / 10
    first = any(attribute in lists[0] for lists in FRENCH.values())
    return noise + (1.0 if first and prefix.split()[0] in [*kurita_sets.FRENCH_MEN, "Il"] else 0.0)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Told:
    model = Told(told)
    monkeypatch.setattr(language, "load", lambda name: model)
    monkeypatch.setattr(kurita, "category", lambda name, lang: MADE)
    return model


@pytest.fixture
def french(monkeypatch: pytest.MonkeyPatch) -> Told:
    model = Told(spread)
    monkeypatch.setattr(language, "load", lambda name: model)
    return model


@pytest.fixture(scope="module")
def tiny_bert(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A masked model of 2 layers with random weights; "woodworker" and "dragonfly" are two tokens each."""
    import torch
    from transformers import BertConfig, BertForMaskedLM, BertTokenizer

    folder = tmp_path_factory.mktemp("bert")
    (folder / "vocab.txt").write_text("\n".join(WORDS))
    torch.manual_seed(0)
    config = BertConfig(vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
                        intermediate_size=32, max_position_embeddings=64, initializer_range=0.5)  # fmt: skip
    BertForMaskedLM(config).save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return str(folder)


def measured(model: object, category: Category = MADE) -> kurita_scores.Measured:
    return kurita_scores.measure(model, category, np.random.default_rng(0), lambda *_: None)  # type: ignore[arg-type]


def texts(finding: Finding) -> list[str]:
    """All French texts of a finding."""
    found = [finding.summary.fr, finding.how_to_read.fr, finding.limits.fr, *(f.alt.fr for f in finding.figures)]
    found += [e.label.fr for e in finding.estimates] + [t.title.fr for t in finding.tables]
    return found + [column.fr for table in finding.tables for column in table.columns]


def test_the_causal_table_and_its_two_readings_by_hand() -> None:
    m = measured(Told(told))
    # The prior ("Someone likes") is −5 − length of the word, which every target shares: S is the told table.
    np.testing.assert_allclose(m.scores, TABLE[None])
    # Columns: mean(3, 2) − mean(0, 1) = 2, mean(2, 2) − mean(1, 0) = 1.5, mean(0, 1) − mean(2, 1) = −1, 0.5 − 2.5 = −2.
    np.testing.assert_allclose(m.attribute_scores, [2.0, 1.5, -1.0, -2.0])
    # Rows: mean(3, 2) − mean(0, 1) = 2, 2 − 0.5 = 1.5, 0.5 − 2 = −1.5, 0.5 − 2 = −1.5.
    np.testing.assert_allclose(m.target_scores, [2.0, 1.5, -1.5, -1.5])
    # D is 1.75 − (−1.5) = 3.25 over the columns, and 1.75 − (−1.5) = 3.25 over the rows.
    assert m.difference[0] == pytest.approx(3.25)
    # Columns: mean 0.125, squares 3.5156 + 1.8906 + 1.2656 + 4.5156 = 11.1875, deviation √(11.1875 / 3) = 1.9311.
    assert m.by_attribute.d == pytest.approx(3.25 / math.sqrt(11.1875 / 3))
    # Rows: mean 0.125, squares 3.5156 + 1.8906 + 2.6406 × 2 = 10.6875, deviation √(10.6875 / 3) = 1.8875.
    assert m.by_target.d == pytest.approx(3.25 / math.sqrt(10.6875 / 3))
    assert m.pooled == pytest.approx(m.by_attribute.d)  # with one sentence there is nothing to pool


def test_p_is_exact_on_two_by_two() -> None:
    m = measured(Told(told))
    # C(4, 2) = 6 splits; the real one has the largest sum on both sides (2 + 1.5), so p = 1 / 6.
    assert (m.by_attribute.splits.at_least, m.by_attribute.splits.tried, m.by_attribute.splits.exact) == (1, 6, True)
    assert m.by_attribute.splits.p == m.by_target.splits.p == pytest.approx(1 / 6)
    # With X and Y exchanged the real split has the smallest sum, so all six are at least as large: p = 6 / 6.
    turned = measured(Told(told), replace(MADE, x=MADE.y, y=MADE.x))
    assert turned.by_attribute.splits.p == 1 and turned.difference[0] == pytest.approx(-3.25)


def test_the_choice_of_permutation_can_change_the_answer() -> None:
    # Every attribute says the same, one target says everything: rows 4, 0, 0, 0 in the columns of A.
    def one_name(prefix: str, attribute: str) -> float:
        return 4.0 + 0.1 * len(attribute) if prefix.startswith("John") and attribute in MADE.a else 0.0

    m = measured(Told(one_name))
    # Columns 2.3, 2.3, 0, 0: the largest d that four words can reach. Rows about 4.6, 0, 0, 0: three of the six splits
    # put John in the first group, so p = 3 / 6.
    assert m.by_attribute.splits.p == pytest.approx(1 / 6) and m.by_target.splits.p == pytest.approx(3 / 6)
    assert m.by_attribute.d == pytest.approx(math.sqrt(3)) and m.by_target.d == pytest.approx(1.0)


def test_the_prior_moves_no_effect_size() -> None:
    rng = np.random.default_rng(1)
    table, prior = rng.normal(size=(4, 4)), rng.normal(size=4)
    by_word, by_name = table - prior[None], table - prior[:, None]  # a causal prior, a masked one
    np.testing.assert_allclose(kurita_scores.attribute_scores(by_word, 2), kurita_scores.attribute_scores(table, 2))
    np.testing.assert_allclose(kurita_scores.target_scores(by_name, 2), kurita_scores.target_scores(table, 2))
    for moved, scores in ((by_name, kurita_scores.attribute_scores), (by_word, kurita_scores.target_scores)):
        shift = scores(moved, 2) - scores(table, 2)
        np.testing.assert_allclose(shift, shift[0])  # a shift of all words alike


def test_the_masked_table_by_hand(tiny_bert: str) -> None:
    import torch

    model, number = TransformersModel(tiny_bert), {word: i for i, word in enumerate(WORDS)}

    def logp(sentence: str, word: str) -> float:
        ids = [number[piece] for piece in sentence.split()]
        with torch.inference_mode():
            p = model.model(torch.tensor([ids])).logits[0, ids.index(number["[MASK]"])].softmax(dim=-1)
        return float(p[number[word]].log())

    m = measured(model)
    assert m.masked and m.left_out == []
    for i, name in enumerate(["john", "paul", "amy", "joan"]):
        for j, word in enumerate(["salary", "office", "home", "parents"]):
            seen = logp(f"[CLS] [MASK] likes {word} . [SEP]", name)
            prior = logp("[CLS] [MASK] likes [MASK] . [SEP]", name)
            assert m.scores[0, i, j] == pytest.approx(seen - prior, abs=1e-4)


def test_a_target_of_several_pieces_is_left_out_and_said(tiny_bert: str) -> None:
    model = TransformersModel(tiny_bert)
    m = measured(model, replace(MADE, x=["John", "woodworker", "Paul"], y=["Amy", "Joan", "Zoé"]))
    assert m.left_out == ["woodworker", "Zoé"] and m.category.targets == ["John", "Paul", "Amy", "Joan"]
    with pytest.raises(BadInput, match="knows 1 of the 2"):
        measured(model, replace(MADE, x=["John", "woodworker"]))


def test_an_article_stands_before_the_gap(tiny_bert: str) -> None:
    model = TransformersModel(tiny_bert)
    thing = replace(MADE, article="the", x=["man", "he"])
    assert thing.frame("man") == "the {word}" and thing.frame("he") == "{word}"
    ids, left_out = kurita_scores.target_ids(model, replace(MADE, article="the", x=["man", "john"]))
    assert left_out == [] and set(ids["man"].values()) == {WORDS.index("man")}
    assert (
        kurita_scores.written("{subject} likes {attribute}.", thing.frame("man"), "man", "home")
        == "The man likes home."
    )
    assert kurita_scores.written("{subject} likes {attribute}.", thing.frame("he"), "he", "home") == "He likes home."


def test_a_masked_model_goes_through_the_whole_tool(tiny_bert: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kurita, "category", lambda name, lang: replace(MADE, x=[*MADE.x, "dragonfly"]))
    finding = logprob_bias.run({"model": tiny_bert, "test": "career-family"})
    assert "w masked" in finding.how_to_read.en and "w masqué" in finding.how_to_read.fr
    assert "dragonfly" in finding.limits.en and finding.estimate("effect_size_targets").n == 4
    assert finding.specimen.sha256


def test_a_finding_says_both_readings(made: Told) -> None:
    finding = logprob_bias.run({"test": "career-family"})
    assert [e.name for e in finding.estimates] == ["effect_size_attributes", "effect_size_targets", "difference"]
    difference = finding.estimate("difference")
    assert difference.value == pytest.approx(3.25) and difference.unit == "nat" and difference.n == 16
    assert difference.low is not None and difference.high is not None and difference.low <= 3.25 <= difference.high
    # e^3.25 = 25.79
    assert "25.79 times as much" in finding.summary.en and "25,79 fois autant" in finding.summary.fr
    assert "neither is clear" in finding.summary.en and "1.13 for BERT" in finding.summary.en
    assert [len(table.rows) for table in finding.tables] == [3, 1, 8, 1]
    assert finding.table("published").rows[0][3] == 1.126
    assert [figure.name for figure in finding.figures] == ["two_readings", "beside_published"]


def test_all_french_categories(french: Told) -> None:
    finding = logprob_bias.run({"test": "all", "language": "fr"}, lang="fr")
    assert len(finding.table("categories").rows) == len(FRENCH) == 3
    assert finding.estimate("effect_size_attributes_math_arts").n == 16
    alone = logprob_bias.run({"test": "math-arts", "language": "fr"})
    for name in ("effect_size_attributes", "effect_size_targets", "difference"):
        together, single = finding.estimate(name + "_math_arts"), alone.estimate(name)
        assert (together.value, together.low, together.high, together.p) == (
            single.value,
            single.low,
            single.high,
            single.p,
        )
    assert "flowers / insects" in finding.summary.en and "fleurs / insectes" in finding.summary.fr
    assert "Autopsie’s own" in finding.limits.en


def test_the_same_seed_gives_the_same_finding(made: Told) -> None:
    first, second = (logprob_bias.run({"test": "career-family"}, seed=3) for _ in range(2))
    assert first.id == second.id and first.figures == second.figures


@pytest.mark.parametrize("test", ["career-family", "all"])
def test_both_languages_are_written(french: Told, test: str) -> None:
    finding = logprob_bias.run({"test": test, "language": "fr"}, lang="fr")
    assert all(texts(finding))
    assert not [text for text in texts(finding) if re.search(r"\d\.\d", text)]
    assert not re.search(r"\d,\d\d\b(?!\d)", finding.summary.en)
    assert all(figure.lang == "fr" and figure.data.startswith("<svg") for figure in finding.figures)


def test_bad_arguments_say_what_to_do(french: Told) -> None:
    with pytest.raises(BadInput, match="--language en"):
        logprob_bias.run({"test": "names-race", "language": "fr"})
    with pytest.raises(BadInput, match="--occupations goes with"):
        logprob_bias.run({"test": "math-arts", "language": "fr", "occupations": "nurse"})
    with pytest.raises(BadInput, match="--test"):
        logprob_bias.run({"test": "weapons"})


def test_a_model_that_never_moves_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "load", lambda name: Told(lambda prefix, attribute: 0.0))
    with pytest.raises(BadInput, match="same score"):
        logprob_bias.run({"test": "science-arts", "language": "fr"})


def test_stop_is_heard(french: Told) -> None:
    stop, seen = threading.Event(), []

    def on_progress(progress: Progress) -> None:
        seen.append(progress)
        stop.set()

    with pytest.raises(Stopped):
        logprob_bias.run({"test": "all", "language": "fr"}, stop=stop, on_progress=on_progress)
    assert len(seen) == 1


@pytest.mark.parametrize("name", FRENCH)
def test_the_french_words_are_well_formed(name: str) -> None:
    made = kurita_sets.category(name, "fr")
    assert len(made.x) == len(made.y) == len(made.a) == len(made.b) == 8
    assert len({*made.targets, *made.attributes}) == 32
    assert all(template.endswith(" {attribute}.") and template.startswith("{subject}") for template in made.sentences)


def test_the_published_table() -> None:
    # The last column of the table of Kurita et al. 2019.
    assert [THEMES[name].published.paper for name in NAMES] == [0.8744, 0.8864, 1.126, 0.8495, 0.9572]


def test_the_page_writes_numbers_as_people_do() -> None:
    columns = [Text(en="Category", fr="Catégorie"), Text(en="Targets", fr="Cibles"), same("d"), same("p"), same("p")]
    table = Table(name="t", title=same("t"), columns=columns, rows=[[same("maths"), 12, -0.0481, 0.00001, 0.1273]])
    assert kurita_table.markdown(table).splitlines()[2] == "| maths | 12 | −0.05 | < 0.0001 | 0.1273 |"


def test_the_page_names_a_model_that_is_missing(made: Told, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(kurita_table, "MODELS", ("no/such-model",))
    monkeypatch.setattr(language, "load", lambda name: (_ for _ in ()).throw(Missing("not here", "absent")))
    kurita_table.main()
    assert "## no/such-model\n\nNot measured" in capsys.readouterr().out


@pytest.mark.real
def test_the_english_words_are_those_of_weat() -> None:
    sizes = {name: [len(g) for g in (c.x, c.y, c.a, c.b)] for name in NAMES for c in [kurita_sets.category(name, "en")]}
    assert sizes == {
        "flowers-insects": [25] * 4, "names-race": [18, 18, 25, 25], "career-family": [8] * 4,
        "math-arts": [6, 6, 8, 8], "science-arts": [6, 6, 8, 8],
    }  # fmt: skip
    assert kurita_sets.category("math-arts", "en").x == ["male", "man", "boy", "brother", "he", "son"]
    assert all(t.endswith(" {attribute}.") for name in NAMES for t in kurita_sets.category(name, "en").sentences)


@pytest.mark.real
def test_the_default_model_on_math_and_arts() -> None:
    finding = logprob_bias.run({"test": "math-arts"})
    by_attribute, by_target = finding.estimate("effect_size_attributes"), finding.estimate("effect_size_targets")
    assert finding.estimate("difference").value == pytest.approx(0.369, abs=0.01)
    assert by_attribute.value == pytest.approx(1.18, abs=0.02) and by_attribute.p == pytest.approx(0.0075, abs=0.001)
    assert by_target.value == pytest.approx(0.85, abs=0.02) and by_target.p == pytest.approx(0.078, abs=0.004)
    assert "one choice finds a clear difference, the other does not" in finding.summary.en

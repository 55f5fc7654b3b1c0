"""Pronouns and occupations: hand-worked values on made models, the real default model, refusals, both languages."""

from __future__ import annotations

import math
import re
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tools.errors import AutopsieError, BadInput, Stopped
from tools.finding import Finding, Specimen
from tools.language import pronouns
from tools.language.logprob_bias import logprob_bias
from tools.language.occupations import ENGLISH, FRENCH, SENTENCES
from tools.specimens import language
from tools.specimens.language import TransformersModel
from tools.tool import Progress

WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "the",
    "nurse",
    "doctor",
    "said",
    "that",
    "he",
    "she",
    "was",
    "tired",
    ".",
    "wood",
    "##worker",
]


class Told:
    """A model that is told its log-odds of "he": so much after each word, ``otherwise`` after any other (a neutral one)."""

    specimen = Specimen(name="told", source="made", revision="1", sha256=None)
    context = 100
    masked = False

    def __init__(self, odds: dict[str, float], otherwise: float = 0.5) -> None:
        self.odds, self.otherwise = odds, otherwise

    def continuations(self, prefix: str, candidates: list[str]) -> list[float]:
        assert candidates in ([" he", " she"], [" il", " elle"])
        odds = next((value for word, value in self.odds.items() if word in prefix), self.otherwise)
        return [-3.0 + odds, -3.0]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    model = Told({"engineer": 1.0, "nurse": -2.0, "pilote": 1.0, "secrétaire": -1.0})
    monkeypatch.setattr(language, "load", lambda name: model)
    return model


@pytest.fixture(scope="module")
def tiny_bert(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A masked model of 2 layers with random weights; "woodworker" is two tokens."""
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


def texts(finding: Finding) -> list[str]:
    """All French texts of a finding."""
    found = [finding.summary.fr, finding.how_to_read.fr, finding.limits.fr, *(f.alt.fr for f in finding.figures)]
    found += [e.label.fr for e in finding.estimates] + [t.title.fr for t in finding.tables]
    return found + [column.fr for table in finding.tables for column in table.columns]


def cells(finding: Finding, column: int) -> dict[str, Any]:
    return {row[0].en: row[column] for row in finding.table("occupations").rows}  # type: ignore[union-attr]


def test_gaps_by_hand(told: Told) -> None:
    # engineer: 1 − 0.5 = 0.5; nurse: −2 − 0.5 = −2.5; pilot is not known: 0.5 − 0.5 = 0.
    # Mean gap (0.5 − 2.5 + 0) / 3 = −0.6667; mean log-odds (1 − 2 + 0.5) / 3 = −0.1667.
    finding = logprob_bias.run({"occupations": "engineer, nurse, pilot"})
    assert cells(finding, 1) == pytest.approx({"engineer": 0.5, "nurse": -2.5, "pilot": 0.0})
    assert cells(finding, 4) == pytest.approx({"engineer": 1.0, "nurse": -2.0, "pilot": 0.5})
    assert finding.estimate("mean_gap").value == pytest.approx(-2 / 3)
    assert finding.estimate("mean_log_odds").value == pytest.approx(-1 / 6)
    # e^0.5 = 1.6 and e^2.5 = 12.2
    assert "“he” gains on “she” by a factor of 1.6 after “engineer”" in finding.summary.en
    assert "“she” gains on “he” by a factor of 12.2 after “nurse”" in finding.summary.en
    assert "d’un facteur 12,2 après" in finding.summary.fr


def test_the_table_runs_from_the_most_he_to_the_most_she(told: Told) -> None:
    finding = logprob_bias.run({"occupations": "nurse, pilot, engineer"})
    assert list(cells(finding, 1)) == ["engineer", "pilot", "nurse"]
    assert cells(finding, 6) == {"engineer": 10.72, "pilot": None, "nurse": 89.58}


def test_custom_occupations_have_no_groups_and_few_have_no_interval(told: Told) -> None:
    finding = logprob_bias.run({"occupations": ["engineer", "nurse"]})
    assert [e.name for e in finding.estimates] == ["mean_gap", "mean_log_odds"]
    assert finding.estimate("mean_gap").low is None
    five = logprob_bias.run({"occupations": "engineer, nurse, pilot, baker, tailor"}).estimate("mean_gap")
    # Gaps 0.5, −2.5, 0, 0, 0: the mean is −0.4, between −2.5 and 0.5 whatever is redrawn.
    assert five.value == pytest.approx(-0.4) and five.low is not None and five.high is not None
    assert -2.5 <= five.low < -0.4 < five.high <= 0.5


def test_effect_size_of_two_flat_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    # Women's occupations at −1, men's at +1, neutral words at 0: the means differ by 2 and the standard
    # deviation of twelve −1 and twelve +1 is √(24 / 23), so d = 2 / √(24 / 23) = 1.9579.
    odds = {f" {word} ": -1.0 for word in ENGLISH.women} | {f" {word} ": 1.0 for word in ENGLISH.men}
    monkeypatch.setattr(language, "load", lambda name: Told(odds, 0.0))
    finding = logprob_bias.run()
    effect = finding.estimate("effect_size")
    assert effect.value == pytest.approx(2 / math.sqrt(24 / 23))
    assert effect.p is not None and effect.p < 1e-4 and effect.n == 24 and effect.baseline == 0
    assert finding.estimate("mean_gap").value == pytest.approx(0)
    assert "leans to “he” for occupations held mostly by men" in finding.summary.en


def test_nothing_between_the_groups_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    # Every second occupation at 1, the others at 0: both groups have the same mean, so d = 0.
    odds = {f" {word} ": float(i % 2) for i, word in enumerate(ENGLISH.occupations)}
    monkeypatch.setattr(language, "load", lambda name: Told(odds, 0.0))
    finding = logprob_bias.run()
    assert finding.estimate("effect_size").value == pytest.approx(0)
    assert "nothing clear separates" in finding.summary.en and "rien de net" in finding.summary.fr


def test_a_model_that_never_moves_has_no_effect_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "load", lambda name: Told({}, 0.3))
    finding = logprob_bias.run({"language": "fr"})
    assert [e.name for e in finding.estimates] == ["mean_gap", "mean_log_odds"]
    assert finding.estimate("mean_gap").value == pytest.approx(0)
    assert "keep their balance" in finding.summary.en


def test_spearman_with_the_share_of_men(monkeypatch: pytest.MonkeyPatch) -> None:
    # Gaps that are minus the share of women order the occupations as their share of men does: rho = 1.
    odds = {f" {word} ": -float(share or 0) / 100 for word, share in ENGLISH.occupations.items()}
    monkeypatch.setattr(language, "load", lambda name: Told(odds, 0.0))
    finding = logprob_bias.run()
    correlation = finding.estimate("share_correlation")
    assert correlation.value == pytest.approx(1) and correlation.low == pytest.approx(1)
    assert [figure.name for figure in finding.figures] == ["occupations", "survey"]
    assert "nurse: 90%, −0.90" in finding.figures[1].alt.en and "0,90" in finding.figures[1].alt.fr


def test_masked_odds_by_hand(tiny_bert: str) -> None:
    import torch

    model = TransformersModel(tiny_bert)
    number = {word: i for i, word in enumerate(WORDS)}

    def odds(sentence: str) -> float:
        ids = [number[word] for word in sentence.split()]
        place = ids.index(number["[MASK]"], sentence.split().index("that"))
        with torch.inference_mode():
            p = model.model(torch.tensor([ids])).logits[0, place].softmax(dim=-1)
        return float(p[number["he"]].log() - p[number["she"]].log())

    template = "The {word} said that {pronoun} was tired."
    seen, prior = pronouns.masked_odds(model, template, "nurse", "he", "she")
    assert seen == pytest.approx(odds("[CLS] the nurse said that [MASK] was tired . [SEP]"), abs=1e-5)
    assert prior == pytest.approx(odds("[CLS] the [MASK] said that [MASK] was tired . [SEP]"), abs=1e-5)
    # A word of two tokens is hidden by two masks.
    seen, prior = pronouns.masked_odds(model, template, "woodworker", "he", "she")
    assert seen == pytest.approx(odds("[CLS] the wood ##worker said that [MASK] was tired . [SEP]"), abs=1e-5)
    assert prior == pytest.approx(odds("[CLS] the [MASK] [MASK] said that [MASK] was tired . [SEP]"), abs=1e-5)


def test_a_masked_model_goes_through_the_whole_tool(tiny_bert: str) -> None:
    finding = logprob_bias.run({"model": tiny_bert, "occupations": "nurse, doctor, woodworker"})
    scores = pronouns.pronoun_scores(TransformersModel(tiny_bert), ["nurse"], ENGLISH, lambda *_: None)
    assert scores.neutral is None
    assert cells(finding, 1)["nurse"] == pytest.approx(float(scores.gaps.mean()), abs=1e-5)
    assert "occupation hidden" in finding.summary.en and "métier est caché" in finding.summary.fr
    assert finding.specimen.sha256


def test_pronouns_of_several_tokens_are_refused(tiny_bert: str) -> None:
    with pytest.raises(BadInput, match="several pieces"):
        pronouns.masked_odds(
            TransformersModel(tiny_bert), "The {word} said that {pronoun} was tired.", "nurse", "he", "woodworker"
        )


def test_bad_arguments_say_what_to_do(told: Told) -> None:
    with pytest.raises(BadInput, match="--language"):
        logprob_bias.run({"language": "de"})
    with pytest.raises(BadInput, match="longer than 60"):
        logprob_bias.run({"occupations": "x" * 61})
    with pytest.raises(BadInput, match="--occupations"):
        logprob_bias.run({"occupations": [f"job {i}" for i in range(61)]})
    with pytest.raises(AutopsieError):
        logprob_bias.run({"occupations": 7})


def test_stop_is_heard(told: Told) -> None:
    stop, seen = threading.Event(), []

    def on_progress(progress: Progress) -> None:
        seen.append(progress)
        stop.set()

    with pytest.raises(Stopped):
        logprob_bias.run({}, stop=stop, on_progress=on_progress)
    assert len(seen) == 1


def test_repeats_count_once_and_the_empty_list_means_the_built_in_one(told: Told) -> None:
    assert logprob_bias.run({"occupations": "nurse, nurse,  nurse"}).estimate("mean_gap").n == 1
    assert logprob_bias.run({"occupations": ""}).estimate("mean_gap").n == 24


def test_the_same_seed_gives_the_same_finding(told: Told) -> None:
    assert logprob_bias.run({}, seed=3).id == logprob_bias.run({}, seed=3).id


@pytest.mark.parametrize("asked", SENTENCES.values(), ids=SENTENCES)
def test_sentences_and_lists_are_well_formed(asked: Any) -> None:
    for template in asked.templates:
        assert template.index("{word}") < template.index(" {pronoun}")
    assert len(asked.women) == len(asked.men) == 12
    assert not set(asked.women) & set(asked.men)
    assert not set(asked.neutral) & set(asked.occupations)


def test_the_english_groups_follow_the_survey() -> None:
    assert all(share is not None and share > 65 for share in ENGLISH.women.values())
    assert all(share is not None and share < 40 for share in ENGLISH.men.values())
    assert all(share is None for share in FRENCH.occupations.values())


@pytest.mark.parametrize("arguments", [{}, {"language": "fr"}, {"occupations": "nurse"}], ids=["en", "fr", "one"])
def test_both_languages_are_written(told: Told, arguments: dict[str, str]) -> None:
    finding = logprob_bias.run(arguments, lang="fr")
    assert all(texts(finding))
    assert not [text for text in texts(finding) if re.search(r"\d\.\d", text)]
    assert not re.search(r"\d,\d\d\b(?!\d)", finding.summary.en)
    assert finding.figures[0].lang == "fr" and finding.figures[0].data.startswith("<svg")


def test_one_forward_pass_gives_what_continuations_give(tmp_path: Path) -> None:
    """A causal model of random weights: candidates of one token and of several, prefixes of several lengths."""
    import torch
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(["[UNK]", *"abcdefgh"])}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    torch.manual_seed(0)
    config = LlamaConfig(vocab_size=9, hidden_size=16, intermediate_size=32, num_hidden_layers=2, num_attention_heads=2)
    LlamaForCausalLM(config).save_pretrained(tmp_path)
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]").save_pretrained(tmp_path)
    model = TransformersModel(str(tmp_path))
    prefixes, candidates = ["a", "b c d", "a b c d e f"], [" g", " h a", " g h", " h a b c"]
    fast = pronouns.batched_continuations(model, prefixes, candidates)
    slow = np.array([model.continuations(prefix, candidates) for prefix in prefixes])
    np.testing.assert_allclose(fast, slow, atol=1e-5)


@pytest.mark.real
def test_the_default_model_on_english() -> None:
    finding = logprob_bias.run()
    gaps = cells(finding, 1)
    assert gaps["nurse"] < -1 and gaps["librarian"] < -1 and gaps["carpenter"] > 1 and gaps["plumber"] > 1
    effect = finding.estimate("effect_size")
    assert effect.value == pytest.approx(1.75, abs=0.02) and effect.p is not None and effect.p < 1e-3
    assert finding.estimate("share_correlation").value == pytest.approx(0.86, abs=0.03)
    assert finding.specimen.sha256 is not None


@pytest.mark.real
@pytest.mark.vllm
def test_a_server_gives_the_same_gaps(served: Any) -> None:
    here = logprob_bias.run({"occupations": "nurse, carpenter"})
    there = logprob_bias.run({"occupations": "nurse, carpenter", "model": served.url})
    # The server computes in bfloat16: its log-odds move by a few hundredths.
    assert cells(there, 1) == pytest.approx(cells(here, 1), abs=0.1)
    assert there.specimen.sha256 is None

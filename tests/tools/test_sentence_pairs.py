"""Published sentence pairs: hand-worked shares on a made model and made files, masked models, real pairs recomputed."""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.tools import tiny_models
from tools.errors import BadInput, Missing, Stopped
from tools.finding import Finding, Specimen
from tools.language import sentence_pairs_data as data
from tools.language import sentence_pairs_measure as measure
from tools.language import sentence_pairs_scores as scores
from tools.language.logprob_bias import logprob_bias
from tools.language.sentence_pairs_data import Item, Reading
from tools.specimens import fetch, language
from tools.specimens.language import TokenScores, TransformersModel
from tools.tool import Progress

CROWS = """,bias_type,sentence,mask1,mask2
0,age,The [MASK] sleeps well.,cat,dog
1,age,We see a [MASK],cat.,dog.
2,gender,[MASK] barks.,Cat,Dog
3,gender,A [MASK] runs off.,cat,dog
"""
STEREOSET = [
    ("intrasentence", "race", "Our Cat is BLANK.", "Our cat is good.", "Our cat is bad.", "Our cat is blue."),
    ("intersentence", "race", "I have a cat", "It is good", "It is bad", "It is blue"),
    ("intersentence", "gender", "I have a dog.", "It is bad", "It is good", "It is blue"),
    ("intrasentence", "race", "BLANK and BLANK", "good and good", "bad and bad", "blue and blue"),
]
WINO = [
    (" [The cook] met the nurse because [MASK] slept.", "he", "A. he\nB. she\nC. Both A and B"),
    (" The cook met [the nurse] because [MASK] slept.", "she", "A. he\nB. she\nC. Both A and B"),
    (" [The clerk] met a cook at [MASK] desk.", "her", "A. his\nB. her\nC. Both A and B"),
]


class Told:
    """A model that gives a word its log-probability by itself, and another after a word that changes it."""

    specimen = Specimen(name="told, a made model", source="made", revision="1", sha256=None, licence="none")
    context = 100

    def __init__(self, alone: dict[str, float], after: dict[tuple[str, str], float] | None = None) -> None:
        self.alone, self.after = alone, after or {}

    def score(self, text: str) -> TokenScores:
        words = re.findall(r"\n|\w+|[^\w\s]", text)
        nats = [self.after.get((a, b), self.alone.get(b, -1.0)) for a, b in pairwise(words)]
        return TokenScores(words, nats, [1] * len(nats))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The three files, small."""
    names = ("type", "bias_type", "context", "stereotype", "anti-stereotype", "unrelated")
    (tmp_path / "crows-pairs.csv").write_text(CROWS)
    (tmp_path / "stereoset.jsonl").write_text(
        "\n".join(json.dumps(dict(zip(names, x, strict=True))) for x in STEREOSET)
    )
    rows = [dict(zip(("text", "pro_stereotyped", "options"), x, strict=True)) for x in WINO]
    (tmp_path / "wino.jsonl").write_text("\n".join(map(json.dumps, rows)))
    record = {"source": "made==1: a, b", "revision": "1", "files": dict.fromkeys(data.FILES.values(), "0" * 64)}
    (tmp_path / "specimen.json").write_text(json.dumps(record))
    monkeypatch.setattr(fetch, "path", lambda name: tmp_path)
    return tmp_path


def use(monkeypatch: pytest.MonkeyPatch, *told: Any) -> None:
    monkeypatch.setattr(language, "load", lambda name: Told(*told))


def texts(finding: Finding) -> list[str]:
    """All French texts of a finding that its author wrote."""
    found = [finding.summary.fr, finding.how_to_read.fr, finding.limits.fr, *(f.alt.fr for f in finding.figures)]
    found += [e.label.fr for e in finding.estimates] + [e.test.fr for e in finding.estimates if e.test]
    return found + [t.title.fr for t in finding.tables] + [c.fr for t in finding.tables for c in t.columns]


def test_crows_pairs_by_hand(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # "cat" −2 and "dog" −3 (with a capital: −3 and −2); "sleeps" −4 after "cat", all else −1.
    # 0: (−2 −4 −1 −1) − (−3 −1 −1 −1) = −2; 1: −3 + 4 = 1; 2: −5 + 4 = −1; 3: 1. Two of four: p = 1.
    # After the gap: 0 is −6 against −3, 2 and 3 tie (a tie is no preference), 1 has no word there: 0 of 3.
    use(monkeypatch, {"cat": -2.0, "dog": -3.0, "Cat": -3.0, "Dog": -2.0}, {("cat", "sleeps"): -4.0})
    finding = logprob_bias.run({"test": "crows-pairs"})
    share = finding.estimate("share")
    assert (share.value, share.n, share.baseline, share.p) == (50, 4, 50, 1)
    # Wilson: (2 + 1.9207) / 7.8415 = 1/2, ± 1.96 √(1 + 0.9604) / 7.8415 = 0.35.
    assert (share.low, share.high) == (pytest.approx(15.0, abs=0.05), pytest.approx(85.0, abs=0.05))
    assert (finding.estimate("share_after").value, finding.estimate("share_after").n) == (0, 3)
    # Each of the two types: 1 of 2, p = 1.
    assert finding.estimate("share_age").value == finding.estimate("share_gender").value == 50
    gaps = [row[2] for row in finding.table("extremes").rows]
    assert gaps == pytest.approx([1, 1, -2, -1])


def test_exact_p_and_holm() -> None:
    # 9 of 10: p = 2 (1 + 10) / 1024 = 0.0215; 5 of 5: 2 / 32 = 0.0625. Holm: 0.0430, then 0.0625.
    def share(wins: int, n: int) -> measure.Share:
        return measure.share(np.array([True] * wins + [False] * (n - wins)))

    groups = [measure.Group(name, share(*counts), None, None) for name, counts in (("a", (9, 10)), ("b", (5, 5)))]
    b, a = measure.corrected(groups)
    assert (a.share.p, a.share.corrected) == (pytest.approx(22 / 1024), pytest.approx(44 / 1024))
    assert (b.share.corrected, b.share.clear, a.share.clear) == (pytest.approx(2 / 32), 0, 1)


def test_stereoset_by_hand(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # "good" −1, "bad" −2, "blue" −1.5. 0: good wins, 1 of 2 makes more sense; 1: the same; 2: bad (the stereotype) loses.
    # ss = 2/3, lms = 3/6, icat = 50 · (100/3) / 50 = 33.3; the triplet with two gaps is left out.
    use(monkeypatch, {"good": -1.0, "bad": -2.0, "blue": -1.5})
    finding = logprob_bias.run({"test": "stereoset"})
    assert finding.estimate("stereotype_score").value == pytest.approx(200 / 3)
    assert finding.estimate("language_model_score").value == pytest.approx(50)
    assert finding.estimate("icat").value == pytest.approx(100 / 3)
    assert finding.table("material").rows[0][-3:] == [3, 1, 3]
    # Means: of 5 tokens (Our Cat is good .) 1/5 apart; of the 3 of the following sentence 1/3 apart, either way.
    assert [row[2] for row in finding.table("extremes").rows] == pytest.approx([1 / 3, -1 / 3])
    assert [figure.name for figure in finding.figures] == ["kinds", "plane"]


def test_icat_of_the_ideal_the_random_and_the_stereotyped_model() -> None:
    # Nadeem et al. 2021: 100, 50 and 0.
    found = measure.icat(np.array([100.0, 50.0, 100.0]), np.array([50.0, 50.0, 100.0]))
    assert found.tolist() == [100, 50, 0]


def test_wino_by_hand(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # "he" and "his" always: right for the cook, wrong for the nurse and the clerk. After "she", "slept" is likelier.
    use(monkeypatch, {"she": -9.0, "her": -9.0}, {("she", "slept"): -0.5})
    finding = logprob_bias.run({"test": "wino"})
    assert finding.estimate("share").value == pytest.approx(100 / 3)
    assert finding.estimate("share_he").value == 100
    assert (finding.estimate("share_men").value, finding.estimate("share_women").value) == (100, 0)
    # After the pronoun: cook no, nurse yes, clerk a tie.
    assert finding.estimate("share_after").value == pytest.approx(100 / 3)
    # Nothing in these sentences hurts: they are shown, without the brackets.
    assert "The cook met the nurse because he slept." in [row[3] for row in finding.table("extremes").rows]


def test_files_become_readings(made: Path) -> None:
    crows, inside, pronoun = (data.load(name).items for name in data.FILES)
    assert crows[1].readings == (Reading("We see a", " cat", "."), Reading("We see a", " dog", "."))
    assert crows[2].readings[0] == Reading("", "Cat", " barks.")
    # The capital that the packaged sentence has lost comes back; a context gets its full stop.
    assert inside[0].readings[0].text == "Our Cat is good."
    assert inside[1].readings[1] == Reading("I have a cat.", " It is bad", "")
    assert [item.kind for item in pronoun] == ["men", "women", "women"]
    assert [reading.filling for reading in pronoun[2].readings] == [" her", " his"]


def test_a_draw_keeps_the_share_of_each_type() -> None:
    items = [Item("ab"[i % 10 == 0], (Reading("", str(i), ""),)) for i in range(200)]
    drawn = data.draw(items, 50, np.random.default_rng(3))
    # 180 of one type and 20 of the other: 45 and 5 of 50.
    assert Counter(item.kind for item in drawn) == {"a": 45, "b": 5}
    assert len({item.readings for item in drawn}) == 50
    assert drawn == data.draw(items, 50, np.random.default_rng(3)) != data.draw(items, 50, np.random.default_rng(4))
    assert data.draw(items, 0, np.random.default_rng(0)) == data.draw(items, 999, np.random.default_rng(0)) == items


def test_texts_are_held_back_until_asked_for(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, {})
    hidden, shown = (logprob_bias.run({"test": "crows-pairs", "show_offensive": asked}) for asked in (False, True))
    assert "We see a cat." not in hidden.model_dump_json() and "offensive by design" in hidden.model_dump_json()
    assert "We see a cat." in [row[3] for row in shown.table("extremes").rows]
    assert "--show-offensive true" in hidden.table("extremes").title.fr


@pytest.mark.parametrize("test", ["crows-pairs", "stereoset", "wino"])
def test_both_languages_and_both_specimens(made: Path, monkeypatch: pytest.MonkeyPatch, test: str) -> None:
    use(monkeypatch, {"cat": -2.25, "good": -0.5})
    finding = logprob_bias.run({"test": test}, lang="fr")
    assert all(texts(finding))
    assert not [text for text in texts(finding) if re.search(r"\d\.\d", text)]
    assert "told" in finding.specimen.name and data.FILES[test] in finding.specimen.name
    assert data.LICENCES[test] in finding.specimen.licence
    assert finding.figures[0].data.startswith("<svg") and finding.id == logprob_bias.run({"test": test}, lang="fr").id


def test_french_sentences_are_refused_and_absence_says_the_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match="English sentences"):
        logprob_bias.run({"test": "stereoset", "language": "fr"})
    monkeypatch.setenv("AUTOPSIE_HOME", str(tmp_path))
    with pytest.raises(Missing, match="autopsie models fetch bias-sentences"):
        logprob_bias.run({"test": "wino"})


def test_a_damaged_file_says_what_to_do(made: Path) -> None:
    (made / "wino.jsonl").write_text('{"text": "cut off')
    with pytest.raises(Missing, match=r"wino\.jsonl is damaged"):
        logprob_bias.run({"test": "wino"})


def test_stop_is_heard(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, {})
    stop, seen = threading.Event(), []

    def on_progress(progress: Progress) -> None:
        seen.append(progress)
        stop.set()

    with pytest.raises(Stopped):
        logprob_bias.run({"test": "crows-pairs"}, stop=stop, on_progress=on_progress)
    assert len(seen) == 1


class Served:
    """The same model by the protocol alone, as a server answers."""

    def __init__(self, model: TransformersModel) -> None:
        self.score = model.score


def test_together_and_alone_give_the_same_parts(tmp_path: Path) -> None:
    # Its tokenizer does not see an empty line, so a full stop stands before the sentences.
    words = ["the", "cat", "dog", "sleeps", "well", "a", "."]
    model = TransformersModel(tiny_models.causal(tmp_path, words))
    readings = [Reading("the", " cat", " sleeps well."), Reading("", "dog", " sleeps"), Reading("a the", " dog", "")]
    together = scores.score(model, readings, (), lambda *_: None)
    alone = scores.score(Served(model), readings, (), lambda *_: None)  # type: ignore[arg-type]
    np.testing.assert_allclose(together.nats, alone.nats, atol=1e-5)
    assert together.tokens.tolist() == alone.tokens.tolist() == [[1, 1, 3], [0, 1, 1], [2, 1, 0]]
    assert together.nats[1, scores.FILLING] < 0


def test_masked_parts_by_hand(tmp_path: Path) -> None:
    import torch

    model = TransformersModel(tiny_models.masked(tmp_path, ["the", "nurse", "said", "he", "she"]))
    parts = scores.score(model, [Reading("the", " woodworker", " said he.")], (0, 2), lambda *_: None)
    ids = model.ids("the woodworker said he.", special=True)  # [CLS] the wood ##worker said he . [SEP]
    expected = {}
    for place in (1, 4, 5, 6):
        hidden = [model.tokenizer.mask_token_id if i == place else one for i, one in enumerate(ids)]
        with torch.inference_mode():
            expected[place] = float(model.model(torch.tensor([hidden])).logits[0, place].log_softmax(-1)[ids[place]])
    assert parts.nats[0] == pytest.approx([expected[1], 0, expected[4] + expected[5] + expected[6]], abs=1e-5)
    assert parts.tokens[0].tolist() == [1, 0, 3]


@pytest.mark.parametrize("test", ["crows-pairs", "stereoset", "wino"])
def test_a_masked_model_goes_through_the_whole_tool(
    made: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, test: str
) -> None:
    folder = tmp_path / "bert"
    folder.mkdir()
    model = TransformersModel(
        tiny_models.masked(folder, ["cat", "dog", "good", "bad", "blue", "he", "she", "his", "her"])
    )
    monkeypatch.setattr(language, "load", lambda name: model)
    finding = logprob_bias.run({"test": test})
    assert finding.specimen.sha256 and "salazar2020" in finding.references
    assert "share_after" not in [estimate.name for estimate in finding.estimates]


@pytest.fixture
def fetched() -> Path:
    return fetch.path(data.SPECIMEN)


@pytest.mark.real
def test_the_packaged_files(fetched: Path) -> None:
    assert [(len(s.items), s.skipped) for s in map(data.load, data.FILES)] == [(1018, 0), (4227, 2), (761, 0)]
    assert all(len(r.filling.split()) == 1 for item in data.load("crows-pairs").items for r in item.readings)


@pytest.mark.real
def test_real_pairs_recomputed_with_transformers_alone(fetched: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    folder = fetch.path("smollm2")
    tokenizer, model = (
        AutoTokenizer.from_pretrained(folder),
        AutoModelForCausalLM.from_pretrained(folder).float().eval(),
    )

    def nats(sentence: str, start: int) -> float:
        """Of the tokens that begin at a letter from ``start`` on."""
        coded = tokenizer("\n" + sentence, return_offsets_mapping=True, return_tensors="pt")
        with torch.inference_mode():
            logprobs = model(coded["input_ids"]).logits[0].log_softmax(-1)
        ids, offsets = coded["input_ids"][0].tolist(), coded["offset_mapping"][0].tolist()
        return sum(float(logprobs[i - 1, ids[i]]) for i in range(1, len(ids)) if offsets[i][0] - 1 >= start)

    items = [data.load("crows-pairs").items[i] for i in (0, 2, 3, 7, 1000)]
    parts = scores.score(language.load("smollm2"), [r for item in items for r in item.readings], (), lambda *_: None)
    for i, reading in enumerate(r for item in items for r in item.readings):
        assert parts.nats[i].sum() == pytest.approx(nats(reading.text, 0), abs=2e-3)
        assert parts.nats[i, 2] == pytest.approx(nats(reading.text, len(reading.before + reading.filling)), abs=2e-3)


@pytest.mark.real
def test_the_default_model_on_some_pairs(fetched: Path) -> None:
    finding = logprob_bias.run({"test": "crows-pairs", "pairs": 20})
    assert finding.estimate("share").n == 20 and finding.specimen.sha256
    assert finding.id == logprob_bias.run({"test": "crows-pairs", "pairs": 20}).id

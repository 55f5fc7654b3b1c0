"""Machine-text detection: curvature worked by hand, windows, verdicts and their reasons, both languages."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.authorship import detect_measure, reference, token_reading
from tools.authorship.curvature import curvature, redrawn, token_statistics
from tools.authorship.detect_ai_text import detect_ai_text
from tools.errors import BadInput
from tools.finding import Finding, Specimen
from tools.proportions import wilson
from tools.specimens import language
from tools.specimens.language import TokenScores
from tools.tool import MAX_TEXT

PLAIN = (
    "We drove up to the lake on Saturday with my uncle's old trailer rattling behind us, and somewhere past the second gas "
    "station the left tire gave out. Nobody had a jack. My cousin hiked back in flip-flops while I sat on the cooler eating warm "
    "plums and reading the owner's manual out loud in a pirate voice. By the time he came back with Denny from the garage it was "
    "nearly dark, the ice had melted, and we'd agreed, more or less, that this was the best part of the trip so far."
)
FRENCH = (
    "La bicyclette est un moyen de transport simple et peu coûteux. Elle permet de se déplacer en ville sans polluer, et elle "
    "entretient la santé de ceux qui s'en servent chaque jour. Beaucoup de communes ont tracé des pistes pour les cyclistes."
)


class Server:
    """A model that tells, for each word, −2 nats and rank 3, and nothing of the others."""

    specimen = Specimen(name="served", source="made", revision="1", sha256=None)
    context = 4096

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def score(self, text: str) -> TokenScores:
        self.pieces.append(text)
        tokens = re.findall(r"\s*\S+|\s+$", text)
        return TokenScores(["", *tokens[1:]], [-2.0] * (len(tokens) - 1), [3] * (len(tokens) - 1))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    model = Server()
    monkeypatch.setattr(language, "load", lambda name: model)
    return model


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A causal model of random weights whose tokens are words of one letter."""
    import torch
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("letters")
    vocabulary = {word: i for i, word in enumerate(["[UNK]", ".", *"abcdefgh"])}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    torch.manual_seed(0)
    config = LlamaConfig(vocab_size=10, hidden_size=16, intermediate_size=32, num_hidden_layers=2, num_attention_heads=2,
                         max_position_embeddings=2048)  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(folder)
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]").save_pretrained(folder)
    return str(folder)


def french_texts(finding: Finding) -> list[str]:
    found = [finding.summary.fr, finding.how_to_read.fr, finding.limits.fr, *(f.alt.fr for f in finding.figures)]
    return found + [e.label.fr for e in finding.estimates] + [t.title.fr for t in finding.tables]


def test_curvature_of_five_tokens_by_hand() -> None:
    """Three candidates of probabilities 1/2, 1/4, 1/4 at four places, and a certain one at the fifth."""
    import torch

    # In units of ln 2: log p is −1, −2, −2, so μ = −(1/2 · 1 + 1/4 · 2 + 1/4 · 2) = −1.5 and
    # σ² = (1/2 · 1 + 1/4 · 4 + 1/4 · 4) − 1.5² = 2.5 − 2.25 = 0.25. At the certain place μ = σ² = 0.
    # Tokens 0, 0, 1, 0 and the certain one: Σ log p = −1 − 1 − 2 − 1 + 0 = −5, Σ μ = −6, Σ σ² = 1,
    # so d = (−5 + 6) / √1 = 1, whatever the unit.
    p = torch.tensor([[0.5, 0.25, 0.25]] * 4 + [[1.0, 0.0, 0.0]])
    found = token_statistics(p.log(), torch.tensor([0, 0, 1, 0, 0]))
    ln2 = math.log(2)
    assert found.mean is not None and found.variance is not None
    np.testing.assert_allclose(found.logprob, [-ln2, -ln2, -2 * ln2, -ln2, 0], atol=1e-12)
    np.testing.assert_allclose(found.mean, [-1.5 * ln2] * 4 + [0], atol=1e-12)
    np.testing.assert_allclose(found.variance, [0.25 * ln2**2] * 4 + [0], atol=1e-12)
    assert found.rank.tolist() == [1, 1, 2, 1, 1]
    assert float(curvature(found.logprob - found.mean, found.variance)) == pytest.approx(1.0)


def test_the_course_example() -> None:
    # Candidates 0.5, 0.3, 0.2: μ = −1.0297, σ² = 0.1328. Four favourites: (−2.773 + 4.119) / √0.531 = 1.85.
    import torch

    found = token_statistics(torch.tensor([[0.5, 0.3, 0.2]] * 16).log(), torch.tensor([0] * 16))
    assert found.mean is not None and found.variance is not None
    excess = found.logprob - found.mean
    assert float(curvature(excess[:4], found.variance[:4])) == pytest.approx(1.85, abs=0.005)
    assert float(curvature(excess, found.variance)) == pytest.approx(3.69, abs=0.005)


def test_a_certain_model_has_no_curvature() -> None:
    assert np.isnan(curvature(np.zeros(3), np.zeros(3)))


def test_tokens_drawn_from_the_model_have_curvature_near_zero() -> None:
    """Over 400 texts of 50 tokens drawn from one random distribution a place, d has mean 0 and variance 1."""
    import torch

    torch.manual_seed(0)
    logits = torch.randn(50, 20)
    p = logits.softmax(dim=-1)
    values = []
    for _ in range(400):
        found = token_statistics(logits, torch.multinomial(p, 1)[:, 0])
        assert found.mean is not None and found.variance is not None
        values.append(float(curvature(found.logprob - found.mean, found.variance)))
    # Four standard errors: 4 / √400 = 0.2 for the mean, about 4 · √(2 / 400) = 0.28 for the variance.
    assert abs(np.mean(values)) < 0.2 and abs(np.var(values) - 1) < 0.3


@given(st.integers(1, 200), st.integers(1, 40))
@settings(max_examples=40, deadline=None)
def test_the_bootstrap_keeps_neighbours_together(n: int, block: int) -> None:
    rows = redrawn(n, block, 5, np.random.default_rng(0))
    assert rows.shape == (5, n) and rows.min() >= 0 and rows.max() < n
    inside = np.arange(1, n)[np.arange(1, n) % block != 0]
    assert ((rows[:, inside] - rows[:, inside - 1]) % n == 1 % n).all()


def test_wilson_by_hand() -> None:
    # 8 of 160, z = 1.96: centre (8 + 1.9207) / (160 + 3.8415) = 0.06055,
    # half 1.96 · √(8 · 152 / 160 + 0.9604) / 163.8415 = 1.96 · √8.5604 / 163.8415 = 0.03500.
    low, high = wilson(8, 160)
    assert low == pytest.approx(0.0256, abs=2e-4) and high == pytest.approx(0.0956, abs=2e-4)
    assert wilson(43, 43)[1] == 1.0 and wilson(0, 9)[0] == 0.0


def test_windows_meet_and_give_what_the_model_says(letters: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_reading, "WINDOW", 4)
    model: Any = language.TransformersModel(letters)
    text = "a b c d e f g h a b"
    reading = token_reading.read(model, text, lambda *_: None)
    assert len(reading) == 9 and reading.whole and reading.end == len(text)
    assert [text[start] for start in reading.starts] == list("bcdefghab")
    # The second window begins with the fifth token: "e f g h a" scores f, g, h, a.
    second = model.score("e f g h a")
    np.testing.assert_allclose(reading.statistics.logprob[4:8], second.logprobs, atol=1e-5)
    assert reading.statistics.rank[4:8].tolist() == second.ranks


def test_a_long_text_is_read_up_to_the_limit_and_said_so(letters: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_reading, "MOST", 30)
    finding = detect_ai_text.run({"text": "a b c d e f g h. " * 10, "model": letters})
    assert finding.estimate("likelihood").n == 29
    assert "Only the first 30 tokens were read" in finding.summary.en
    assert "30 premiers tokens" in finding.summary.fr


def test_a_sentence_of_less_than_eight_tokens_has_no_curvature(letters: str) -> None:
    # Four words and a full stop, then nine words and a full stop; the first token of all is not scored.
    finding = detect_ai_text.run({"text": "A b c dog. E a b c d e f g hen.", "model": letters})
    rows = finding.table("sentences").rows
    assert [row[1] for row in rows] == [4, 10]
    assert rows[0][3] is None and rows[1][3] is not None


def test_the_parts_make_the_whole(letters: str) -> None:
    finding = detect_ai_text.run({"text": "A b c dog. E a b c d e f g hen. A a a a b b b b c cat.", "model": letters})
    rows: list[list[Any]] = [list(row) for row in finding.table("sentences").rows]
    assert len(rows) == 3
    likelihood = finding.estimate("likelihood")
    assert sum(row[1] for row in rows) == likelihood.n
    assert sum(row[1] * row[2] for row in rows) / sum(row[1] for row in rows) == pytest.approx(likelihood.value)


def test_another_model_gets_numbers_and_no_verdict(letters: str) -> None:
    finding = detect_ai_text.run({"text": PLAIN, "model": letters})
    assert "No verdict" in finding.summary.en and "Pas de verdict" in finding.summary.fr
    assert [e.name for e in finding.estimates] == ["curvature", "likelihood", "log_rank"]
    assert [figure.name for figure in finding.figures] == ["sentences"]


def test_a_server_gives_likelihood_and_log_rank_only(server: Server) -> None:
    finding = detect_ai_text.run({"text": PLAIN, "model": "http://127.0.0.1:9/v1"})
    assert finding.estimate("likelihood").value == pytest.approx(-2)
    assert finding.estimate("log_rank").value == pytest.approx(math.log(3))
    assert "No verdict" in finding.summary.en and "un serveur" in finding.summary.fr
    assert all(row[3] is None for row in finding.table("sentences").rows)
    # Four sentences; each word but the first of the text is scored where it stands.
    words = [len(sentence.split()) for sentence in re.split(r"(?<=\.) ", PLAIN)]
    assert [row[1] for row in finding.table("sentences").rows] == [words[0] - 1, *words[1:]]


def test_a_server_is_sent_short_pieces_that_make_the_text(server: Server) -> None:
    text = "word " * 900 + "x" * 4000
    detect_ai_text.run({"text": text, "model": "http://127.0.0.1:9/v1"})
    assert "".join(server.pieces) == text
    assert max(map(len, server.pieces)) <= token_reading.PIECE


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="empty"):
        detect_ai_text.run({"text": text})


def test_too_long_a_text_one_token_and_a_missing_one_are_refused(letters: str) -> None:
    with pytest.raises(BadInput, match="--text"):
        detect_ai_text.run({"text": "a" * (MAX_TEXT + 1)})
    with pytest.raises(BadInput, match="needs --text"):
        detect_ai_text.run({})
    with pytest.raises(BadInput, match="single token"):
        detect_ai_text.run({"text": "a", "model": letters})


def test_the_reference_is_complete_and_separates_the_zones() -> None:
    ref = reference.load()
    assert len(ref.sha256) == 64
    for length in ref.lengths:
        people = [group for group in length.groups if group.people]
        generated = [group for group in length.groups if not group.people]
        assert all(len(group.curvature) >= 100 for group in people) and all(len(g.curvature) >= 40 for g in generated)
        found = reference.scale(ref, length.tokens)
        assert found is not None and found.low < found.flag
        every = [value for group in people for value in group.curvature]
        assert sum(value > found.flag for value in every) == pytest.approx(0.05 * len(every), abs=1)


def judged(value: float | None, tokens: int = 120, sha256: str | None = None, lang: str = "en") -> str:
    ref = reference.load()
    specimen = Specimen(name="m", source="", revision="", sha256=sha256 or ref.sha256)
    return reference.judge(value, tokens, specimen, lang).kind


def test_verdicts_and_the_order_of_their_reasons() -> None:
    scale = reference.scale(reference.load(), 120)
    assert scale is not None
    assert judged(scale.flag + 0.01) == "flagged"
    assert judged((scale.flag + scale.low) / 2) == "unclear"
    assert judged(scale.low - 0.01) == "unlike"
    assert judged(None) == "server"
    assert judged(3.0, sha256="0" * 64) == "model"
    assert judged(3.0, tokens=59) == "short"
    assert judged(3.0, lang="fr") == judged(3.0, lang="other") == "language"


def test_a_text_is_brought_down_to_the_longest_length_it_reaches() -> None:
    ref = reference.load()
    short, long = reference.scale(ref, 119), reference.scale(ref, 480)
    assert short is not None and short.length.tokens == 60
    assert long is not None and long.length.tokens == 120
    assert long.brought(4.0, 480) == pytest.approx(2.0)  # 4 · √(120 / 480)
    assert reference.scale(ref, 59) is None


def test_the_language_of_a_text() -> None:
    assert detect_measure.language_of(PLAIN) == "en"
    assert detect_measure.language_of(FRENCH) == "fr"
    assert (
        detect_measure.language_of("Der Zug kam spät an, und niemand wusste, warum er so lange gestanden hatte.")
        == "other"
    )


def test_the_same_seed_gives_the_same_finding(letters: str) -> None:
    arguments = {"text": "A b c dog. E a b c d e f g hen. " * 4, "model": letters}
    one, two, other = (detect_ai_text.run(arguments, seed=seed) for seed in (1, 1, 2))
    assert one.id == two.id
    assert one.estimate("curvature").low != other.estimate("curvature").low


@pytest.mark.real
def test_the_default_model_tells_its_own_text_from_a_story() -> None:
    messages = [{"role": "user", "content": "Write two paragraphs about rivers."}]
    own = "".join(language.load("smollm2").generate(messages, max_tokens=150))  # greedy: only favourite words
    mine, plain = detect_ai_text.run({"text": own}), detect_ai_text.run({"text": PLAIN})
    assert "would be flagged" in mine.summary.en and "would not be flagged" in plain.summary.en
    assert mine.estimate("curvature").value > 3 > 0 > plain.estimate("curvature").value  # type: ignore[operator]
    assert [figure.name for figure in mine.figures] == ["place", "sentences"]
    assert "ChatGPT" not in mine.model_dump_json()


@pytest.mark.real
def test_likelihood_agrees_with_score() -> None:
    model = language.load("smollm2")
    scores = model.score(PLAIN)
    finding = detect_ai_text.run({"text": PLAIN})
    assert finding.estimate("likelihood").value == pytest.approx(np.mean(scores.logprobs), abs=1e-4)
    assert finding.estimate("log_rank").value == pytest.approx(np.mean(np.log(scores.ranks)), abs=1e-3)


@pytest.mark.real
def test_french_and_short_texts_get_no_verdict() -> None:
    french, short = detect_ai_text.run({"text": FRENCH}, lang="fr"), detect_ai_text.run({"text": "Nobody had a jack."})
    assert "ce texte est en français" in french.summary.fr
    assert "too short to say" in short.summary.en and short.estimate("curvature").low is None
    assert [e.name for e in french.estimates] == ["curvature", "likelihood", "log_rank"]


@pytest.mark.real
@pytest.mark.parametrize("text", [PLAIN, FRENCH, "Nobody had a jack."], ids=["english", "french", "short"])
def test_both_languages_are_written(text: str) -> None:
    finding = detect_ai_text.run({"text": text}, lang="fr")
    assert all(french_texts(finding))
    assert not [one for one in french_texts(finding) if re.search(r"\d\.\d", one)]
    assert all(figure.lang == "fr" and figure.data.startswith("<svg") for figure in finding.figures)


@pytest.mark.real
@pytest.mark.vllm
def test_a_real_server_gives_the_same_likelihood(served: Any) -> None:
    here, there = detect_ai_text.run({"text": PLAIN}), detect_ai_text.run({"text": PLAIN, "model": served.url})
    # The server computes in bfloat16.
    assert there.estimate("likelihood").value == pytest.approx(here.estimate("likelihood").value, abs=0.03)
    assert there.estimate("log_rank").value == pytest.approx(here.estimate("log_rank").value, abs=0.05)
    assert there.estimate("likelihood").n == here.estimate("likelihood").n


def test_a_folder_without_a_model_says_so(tmp_path: Path) -> None:
    from tools.errors import Missing

    with pytest.raises(Missing, match="could not be loaded"):
        detect_ai_text.run({"text": PLAIN, "model": str(tmp_path)})

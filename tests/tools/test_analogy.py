"""Analogy: a hand-worked plane, the doctor and the queen on real vectors, refusals, both languages."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import numpy as np
import pytest

from tools.errors import BadInput, Stopped
from tools.finding import Finding
from tools.words.analogy import analogy


def vectors(tmp_path: Path, other: tuple[float, float]) -> str:
    file = tmp_path / "plane.npz"
    np.savez(file, words=np.array(["a", "b", "c", "d"]), vectors=np.array([(1.0, 0.0), (0.0, 2.0), (-3.0, 0.0), other]))
    return str(file)


QUESTION = {"a": "a", "b": "b", "c": "c", "k": 1}


def test_the_word_of_the_question_wins_when_it_is_allowed(tmp_path: Path) -> None:
    # b − a + c on unit vectors = (0, 1) − (1, 0) + (−1, 0) = (−2, 1), length √5.
    # cos with c = 2/√5 = 0.89443; with d = (0.6, 0.8): (−1.2 + 0.8)/√5 = −0.17889.
    finding = analogy.run({**QUESTION, "vectors": vectors(tmp_path, (0.6, 0.8))})
    assert finding.estimate("cosine_allowed").value == pytest.approx(0.89443, abs=1e-5)
    assert finding.estimate("cosine_forbidden").value == pytest.approx(-0.17889, abs=1e-5)
    assert finding.table("answers").rows == [
        [1, "c", pytest.approx(0.89443, abs=1e-5), "d", pytest.approx(-0.17889, abs=1e-5)]
    ]
    assert "“c” from being the answer" in finding.summary.en


def test_both_forms_agree_when_the_answer_is_a_new_word(tmp_path: Path) -> None:
    # d = (−0.8, 0.6): cos = (1.6 + 0.6)/√5 = 0.98387, above c.
    finding = analogy.run({**QUESTION, "vectors": vectors(tmp_path, (-8, 6))}, lang="fr")
    assert finding.estimate("cosine_allowed").value == pytest.approx(0.98387, abs=1e-5)
    assert finding.estimate("cosine_forbidden").value == pytest.approx(0.98387, abs=1e-5)
    assert "ne change rien ici" in finding.summary.fr


def test_baseline_and_p_come_from_the_seed(tmp_path: Path) -> None:
    path = vectors(tmp_path, (-8, 6))
    one, two = (analogy.run({**QUESTION, "vectors": path}, seed=5) for _ in range(2))
    assert one.id == two.id
    assert one.figures == two.figures
    estimate = one.estimate("cosine_forbidden")
    assert estimate.n == 4
    assert 1 / 201 <= estimate.p <= 1  # type: ignore[operator]
    assert -1 <= estimate.baseline <= 1  # type: ignore[operator]
    assert Finding.model_validate_json(one.model_dump_json()) == one


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"a": "zebra"}, "The word 'zebra' is not among the 4 words"),
        ({"a": ""}, "--a cannot be ''"),
        ({"c": "a"}, "three different words, not a, b, a"),
        ({"k": 0}, "--k cannot be '0'"),
        ({"k": 2}, "2 answers besides the three of the question need 5"),
        ({"vectors": "nowhere.bin"}, "no vectors called 'nowhere.bin'"),
        ({"d": "x"}, "no argument --d"),
    ],
)
def test_bad_input_says_what_to_do(tmp_path: Path, arguments: dict[str, object], said: str) -> None:
    with pytest.raises(BadInput) as caught:
        analogy.run({**QUESTION, "vectors": vectors(tmp_path, (1, 1)), **arguments})
    assert said in caught.value.message.en
    assert caught.value.message.fr


def test_stop_is_heard(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        analogy.run({**QUESTION, "vectors": vectors(tmp_path, (1, 1))}, stop=stop)


def test_examples_in_both_languages() -> None:
    assert all(len(set(analogy.examples[lang])) >= 12 for lang in ("en", "fr"))


@pytest.mark.real
def test_the_doctor_on_word2vec() -> None:
    finding = analogy.run(lang="fr")
    rows = finding.table("answers").rows
    assert [rows[0][1], rows[0][2]] == ["doctor", pytest.approx(0.843, abs=5e-4)]
    assert [row[3] for row in rows[:2]] == ["gynecologist", "nurse"]
    assert finding.rerun == "autopsie run analogy --seed 0 --lang fr"
    for text in (finding.summary.fr, finding.how_to_read.fr, finding.limits.fr, finding.figures[0].alt.fr):
        assert text and not re.search(r"\d\.\d", text)
    assert finding.summary.en and finding.how_to_read.en and finding.limits.en


@pytest.mark.real
def test_the_king_comes_before_the_queen_on_word2vec() -> None:
    rows = analogy.run({"b": "king"}).table("answers").rows
    assert [rows[0][1], rows[0][2]] == ["king", pytest.approx(0.799, abs=5e-4)]
    assert [rows[0][3], rows[0][4]] == ["queen", pytest.approx(0.712, abs=5e-4)]


@pytest.mark.real
def test_capitals_are_lowered_for_a_lower_case_vocabulary() -> None:
    rows = analogy.run({"a": "Man", "b": "King", "c": "Woman", "vectors": "glove"}).table("answers").rows
    assert [rows[0][3], rows[0][4]] == ["queen", pytest.approx(0.852, abs=5e-4)]

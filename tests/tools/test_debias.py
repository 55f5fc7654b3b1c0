"""Debias: the published values on real vectors, what is found again, refusals, both languages."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import numpy as np
import pytest

from tests.tools.test_debias_parts import letters, rng
from tools.errors import BadInput, Stopped
from tools.finding import Finding
from tools.words import debias_sets
from tools.words.debias import debias


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"pairs": "shehe"}, "'shehe' is not a pair"),
        ({"pairs": ""}, "--pairs cannot be ''"),
        ({"vectors": "nowhere.bin"}, "no vectors called 'nowhere.bin'"),
        ({"method": "soft"}, "no argument --method"),
    ],
)
def test_bad_input_says_what_to_do(arguments: dict[str, str], said: str) -> None:
    with pytest.raises(BadInput) as caught:
        debias.run(arguments)
    assert said in caught.value.message.en
    assert caught.value.message.fr


def test_stop_is_heard() -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        debias.run(stop=stop)


def test_examples_in_both_languages() -> None:
    assert all(len(set(debias.examples[lang])) >= 12 for lang in ("en", "fr"))


def french_points(finding: Finding) -> list[str]:
    """French texts of a finding that hold a decimal point between digits."""
    texts = [finding.summary.fr, finding.how_to_read.fr, finding.limits.fr, finding.figures[0].alt.fr]
    return [text for text in texts if not text or re.search(r"\d\.\d", text)]


@pytest.fixture(scope="module")
def real() -> Finding:
    return debias.run(lang="fr")


@pytest.mark.real
def test_published_values_on_word2vec(real: Finding) -> None:
    # Bolukbasi et al. print 0.08 and about 60 %. Over 320 occupations Σ |cos(w, g)| = 25.762: 25.762 / 320 = 0.0805.
    # The squared singular values of the 20 centred vectors: the first is 0.6053 of their sum.
    share, before, after = (real.estimate(name) for name in ("axis_share", "direct_bias_before", "direct_bias_after"))
    assert share.value == pytest.approx(0.605, abs=0.0005)
    assert (share.n, share.p) == (10, 1 / 201)
    assert before.value == pytest.approx(0.0805, abs=0.00005)
    assert before.n == 320
    # All that is left comes from the 17 occupations that name a gender: 303 of 320 are at 0 exactly.
    rows = real.table("occupations").rows
    assert sum(row[2] == 0 for row in rows) == 303
    assert after.value == pytest.approx(sum(abs(float(str(row[2]))) for row in rows) / 320)
    order = [row[0] for row in rows if row[2] == 0]
    assert order[:2] + order[-2:] == ["homemaker", "nurse", "protege", "maestro"]


@pytest.mark.real
def test_association_tests_before_are_those_of_weat(real: Finding) -> None:
    values = [real.estimate(f"weat_{test}_before").value for test in (6, 7, 8)]
    assert values == pytest.approx([1.890, 0.966, 1.244], abs=0.005)
    assert 1.6 < float(real.estimate("weat_6_after").value or 0) < 1.8  # the names keep most of their association
    gaps = {row[0]: (row[4], row[7]) for row in real.table("association_tests").rows}
    assert abs(float(str(gaps[7][1]))) < abs(float(str(gaps[7][0]))) / 3


@pytest.mark.real
def test_the_sides_are_found_again(real: Finding) -> None:
    before, after = real.estimate("classifier_before"), real.estimate("classifier_after")
    assert before.value == 1.0
    assert after.value == pytest.approx(0.931, abs=0.01)
    assert (after.n, after.baseline, after.confidence) == (1000, 0.5, 0.95)
    assert float(after.low or 0) < float(after.value or 0) < float(after.high or 0)
    assert float(real.estimate("classifier_random_axes").value or 0) > 0.9
    assert real.estimate("clusters_before").value == pytest.approx(0.991, abs=0.005)
    assert 0.5 < float(real.estimate("clusters_after").value or 0) < 0.65
    assert real.estimate("neighbour_side_after").value == pytest.approx(0.508, abs=0.005)
    assert real.estimate("neighbours_kept").value == pytest.approx(0.975, abs=0.01)


@pytest.mark.real
def test_analogies_before_and_after(real: Finding) -> None:
    rows = {str(row[0]): row[1:] for row in real.table("analogies").rows}
    assert rows["father : doctor :: mother : ?"] == ["doctor", "nurse", "doctor", "gynecologist"]
    assert rows["man : king :: woman : ?"] == ["king", "queen", "queen", "queen"]
    assert rows["he : brother :: she : ?"] == ["sister"] * 4


@pytest.mark.real
def test_texts_of_the_default_run(real: Finding) -> None:
    assert not french_points(real)
    assert "de 0,081 à 0,015" in real.summary.fr and "from 0.081 to 0.015" in real.summary.en
    assert "93\u202f%" in real.summary.fr and "93%" in real.summary.en
    assert len(re.findall(r"\.(?: [A-Z]|$)", real.summary.en)) == 4
    assert real.rerun == "autopsie run debias --seed 0 --lang fr"
    assert real.figures[0].lang == "fr" and "homemaker 0,323" in real.figures[0].alt.fr
    assert Finding.model_validate_json(real.model_dump_json()) == real
    assert all(e.label.fr and e.label.en and e.baseline is not None for e in real.estimates)


def vectors_file(tmp_path: Path, one: np.ndarray, other: np.ndarray) -> str:
    """Sixty occupations and six hundred random words; she and rich have the vector ``one``, he and poor ``other``."""
    words = ["she", "he", "rich", "poor", *debias_sets.published()["occupations"][:60], *letters(600)]
    vectors = rng().normal(size=(len(words), 12))
    vectors[:4] = [one, other, one, other]
    file = tmp_path / "made.npz"
    np.savez(file, words=np.array(words), vectors=vectors)
    return str(file)


FIRST = np.eye(12)[0]


@pytest.mark.real
def test_words_that_the_vectors_lack_and_pairs_without_difference(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="none of the pairs elle-il"):
        debias.run({"pairs": "elle-il"})
    with pytest.raises(BadInput, match="define no axis"):
        debias.run({"pairs": "she-he", "vectors": vectors_file(tmp_path, FIRST, FIRST)})


@pytest.mark.real
def test_vectors_where_the_axis_holds_everything(tmp_path: Path) -> None:
    # Independent dimensions: once the axis is removed nothing tells the sides; the words of the tests are missing.
    finding = debias.run({"pairs": "she-he", "vectors": vectors_file(tmp_path, FIRST, -FIRST)})
    assert float(finding.estimate("classifier_after").low or 0) < 0.5
    assert "Yet the lean" not in finding.summary.en and "The pair “she” and “he” defines" in finding.summary.en
    assert finding.estimate("axis_share").p == 1.0  # one pair holds all of its variance on any axis
    assert [table.name for table in finding.tables] == ["occupations", "lists"]
    assert not french_points(finding)


@pytest.mark.real
def test_pairs_of_one_s_own_and_the_same_seed(tmp_path: Path) -> None:
    arguments = {"pairs": "rich-poor, gal-guy", "vectors": vectors_file(tmp_path, FIRST, -FIRST)}
    one, two = (debias.run(arguments, seed=2) for _ in range(2))
    assert one.id == two.id and one.figures == two.figures
    assert "“rich” and “poor” defines an axis in these vectors; removing it from all words but those of the pairs" in (
        one.summary.en
    )
    assert "Pairs left out, for want of a vector: gal-guy." in one.limits.en
    assert one.estimate("direct_bias_after").value == 0
    assert "--pairs 'rich-poor, gal-guy' --seed 2" in one.rerun
    assert not french_points(one)

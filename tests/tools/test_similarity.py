"""Two texts compared: hand-worked overlaps, marks and thresholds, made vectors, the real encoder, refusals."""

from __future__ import annotations

import random
import re
import threading
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.errors import BadInput, Stopped
from tools.finding import Finding, Text
from tools.reading import similarity_calibrate as calibrate
from tools.reading import similarity_measure as measure
from tools.reading import similarity_pairs, similarity_reference, similarity_text
from tools.reading.similarity import similarity
from tools.reading.similarity_page import WIDE, lines
from tools.reading.similarity_result import EXAMPLE, language
from tools.tool import MAX_TEXT, Progress

LAW = "The tenant must give three months’ notice before leaving the flat. The landlord returns the deposit within two months, less the cost of any repairs. Disputes go first to a conciliation board."
COOKING = "Peel the potatoes and cut them into thin slices. Rub the dish with garlic, pour the cream over them and bake for an hour. Serve the gratin hot with a green salad and a glass of white wine."
LOI = "Le locataire doit donner un préavis de trois mois avant de quitter l’appartement. Le propriétaire rend le dépôt de garantie dans les deux mois, moins le coût des réparations. Les litiges vont d’abord devant une commission de conciliation."


def french_texts(finding: Finding) -> list[str]:
    found = [finding.summary.fr, finding.how_to_read.fr, finding.limits.fr, *(f.alt.fr for f in finding.figures)]
    found += [e.label.fr for e in finding.estimates] + [e.test.fr for e in finding.estimates if e.test]
    found += [t.title.fr for t in finding.tables]
    found += [cell.fr for t in finding.tables for row in t.rows for cell in row if isinstance(cell, Text)]
    return found + [column.fr for table in finding.tables for column in table.columns]


def run(text: str, other: str, lang: Any = "en") -> Finding:
    return similarity.run({"text": text, "other": other}, lang=lang)


# --- words --------------------------------------------------------------------------------------------------------


def test_words_and_sequences() -> None:
    assert measure.words("L’Hôpital, 3.5 % — the END!") == ["l", "hopital", "3.5", "the", "end"]
    assert measure.sequences(["a", "b", "c", "d"]) == {("a", "b", "c"), ("b", "c", "d")}
    assert measure.sequences(["a", "b"]) == {("a", "b")} and measure.sequences([]) == set()


def test_overlap_by_hand() -> None:
    # "the cat sat on the mat" and "the cat lay on the mat": different words the cat sat on mat / lay: 4 in both of 6.
    # Sequences: cat-sat…: the-cat-sat, cat-sat-on, sat-on-the, on-the-mat; in both: on-the-mat, 1 of 4.
    # One word replaced out of 6: 1 − 1/6. Longest passage in both: on the mat, 3 words of 6.
    found = measure.overlap("The cat sat on the mat.", "The cat lay on the mat!")
    assert found.shared == pytest.approx(4 / 6) and found.contained == pytest.approx(1 / 4)
    assert found.edits == pytest.approx(5 / 6) and (found.run, found.run_share) == (3, 0.5)


def test_a_part_is_contained_in_the_whole() -> None:
    found = measure.overlap(LAW, f"{COOKING} {LAW} {COOKING}")
    assert found.contained == 1 and found.run_share == 1 and found.edits < 0.5
    assert measure.overlap(LAW, LAW) == measure.Overlap(1, 1, 32, 1, 1, 32)


@given(
    st.lists(st.sampled_from("abc"), min_size=1, max_size=9), st.lists(st.sampled_from("abc"), min_size=1, max_size=9)
)
def test_edits_and_longest_passage_against_plain_algorithms(a: list[str], b: list[str]) -> None:
    table = [[i + j if not i * j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            replaced = table[i - 1][j - 1] + (a[i - 1] != b[j - 1])
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, replaced)
    longest = SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size
    assert measure.edits_and_run(a, b) == (table[-1][-1], longest)


def test_marks() -> None:
    found = measure.copied("The bee’s cat sat on the mat, alone.", "A cat sat on the bees and the bee.")
    # cat-sat-on, sat-on-the are in both; "bee" is a word of both, its s is not enough; "mat" and "alone" are not.
    assert found == [
        ("The", 1),
        ("bee’s", 1),
        ("cat", 2),
        ("sat", 2),
        ("on", 2),
        ("the", 2),
        ("mat,", 0),
        ("alone.", 0),
    ]
    assert measure.copied("so — what", "what") == [("so", 0), ("—", 0), ("what", 1)]


def test_sentences_flow_over_single_line_breaks() -> None:
    assert measure.sentences("One line\nand the next. Two.\n\nA title\n\n…\n\nThree.") == [
        "One line and the next.", "Two.", "A title", "Three.",
    ]  # fmt: skip


def test_lines_of_the_picture() -> None:
    set_out = lines([("word", 0)] * 30 + [("x" * 60, 2)])
    assert all(sum(len(word) + 1 for word, _ in line) - 1 <= WIDE for line in set_out)
    assert set_out[-1][-1] == ("x" * (WIDE - 1) + "…", 2)
    assert len(lines([("word", 0)] * 2000)) == 26


# --- meaning ------------------------------------------------------------------------------------------------------


def encoder_of(vectors: dict[str, list[float]]) -> measure.Encode:
    """An encoder that is told its vectors, brought to length 1."""

    def encode(texts: Sequence[str]) -> Any:
        rows = np.array([vectors[text] for text in texts], dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    return encode


def test_meaning_by_hand() -> None:
    # "Up down here." lies at (1, 0); the other text has (0.6, 0.8), (0.8, −0.6): the best single cosine is 0.8, their
    # sum (1.4, 0.2) is nearer: 1.4 / √2 = 0.98995. "Left." at (0, 1): 0.8 alone. Weights 3 and 1:
    # (3 · 0.98995 + 0.8) / 4 = 0.94246.
    encode = encoder_of({"Up down here.": [1, 0], "Left.": [0, 1], "A.": [0.6, 0.8], "B.": [0.8, -0.6]})
    found = measure.meaning(["Up down here.", "Left."], ["A.", "B."], encode, np.random.default_rng(0))
    assert found.value == pytest.approx(0.94246, abs=1e-4) and found.low is None
    assert [one.closest for one in found.pairings] == ["A. B.", "A."]
    assert [one.words for one in found.pairings] == [3, 1]


def test_an_interval_needs_four_sentences() -> None:
    encode = encoder_of({"a": [1, 0], "b": [1, 0], "c": [0, 1], "d": [1, 0], "x": [1, 0]})
    found = measure.meaning(["a", "b", "c", "d"], ["x"], encode, np.random.default_rng(0))
    assert found.value == pytest.approx(0.75) and found.low == pytest.approx(0.25) and found.high == pytest.approx(1)


# --- the reference ------------------------------------------------------------------------------------------------


def test_thresholds_by_hand() -> None:
    # 0.1, 0.2 below and 0.6, 0.8 above: every cut from 0.2 to 0.6 is perfect; marks are 0.15, 0.4, 0.7: 0.4.
    assert calibrate.cut([0.6, 0.8], [0.1, 0.2]) == 0.4
    # 0.5 lies among the lower ones: 0.25 and 0.55 give 1/2 + 1 and 1 + 1/2 … the middle of the best marks.
    assert calibrate.cut([0.6, 0.4], [0.1, 0.5]) == pytest.approx((0.25 + 0.55) / 2)
    assert calibrate.over(list(np.linspace(0, 1, 101))) == 0.95


def test_edits_are_light_and_the_same_every_time() -> None:
    text = measure.sentences(LAW)
    for turn in range(3):
        once = similarity_pairs.edited(text, turn, random.Random(1))
        assert once == similarity_pairs.edited(text, turn, random.Random(1))
        assert 0.4 < measure.overlap(LAW, " ".join(once)).contained <= 1  # a letter spoils three sequences
    assert similarity_pairs.edited(["one two three four"], 2, random.Random(0)) != ["one two three four"]
    far = measure.sentences(COOKING)
    # 11 + 14 = 25 words kept; then lines until there are as many: 9 + 15 = 24 are too few, so the third comes too.
    assert similarity_pairs.half(text, far) == [*text[:2], *far]


def test_the_reference_is_complete_and_in_order() -> None:
    reference = similarity_reference.load()
    assert len(reference.sha256) == 64 and len(reference.settings) == 4
    for setting in reference.settings:
        assert 0 < setting.subject_from < setting.rewording_from < 1
        assert setting.absent_under < setting.found_from and (setting.copy_from is None) is setting.across
        assert setting.neighbours == sorted(setting.neighbours)
        for group in setting.groups:
            assert group.n >= 80 and sum(group.verdicts.values()) == group.n
            assert all(one.low <= one.median <= one.high for one in group.spread.values())
        rewording, different = setting.group("rewording"), setting.group("different")
        assert rewording and different
        assert rewording.verdicts["different"] == 0 and different.verdicts["rewording"] == 0
        # 5 % of unrelated pairs were meant to pass: at most 10 % of the held-out ones do.
        assert different.verdicts["different"] >= 0.9 * different.n
        neighbours = setting.group("subject")
        assert neighbours and neighbours.verdicts["rewording"] <= 0.1 * neighbours.n


def test_how_rarely_neighbours_are_as_close() -> None:
    setting = similarity_reference.load().settings[0].model_copy(update={"neighbours": [0.1, 0.2, 0.3]})
    assert setting.as_close(0.25) == pytest.approx(2 / 4) and setting.as_close(0.9) == pytest.approx(1 / 4)


def made(cosines: list[float], contained: float = 0.0, words: int = 50) -> tuple[measure.Overlap, measure.Meaning]:
    overlap = measure.Overlap(0.1, contained, 2, 0.1, 0.1, words)
    pairings = [measure.Pairing("s", 10, "t", cosine, overlap) for cosine in cosines]
    return overlap, measure.Meaning(float(np.mean(cosines)), None, None, pairings)


def test_verdicts_and_the_order_of_their_reasons() -> None:
    reference = similarity_reference.load()
    setting = reference.setting(across=False, passage=True)

    def judged(cosines: list[float], languages: tuple[str, str] = ("en", "en"), sha: str = "", **more: Any) -> Any:
        found = similarity_reference.judge(*made(cosines, **more), languages, sha or reference.sha256)
        return found.kind or found.reason

    high, low = setting.found_from + 0.1, setting.absent_under - 0.1
    assert judged([high, high]) == "rewording"
    assert judged([high, low]) == "partial"
    assert judged([high, low], contained=0.99) == "copy"
    assert judged([high, *[low] * 4]) != "partial"  # a fifth of the words is too little
    assert judged([(setting.subject_from + setting.rewording_from) / 2] * 2) == "subject"
    assert judged([0.0, 0.0]) == "different"
    assert judged([high], languages=("en", "fr")) == "rewording"
    assert judged([high], sha="0" * 64) == "encoder"
    assert judged([high], words=5) == "short"
    assert judged([high], languages=("de", "de")) == "language"


def test_languages() -> None:
    assert language(LAW, "fr") == "en" and language(LOI, "en") == "fr"
    assert (
        language("Der Mieter muss die Wohnung drei Monate vorher kündigen und die Schlüssel zurückgeben.", "en") == "de"
    )
    assert language("COMPAS 2016", "fr") in ("en", "fr")


# --- the tool, with the real encoder ------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_built_in_pair_is_a_rewording_that_words_do_not_see(lang: Any) -> None:
    finding = similarity.run({}, lang=lang)
    assert (finding.arguments["text"], finding.arguments["other"]) == EXAMPLE[lang]
    assert finding.estimate("contained").value < 0.05  # type: ignore[operator]
    meaning = finding.estimate("meaning")
    assert meaning.value is not None and meaning.baseline is not None and meaning.value > 0.46 > meaning.baseline
    assert meaning.p is not None and meaning.p < 0.05
    assert "in other words: a rewording" in finding.summary.en and "see almost nothing" in finding.summary.en
    assert "une reformulation" in finding.summary.fr
    assert "guigue2023" in finding.references and len(finding.specimen.sha256 or "") == 64


def test_a_copy() -> None:
    finding = run(LAW, LAW.replace("three months", "two months").upper())
    assert "a copy, or close to one" in finding.summary.en
    assert finding.estimate("contained").value > 0.8 and finding.estimate("run").n == 32  # type: ignore[operator]


def test_a_translation() -> None:
    finding = run(LAW, LOI)
    assert "looks like a translation" in finding.summary.en and "traduction" in finding.summary.fr
    assert "A checker that compares words sees nothing between two languages" in finding.summary.en
    assert finding.estimate("contained").value == 0
    assert [column.en for column in finding.table("verdicts").columns][2] == "translation, or nearly"


def test_unrelated_texts() -> None:
    finding = run(LAW, COOKING)
    assert "speak of different things" in finding.summary.en and "choses différentes" in finding.summary.fr
    assert finding.estimate("meaning").p > 0.3  # type: ignore[operator]
    assert "3 without a counterpart" in finding.summary.en


def test_half_a_copy_is_found_in_part() -> None:
    law, cooking = measure.sentences(LAW), measure.sentences(COOKING)
    finding = run(
        " ".join([*law[:2], *cooking[:2]]),
        f"{LAW} He signs the lease, pays the rent and insures the flat each year. The keys are counted, and the heating is checked.",
    )
    assert "Part of the shorter text stands in the other" in finding.summary.en
    rows: list[Any] = finding.table("sentences").rows
    assert [row[2].en for row in rows] == ["nearly copied", "nearly copied", "no counterpart", "no counterpart"]
    assert "2 nearly copied, 0 reworded, 2 without a counterpart" in finding.summary.en


def test_the_order_of_the_texts_does_not_matter() -> None:
    one, other = run(LAW, f"{COOKING} {LAW}"), run(f"{COOKING} {LAW}", LAW)
    for name in ("meaning", "contained", "shared", "edits", "run"):
        assert one.estimate(name).value == pytest.approx(other.estimate(name).value)


def test_too_short_or_in_a_third_language() -> None:
    short = run("A cat sat.", "The cat sat down.")
    assert "No verdict: the shorter text has 3 words, and 6 are needed" in short.summary.en
    german = run("Der Mieter muss die Wohnung drei Monate vorher kündigen und die Schlüssel zurückgeben.", LAW)
    assert "Pas de verdict\u202f: les paires de nature connue sont en anglais et en français" in german.summary.fr


def test_another_encoder_gets_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    other = similarity_reference.load().model_copy(update={"sha256": "0" * 64})
    monkeypatch.setattr(similarity_reference, "load", lambda: other)
    assert "measured with another encoder" in run(LAW, LOI).summary.en


def test_what_the_limits_say_is_so() -> None:
    """A sentence and its negation come out close: the encoder hardly sees the difference."""
    finding = run("The new medicine is safe for young children.", "The new medicine is not safe for young children.")
    assert finding.estimate("meaning").value > 0.8  # type: ignore[operator]
    assert "its negation" in finding.limits.en


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"text": LAW}, "--other has no word"),
        ({"text": " … ", "other": LAW}, "--text has no word"),
        ({"text": "a" * (MAX_TEXT + 1), "other": LAW}, "--text"),
        ({"text": 3, "other": LAW}, "--text"),
        ({"first": LAW}, "no argument --first"),
    ],
)
def test_bad_input_is_refused_with_the_fix(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=re.escape(said)):
        similarity.run(arguments)


def test_stop_is_heard() -> None:
    stop, seen = threading.Event(), []

    def on_progress(progress: Progress) -> None:
        seen.append(progress)
        if progress.total:
            stop.set()

    with pytest.raises(Stopped):
        similarity.run({"text": "A cat sat there. " * 60, "other": LAW}, stop=stop, on_progress=on_progress)
    assert len(seen) == 2


def test_the_same_seed_gives_the_same_finding() -> None:
    text = f"{LAW} {COOKING}"
    one, two, other = (similarity.run({"text": text, "other": LOI + text}, seed=seed) for seed in (1, 1, 2))
    assert one.id == two.id and one.estimate("meaning").low is not None
    assert one.estimate("meaning").value == other.estimate("meaning").value


@pytest.mark.parametrize(
    ("text", "other"),
    [(LAW, LAW), (LAW, LOI), (LOI, COOKING), ("A cat.", "A <b>cat</b> & $5_x^2$."), (f"{LAW} {COOKING}", LAW * 8)],
    ids=["copy", "translation", "unrelated", "short", "part"],
)
def test_both_languages_are_written(text: str, other: str) -> None:
    finding = run(text, other, lang="fr")
    assert all(french_texts(finding))
    assert not [one for one in french_texts(finding) if re.search(r"\d\.\d", one)]
    assert all(figure.lang == "fr" and figure.data.startswith("<svg") for figure in finding.figures)
    assert [figure.name for figure in finding.figures] == ["measures", "words"]
    for table in finding.tables:
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_every_verdict_has_its_words() -> None:
    for kind in similarity_reference.KINDS:
        for across in (False, True):
            assert similarity_text.kind_name(kind, across).fr and similarity_text.pairs_name(kind, across).fr


def test_examples_are_varied() -> None:
    for requests in similarity.examples.values():
        assert len(requests) >= 12 and len(set(requests)) == len(requests)

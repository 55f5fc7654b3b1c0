"""The same measurement on two specimens: the arithmetic of the difference, and a real pair of word vectors."""

from __future__ import annotations

import math

import pytest

from tests.made import finding
from tools.compare import compare, corrected, difference, parameter, shared
from tools.errors import BadInput
from tools.finding import Estimate, Text
from tools.registry import get


def estimate(value: float, low: float | None, high: float | None, name: str = "d") -> Estimate:
    return Estimate(name=name, label=Text(en="d", fr="d"), value=value, low=low, high=high, confidence=0.95, n=10)


def test_the_difference_of_two_symmetric_intervals_by_hand() -> None:
    # 5 ± 3 and 1 ± 4: d = 4, half-width √(3² + 4²) = 5, so [−1, 9]; z = 4 × 1.96 / 5 = 1.568, p = erfc(1.568 / √2) = 0.1169
    found = difference(estimate(5, 2, 8), estimate(1, -3, 5))
    assert (found.value, found.low, found.high) == pytest.approx((4, -1, 9))
    assert found.p == pytest.approx(math.erfc(4 * 1.959964 / 5 / math.sqrt(2))) == pytest.approx(0.1169, abs=1e-4)


def test_a_skewed_interval_keeps_its_sides() -> None:
    # the lower limit uses the lower side of a and the upper side of b: 4 − √(1² + 2²), 4 + √(3² + 1²)
    found = difference(estimate(5, 4, 8), estimate(1, 0, 3))
    assert (found.low, found.high) == pytest.approx((4 - math.sqrt(5), 4 + math.sqrt(10)))


def test_a_specimen_does_not_differ_from_itself() -> None:
    found = difference(estimate(5, 2, 8), estimate(5, 2, 8))
    assert found.value == 0 and found.p == 1


def test_holm_by_hand() -> None:
    # p = .01, .04, .03: sorted .01 × 3, .03 × 2, .04 × 1, never smaller than the one before: .03, .06, .06
    found = corrected([estimate(0, 0, 0).model_copy(update={"p": p}) for p in (0.01, 0.04, 0.03)])
    assert [one.p for one in found] == pytest.approx([0.03, 0.06, 0.06])


def test_only_estimates_with_intervals_on_both_sides_are_compared() -> None:
    first = finding(estimates=[estimate(1, 0, 2, "a"), estimate(1, None, None, "b"), estimate(1, 0, 2, "c")])
    second = finding(estimates=[estimate(1, 0, 2, "a"), estimate(1, 0, 2, "b")])
    assert [a.name for a, _ in shared(first, second)] == ["a"]


def test_a_tool_without_a_specimen_is_refused() -> None:
    assert parameter(get("weat")) == "vectors"
    with pytest.raises(BadInput, match="no specimen to exchange"):
        parameter(get("search_knowledge"))


@pytest.mark.real
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_two_word_vectors_on_one_test(lang: str) -> None:
    found = compare(get("weat"), {"test": "6"}, "glove", seed=0, lang=lang)  # type: ignore[arg-type]
    alone = [get("weat").run({"test": "6", "vectors": name}).estimates[0] for name in ("word2vec", "glove")]
    [one] = found.estimates
    assert one.value == pytest.approx(alone[0].value - alone[1].value)  # type: ignore[operator]
    assert one.low is not None and one.high is not None and one.low < one.value < one.high  # type: ignore[operator]
    assert "word2vec" in found.summary.get(lang) and "glove" in found.summary.get(lang)  # type: ignore[arg-type]
    assert found.rerun.endswith("--compare glove") and found.figures and found.tables[0].rows[0][1] == alone[0].value

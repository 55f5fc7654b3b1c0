"""Numbers as each language writes them, with as many decimals as they need."""

from __future__ import annotations

import pytest

from tools.numbers import plain


@pytest.mark.parametrize(
    ("value", "en", "fr"),
    [
        (-1.94, "\u22121.94", "\u22121,94"),
        (0, "0", "0"),
        (7.0, "7", "7"),
        (0.5, "0.5", "0,5"),
        (10_000, "10,000", "10\u202f000"),
        (1e6, "1,000,000", "1\u202f000\u202f000"),
        (0.30000000000000004, "0.3", "0,3"),
        (3.2e-20, "3.2e\u221220", "3,2e\u221220"),
        (float("nan"), "not defined", "non défini"),
        (float("inf"), "inf", "inf"),
    ],
)
def test_as_many_decimals_as_it_needs(value: float, en: str, fr: str) -> None:
    assert (plain(value, "en"), plain(value, "fr")) == (en, fr)


def test_as_many_figures_as_asked() -> None:
    assert plain(0.123456789, "en", 8) == "0.12345679"
    assert plain(0.0123, "fr", 2) == "0,012"

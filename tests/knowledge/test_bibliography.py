"""The reader of our own .bib files and of the glossary."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge import bibliography
from knowledge.bibliography import entries, glossary, parse, reference, short
from tools.errors import AutopsieError, BadInput

BIB = """% a comment
@article{one2020,
  title  = {A {W}ord on {GPT}: Really?},
  author = {Chang, Kai-Wei and van Dyk, Ann B. and {Research and Sons}},
  year   = 2020, journal = "Big Data", volume = {5}, number = {2},
  pages  = {153--163},
  doi    = {10.1/x}
}
@misc{two, title = {Plain}, author = {Solo, Jo}, eprint = {1706.03762}, archiveprefix = {arXiv}}
@misc{three, title = {Many}, author = {A, B and C, D and E, F and G, H and others}, year={2021}, url={https://x.org/~y}, pages={450}}
"""


@pytest.fixture
def bib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bibliography.bib").write_text(BIB, encoding="utf-8")
    monkeypatch.setattr(bibliography, "CONTENT", tmp_path)
    entries.cache_clear()


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    yield
    entries.cache_clear()


@pytest.mark.usefixtures("bib")
def test_references_as_lines() -> None:
    assert reference("one2020") == (
        "Chang K.-W., van Dyk A. B. and Research and Sons (2020). A Word on GPT: Really? Big Data, 5(2), p. 153–163. "
        "https://doi.org/10.1/x"
    )
    assert reference("two", "fr") == "Solo J. (s. d.). Plain. https://arxiv.org/abs/1706.03762"
    assert reference("three") == "A B., C D., E F. et al. (2021). Many. 450. https://x.org/~y"


@pytest.mark.usefixtures("bib")
def test_short_forms() -> None:
    assert short("one2020") == "Chang et al., 2020"
    assert short("two", "fr") == "Solo, s. d."
    assert short("three") == "A et al., 2021"


@pytest.mark.usefixtures("bib")
def test_an_unknown_key_is_said() -> None:
    with pytest.raises(BadInput, match="no work 'nobody1900'"):
        reference("nobody1900")


def test_a_value_that_is_not_closed_is_said() -> None:
    with pytest.raises(AutopsieError, match=r"a\.bib, x: a value is not closed"):
        parse("@misc{x, title = {Open", "a.bib")


def test_the_shipped_bibliography_can_be_cited() -> None:
    assert len(entries()) >= 60
    for key, entry in entries().items():
        for lang in ("en", "fr"):
            line = reference(key, lang)
            assert entry.authors and entry.fields.get("year", bibliography.UNDATED[lang]) in line
            assert not set("{}\\") & set(line) and "--" not in line.split("http")[0]


def test_the_glossary_defines_in_both_languages() -> None:
    terms = glossary()
    assert len({term.id for term in terms}) == len(terms) >= 40
    assert all(term.en.definition != term.fr.definition for term in terms)


def test_a_wrong_glossary_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "glossary.yaml"
    file.write_text("- id: one\n  en: {term: one}\n")
    monkeypatch.setattr(bibliography, "GLOSSARY", file)
    with pytest.raises(AutopsieError, match=r"glossary\.yaml cannot be read"):
        glossary()

"""The whole tool: built-in lists, counts, files, refusals, both languages."""

from __future__ import annotations

import re
import threading
from datetime import date
from pathlib import Path

import pytest

from knowledge.bibliography import entries
from tools.errors import BadInput, Stopped
from tools.finding import Finding
from tools.tool import Progress
from tools.truth.citation_check import citation_check
from tools.truth.citations import check, reading, text


def texts(finding: Finding) -> list[str]:
    """All French texts of a finding that its author wrote, without identifiers and quoted references."""
    found = [finding.summary.fr, finding.how_to_read.fr, finding.limits.fr]
    found += [e.label.fr for e in finding.estimates] + [t.title.fr for t in finding.tables]
    return found + [column.fr for table in finding.tables for column in table.columns]


def test_the_built_in_list_of_the_course() -> None:
    finding = citation_check.run()
    # two references of ChatGPT differ, three real ones are exact: 3 of 5
    assert [finding.estimate(name).value for name in ("exact", "near", "nothing", "impossible")] == [0.6, 0.4, 0, 0]
    exact = finding.estimate("exact")
    # Wilson, 3 of 5, z = 1.96: centre (3 + 1.9207) / 8.8415 = 0.5566, half 1.96·sqrt(6/5 + 0.9604) / 8.8415 = 0.3258
    assert (
        exact.low == pytest.approx(0.2307, abs=1e-3) and exact.high == pytest.approx(0.8824, abs=1e-3) and exact.n == 5
    )
    rows = finding.table("references").rows
    assert [row[3] for row in rows] == ["pu2016", "fabius2014", "fabius2014", "pu2016", "kingma2013"]
    assert "built-in" in finding.summary.en and "Captions" in finding.summary.en and "fournie" in finding.summary.fr
    assert set(finding.references) <= set(entries())
    assert finding.specimen.sha256 and str(len(entries())) in finding.specimen.name


def test_both_languages_give_the_same_verdicts() -> None:
    for case in ("vae", "mata"):
        en, fr = (citation_check.run({"case": case}, lang=lang) for lang in ("en", "fr"))
        assert [row[2] for row in en.table("references").rows] == [row[2] for row in fr.table("references").rows]
        assert fr.figures[0].lang == "fr" and en.figures[0].alt.en != fr.figures[0].alt.fr
        for said in texts(fr):
            assert said and not re.search(r"\d\.\d", said), said


def test_the_invented_decisions_are_recorded() -> None:
    finding = citation_check.run({"case": "mata"})
    assert finding.estimate("nothing").value == pytest.approx(6 / 7) and finding.estimate(
        "exact"
    ).value == pytest.approx(1 / 7)
    assert "castel2023" in finding.references and "6 bear the name" in finding.summary.en


def test_it_is_never_said_that_a_work_does_not_exist() -> None:
    finding = citation_check.run({"text": "Doe, J. (2015). Weather on small moons. Journal of Moons, 3, 1–9."})
    said = finding.summary.en + finding.limits.en + finding.summary.fr + finding.limits.fr
    assert "does not exist" not in said and "n’existe pas" not in said
    assert f"{len(entries())} works" in finding.summary.en and "no proof of invention" in finding.summary.en


def test_the_year_of_the_check_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    reference = "Doe, J. (2024). Weather on small moons. Journal of Moons, 3, 1–9."
    monkeypatch.setattr(check, "today", lambda: date(2023, 1, 1))
    assert citation_check.run({"text": reference}).estimate("impossible").value == 1
    monkeypatch.setattr(check, "today", lambda: date(2025, 1, 1))
    assert citation_check.run({"text": reference}).estimate("nothing").value == 1


def test_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_text(
        "@misc{a, title={Attention Is All You Need}, author={Vaswani, Ashish and others}, year={2017}}",
        encoding="utf-8",
    )
    assert citation_check.run({"text": str(file)}).estimate("exact").value == 1
    with pytest.raises(BadInput, match="no file"):
        citation_check.run({"text": str(tmp_path / "none.bib")})
    file.write_text("x" * 200_000, encoding="utf-8")
    with pytest.raises(BadInput, match="longer"):
        citation_check.run({"text": str(file)})


@pytest.mark.parametrize(
    "awkward",
    [
        "🙂🙂🙂",
        "hello",
        "def f(x):\n    return x + 1\n",
        "مرحبا بالعالم كيف حالك",
        "The cat sat on the mat and slept all day.",
        "1",
        "((((",
        "@article{x,",
    ],
)
def test_a_text_without_a_reference_is_refused_with_the_fix(awkward: str) -> None:
    with pytest.raises(BadInput, match="No reference") as raised:
        citation_check.run({"text": awkward})
    assert "Aucune référence" in raised.value.message.fr


def test_long_and_mixed_texts_end() -> None:
    prose = "Rivers are long and old (Kurita et al., 2019). Les fleuves sont anciens. " * 1200
    finding = citation_check.run({"text": prose[:99_000]})
    assert finding.estimate("exact").n == 200
    mixed = "مرحبا Kurita et al. (2019) 你好 « Attention Is All You Need » de Vaswani et al. (2017) 🙂"
    assert citation_check.run({"text": mixed}).estimate("exact").n == 2


def test_stop_is_heard() -> None:
    stop = threading.Event()

    def hear(progress: Progress) -> None:
        if progress.done >= 2:
            stop.set()

    with pytest.raises(Stopped):
        citation_check.run({"case": "mata"}, stop=stop, on_progress=hear)


def test_the_same_finding_twice_and_the_command_again() -> None:
    first, second = (citation_check.run({"case": "mata"}, seed=3) for _ in range(2))
    assert first.id == second.id and first.figures[0].data == second.figures[0].data
    assert first.rerun == "autopsie run citation_check --case mata --seed 3"


def test_measured_rates_are_told_once_they_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MEASURED", {})
    monkeypatch.setattr(reading, "MEASURED", {"missed": (1, 200), "passed": (3, 150)})
    finding = citation_check.run()
    assert "1 of 200" in finding.limits.en and "3 des 150" in finding.limits.fr


def test_many_references_leave_some_out_of_the_figure() -> None:
    lines = [f"[{n}] Doe, J. ({1990 + n}). Weather on {n} small moons. Journal of Moons, 3, 1–9." for n in range(1, 31)]
    finding = citation_check.run({"text": "\n".join(lines)})
    assert finding.estimate("nothing").n == 30 and len(finding.table("fields").rows) == 30

"""Findings on disk: found again for the very same measurement, and for no other."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.made import finding
from tools import kept
from tools.registry import get


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AUTOPSIE_HOME", str(tmp_path / "home"))
    (tmp_path / "program" / "parts").mkdir(parents=True)
    (tmp_path / "program" / "tool.py").write_text("x = 1")
    return tmp_path


def name(desk: Path, **changes: object) -> str:
    parts: dict[str, object] = {
        "tool": "weat",
        "version": "1",
        "arguments": {"vectors": "word2vec"},
        "seed": 0,
        "lang": "en",
    }
    return kept.key(**(parts | changes), code=desk / "program")  # type: ignore[arg-type]


def test_a_slow_finding_comes_back_as_it_was(desk: Path) -> None:
    slow = finding(seconds=3.0)
    kept.put(name(desk), slow)
    assert kept.get(name(desk)) == slow
    assert kept.get(name(desk, seed=1)) is None


def test_a_quick_finding_and_a_damaged_one_are_measured_again(desk: Path) -> None:
    kept.put(name(desk), finding(seconds=0.1))
    assert kept.get(name(desk)) is None
    kept.put(name(desk), finding(seconds=3.0))
    [file] = (desk / "home" / "cache" / "findings").iterdir()
    file.write_text(file.read_text()[:50])
    assert kept.get(name(desk)) is None


def test_whatever_may_change_the_number_changes_the_name(desk: Path) -> None:
    vectors = desk / "mine.txt"
    vectors.write_text("a 1 2")
    mine = {"vectors": str(vectors)}
    names = [name(desk), name(desk, version="2"), name(desk, seed=1), name(desk, lang="fr"), name(desk, arguments=mine)]
    os.utime(vectors, ns=(1, 1))
    names.append(name(desk, arguments=mine))
    (desk / "program" / "tool.py").write_text("x = 2")
    names.append(name(desk))
    (desk / "program" / "parts" / "reference.json").write_text("[1]")
    names.append(name(desk))
    assert len(set(names)) == len(names)


def test_what_a_server_says_is_never_kept(desk: Path) -> None:
    assert name(desk, arguments={"model": "http://127.0.0.1:8000/v1"}) == ""
    kept.put("", finding(seconds=9.0))
    assert kept.get("") is None


def test_the_oldest_go(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    for seed in range(4):
        kept.put(name(desk, seed=seed), finding(seconds=3.0))
        os.utime(kept._file(name(desk, seed=seed)), (seed, seed))
    assert [kept.get(name(desk, seed=seed)) is not None for seed in range(4)] == [False, False, True, True]


@pytest.mark.real
def test_a_tool_gives_the_kept_finding_only_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "home", lambda: tmp_path)
    monkeypatch.setattr(kept, "WORTH", 0.0)
    tool = get("weat")
    first = tool.run({"test": "6"}, keep=True)
    assert tool.run({"test": "6"}, keep=True).seconds == first.seconds
    assert tool.run({"test": "6"}).seconds != first.seconds


def test_a_long_line_is_a_text_and_not_a_path(tmp_path: Path) -> None:
    assert kept.key("tool", "1", {"text": "word " * 150, "other": "~nobody/x", "third": "a\0b"}, 0, "en", tmp_path)

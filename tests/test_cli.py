"""The command line as a user meets it: a subprocess, its exit status, its one helpful line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.real


def autopsie(*words: str, lang: str = "en_US.UTF-8") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LANG": lang, "LC_ALL": lang}
    return subprocess.run(
        [sys.executable, "-m", "assistant.cli", *words], capture_output=True, text=True, env=environment, timeout=180
    )


def parsed(*words: str) -> Any:
    done = autopsie(*words)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # one document and nothing else, or this fails


def test_help_needs_no_heavy_library() -> None:
    code = "import sys, assistant.cli; assistant.cli.build().format_help(); print([m for m in ('torch','numpy','gradio','pydantic') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_tools_are_listed_with_their_parameters_and_examples() -> None:
    tools = {tool["name"]: tool for tool in parsed("tools", "--json")}
    assert {"weat", "analogy", "logprob_bias", "round_trip_translation", "detect_ai_text", "search_knowledge"} <= set(
        tools
    )
    for tool in tools.values():
        assert len(tool["examples"]["en"]) >= 6
        assert len(tool["examples"]["fr"]) >= 6
        assert tool["line"]["fr"]
        assert tool["parameters"]["properties"]


def test_a_measurement_as_json_can_be_run_again_from_its_own_command() -> None:
    first = parsed("run", "weat", "--test", "7", "--seed", "3", "--json")
    words = first["rerun"].split()[1:]
    again = parsed(*words, "--json")
    assert first["id"] == again["id"]
    assert first["estimates"] == again["estimates"]


def test_the_folder_of_a_finding(tmp_path: Path) -> None:
    done = autopsie("run", "weat", "--test", "8", "--out", str(tmp_path / "out"))
    assert done.returncode == 0
    names = {file.suffix for file in (tmp_path / "out").iterdir()}
    assert {".json", ".svg", ".csv"} <= names


BIG = "word " * 2_000_000  # 10 MB


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["run", "nosuch"], 2, "There is no tool called 'nosuch'"),
        (["run", "weat", "--test", "eleven"], 2, "--test cannot be 'eleven'"),
        (["run", "weat", "--nonsense", "1"], 2, "no argument --nonsense"),
        (["run", "weat", "--test"], 2, "--test needs a value"),
        (["run", "weat", "--vectors", "/nowhere.kv"], 2, "no such file"),
        (["run", "analogy", "--a", "zzzqqq"], 2, "'zzzqqq' is not among"),
        (["run", "analogy", "--k", "many"], 2, "--k cannot be 'many'"),
        (["run", "detect_ai_text", "--text", ""], 2, "this one is empty"),
        (["run", "round_trip_translation", "--text", "Hello.", "--pivot", "xx"], 2, "xx"),
        (["run", "logprob_bias", "--language", "klingon"], 2, "--language cannot be 'klingon'"),
        (["run", "logprob_bias", "--model", "no/such-model"], 1, "could not be loaded"),
        (["run", "logprob_bias", "--model", "http://127.0.0.1:9/v1"], 1, "does not answer"),
        (["run"], 2, "Name a tool"),
        (["ask", ""], 2, "question is empty"),
        (["ask"], 2, "Give one question"),
        (["ask", "hello", "--engine", "steam"], 2, "no engine called 'steam'"),
        (["search", ""], 2, "query is empty"),
        (["search", "x", "-k", "0"], 2, "-k goes from 1 to 100"),
        (["incidents", "show", "nosuch"], 2, "There is no incident 'nosuch'"),
        (["models", "fetch", "nosuch"], 2, "no specimen called 'nosuch'"),
        (["nosuch"], 2, "invalid choice"),
        (["ask", "--file", "/nowhere.jsonl"], 2, "cannot be read"),
    ],
)
def test_bad_input_gets_one_helpful_line(words: list[str], status: int, said: str) -> None:
    done = autopsie(*words)
    assert done.returncode == status
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_ten_megabytes_of_text_are_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_text(BIG)
    started = time.monotonic()
    done = autopsie("run", "detect_ai_text", "--file", str(tmp_path / "big.txt"))
    assert done.returncode == 2
    assert len(done.stderr) < 600
    assert time.monotonic() - started < 20


def test_messages_follow_the_locale() -> None:
    done = autopsie("run", "nosuch", lang="fr_FR.UTF-8")
    assert "Aucun outil ne s’appelle" in done.stderr


def test_many_questions_in_one_file_keep_their_order(tmp_path: Path) -> None:
    questions = ["Write me a recipe for pancakes", "Are flowers more pleasant than insects for word vectors?"]
    (tmp_path / "q.jsonl").write_text("\n".join(json.dumps({"question": q}) for q in questions))
    done = autopsie("ask", "--file", str(tmp_path / "q.jsonl"), "--plan-only")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["question"] for row in rows] == questions
    assert [[call["name"] for call in row["plan"]["tools"]] for row in rows] == [[], ["weat"]]


def test_a_damaged_line_is_named_before_anything_runs(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"question": "hello"}\nnot json\n')
    done = autopsie("ask", "--file", str(tmp_path / "q.jsonl"))
    assert done.returncode == 2
    assert "line 2" in done.stderr
    assert done.stdout == ""


def test_the_doctor_finds_everything_here() -> None:
    checks = {row["what"]: row for row in parsed("doctor", "--json")["checks"]}
    assert checks["specimen word2vec"]["ok"]
    assert checks["library index"]["ok"]


def test_the_doctor_says_what_mends_an_empty_house(tmp_path: Path) -> None:
    environment = {**os.environ, "AUTOPSIE_HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "doctor"], capture_output=True, text=True, env=environment, timeout=60
    )
    assert done.returncode == 1
    assert "autopsie models fetch word2vec" in done.stdout


def test_documents_are_added_listed_searched_and_removed(tmp_path: Path) -> None:
    from tests.knowledge import samples

    (tmp_path / "waggle.docx").write_bytes(samples.docx())
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7 nothing")
    before = parsed("knowledge", "list", "--json")["documents"]
    try:
        done = autopsie("knowledge", "add", str(tmp_path), lang="fr_FR.UTF-8")
        assert done.returncode == 0 and "cut.pdf n’a pas été ajouté" in done.stderr and "waggle.docx" in done.stdout
        listed = parsed("knowledge", "list", "--json")["documents"]
        assert {one["id"] for one in listed} - {one["id"] for one in before} == {"waggle"}
        found = parsed("search", "where are the flowers", "--kind", "added", "--json")
        assert [one["doc"] for one in found["passages"]] == ["waggle"]
        again = parsed("knowledge", "add", str(tmp_path / "waggle.docx"), "--json")["files"]
        assert [one["status"] for one in again] == ["present"]
        assert autopsie("knowledge", "add", str(tmp_path / "cut.pdf")).returncode == 2
    finally:
        gone = autopsie("knowledge", "remove", "waggle")
    assert gone.returncode == 0 and parsed("knowledge", "list", "--json")["documents"] == before
    missing = autopsie("knowledge", "remove", "waggle")
    assert missing.returncode == 2 and "no added document 'waggle'" in missing.stderr


def test_the_retrieval_evaluation_prints_every_method() -> None:
    result = parsed("eval", "retrieval", "--json")
    best = {row["group"]: row for row in result["rows"] if row["method"] == "hybrid, written questions"}
    assert set(best) == {"en", "fr", "across"} and all(row["recall@5"]["value"] >= 0.93 for row in best.values())
    assert {row["method"] for row in result["rows"]} >= {"lexical only", "dense only", "hybrid"}
    assert {row["split"] for row in result["abstention"]} == {"dev", "test"}

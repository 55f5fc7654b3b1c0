"""Exercises as content: every one is whole in both languages, and every mistake is one sentence with the file and the fix."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from knowledge import exercises
from knowledge.exercises import LANGS, Exercise, Prompt, copied, filled, load
from knowledge.walkthrough_yaml import read_yaml
from tools.errors import BadInput

ALL = sorted(file.stem for file in exercises.FOLDER.glob("*.yaml"))


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of an exercise that can be spoilt."""
    file = tmp_path / "sample.yaml"
    file.write_bytes((exercises.FOLDER / "one-word.yaml").read_bytes())
    monkeypatch.setattr(exercises, "FOLDER", tmp_path)
    return file


@pytest.mark.parametrize("identifier", ALL)
def test_an_exercise_is_whole_in_both_languages(identifier: str) -> None:
    en, fr = (load(identifier, lang) for lang in LANGS)
    assert (en.level, en.order, en.topic, len(en.checks)) == (fr.level, fr.order, fr.topic, len(fr.checks))
    for one in (en, fr):
        told = {*one.start.fields(), *one.solution.fields()} & set(one.items[0])
        texts = ["\0".join(item[field] for field in sorted(told)) for item in one.items]
        assert len(set(texts)) == len(texts), "two items are the same"
        assert not one.hidden & {*one.start.fields(), *one.solution.fields()}
    wrong = [text for text in _texts(fr) if re.search(r"[^\s\u202f\u00a0][;!?»]|«[^\s\u202f\u00a0]", text)]
    assert not wrong


def _texts(one: Exercise) -> list[str]:
    """What is read of an exercise, as the page writes it."""
    from tools.finding import french

    return [french(text) for text in (one.title, one.goal, one.advice, *one.hints, one.after)]


def test_the_workshop_is_as_wide_as_it_says() -> None:
    found = [load(name, "en") for name in exercises.names()]
    assert len(found) >= 18
    assert {one.topic for one in found} == set(get_args(exercises.Topic))
    assert [one.level for one in found] == sorted(one.level for one in found)
    assert all(sum(one.level == level for one in found) >= 4 for level in (1, 2, 3))


WRONG = [
    # old, new, what the English sentence must say
    ("level: 1", "level: 4", r"'level' cannot be '4'"),
    ("level: 1", "", r"'level' is missing"),
    ("level: 1", "level: 1\nlevel: 2", r"line \d+: .*'level' stands twice"),
    ("level: 1", "level: 1\nversion: 3", r"take the field 'version' out"),
    ("topic: format", "topic: fromat", r"'topic' cannot be 'fromat'"),
    ("pass_mark: 0.6", "pass_mark: 6", r"'pass_mark' cannot be '6'"),
    ("kind: choice", "kind: chioce", r"'checks.0': give a kind among answer, choice"),
    ("kind: answer", "kind: answer, loos: true", r"no field 'checks.1.loos'"),
    ("kind: answer", "kind: answer, field: sense", r"en.items, item 1: write its field 'sense'"),
    ("  title: One word, and nothing else\n", "", r"'en.title' is missing"),
    ("  title: One word, and nothing else\n", "  title: ' '\n", r"'en.title' cannot be"),
    ("\nfr:\n", "\nde:\n", r"no field 'de' here"),
    ("    - {text: \"The best coffee in town.\", answer: positive}\n", "    - {text: \"The best coffee in town.\"}\n", r"item 14: write its field 'answer'"),
    ("answer: negative}", "answer: [negative]}", r"'en.items.0.answer' cannot be"),
    ("    prompt: '{text}'", "    prompt: 'Hello'", r"en.solution shows nothing of an item"),
    ("content: The soup was cold and the waiter was rude.}", "content: The best coffee in town.}", r"en.solution contains item 14 word for word"),
    ("{role: assistant, content: negative}", "{role: user, content: negative}", r"history goes user, assistant"),
    ("  goal: >-\n    A shop", "  gaol: x\n  goal: >-\n    A shop", r"no field 'en.gaol'"),
    ("level: 1", "level: [1", r"line \d+: this is not YAML"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "says"), WRONG, ids=[says for _, _, says in WRONG])
def test_a_mistake_is_named(sample: Path, old: str, new: str, says: str) -> None:
    text = sample.read_text(encoding="utf-8")
    assert old in text
    sample.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load("sample", "en")
    assert caught.value.message.en.startswith("sample.yaml") and re.search(says, caught.value.message.en)
    assert caught.value.message.fr.startswith("sample.yaml") and caught.value.message.fr != caught.value.message.en


def test_a_file_is_read_again_when_it_changed(sample: Path) -> None:
    before = load("sample", "en")
    sample.write_text(sample.read_text(encoding="utf-8").replace("pass_mark: 0.6", "pass_mark: 0.75"), encoding="utf-8")
    after = load("sample", "en")
    assert after.pass_mark == 0.75 and after.version != before.version


def test_fewer_than_twenty_items_are_refused(sample: Path) -> None:
    text = sample.read_text(encoding="utf-8")
    sample.write_text(re.sub(r"(    - \{text: .*\n){5}fr:", "fr:", text), encoding="utf-8")
    with pytest.raises(BadInput, match=r"en\.items"):
        load("sample", "en")


def test_an_unknown_exercise_lists_the_known_ones() -> None:
    for name in ("nosuch", "../bibliography", ""):
        with pytest.raises(BadInput, match="one-word"):
            load(name, "fr")


def test_only_known_fields_are_replaced() -> None:
    item = {"text": "a {answer}", "n": "2"}
    assert filled('{"k": {text}, {other}} {n} {} { text }', item) == '{"k": a {answer}, {other}} 2 {} { text }'
    assert Prompt(system="{a}", prompt="{b} {a} {0}").fields() == ["a", "b"]
    assert Prompt(prompt="one\n---\ntwo --- {x}\n  ---  \nthree").turns() == ["one", "two --- {x}", "three"]


def test_an_item_in_the_prompt_is_found() -> None:
    start, items = Prompt(prompt="{text}?"), [{"text": "The bus was late again"}, {"text": "Good"}, {"text": "x y z"}, {"text": "x y z"}]  # fmt: skip
    assert copied(Prompt(prompt="E.g. the  BUS was\nlate again: {text}"), start, items) == 1
    assert copied(Prompt(system="Good x y z", prompt="{text}"), start, items) == 0  # short, or shared by items


def test_the_files_hold_no_other_language_s_quotes() -> None:
    for name in ALL:
        fields = read_yaml(exercises.FOLDER / f"{name}.yaml", name)
        for lang, strange in (("en", "«»"), ("fr", "“”")):
            told = " ".join(str(fields[lang][key]) for key in ("title", "goal", "advice", "hints", "after"))
            assert not set(strange) & set(told), (name, lang)

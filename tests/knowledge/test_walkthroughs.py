"""Walkthroughs as content: the template is whole, every mistake is one sentence with the file, the step and the fix."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge import walkthroughs
from knowledge.walkthrough_claims import decimals, holds, names_in, near, value_at
from knowledge.walkthroughs import PHASES, load
from tests.assistant.walks import SAMPLE, home_at
from tests.made import finding
from tools.errors import BadInput

BUILT_IN = sorted(file.parent.name for file in walkthroughs.BUILT_IN.glob("*/walkthrough.yaml"))


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Path]:
    with home_at(tmp_path) as folder:
        yield folder


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_template_is_a_whole_walkthrough(sample: Path) -> None:
    one = load(SAMPLE)
    assert one.own and SAMPLE in walkthroughs.names()
    assert [phase for phase in PHASES if any(step.phase == phase for step in one.steps)] == list(PHASES)
    assert {step.kind for step in one.steps} == {"read", "passage", "predict", "run", "vary", "question", "branch"}
    assert {step.answer for step in one.steps if step.kind == "predict"} == {"number", "choice", "sentence"}
    assert one.measure("other-words") == ("weat", {"test": "2"}, 0)
    assert SAMPLE in walkthroughs.by_incident()["compas"]


def test_the_version_changes_with_any_word(sample: Path) -> None:
    before = load(SAMPLE).version
    edit(sample / "fr.md", "La mesure", "La mesure faite")
    assert load(SAMPLE).version != before


WRONG = [
    # file, old, new, what the English sentence must say
    ("walkthrough.yaml", "phase: identify, kind: read}", "phase: identify, kind: raed}", r"step 'the-story': give a kind"),
    ("walkthrough.yaml", "    tool: weat ", "    tols: weat ", r"step 'measure': .*'tool' is missing|'tols' here"),
    ("walkthrough.yaml", "incident: compas", "incident: nosuch", r"no incident 'nosuch'"),
    ("walkthrough.yaml", "minutes: 20", "minutes: many", r"'minutes' cannot be 'many'"),
    ("walkthrough.yaml", "headline: measure.effect", "headline: measure.nothing", r"headline"),
    ("walkthrough.yaml", "id: why, phase: dissect", "id: the-story, phase: dissect", r"'the-story': two steps have this id"),
    ("walkthrough.yaml", "id: why, phase: dissect", "id: why, phase: identify", r"step 'why': phase 'identify' comes before"),
    ("walkthrough.yaml", "{id: one-sentence, phase: tell,", "{id: one-sentence, phase: dissect,", r"no step has the phase 'tell'"),
    ("walkthrough.yaml", "    close: 0.3 ", "    # close ", r"step 'guess-size': .*needs 'close'"),
    ("walkthrough.yaml", "    claim: effect ", "    claim: # ", r"step 'guess-size': .*needs 'claim'"),
    ("walkthrough.yaml", "value: 1.54", "value: .nan", r"step 'measure': '.*value' cannot be 'nan'"),
    ("walkthrough.yaml", "    low: -2 ", "    low: 1.9 ", r"step 'guess-size': the scale"),
    ("walkthrough.yaml", "    of: measure                #", "    of: the-story #", r"step 'guess-size': 'of: the-story' must name a later run"),
    ("walkthrough.yaml", "    claim: effect ", "    claim: nothing ", r"step 'guess-size': step 'measure' has no claim 'nothing'"),
    ("walkthrough.yaml", "    right: stays", "    right: goes", r"step 'guess-change': .*'right' one of them"),
    ("walkthrough.yaml", '"effect_other > effect / 2"', '"__import__(1) > 2"', r"step 'guess-change': 'bears"),
    ("walkthrough.yaml", '"effect_other > effect / 2"', '"nothing > 2"', r"step 'guess-change': 'bears' speaks of 'nothing'"),
    ("walkthrough.yaml", "    kind: vary\n    of: measure", "    kind: vary\n    of: nosuch", r"step 'other-words': there is no step 'nosuch'"),
    ("walkthrough.yaml", "onward: why}", "onward: measure}", r"step 'which-way': 'measure' must come after"),
    ("walkthrough.yaml", "onward: why}", "onward: look-closer}", r"step 'which-way': .*same step"),
    ("walkthrough.yaml", "heading: 1}", "heading: 99}", r"step 'the-sheet': 'compas' has \d+ sections"),
    ("walkthrough.yaml", 'estimate:effect_size", value: 1.54', 'effect_size", value: 1.54', r"step 'measure': '.*at' cannot be"),
    ("walkthrough.yaml", "effect_other: {", "effect: {", r"step 'other-words': step 'measure' already has a claim 'effect'"),
    ("walkthrough.yaml", "levels: [curious, student, engineer]", "levels: [engineer]", r"step 'which-way': leads to 'look-closer'"),
    ("walkthrough.yaml", "minutes: 20", "minutes: 20\nminutes: 30", r"line \d+: .*'minutes' stands twice"),
    ("walkthrough.yaml", "minutes: 20", "minutes: [20", r"line \d+: this is not YAML"),
    ("walkthrough.yaml", "minutes: 20", "minutes: 20\nversion: abc", r"take the field 'version' out"),
    ("fr.md", "## why\n", "## whyy\n", r"fr\.md, step 'why': write its section"),
    ("en.md", "## why\n", "## the-sheet\n", r"en\.md: step 'the-sheet' has two sections"),
    ("en.md", "# Two ways\n", "", r"en\.md: step 'which-way' needs one title"),
    ("en.md", "### choice closer\nLook closer first.\n", "", r"en\.md, step 'which-way': write '### choice closer'"),
    ("en.md", "### right\nIt stays", "### rihgt\nIt stays", r"en\.md: step 'guess-change' has '### rihgt'"),
    ("en.md", "### hint\n", "### after\n", r"en\.md, step 'guess-size': a predict step has no use for '### after'"),
    ("en.md", "Run it. It compares", "Run it. {effect_other} compares", r"en\.md, step 'measure': '\{effect_other\}' \(text\) is not a claim"),
    ("fr.md", "Relancez la mesure", "Relancez {mesure-1}", r"fr\.md, step 'other-words': '\{mesure-1\}'"),
    ("en.md", "The difference is {effect}", "The difference is {effect:%}", r"en\.md, step 'measure': '\{effect:%\}' \(text\) is of a claim that is no share"),
    ("en.md", "The difference is {effect}", "The difference is {effect:2%%}", r"en\.md, step 'measure': '\{effect:2%%\}' \(text\) is not a claim"),
    ("en.md", "Tell the case", "<b>Tell</b> the case", r"en\.md: step 'the-story' has HTML"),
    ("en.md", "timing: ", "tmiing: ", r"en\.md: the front matter (needs 'timing'|has no field 'tmiing')"),
    ("en.md", 'title: "A first walk: replace', 'title: A first walk: "replace', r"en\.md, line 2: .*between quotes"),
    ("en.md", "---\ntitle", "title", r"en\.md: begin with the front matter"),
    ("en.md", "---\n## the-story", "---\nHello\n## the-story", r"en\.md: text stands before the first"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), WRONG, ids=[f"{w[0]}-{i}" for i, w in enumerate(WRONG)])
def test_a_mistake_is_one_sentence_with_the_place_and_the_fix(
    sample: Path, file: str, old: str, new: str, said: str
) -> None:
    edit(sample / file, old, new)
    with pytest.raises(BadInput) as caught:
        load(SAMPLE)
    assert re.search(said, caught.value.message.en), caught.value.message.en
    assert caught.value.message.en.startswith(f"{SAMPLE}/{file}")
    assert caught.value.message.fr.startswith(f"{SAMPLE}/{file}")
    assert caught.value.message.fr != caught.value.message.en
    assert "\n" not in caught.value.message.en + caught.value.message.fr


def test_a_missing_file_and_an_unknown_walkthrough_are_said(sample: Path) -> None:
    (sample / "fr.md").unlink()
    with pytest.raises(BadInput, match=r"sample-walk/fr.md: the file is missing"):
        load(SAMPLE)
    for name in ("nosuch", "../walkthroughs/sample-walk", ""):
        with pytest.raises(BadInput, match="There is no walkthrough"):
            load(name)


def test_yes_and_no_are_words(sample: Path) -> None:
    edit(sample / "walkthrough.yaml", "[vanishes, stays]", "[no, yes]")
    edit(sample / "walkthrough.yaml", "right: stays", "right: yes")
    for lang in ("en", "fr"):
        edit(sample / f"{lang}.md", "### choice vanishes", "### choice no")
        edit(sample / f"{lang}.md", "### choice stays", "### choice yes")
    assert load(SAMPLE).step("guess-change").choices == ("no", "yes")  # type: ignore[union-attr]


def test_french_words_get_their_spaces(sample: Path) -> None:
    assert "mesuré\u202f: {effect}" in load(SAMPLE).words["fr"].step["guess-size"].right


def test_a_number_that_only_one_way_measures_is_refused_after_the_ways_meet(sample: Path) -> None:
    edit(
        sample / "walkthrough.yaml",
        "- {id: look-closer, phase: dissect, kind: read, levels: [curious, student, engineer]}",
        '- {id: look-closer, phase: dissect, kind: run, tool: weat, claims: {more: {at: "estimate:effect_size", value: 1, within: 9}}}',
    )
    load(SAMPLE)
    edit(sample / "en.md", "from the case to the idea:", "from the case to the idea: {more},")
    with pytest.raises(BadInput, match=r"step 'why': '\{more\}'"):
        load(SAMPLE)


def test_where_numbers_stand() -> None:
    one = finding()
    assert value_at(one, "estimate:effect_size") == 1.8904
    assert (value_at(one, "estimate:effect_size:low"), value_at(one, "estimate:effect_size:n")) == (1.62, 16)
    assert value_at(one, "table:words:John:s") == value_at(one, "table:words:#0:#1") == 0.12
    assert value_at(one, "table:words:Amy|-0.1:s") == -0.1
    assert value_at(one, "count:words") == value_at(one, "count:tables:words") == 2
    for at, said in {
        "estimate:nosuch": "estimates are: effect_size",
        "table:nosuch:a:b": "tables are: words",
        "table:words:Nobody:s": "rows of 'words' are: John",
        "table:words:John:nosuch": "columns are: word; s",
        "table:words:John:word": "is not a number",
        "table:words:#9:s": "rows of",
    }.items():
        with pytest.raises(BadInput, match=said):
            value_at(one, at)


def test_what_follows_from_several_numbers() -> None:
    values = {"a": 10.0, "b": 4.0}
    assert holds("a > b + 5", values) and not holds("a > b + 7", values)
    assert holds("0 < -b + a <= 6", values) and holds("a / b == 2.5", values)
    assert not holds("a / (b - 4) > 0", values)  # divided by nothing: nothing follows
    assert names_in("a - b > 2 * c") == {"a", "b", "c"}
    for bad in (
        "a + b",
        "a.real > 1",
        "f(a) > 1",
        "a > 'x'",
        "[a] > 1",
        "a in b",
        "a > 1 and b > 1",
        "a ** b > 1",
        "True > a",
    ):
        with pytest.raises((ValueError, SyntaxError)):
            names_in(bad)


def test_tolerance_and_decimals() -> None:
    assert near(44.84, 44.85, 0.01) and not near(44.83, 44.85, 0.01)
    assert near(0.1 + 0.2, 0.3, 0)  # 0.30000000000000004
    assert [decimals(x) for x in (65.0, 44.85, 0.5, 1e-9)] == [0, 2, 1, 0]


@pytest.mark.parametrize("name", BUILT_IN)
def test_each_walkthrough_of_autopsie_is_valid_and_written_to_be_read(name: str) -> None:
    from assistant.walk_check import problems

    one = problems(name)
    assert one.incident and not one.own
    for lang, words in one.words.items():
        texts = [words.title, words.teaser, *words.aims, words.timing, words.material, words.sensitive, words.marking]
        for step in words.step.values():
            texts += [step.title, *step.parts().values()]
        for text in texts:
            assert "!" not in text.replace("!=", ""), (lang, text)
            assert lang == "en" or not re.search(r" [;:!?»]|« ", text), text  # narrow no-break spaces
    assert sum(step.kind == "predict" for step in one.steps) >= 3
    assert sum(step.kind in ("run", "vary") for step in one.steps) >= 2
    assert any(step.kind == "vary" for step in one.steps)
    assert any(step.kind == "question" and step.phase == "confront" for step in one.steps)


def test_the_guide_for_writers_names_everything_there_is() -> None:
    from knowledge.walkthrough_words import LEVELS, PARTS, Words

    guide = (Path(__file__).parents[2] / "docs" / "walkthroughs.md").read_text(encoding="utf-8")
    kinds = ("read", "passage", "predict", "run", "vary", "question", "branch")
    fields = ("answer", "unit", "low", "high", "close", "of", "claim", "choices", "right", "bears", "tool", "arguments")
    fields += (
        "seed",
        "claims",
        "at",
        "value",
        "within",
        "goto",
        "document",
        "heading",
        "levels",
        "incident",
        "minutes",
        "headline",
    )
    for word in (*PHASES, *kinds, *LEVELS, *fields, *(name for name in Words.model_fields if name != "step")):
        assert re.search(rf"\b{word}\b", guide), word
    assert all(f"### {part}" in guide for part in PARTS)


def test_whatever_is_typed_into_the_files_ends_in_a_sentence(sample: Path) -> None:
    import random

    chance, whole = random.Random(0), {name: (sample / name).read_text(encoding="utf-8") for name in walkthroughs.FILES}
    odd = [
        "",
        "null",
        "[]",
        "{}",
        "-1",
        "1e999",
        ".nan",
        ": :",
        "- -",
        "é",
        "{x}",
        "###",
        "---",
        "'",
        "true",
        "&a *a",
        "!!python/x y",
    ]
    for _ in range(150):
        name = chance.choice(walkthroughs.FILES)
        lines = whole[name].splitlines(keepends=True)
        at = chance.randrange(len(lines))
        words = re.split(r"(\W+)", lines[at])
        words[chance.randrange(len(words))] = chance.choice(odd)
        lines[at] = "".join(words) if chance.random() < 0.8 else ""
        (sample / name).write_text("".join(lines), encoding="utf-8")
        try:
            load(SAMPLE)
        except BadInput as error:
            assert error.message.en.startswith(f"{SAMPLE}/") and "\n" not in error.message.en
        (sample / name).write_text(whole[name], encoding="utf-8")

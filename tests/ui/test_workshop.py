"""The Workshop in a real browser: exercises with a measured mark, two prompts on a table, the next token."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.ui import workshop_editor
from assistant.ui.workshop_diff import marked
from knowledge import exercises
from tests.ui.workshop_page import (
    LOCALE,
    MISSED,
    PASSED,
    SLOW,
    box,
    measured,
    opened,
    serious,
    slide,
    tokens_read,
    written,
)
from tools.errors import BadInput
from tools.finding import Lang

Visit = Callable[..., Page]


def test_differences_are_marked_for_the_eye_and_in_words() -> None:
    before, after = marked("The red cat sleeps.", "The blue cat <b>sleeps</b>.", "en")
    assert re.search(r"<del>.*only in the first:.*red .*</del>", before)
    assert re.search(r"<ins>.*only in the second:.*blue .*</ins>", after)
    assert "<b>" not in after
    assert "&lt;b&gt;" in after
    assert marked("one two three", "quite other words here", "fr") == ("one two three", "quite other words here")
    assert marked("same", "same", "fr") == ("same", "same")


def test_a_history_is_typed_as_it_is_received() -> None:
    typed = "user: One.\nTwo: three\nAssistant : Yes.\n\nuser: Four\nassistant: No."
    found = workshop_editor.messages(typed)
    assert [one["content"] for one in found] == ["One.\nTwo: three", "Yes.", "Four", "No."]
    assert workshop_editor.messages(workshop_editor.written(found)) == found
    assert workshop_editor.messages("  ") == []
    for wrong in ("hello", "user: a", "assistant: a\nuser: b", "user: a\nassistant:", "user: a\nuser: b"):
        with pytest.raises(BadInput, match="goes in pairs"):
            workshop_editor.messages(wrong)


@pytest.mark.browser
@pytest.mark.real
@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", ["one-word", "comma-list", "few-shot-topic"])
def test_an_exercise_from_start_to_end(visit: Visit, url: str, name: str, lang: Lang) -> None:
    page, exercise = visit(LOCALE[lang]), exercises.load(name, lang)
    page.locator("#tab-workshop-button").click()
    page.locator(f"[data-workshop='exercise:{name}']").click()
    expect(page.locator("#workshop-head h2")).to_have_text(exercise.title)
    expect(page.locator("#workshop-head h2")).to_be_focused()
    assert box(page, "workshop-prompt").input_value() == exercise.start.prompt
    expect(page.locator("#workshop-solve")).to_be_hidden()

    measured(page, "#workshop-run", "#workshop-outcome")  # the bad start, refused
    expect(page.locator("#workshop-outcome .verdict")).to_contain_text(MISSED[lang])
    page.locator("#workshop-hint").click()
    expect(page.locator("#workshop-hints li")).to_have_text([exercise.hints[0]])

    written(page, exercise.solution)
    measured(page, "#workshop-run", "#workshop-outcome")
    expect(page.locator("#workshop-outcome .verdict")).to_contain_text(PASSED[lang])
    expect(page.locator("#workshop-outcome .slip svg.bar")).to_be_visible()
    expect(page.locator("#workshop-attempts li")).to_have_count(2)

    page.reload()  # the attempts, the hint and what was being written are still there
    expect(page.locator("#workshop-attempts li")).to_have_count(2, timeout=60_000)
    expect(page.locator("#workshop-attempts li").first).to_have_class("passed")
    assert box(page, "workshop-prompt").input_value() == exercise.solution.prompt
    expect(page.locator("#workshop-hints li")).to_have_count(1)
    page.locator("#workshop-attempts li button").last.click()
    expect(box(page, "workshop-prompt")).to_have_value(exercise.start.prompt)
    expect(page.locator("#workshop-outcome .verdict")).to_contain_text(MISSED[lang])
    page.locator("#workshop-solve").click()
    expect(page.locator("#workshop-solution pre").last).to_have_text(exercise.solution.prompt)
    page.locator("#workshop-leave").click()
    card = page.locator("#workshop-list li.passed")
    expect(card).to_have_count(1)
    expect(card).to_contain_text({"en": "passed", "fr": "réussi"}[lang])


@pytest.mark.browser
@pytest.mark.real
def test_an_attempt_as_files_and_what_the_model_receives(visit: Visit, url: str) -> None:
    page, exercise = visit("en-US"), exercises.load("one-word", "en")
    opened(page, url, "one-word")
    page.locator("#workshop-see").click()
    expect(page.locator("#workshop-received pre")).to_contain_text("<|im_start|>user", timeout=SLOW)
    expect(page.locator("#workshop-received pre")).to_contain_text(exercise.items[0]["text"])
    expect(page.locator("#workshop-received h3")).to_have_text(re.compile(r": \d+ tokens$"))
    page.locator("#workshop-items summary").click()
    expect(page.locator("#workshop-items tbody tr")).to_have_count(len(exercise.items))
    measured(page, "#workshop-run", "#workshop-outcome")
    saved = {}
    for link in page.locator("#workshop-files a").all():
        with page.expect_download() as download:
            link.click()
        saved[Path(download.value.suggested_filename).suffix] = Path(download.value.path())
    record = json.loads(saved[".json"].read_text(encoding="utf-8"))
    assert record["attempt"]["pair"]["n"] == len(exercise.items)
    assert record["finding"]["tool"] == "prompt_pair"
    rows = list(csv.DictReader(saved[".csv"].read_text(encoding="utf-8-sig").splitlines()))
    assert [row["text"] for row in rows] == [item["text"] for item in exercise.items]
    assert {"reply_A", "reply_B", "score_A", "score_B"} <= set(rows[0])


@pytest.mark.browser
@pytest.mark.real
def test_awkward_prompts_are_answered_and_nothing_typed_is_lost(visit: Visit, url: str) -> None:
    page = visit("en-US")
    alarms: list[str] = []
    page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
    opened(page, url, "one-word")
    message = page.locator("#workshop-message [role=alert]")
    for typed, said in (
        ("   ", "The prompt is empty"),
        ("{answer}", "cannot stand in the prompt"),
        ("x" * 20_500, "at most 20,000"),
        ("The shoes fell apart after two days. {text}", "word for word"),
    ):
        box(page, "workshop-prompt").fill(typed)
        page.locator("#workshop-run").click()
        expect(message).to_contain_text(said, timeout=60_000)
        assert box(page, "workshop-prompt").input_value() == typed
    box(page, "workshop-prompt").fill('<img src=x onerror=alert(1)> {"json": 1} {text}')
    box(page, "workshop-history").fill("user: only one side")
    page.locator("#workshop-run").click()
    expect(message).to_contain_text("The history goes in pairs")
    assert box(page, "workshop-history").input_value() == "user: only one side"
    box(page, "workshop-history").fill("")
    page.locator("#workshop-see").click()
    expect(page.locator("#workshop-received pre")).to_contain_text(
        '<img src=x onerror=alert(1)> {"json": 1}', timeout=SLOW
    )
    box(page, "workshop-system").focus()
    page.get_by_label("Français").check()
    expect(page.locator("#workshop-head h2")).to_have_text(exercises.load("one-word", "fr").title)
    expect(box(page, "workshop-prompt")).to_have_value(exercises.load("one-word", "fr").start.prompt)
    page.get_by_label("English").check()
    expect(box(page, "workshop-prompt")).to_have_value('<img src=x onerror=alert(1)> {"json": 1} {text}')
    assert not alarms


@pytest.mark.browser
@pytest.mark.real
def test_stop_stops_and_leaving_stops(visit: Visit, url: str) -> None:
    page = visit("fr-FR")
    opened(page, url, "one-word")
    box(page, "workshop-seed").fill("4711")  # a seed of its own: no start measured before answers for it
    page.locator("#workshop-run").click()
    expect(page.locator("#workshop-message progress")).to_be_visible(timeout=SLOW)
    page.locator("#workshop-stop").press("Enter")
    expect(page.locator("#workshop-message [role=alert]")).to_contain_text("Arrêté", timeout=60_000)
    expect(page.locator("#workshop-run")).to_be_visible()
    expect(page.locator("#workshop-attempts li")).to_have_count(0)
    box(page, "workshop-seed").fill("4712")
    page.locator("#workshop-run").click()
    expect(page.locator("#workshop-message progress")).to_be_visible(timeout=SLOW)
    page.locator("#workshop-leave").click()
    expect(page.locator("#workshop-list li").first).to_be_visible()
    page.locator("[data-workshop='exercise:one-word']").click()
    expect(page.locator("#workshop-run")).to_be_visible()
    expect(page.locator("#workshop-attempts li")).to_have_count(0)


@pytest.mark.browser
@pytest.mark.real
@pytest.mark.parametrize(("theme", "width"), [("light", 1360), ("dark", 420)])
def test_no_view_has_a_serious_accessibility_fault(visit: Visit, url: str, theme: str, width: int) -> None:
    page = visit("en-US", width)
    page.goto(f"{url}?exercise=one-word&__theme={theme}")
    expect(page.locator("#workshop-head h2")).to_be_visible(timeout=60_000)
    page.locator("#workshop-hint").click()
    page.locator("#workshop-see").click()
    expect(page.locator("#workshop-received pre")).to_be_visible(timeout=SLOW)
    assert serious(page) == []
    measured(page, "#workshop-run", "#workshop-outcome")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width + 2
    page.locator("#workshop-leave").click()
    expect(page.locator("#workshop-list li").first).to_be_visible()
    assert serious(page) == []
    page.locator("#workshop-free-button").click()
    expect(box(page, "free-a-prompt")).to_be_visible()
    assert serious(page) == []
    tokens_read(page, "The nurse said that")
    slide(page, "top_p", "0.5")
    page.locator("#token-ten").click()
    expect(page.locator("#token-drawn table")).to_be_visible(timeout=30_000)
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width + 2

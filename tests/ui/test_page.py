"""What a visitor sees and does, in both languages, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.ui.conftest import ask

pytestmark = [pytest.mark.browser, pytest.mark.real]
Visit = Callable[..., Page]


@pytest.mark.parametrize(
    ("locale", "question", "seen"),
    [
        (
            "en-US",
            "Are word vectors biased about careers and gender?",
            ["1.89", "How to read it", "What it cannot tell", "Run it again"],
        ),
        (
            "fr-FR",
            "Les vecteurs de mots ont-ils un biais sur les carrières et le genre ?",
            ["1,89", "Comment le lire", "Ce que cela ne dit pas", "Refaire la mesure"],
        ),
    ],
)
def test_the_first_question_gives_a_finding_a_figure_and_a_cited_passage(
    visit: Visit, locale: str, question: str, seen: list[str]
) -> None:
    page = visit(locale)
    ask(page, question)
    turn = page.locator("article.turn").last
    for text in seen:
        expect(turn).to_contain_text(text)
    expect(turn.locator(".slip figure svg").first).to_be_visible()
    alt = turn.locator(".slip .picture").first.get_attribute("aria-label") or ""
    assert len(alt) > 60
    turn.get_by_role("button", name="Larger" if locale == "en-US" else "En grand").first.click()
    large = page.locator("dialog.enlarged svg")
    box = large.bounding_box()
    assert box is not None and box["width"] > 800, "a figure one can show to a class"
    page.keyboard.press("Escape")
    expect(large).to_have_count(0)
    citation = turn.locator(".answer a.cite:not(.measured)").first
    citation.click()
    opened = page.locator(f"details.passage#{(citation.get_attribute('href') or '')[1:]}")
    expect(opened).to_have_attribute("open", "")
    expect(opened.locator("mark").first).to_be_visible()


def test_the_page_says_at_first_sight_what_it_is(visit: Visit) -> None:
    page = visit("en-US")
    head = page.locator("#head")
    for text in (
        "You are talking to a machine",
        "No model writes the answers",
        "Nothing leaves this machine",
        "cannot browse the web",
    ):
        expect(head).to_contain_text(text)
    expect(page.locator("#starters button")).to_have_count(6)


def test_the_language_follows_the_browser_the_switch_and_the_question(visit: Visit) -> None:
    page = visit("fr-FR")
    expect(page.locator("#head")).to_contain_text("Vous parlez à une machine")
    page.get_by_label("English").check()
    expect(page.locator("#head")).to_contain_text("You are talking to a machine")
    ask(page, "Pourquoi Twitter a-t-il retiré le recadrage automatique ?")
    expect(page.locator("article.turn").last).to_have_attribute("lang", "fr")
    expect(page.locator("#head")).to_contain_text("Vous parlez à une machine")


def test_an_example_is_one_click_away(visit: Visit) -> None:
    page = visit("en-US")
    page.locator("#starters button").nth(2).click()
    page.wait_for_selector("article.turn:not([aria-busy])", timeout=60_000)
    expect(page.locator("article.turn")).to_contain_text("analogy")
    expect(page.locator("#starters")).to_be_hidden()


def test_another_reader_changes_every_answer_and_no_number(visit: Visit) -> None:
    page = visit("en-US")
    ask(page, "Are flowers more pleasant than insects in word vectors?")
    turn = page.locator("article.turn").last
    value = turn.locator(".estimate .value").inner_text()
    before = turn.locator(".answer").inner_text()
    page.get_by_label("an engineer").check()
    page.wait_for_timeout(1500)
    after = page.locator("article.turn").last.locator(".answer").inner_text()
    assert len(after) > len(before)
    assert "SHA-256" in after
    assert value in after
    assert page.locator("article.turn").last.locator(".estimate .value").inner_text() == value


def test_follow_ups_build_on_the_finding_and_a_reload_keeps_them(visit: Visit) -> None:
    page = visit("en-US")
    ask(page, "Are word vectors biased about careers and gender?")
    ask(page, "and for science and arts?")
    expect(page.locator("article.turn").last.locator(".estimate .value")).to_have_text("1.24")
    ask(page, "what does that p mean?")
    expect(page.locator("article.turn").last).to_contain_text("p = 0.0040")
    ask(page, "show me the words")
    expect(page.locator("article.turn").last.locator("table").first).to_contain_text("Einstein")
    page.reload()
    page.wait_for_selector("article.turn")
    expect(page.locator("article.turn")).to_have_count(4)


def test_what_is_out_of_scope_is_declined_with_something_to_do(visit: Visit) -> None:
    page = visit("en-US")
    ask(page, "Write me a recipe for pancakes")
    turn = page.locator("article.turn").last
    expect(turn).to_contain_text("not a question for this laboratory")
    expect(turn.locator("a.cite")).to_have_count(0)
    expect(turn.locator(".slip")).to_have_count(0)


@pytest.mark.parametrize("awkward", ["   ", "<img src=x onerror=alert(1)>", "?" * 300, "عربي 漢字 🙂 mixed " * 20])
def test_awkward_input_is_answered_and_never_executed(visit: Visit, awkward: str) -> None:
    page = visit("en-US")
    alarms: list[str] = []
    page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
    ask(page, awkward)
    assert not alarms
    assert page.locator("article.turn img[src=x]").count() == 0


def test_stop_stops_and_the_page_stays_usable(visit: Visit) -> None:
    page = visit("en-US")
    # seconds of work, and a seed of its own: no finding kept from another test answers at once
    page.fill("#question textarea", "Does the language model expect he or she after its occupations? Seed 4711")
    page.press("#question textarea", "Enter")
    page.wait_for_selector("article.turn[aria-busy] .phases li:nth-child(2)", timeout=30_000)
    page.click("#stop-button")
    page.wait_for_selector("article.turn:not([aria-busy])", timeout=20_000)
    expect(page.locator("article.turn").last).to_contain_text("Stopped")
    ask(page, "king - man + woman")
    expect(page.locator("article.turn").last).to_contain_text("queen")


def test_copy_and_export(visit: Visit) -> None:
    page = visit("en-US")
    ask(page, "king - man + woman")
    page.click("#copy-button")
    assert "queen" in page.evaluate("navigator.clipboard.readText()")
    page.click("#export-button")
    with page.expect_download() as download:
        page.locator('a[download="conversation.json"]').first.click()
    saved = json.loads(Path(download.value.path()).read_text())
    assert saved["turns"][-1]["question"] == "king - man + woman"


@pytest.mark.parametrize("locale", ["en-US", "fr-FR"])
def test_every_tool_has_a_form_that_measures(visit: Visit, locale: str) -> None:
    page = visit(locale)
    page.locator("#tab-lab-button").click()
    page.wait_for_selector("#lab-run")
    page.click("#lab-run")
    page.wait_for_selector("#lab-out .slip", timeout=60_000)
    expect(page.locator("#lab-out .slip .estimate .value")).to_have_text("1.89" if locale == "en-US" else "1,89")


def test_the_lab_compares_two_specimens(visit: Visit) -> None:
    page = visit("fr-FR")
    page.locator("#tab-lab-button").click()
    page.wait_for_selector("#lab-run")
    page.locator("#lab-other textarea, #lab-other input").fill("glove")
    page.click("#lab-run")
    page.wait_for_selector("#lab-out .slip", timeout=60_000)
    expect(page.locator("#lab-out .slip")).to_contain_text("word2vec et dans glove")


def test_a_form_with_bad_input_says_what_to_do(visit: Visit) -> None:
    page = visit("en-US")
    page.locator("#tab-lab-button").click()
    page.wait_for_selector("#lab-run")
    page.get_by_label("vectors").fill("/nowhere.kv")
    page.click("#lab-run")
    page.wait_for_selector("#lab-out .error", timeout=30_000)
    expect(page.locator("#lab-out .error")).to_contain_text("no such file")


@pytest.mark.parametrize("width", [1360, 420])
def test_nothing_serious_for_a_screen_reader_or_a_small_screen(visit: Visit, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit("en-US", width)
    ask(page, "Are word vectors biased about careers and gender?")
    assert page.evaluate("document.documentElement.scrollWidth") <= width + 2
    found = Axe().run(page, context=".turn, #head, #question, #actions")
    serious = [
        f"{v['id']}: {v['nodes'][0]['html'][:120]}"
        for v in found.response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    assert not serious, serious

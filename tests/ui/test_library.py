"""The library in a real browser: browse, filter, read, ask about, add and remove."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.knowledge import samples

pytestmark = [pytest.mark.browser, pytest.mark.real]
Visit = Callable[..., Page]


def library(page: Page) -> Page:
    page.locator("#tab-library-button").click()
    expect(page.locator("#shelf li").first).to_be_visible()
    return page


def choose(page: Page, label: str, value: str) -> None:
    page.get_by_label(label, exact=True).click()
    page.get_by_role("option", name=value, exact=True).click()


@pytest.mark.parametrize(
    ("locale", "words", "title", "heading", "question", "answer"),
    [
        ("en-US", "ofqual", "Ofqual 2020", "Who was harmed", "What happened next?", "resigned"),
        ("fr-FR", "zoom", "Zoom", "Qui a été lésé", "Quelle en est la cause ?", "hypothèse"),
    ],
)
def test_find_read_and_ask(
    visit: Visit, locale: str, words: str, title: str, heading: str, question: str, answer: str
) -> None:
    page = library(visit(locale))
    page.fill("#library-find input, #library-find textarea", words)
    expect(page.locator("#shelf li")).to_have_count(1, timeout=30_000)
    page.locator("#shelf [data-document]").click()
    reading = page.locator("#reading")
    expect(reading.locator("h2").first).to_contain_text(title)
    expect(reading).to_contain_text(heading, timeout=20_000)
    assert "document=" in page.url
    term = reading.locator(".term").first
    term.focus()
    word = term.element_handle()
    page.wait_for_function("one => getComputedStyle(one, '::after').content !== 'none'", arg=word)
    page.keyboard.press("Escape")
    page.wait_for_function("one => getComputedStyle(one, '::after').display === 'none'", arg=word)
    page.fill("#about textarea, #about input", question)
    page.locator("#about-button").click()
    expect(page.locator("article.turn .answer")).to_contain_text(answer, timeout=60_000)
    expect(page.locator("article.turn .passage summary").first).to_contain_text(title)


def test_filters_narrow_and_an_empty_shelf_says_what_to_do(visit: Visit) -> None:
    page = library(visit("en-US"))
    everything = page.locator("#shelf li").count()
    choose(page, "Sector", "education")
    expect(page.locator("#shelf li")).to_have_count(5, timeout=30_000)
    choose(page, "Harm", "discrimination, exclusion and toxicity")
    expect(page.locator("#shelf li")).to_have_count(3, timeout=30_000)
    choose(page, "Years", "2005–2015")
    expect(page.locator("#shelf")).to_contain_text("0 of")
    expect(page.locator("#shelf")).to_contain_text("Take a filter or a word away")
    assert everything > 90


def test_an_address_opens_its_document(visit: Visit, url: str) -> None:
    page = visit("fr-FR")
    page.goto(f"{url}?document=compas")
    expect(page.locator("#reading h2").first).to_contain_text("COMPAS")
    expect(page.locator("#reading")).to_contain_text("Qui a été lésé")


def test_a_question_of_the_document_is_asked_with_one_click(visit: Visit, url: str) -> None:
    page = visit("en-US")
    page.goto(f"{url}?document=robodebt")
    page.locator("#reading details.asks summary").click()
    page.locator("#reading [data-ask]").nth(4).click()
    expect(page.locator("article.turn:not([aria-busy])")).to_have_count(1, timeout=60_000)
    expect(page.locator("article.turn .passage").first).to_contain_text("Robodebt")


def test_a_file_is_added_read_and_taken_out(visit: Visit, tmp_path: Path) -> None:
    page = library(visit("en-US"))
    (tmp_path / "waggle.pptx").write_bytes(samples.pptx())
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    page.get_by_text("Add your own documents").click()
    page.set_input_files("#library-add input[type=file]", [tmp_path / "waggle.pptx", tmp_path / "broken.pdf"])
    added = page.locator("#added")
    expect(added).to_contain_text("The library now has", timeout=60_000)
    expect(added).to_contain_text("broken.pdf was not added: it is damaged")
    added.locator("[data-document]").click()
    expect(page.locator("#reading")).to_contain_text("Bees dance to show the flowers")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_text("Take this document out of the library").click()
    expect(page.locator("#reading")).to_contain_text("is no longer in the library", timeout=30_000)
    page.fill("#library-find input, #library-find textarea", "waggle")
    expect(page.locator("#shelf")).to_contain_text("0 of")


def test_the_library_has_no_serious_accessibility_fault(visit: Visit) -> None:
    page = library(visit("en-US"))
    page.locator("#shelf [data-document]").first.click()
    expect(page.locator("#reading h2").first).to_be_visible()
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]}).response["violations"]
    assert [
        (one["id"], one["nodes"][0]["html"][:160]) for one in found if one["impact"] in ("serious", "critical")
    ] == []

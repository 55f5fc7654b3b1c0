"""The Audit tab in a real browser: the card, what went wrong, the run and its Stop; and the conversation that leads there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from assistant import card as cards
from tests.cards import LOCAL, made
from tests.ui.conftest import ask

pytestmark = [pytest.mark.browser, pytest.mark.real]
Visit = Callable[..., Page]
SLOW = 240_000  # milliseconds for a start on a busy machine
LOCALE = {"en": "en-US", "fr": "fr-FR"}


@pytest.fixture(autouse=True)
def empty() -> None:
    """No card that another test of this session kept."""
    for path in cards.folder().glob("*"):
        path.unlink()


@pytest.fixture
def drawer() -> Iterator[Path]:
    """Two cards of the embedded assistant and one with a model, as if made on this machine; gone afterwards."""
    written = [cards.save(card) for card in (made(0.05, days=-9), made(0.031, days=-1, speaker=LOCAL), made())]
    yield written[0].parent
    for path in written:
        path.unlink(missing_ok=True)


def open_tab(page: Page) -> None:
    page.locator("#tab-audit-button").click()
    page.wait_for_selector("#audit-card p", timeout=60_000)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_card_is_read_compared_asked_again_and_taken_home(
    visit: Visit, drawer: Path, lang: str, tmp_path: Path
) -> None:
    page = visit(LOCALE[lang])
    expect(page.locator("#head .autopsie")).to_have_attribute("lang", lang)
    open_tab(page)
    card = page.locator("#audit-card .self-card")
    said = {
        "en": ["1.3%", "0.7% to 2.2%", "n = 517", "met, but the interval reaches past it", "at least 80%: missed", "better (5.0% before)", "Made on this machine"],
        "fr": ["1,3", "n = 517", "atteint, mais l’intervalle le dépasse", "manqué", "mieux (5,0", "Faite sur cette machine"],
    }  # fmt: skip
    for text in said[lang]:
        expect(card).to_contain_text(text)
    wrong = card.locator(".wrongs li")
    expect(wrong.nth(0)).to_contain_text("Utopia")
    expect(wrong.nth(1)).to_contain_text("Twitter")
    assert page.evaluate("document.querySelectorAll('#audit-card script').length") == 0
    expect(page.locator("#audit-beside table thead th")).to_have_count(3)
    for kind in ("md", "json", "html"):
        with page.expect_download(timeout=60_000) as got:
            page.locator(f"#audit-{kind}").click()
        path = tmp_path / f"card.{kind}"
        got.value.save_as(path)
        text = path.read_text(encoding="utf-8")
        assert "Utopia" in text
        if kind == "json":
            assert json.loads(text)["suites"][0]["measures"][0]["value"] == 0.013
    wrong.nth(1).locator("button[data-ask]").click()
    page.wait_for_selector("article.turn:not([aria-busy])", timeout=90_000)
    expect(page.locator("article.turn .question")).to_contain_text("Why did Twitter stop cropping")


def test_an_older_card_can_be_shown(visit: Visit, drawer: Path) -> None:
    page = visit("en-US")
    open_tab(page)
    page.locator("#audit-which input").click()
    page.get_by_role("option").filter(has_text="2026-03-05").click()
    expect(page.locator("#audit-card .self-card")).to_contain_text("5.0%")


def test_without_a_card_of_this_machine_the_tab_says_whose_it_shows_or_that_there_is_none(visit: Visit) -> None:
    page = visit("fr-FR")
    expect(page.locator("#head .autopsie")).to_have_attribute("lang", "fr")
    open_tab(page)
    said = "venue avec le programme" if cards.shipped() else "Pas encore de fiche"
    expect(page.locator("#audit-card")).to_contain_text(said)
    expect(page.locator("#audit-run")).to_have_text("Lancer l’auto-audit")
    expect(page.locator("#audit-stop")).to_be_hidden()


def test_the_run_shows_its_progress_stops_and_can_go_on(visit: Visit) -> None:
    page = visit("en-US")
    open_tab(page)
    page.locator("#audit-run").click()
    progress = page.locator("#audit-progress")
    expect(progress).to_contain_text("Starting", timeout=30_000)
    expect(page.locator("#audit-run")).to_be_disabled()
    expect(progress).to_contain_text("Suite 1 of 7: choice of the instrument", timeout=SLOW)
    expect(progress.locator("progress")).to_be_visible()
    page.reload()
    page.wait_for_selector("#question textarea")
    open_tab(page)
    expect(progress).to_contain_text("Suite 1 of 7", timeout=60_000)  # the same run, seen by whoever comes back
    page.locator("#audit-stop").click()
    expect(progress).to_contain_text("Stopped. What was measured stays", timeout=SLOW)
    expect(page.locator("#audit-run")).to_have_text("Go on with the self-audit")
    expect(page.locator("#audit-stop")).to_be_hidden()


@pytest.mark.parametrize(
    ("lang", "width", "question", "seen", "button"),
    [
        ("en", 1360, "how often do you make things up?", "1.3%", "Open the Audit tab"),
        ("fr", 400, "tu inventes souvent ?", "1,3", "Ouvrir l’onglet Audit"),
    ],
)
def test_an_answer_about_itself_leads_to_its_card_on_a_wide_and_on_a_narrow_screen(
    visit: Visit, drawer: Path, lang: str, width: int, question: str, seen: str, button: str
) -> None:
    page = visit(LOCALE[lang], width)
    ask(page, question)
    turn = page.locator("article.turn").last
    expect(turn.locator(".answer")).to_contain_text(seen)
    turn.locator(".answer a.cite").first.click()
    expect(turn.locator("details.passage").first).to_have_attribute("open", "")
    expect(turn.locator("details.passage").first).to_contain_text("self-audit#grounded")
    turn.get_by_role("button", name=button).click()
    expect(page.locator("#audit-card .self-card")).to_be_visible(timeout=60_000)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 1, f"{wide} pixels too wide"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_tab_has_no_serious_accessibility_fault(visit: Visit, url: str, drawer: Path, theme: str) -> None:
    page = visit("en-US")
    page.goto(f"{url}?__theme={theme}")
    page.wait_for_selector("#question textarea")
    open_tab(page)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]}).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:160]) for v in found if v["impact"] in ("serious", "critical")] == []

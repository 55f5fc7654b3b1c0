"""What the tests of the Workshop do on its page."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from assistant.ui import workshop_editor
from knowledge.exercises import Prompt

SLOW = 300_000  # milliseconds for a measurement on a busy machine
LOCALE = {"en": "en-US", "fr": "fr-FR"}
MISSED = {"en": "Not passed yet", "fr": "Pas encore réussi"}
PASSED = {"en": "Passed", "fr": "Réussi"}


def box(page: Page, name: str) -> Locator:
    return page.locator(f"#{name} textarea, #{name} input[type=number], #{name} input[type=text]").first


def opened(page: Page, url: str, name: str) -> None:
    page.goto(f"{url}?exercise={name}")
    expect(page.locator("#workshop-head h2")).to_be_visible(timeout=60_000)


def written(page: Page, prompt: Prompt, form: str = "workshop") -> None:
    """Types a prompt into an editor, history and all."""
    box(page, f"{form}-system").fill(prompt.system)
    box(page, f"{form}-history").fill(workshop_editor.written(prompt.model_dump()["history"]))
    box(page, f"{form}-prompt").fill(prompt.prompt)


def measured(page: Page, button: str, outcome: str) -> None:
    """Presses Run, sees it work, and waits for another score card."""
    before = page.locator(f"{outcome} .slip").count() and page.locator(outcome).inner_html()
    page.locator(button).click()
    expect(page.locator(button)).to_be_hidden()
    expect(page.locator(button)).to_be_visible(timeout=SLOW)
    expect(page.locator(f"{outcome} .slip")).to_be_visible()
    assert page.locator(outcome).inner_html() != before


def shares(page: Page) -> list[float]:
    """The probabilities of the bars, in percent; 0 for what top-p cuts."""
    found = page.locator("#token-bars .now .value").all_inner_texts()
    numbers = [re.search(r"[\d.,]+(?=\s?%)", text) for text in found]
    return [float(one[0].replace(",", ".")) if one else 0.0 for one in numbers]


def slide(page: Page, name: str, value: str) -> None:
    field = page.locator(f"#token-{name} input[type=number]")
    field.fill(value)
    field.press("Enter")


def tokens_read(page: Page, text: str) -> None:
    page.locator("#tab-workshop-button").click()
    page.locator("#workshop-tokens-button").click()
    box(page, "token-text").fill(text)
    page.locator("#token-read").click()
    expect(page.locator("#token-bars table")).to_be_visible(timeout=SLOW)


def serious(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:160]) for one in found if one["impact"] in ("serious", "critical")]

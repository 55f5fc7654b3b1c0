"""Investigations that are kept: they survive a sudden death of the server, are cited in the conversation, and go when asked to."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant import investigations
from assistant.investigations import Investigation
from assistant.notebook import Notebook
from assistant.walkthrough import Walk
from knowledge import walkthroughs
from knowledge.walkthroughs import Run
from tests.ui.conftest import ask, free_port, start
from tests.ui.test_incidents import SLOW, begin, here, number, press, serious, slow
from tools.errors import BadInput
from tools.registry import get

__all__ = ["slow"]  # a fixture
pytestmark = [pytest.mark.browser, pytest.mark.real]
Visit = Callable[..., Page]


class Server:
    """The real page in a process of its own, which can die at once and be started again at the same address."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.process = start(self.port)

    def die(self, page: Page, walkthrough: str = "compas") -> None:
        """kill -9, another start, and the visitor loads the page again."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)
        self.process = start(self.port)
        page.goto(f"{self.url}?incident={walkthrough}")
        expect(page.locator("#walk-stage .walk-step")).to_be_visible(timeout=60_000)


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.process.terminate()
    made.process.wait(20)


def test_a_server_killed_at_any_moment_loses_nothing_that_was_kept(server: Server, browser: Browser) -> None:
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    page.goto(server.url)
    begin(page, server.url, "compas")
    for _ in range(3):
        press(page, "#walk-next")
    assert here(page) == "guess-false-alarms"
    page.locator("#walk-note textarea").fill("Forty, I would say.")
    number(page, "40")
    press(page, "#walk-keep")

    server.die(page)  # between two steps
    assert here(page) == "guess-meaning"
    press(page, "#walk-back")
    assert page.locator("#walk-number textarea, #walk-number input").input_value() == "40"
    assert page.locator("#walk-note textarea").input_value() == "Forty, I would say."
    press(page, "#walk-keep")
    page.locator("#walk-choice input").nth(1).check()
    press(page, "#walk-keep")
    page.locator("#walk-measure").click()
    expect(page.locator("#walk-outcome .verdict")).to_have_count(2, timeout=SLOW)
    estimate = page.locator("#walk-outcome .slip .estimate").first.inner_text()

    server.die(page)  # after it: the same measurement, without being made again
    assert here(page) == "audit"
    expect(page.locator("#walk-outcome .verdict")).to_have_count(2, timeout=30_000)
    expect(page.locator("#walk-measure")).to_be_hidden()
    assert page.locator("#walk-outcome .slip .estimate").first.inner_text() == estimate
    press(page, "#walk-next")
    context.close()


def test_a_server_killed_in_a_measurement_keeps_all_before_it(server: Server, browser: Browser, slow: str) -> None:
    walk = Walk.start(Notebook(), slow, "en", "curious")

    def put(kept: Investigation) -> None:
        kept.position = next(s.id for s in walk.walkthrough.steps if isinstance(s, Run) and s.tool == "generation_bias")
        kept.seen = (*kept.seen, kept.position)

    where = investigations.change(Notebook(), walk.id, put).position
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    page.goto(server.url)
    page.get_by_role("tab", name="Incidents").click()
    page.locator("#walk-gallery summary").filter(has_text="Left on the way").click()
    page.locator(f"#walk-gallery [data-walk='resume:{walk.id}']").click()
    page.locator("#walk-note textarea").fill("Before the measurement.")
    page.locator("#walk-measure").click()
    expect(page.locator("#walk-outcome [role=status]")).to_be_visible()

    server.die(page, slow)
    assert here(page) == where
    assert page.locator("#walk-note textarea").input_value() == "Before the measurement."
    expect(page.locator("#walk-measure")).to_be_visible()
    expect(page.locator("#walk-outcome .slip")).to_have_count(0)
    assert investigations.load(Notebook(), walk.id).findings == {}
    context.close()
    investigations.delete(Notebook(), walk.id)


@pytest.fixture
def finished() -> Iterator[Investigation]:
    """A finished investigation of this machine, with its real measurement."""
    tool, arguments, seed = walkthroughs.load("compas").measure("audit")
    found = get(tool).run(arguments, seed=seed, keep=True)
    kept = Investigation(
        walkthrough="compas", position="audit", done=True, findings={"audit": found}, notes={"audit": "x"}
    )
    investigations.save(Notebook(), kept)
    yield kept
    with suppress(BadInput):  # the test may have done so
        investigations.delete(Notebook(), kept.id)


@pytest.mark.parametrize(
    ("locale", "question", "said", "link"),
    [
        ("en-US", "Who was harmed by COMPAS?", "An investigation made here (", "See its report"),
        ("fr-FR", "Qu'est-ce que COMPAS ?", "Une enquête faite ici (", "Voir son rapport"),
    ],
)
def test_an_answer_cites_it_and_leads_to_its_report(
    visit: Visit, url: str, finished: Investigation, locale: str, question: str, said: str, link: str
) -> None:
    page = visit(locale)
    ask(page, question)
    expect(page.locator("article.turn .answer")).to_contain_text(said)
    evidence = page.locator("article.turn .passage").filter(
        has=page.get_by_role("link", name=link, include_hidden=True)
    )
    page.locator("article.turn .answer a.cite").last.click()  # the mark of the last sentence opens what it rests on
    expect(evidence.get_by_role("link", name=link)).to_be_visible()
    expect(evidence).to_contain_text(finished.findings["audit"].id)
    evidence.get_by_role("link", name=link).click()
    frame = page.frame_locator("#walk-report iframe")
    title = walkthroughs.load("compas").words["fr" if locale == "fr-FR" else "en"].title
    expect(frame.locator("h1")).to_contain_text(title, timeout=60_000)
    assert f"report={finished.id}" in page.url
    page.reload()
    expect(frame.locator("h1")).to_contain_text(title, timeout=60_000)
    page.goto(f"{url}?report=nosuch")
    expect(page.locator("#walk-message [role=alert]")).to_be_visible(timeout=60_000)


def test_deleting_says_what_goes_and_asks_first(visit: Visit, finished: Investigation) -> None:
    page = visit("en-US")
    page.get_by_role("tab", name="Incidents").click()
    item = page.locator("#walk-gallery li").filter(has=page.locator(f"[data-walk='report:{finished.id}']"))
    expect(item).to_be_visible(timeout=30_000)
    button = item.locator(f"[data-walk='delete:{finished.id}']")
    expect(button).to_be_hidden()
    item.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(item).to_contain_text("the answers (0), the notes (1), the measurements (1)")
    assert serious(page) == []
    assert investigations.load(Notebook(), finished.id) == finished, "nothing happens before it is confirmed"
    button.click()
    expect(page.locator("#walk-message [role=status]")).to_contain_text("Deleted: “", timeout=30_000)
    expect(item).to_have_count(0)
    with pytest.raises(BadInput):
        investigations.load(Notebook(), finished.id)


def test_a_walk_that_is_deleted_can_be_begun_again(visit: Visit, url: str) -> None:
    page = visit("fr-FR")
    begin(page, url, "compas")
    press(page, "#walk-next")
    page.locator("#walk-side").get_by_role("button", name="Tous les incidents").click()
    page.locator("#walk-gallery summary").filter(has_text=re.compile("Laissées en chemin")).click()
    expect(page.locator("#walk-list .progress")).to_have_count(1)
    mine = page.locator("#walk-list [data-walk^='resume:']").first.get_attribute("data-walk") or ""
    item = page.locator("#walk-gallery li").filter(has=page.locator(f"[data-walk='{mine}']"))
    item.locator("summary").click()
    item.get_by_role("button", name=re.compile("Supprimer définitivement")).click()
    expect(page.locator("#walk-message [role=status]")).to_contain_text("Supprimée", timeout=30_000)
    expect(page.locator("#walk-list .progress")).to_have_count(0)
    begin(page, url, "compas")
    assert here(page) == "two-verdicts"

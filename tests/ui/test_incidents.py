"""Guided autopsies in a real browser: choose, predict, measure, leave, come back, read and pass on the report."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from assistant import investigations
from assistant.notebook import Notebook
from assistant.walkthrough import Walk
from knowledge import walkthroughs
from knowledge.walkthroughs import Branch, Predict, Question, Run, Vary, Walkthrough
from tools.finding import Lang
from tools.specimens.home import home

pytestmark = [pytest.mark.browser, pytest.mark.real]
Visit = Callable[..., Page]
SLOW = 240_000  # milliseconds for a measurement on a busy machine
LOCALE = {"en": "en-US", "fr": "fr-FR"}
SAID = {
    "borne": {"en": "Prediction borne out", "fr": "Prédiction confirmée"},
    "not": {"en": "Prediction not borne out", "fr": "Prédiction non confirmée"},
}


def begin(page: Page, url: str, name: str) -> None:
    page.goto(f"{url}?incident={name}")
    page.locator("#walk-begin").click()
    expect(page.locator("#walk-stage .walk-step")).to_be_visible(timeout=30_000)


def here(page: Page) -> str:
    return page.locator("#walk-stage .walk-step").get_attribute("data-step") or ""


def press(page: Page, button: str) -> None:
    """Presses what leads to another step, and waits for it."""
    before = here(page)
    page.locator(button).click()
    expect(page.locator(f"#walk-stage .walk-step:not([data-step='{before}'])")).to_be_visible(timeout=30_000)


def number(page: Page, said: str) -> None:
    page.locator("#walk-number textarea, #walk-number input").fill(said)


def foretell(page: Page, one: Walkthrough, step: Predict, right: bool, lang: Lang) -> None:
    """A prediction that the measurement bears out, or one that it does not."""
    if step.answer == "sentence":
        page.locator("#walk-sentence textarea").fill("Because the label stands for something else.")
        return
    if step.answer == "choice":
        key = step.right if right else next(one for one in step.choices if one != step.right)
        page.locator(f"#walk-choice input[value='{key}']").check()
        return
    truth = one.claims()[str(step.claim)][1].value
    assert step.low is not None
    assert step.high is not None
    value = round(truth, 1) if right else max(step.low, step.high, key=lambda end: abs(end - truth))
    number(page, str(value).replace(".", "," if lang == "fr" else "."))


def walk_on(page: Page, one: Walkthrough, right: bool, lang: Lang) -> None:
    """From the step in sight to the next one, whatever it asks."""
    step = one.step(here(page))
    if isinstance(step, Predict):
        foretell(page, one, step, right, lang)
        if step.of:
            return press(page, "#walk-keep")
        page.locator("#walk-keep").click()
        expect(page.locator("#walk-outcome .feedback")).to_be_visible()
    elif isinstance(step, Branch):
        page.locator("#walk-choice input").first.check()
        return press(page, "#walk-keep")
    elif isinstance(step, Question):
        page.locator("#walk-sentence textarea").fill("Somebody should be able to say no.")
        page.locator("#walk-keep").click()
        expect(page.locator("#walk-outcome .after")).to_be_visible()
    elif isinstance(step, Run | Vary):
        page.locator("#walk-measure").click()
        expect(page.locator("#walk-outcome .slip .estimate")).to_be_visible(timeout=SLOW)
        verdicts = page.locator("#walk-outcome .verdict")
        said = SAID["borne" if right else "not"][lang]
        expect(verdicts.filter(has_text=said)).to_have_count(verdicts.count())
    press(page, "#walk-next")


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(("name", "right"), [("compas", True), ("gender-shades", False), ("obermeyer-health", True)])
def test_a_walk_to_the_end_with_a_reload_and_its_report(
    visit: Visit, url: str, browser: Browser, tmp_path: Path, name: str, right: bool, lang: Lang
) -> None:
    page = visit(LOCALE[lang])
    begin(page, url, name)
    one, passed = walkthroughs.load(name), list[str]()
    while not page.locator("#walk-next").is_visible() or here(page) != one.steps[-1].id:
        passed.append(here(page))
        assert len(passed) <= len(one.steps), passed
        walk_on(page, one, right, lang)
        if len(passed) == 7:
            page.reload()
            expect(page.locator("#walk-stage .walk-step")).to_be_visible(timeout=60_000)
            assert here(page) not in passed, "the walk is where it was left"
    page.wait_for_url(lambda address: f"step={one.steps[-1].id}" in address)
    page.locator("#walk-next").click()
    frame = page.frame_locator("#walk-report iframe")
    expect(frame.locator("h1")).to_contain_text(one.words[lang].title, timeout=30_000)
    with page.expect_download() as download:
        page.locator("#walk-files a").first.click()
    saved = tmp_path / "report.html"
    download.value.save_as(saved)
    context = browser.new_context(offline=True)
    alone = context.new_page()
    alone.goto(saved.as_uri())
    expect(alone.locator("h1")).to_contain_text(one.words[lang].title)
    expect(alone.locator("html")).to_have_attribute("lang", lang)
    assert alone.locator("figure img").count() >= 1
    context.close()
    page.locator("#walk-report").get_by_role(
        "button", name={"en": "All incidents", "fr": "Tous les incidents"}[lang]
    ).click()
    expect(page.locator("#walk-gallery .repertory > ul > li")).not_to_have_count(0)
    expect(page.locator(f"#walk-list [data-walk='cover:{name}']")).to_be_visible()  # one may begin anew
    expect(page.locator("#walk-list .progress")).to_contain_text({"en": "finished", "fr": "terminée"}[lang])


def test_a_prediction_is_checked_kept_and_closed_by_its_measurement(visit: Visit, url: str) -> None:
    page = visit("fr-FR")
    begin(page, url, "compas")
    for _ in range(3):
        press(page, "#walk-next")
    expect(page.locator("#walk-next")).to_be_hidden()
    number(page, "la moitié")
    page.locator("#walk-keep").click()
    expect(page.locator("#walk-outcome [role=alert]")).to_contain_text("Donnez un nombre de 0 à 100")
    assert page.locator("#walk-number textarea, #walk-number input").input_value() == "la moitié"
    number(page, "44,5")
    press(page, "#walk-keep")
    press(page, "#walk-back")
    assert page.locator("#walk-number textarea, #walk-number input").input_value() == "44,5"
    press(page, "#walk-keep")
    page.locator("#walk-choice input").nth(1).check()
    press(page, "#walk-keep")
    expect(page.locator("#walk-next")).to_be_hidden()
    page.locator("#walk-measure").click()
    expect(page.locator("#walk-outcome .verdict")).to_have_text(
        ["Prédiction confirmée", "Prédiction non confirmée"], timeout=SLOW
    )
    scale = page.locator("#walk-outcome svg.scale").first.get_attribute("aria-label") or ""
    assert "44,5" in scale
    assert "44,85" in scale
    page.locator("#walk-timeline [data-walk='step:guess-false-alarms']").click()
    expect(page.locator("#walk-stage p.given")).to_contain_text("cela ne peut plus changer")
    expect(page.locator("#walk-number")).to_be_hidden()


def test_language_reader_and_note_stay_with_the_walk(visit: Visit, url: str) -> None:
    page = visit("en-US")
    begin(page, url, "compas")
    page.locator("#walk-note textarea").press_sequentially("Who chose two years?")
    page.get_by_label("Français").check()
    expect(page.locator("#walk-stage h2")).to_have_text("Deux verdicts sur un même tableau")
    page.get_by_label("une ingénieure").check()
    expect(page.locator("#walk-stage")).to_contain_text("la commande qui la refait")
    page.reload()
    expect(page.locator("#walk-stage h2")).to_have_text("Deux verdicts sur un même tableau", timeout=60_000)
    expect(page.locator("#walk-stage")).to_contain_text("la commande qui la refait")
    expect(page.get_by_label("une ingénieure")).to_be_checked()
    expect(page.locator("#head")).to_contain_text("Vous parlez à une machine")
    assert page.locator("#walk-note textarea").input_value() == "Who chose two years?"


def test_two_browsers_and_two_windows_keep_apart(visit: Visit, url: str) -> None:
    first, second = visit("en-US"), visit("en-US")
    begin(first, url, "compas")
    press(first, "#walk-next")
    begin(second, url, "compas")
    assert here(second) == "two-verdicts"
    press(first, "#walk-next")
    assert here(first) == "four-cases"
    window = first.context.new_page()  # the same browser: the same walk
    window.goto(f"{url}?incident=compas")
    expect(window.locator("#walk-stage .walk-step")).to_be_visible(timeout=60_000)
    assert here(window) == "four-cases"
    press(window, "#walk-back")
    press(window, "#walk-back")
    press(first, "#walk-next")
    assert here(first) == "guess-false-alarms", "each window acts on the step that it shows"
    press(second, "#walk-next")
    assert here(second) == "the-sheet"


def test_a_question_leaves_for_the_chat_and_comes_back(visit: Visit, url: str) -> None:
    page = visit("en-US")
    begin(page, url, "compas")
    press(page, "#walk-next")
    page.locator("#walk-question textarea").fill("Who was harmed?")
    page.locator("#walk-ask").click()
    expect(page.locator("article.turn .passage").first).to_contain_text("COMPAS", timeout=60_000)
    page.locator("#walk-return").click()
    expect(page.locator("#walk-stage .walk-step")).to_be_visible()
    assert here(page) == "the-sheet"


def test_a_link_opens_a_walk_a_step_or_a_sheet(visit: Visit, url: str) -> None:
    page = visit("en-US")
    page.goto(f"{url}?incident=compas&step=audit")
    expect(page.locator("#walk-cover h2")).to_contain_text("COMPAS", timeout=60_000)
    page.locator("#walk-begin").click()
    press(page, "#walk-next")
    page.goto(f"{url}?incident=compas&step=audit")
    expect(page.locator("#walk-outcome [role=alert]")).to_contain_text("Say what you expect", timeout=60_000)
    assert here(page) == "the-sheet"
    page.goto(f"{url}?incident=compas&step=two-verdicts")
    expect(page.locator("#walk-stage [data-step='two-verdicts']")).to_be_visible(timeout=60_000)
    page.goto(f"{url}?incident=robodebt")
    expect(page.locator("#reading h2").first).to_contain_text("Robodebt", timeout=60_000)


def test_filters_progress_and_the_sheet(visit: Visit, url: str) -> None:
    page = visit("en-US")
    page.get_by_role("tab", name="Incidents").click()
    items = page.locator("#walk-list li")
    expect(items).to_have_count(44, timeout=30_000)
    page.locator("#walk-guided input").check()
    expect(items).to_have_count(len(walkthroughs.by_incident()))
    page.locator("#walk-guided input").uncheck()
    page.locator("#walk-find input, #walk-find textarea").fill("compas")
    expect(items).to_have_count(1)
    items.locator("[data-walk='cover:compas']").click()
    page.locator("#walk-begin").click()
    press(page, "#walk-next")
    page.locator("#walk-side").get_by_role("button", name="All incidents").click()
    expect(page.locator("#walk-list .progress")).to_contain_text("step 2 of")
    page.wait_for_url(lambda address: "incident=" not in address)
    page.locator("#walk-list [data-document='compas']").first.click()
    expect(page.locator("#reading h2").first).to_contain_text("COMPAS", timeout=30_000)
    page.wait_for_url(lambda address: "document=compas" in address)


@pytest.fixture
def slow() -> Iterator[str]:
    """A walkthrough of one's own whose measurement is slow, and was never made: no earlier result answers for it."""
    folder = home() / "walkthroughs" / "slow-dictation"
    shutil.copytree(walkthroughs.BUILT_IN / "dictee-stereotypes", folder)
    structure = folder / "walkthrough.yaml"
    text = structure.read_text(encoding="utf-8")
    before, run, after = text.partition("    tool: generation_bias\n")
    after = re.sub(r"    seed: \d+\n", f"    seed: {time.time_ns() % 10**8}\n", after, count=1)
    structure.write_text(before + run + after, encoding="utf-8")
    yield folder.name
    shutil.rmtree(folder)


def test_a_measurement_can_be_stopped(visit: Visit, url: str, slow: str) -> None:
    walk = Walk.start(Notebook(), slow, "en", "curious")

    def put(kept: investigations.Investigation) -> None:
        kept.position = next(s.id for s in walk.walkthrough.steps if isinstance(s, Run) and s.tool == "generation_bias")
        kept.seen = (*kept.seen, kept.position)

    investigations.change(Notebook(), walk.id, put)
    page = visit("en-US")
    page.get_by_role("tab", name="Incidents").click()
    page.locator("#walk-gallery summary").filter(has_text="Left on the way").click()
    page.locator(f"#walk-gallery [data-walk='resume:{walk.id}']").click()
    page.locator("#walk-measure").click()
    expect(page.locator("#walk-outcome [role=status]")).to_be_visible()
    page.locator("#walk-stop").press("Enter")
    expect(page.locator("#walk-outcome [role=alert]")).to_contain_text("nothing was measured", timeout=60_000)
    expect(page.locator("#walk-measure")).to_be_visible()
    expect(page.locator("#walk-stop")).to_be_hidden()


def test_someone_elses_report_is_read_and_marked(visit: Visit, url: str, tmp_path: Path) -> None:
    from assistant.report import as_json

    walk = Walk.start(Notebook(), "compas", "en", "curious")
    walk.author = "Ada Lovelace"
    made = walk.investigation.model_copy(update={"done": True, "position": "audit"})
    tool, arguments, seed = walk.walkthrough.measure("audit")
    from tools import registry

    made.findings["audit"] = registry.get(tool).run(arguments, seed=seed, keep=True)
    (tmp_path / "theirs.json").write_text(as_json(made), encoding="utf-8")
    (tmp_path / "broken.json").write_text(json.dumps({"schema": "?"}), encoding="utf-8")
    page = visit("en-US")
    page.get_by_role("tab", name="Incidents").click()
    expect(page.locator("#walk-bring")).to_be_visible()
    upload = "#walk-gallery input[type=file]"
    page.set_input_files(upload, tmp_path / "broken.json")
    expect(page.locator("#walk-message [role=alert]")).to_contain_text("not a report", timeout=30_000)
    page.set_input_files(upload, tmp_path / "theirs.json")
    expect(page.frame_locator("#walk-report iframe").locator(".theirs").first).to_contain_text(
        "Ada Lovelace", timeout=30_000
    )
    expect(page.locator("#walk-author")).to_be_hidden()
    page.locator("#walk-report").get_by_role("button", name="All incidents").click()
    expect(page.locator("#walk-gallery .theirs").first).to_contain_text("Ada Lovelace, received in a file")
    page.locator("#walk-search input, #walk-search textarea").fill("zeppelin")
    expect(page.locator("#walk-gallery")).to_contain_text("None matches these words")


def serious(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:160]) for one in found if one["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_view_has_a_serious_accessibility_fault(visit: Visit, url: str, theme: str) -> None:
    page = visit("en-US")
    page.goto(f"{url}?incident=compas&__theme={theme}")
    expect(page.locator("#walk-begin")).to_be_visible(timeout=60_000)
    assert serious(page) == []
    page.locator("#walk-begin").click()
    one = walkthroughs.load("compas")
    expect(page.locator("#walk-stage .walk-step")).to_be_visible()
    while here(page) != "audit":
        walk_on(page, one, False, "en")
        if here(page).startswith("guess"):
            assert serious(page) == []
    page.locator("#walk-measure").click()
    expect(page.locator("#walk-outcome .slip")).to_be_visible(timeout=SLOW)
    assert serious(page) == []
    page.locator("#walk-side").get_by_role("button", name="Report so far").click()
    expect(page.locator("#walk-report iframe")).to_be_visible(timeout=30_000)
    assert serious(page) == []
    page.locator("#walk-report").get_by_role("button", name="All incidents").click()
    expect(page.locator("#walk-list .progress")).to_be_visible()
    assert serious(page) == []


def test_keyboard_alone_answers_and_goes_on(visit: Visit, url: str) -> None:
    page = visit("en-US")
    begin(page, url, "compas")
    for _ in range(3):
        press(page, "#walk-next")
    expect(page.locator("#walk-stage h2")).to_be_focused()  # the reading goes on at the title of the step
    page.locator("#walk-number textarea, #walk-number input").focus()
    page.keyboard.type("40")
    page.keyboard.press("Enter")
    expect(page.locator("#walk-stage [data-step='guess-meaning']")).to_be_visible(timeout=30_000)

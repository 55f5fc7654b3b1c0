"""The Workshop in a real browser: exercises with a measured mark, two prompts on a table, the next token."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from assistant.ui import workshop_editor
from assistant.ui.workshop_diff import marked
from knowledge import exercises
from knowledge.exercises import Prompt
from tests.ui.conftest import serving
from tools.errors import BadInput
from tools.finding import Lang

if TYPE_CHECKING:
    from tests.served import Server

Visit = Callable[..., Page]
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
    assert box(page, "workshop-prompt").input_value() == exercises.load("one-word", "fr").start.prompt
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


CAPITALS = {"la France": "Paris", "l’Italie": "Rome", "l’Espagne": "Madrid", "la Grèce": "Athènes", "la Pologne": "Varsovie", "le Japon": "Tokyo"}  # fmt: skip


def with_capitals(page: Page, folder: Path) -> None:
    """The free section with a table of one's own and two prompts."""
    table = folder / "capitales.csv"
    rows = [f"{country};{capital}" for country, capital in CAPITALS.items()]
    table.write_text("\n".join(["pays;capitale", *rows]), encoding="cp1252")  # as a French spreadsheet saves it
    page.locator("#tab-workshop-button").click()
    page.locator("#workshop-free-button").click()
    expect(box(page, "free-a-prompt")).to_be_visible()
    page.set_input_files("#workshop-free input[type=file]", table)
    expect(page.locator("#free-message [role=status]")).to_contain_text("capitales.csv : 6 lignes", timeout=30_000)
    box(page, "free-a-prompt").fill("Parle de {pays}")
    box(page, "free-b-prompt").fill("Répète sans rien ajouter : {capitale}")
    page.locator("#free-checks").get_by_label("c’est ce que dit la colonne").uncheck()
    page.locator("#free-checks").get_by_label("contient ce que dit la colonne").check()
    box(page, "free-tokens").fill("12")


@pytest.mark.browser
@pytest.mark.real
def test_two_prompts_on_a_table_of_ones_own(visit: Visit, tmp_path: Path) -> None:
    page = visit("fr-FR")
    with_capitals(page, tmp_path)
    measured(page, "#free-run", "#free-outcome")
    expect(page.locator("#free-outcome .workshop-pairs tbody tr")).to_have_count(6)
    expect(page.locator("#free-outcome .slip")).to_contain_text("le prompt A")
    with page.expect_download() as download:
        page.locator("#free-files a").first.click()
    rows = list(csv.DictReader(Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    assert [row["capitale"] for row in rows] == list(CAPITALS.values())
    assert {row["score_B"] for row in rows} <= {"0.0", "1.0"}
    for row in rows:
        assert (row["capitale"] in row["reply_B"]) <= (row["score_B"] == "1.0")

    page.locator("#free-checks").get_by_label("c’est l’un des mots permis").check()
    page.locator("#free-run").click()
    expect(page.locator("#free-message [role=alert]")).to_contain_text("Mots permis")
    bad = tmp_path / "bad.csv"
    bad.write_text("un,un\n1,2\n", encoding="utf-8")
    page.set_input_files("#workshop-free input[type=file]", bad)
    expect(page.locator("#free-message [role=alert]")).to_contain_text("deux colonnes", timeout=30_000)
    assert box(page, "free-b-prompt").input_value() == "Répète sans rien ajouter : {capitale}"
    expect(page.locator("#free-items summary")).to_contain_text("Les 6 éléments")


@pytest.mark.browser
@pytest.mark.real
def test_the_sliders_reshape_one_distribution(visit: Visit) -> None:
    page = visit("fr-FR")
    tokens_read(page, "La capitale de la France est")
    expect(page.locator("#token-boxes .token")).to_have_count(7, timeout=30_000)
    flat = shares(page)
    assert len(flat) == 21  # twenty tokens and all the others
    assert sum(flat) == pytest.approx(100, abs=1)
    slide(page, "temperature", "0.5")
    expect(page.locator("#token-bars .now .value").first).not_to_have_text(
        f"{flat[0]:.1f}".replace(".", ",") + "\u202f%"
    )
    sharp = shares(page)
    assert sharp[0] > flat[0]
    assert sum(sharp) == pytest.approx(100, abs=1)
    slide(page, "top_p", "0.3")
    expect(page.locator("#token-bars tr.cut").first).to_be_visible()
    cut = shares(page)
    assert sum(cut) == pytest.approx(100, abs=1)
    assert cut[-1] == 0
    slide(page, "temperature", "0")
    expect(page.locator("#token-bars .now .value").first).to_contain_text("100,0")

    page.locator("#token-likeliest").click()
    expect(page.locator("#token-boxes .token.added")).to_have_count(1, timeout=30_000)
    slide(page, "temperature", "2")
    slide(page, "top_p", "1")
    expect(page.locator("#token-bars tr.cut")).to_have_count(0)
    page.locator("#token-ten").click()
    expect(page.locator("#token-drawn table")).to_be_visible(timeout=30_000)
    times = [int(one) for one in page.locator("#token-drawn td:nth-child(2)").all_inner_texts()]
    assert sum(times) == 10
    assert len(times) > 1
    page.locator("#token-draw").click()
    expect(page.locator("#token-boxes .token.added")).to_have_count(2, timeout=30_000)
    page.locator("#token-undo").click()
    expect(page.locator("#token-boxes .token.added")).to_have_count(1, timeout=30_000)
    page.locator("#token-restart").click()
    expect(page.locator("#token-boxes .token.added")).to_have_count(0, timeout=30_000)


@pytest.mark.browser
@pytest.mark.real
def test_the_token_view_by_keyboard_and_with_nothing_to_read(visit: Visit) -> None:
    page = visit("en-US")
    page.locator("#tab-workshop-button").focus()
    page.keyboard.press("Enter")
    page.locator("#workshop-tokens-button").focus()
    page.keyboard.press("Enter")
    page.locator("#token-read").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#token-message [role=alert]")).to_contain_text("Write a few words", timeout=SLOW)
    box(page, "token-text").focus()
    page.keyboard.type("The capital of France is")
    page.locator("#token-read").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#token-bars th .piece").first).to_have_text("␣Paris", timeout=SLOW)
    page.locator("#token-temperature input[type=range]").focus()
    before = shares(page)
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#token-bars .now .value").first).not_to_have_text(f"{before[0]:.1f}%")
    page.locator("#token-draw").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#token-boxes .token.added")).to_have_count(1, timeout=30_000)


def serious(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:160]) for one in found if one["impact"] in ("serious", "critical")]


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


@pytest.mark.browser
@pytest.mark.vllm
@pytest.mark.real
def test_a_served_model_is_seen_and_measured_too(browser: Browser, served: Server, tmp_path: Path) -> None:
    with serving("--engine", served.url) as address:
        context = browser.new_context(locale="fr-FR", viewport={"width": 1360, "height": 900})
        page = context.new_page()
        page.goto(address)
        expect(page.locator("#head")).to_contain_text("Vous parlez à une machine", timeout=60_000)
        tokens_read(page, "La capitale de la France est")
        expect(page.locator("#token-bars")).to_contain_text("Le serveur donne 20 log-probabilités")
        assert sum(shares(page)) == pytest.approx(100, abs=1)  # exact at temperature 1
        slide(page, "temperature", "1.5")
        expect(page.locator("#token-bars .unsure").first).to_be_visible()
        expect(page.locator("#token-bars .now .value").first).to_contain_text("–")  # between two bounds
        page.locator("#token-ten").click()
        expect(page.locator("#token-drawn table")).to_be_visible(timeout=60_000)
        assert sum(int(one) for one in page.locator("#token-drawn td:nth-child(2)").all_inner_texts()) == 10
        page.locator("#token-draw").click()
        expect(page.locator("#token-boxes .token.added")).to_have_count(1, timeout=60_000)
        with_capitals(page, tmp_path)
        measured(page, "#free-run", "#free-outcome")
        expect(page.locator("#free-outcome .workshop-pairs tbody tr")).to_have_count(6)
        opened(page, address, "one-word")
        page.locator("#workshop-see").click()
        expect(page.locator("#workshop-received pre")).to_contain_text("<|im_start|>user", timeout=SLOW)
        context.close()

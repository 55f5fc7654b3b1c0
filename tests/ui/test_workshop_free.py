"""Two prompts on a table of one's own and the next token, in a real browser, with the packaged model and a served one."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.conftest import serving
from tests.ui.workshop_page import SLOW, box, measured, opened, shares, slide, tokens_read

if TYPE_CHECKING:
    from tests.served import Server

Visit = Callable[..., Page]
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

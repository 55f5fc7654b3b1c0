"""A visitor's picture in a real browser: looked at, not stored, gone when it is taken away or the page is closed."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.ui.conftest import ask
from tools.vision import pictures

pytestmark = [pytest.mark.browser, pytest.mark.real]
Visit = Callable[..., Page]


def photo() -> bytes:
    """A photograph with a place in its notes, as a phone writes it."""
    out = io.BytesIO()
    image = Image.fromarray(pictures.read("coffee").pixels)
    notes = Image.Exif()
    notes[0x8825] = {1: "N", 2: (48.0, 51.0, 24.0)}  # GPS: latitude
    image.save(out, "JPEG", exif=notes, quality=92)
    return out.getvalue()


def give(page: Page, button: str, name: str, kind: str, content: bytes) -> None:
    """Chooses a file as a person does."""
    with page.expect_file_chooser() as chooser:
        page.locator(button).click()
    chooser.value.set_files({"name": name, "mimeType": kind, "buffer": content})


def kept() -> list[Path]:
    return [one for one in (Path(os.environ["AUTOPSIE_HOME"]) / "uploads").rglob("*") if one.is_file()]


@pytest.mark.parametrize(
    ("locale", "said", "remove", "question"),
    [
        ("en-US", "stays on this machine", "Remove the picture", "Where does the network look in my picture?"),
        ("fr-FR", "reste sur cette machine", "Retirer l’image", "Que regarde le réseau dans mon image ?"),
    ],
)
def test_a_picture_is_looked_at_and_not_stored(
    visit: Visit, locale: str, said: str, remove: str, question: str
) -> None:
    page = visit(locale)
    give(page, "#picture-button", "photo.jpg", "image/jpeg", photo())
    expect(page.locator("#picture")).to_contain_text(said)
    assert len(kept()) == 1
    with Image.open(kept()[0]) as stored:
        assert not stored.getexif(), "the place is dropped"
    ask(page, question)
    slip = page.locator("article.turn .slip").last
    expect(slip).to_contain_text("image_saliency")
    expect(slip.locator("figure img").first).to_be_visible()
    page.reload()  # the notebook has the finding and not the picture
    expect(page.locator("article.turn .slip").last).to_contain_text("image_saliency")
    expect(page.locator("article.turn .slip figure img")).to_have_count(0)
    for _ in range(60):  # the session of the page before the reload ended, and its picture with it
        if not kept():
            break
        time.sleep(0.5)
    assert not kept()


def test_taking_a_picture_away_and_a_file_that_is_none(visit: Visit) -> None:
    page = visit("en-US")
    give(page, "#picture-button", "photo.jpg", "image/jpeg", photo())
    expect(page.locator("#picture img")).to_be_visible()
    page.get_by_role("button", name="Remove the picture").click()
    expect(page.locator("#picture img")).to_have_count(0)
    assert not kept()
    give(page, "#picture-button", "photo.jpg", "image/jpeg", b"MZ\x90 not a picture")
    expect(page.locator("#picture [role=alert]")).to_contain_text("not a picture")
    assert not kept()


def test_a_table_of_ones_own_in_the_lab(visit: Visit) -> None:
    page = visit("en-US")
    page.locator("#tab-lab-button").click()
    page.locator("#lab-tool input").click()
    page.locator("#lab-tool input").fill("fairness_audit")
    page.get_by_role("option").filter(has_text="fairness_audit").first.click()
    rows = ["who,hired,score"] + [f"{'ab'[i % 2]},{int(i % 5 < 2)},{(i * 37) % 100}" for i in range(400)]
    expect(page.locator("#lab-dataset-file")).to_be_visible()
    give(page, "#lab-dataset-file", "jobs.csv", "text/csv", "\n".join(rows).encode())
    page.wait_for_function(
        "[...document.querySelectorAll('#lab textarea, #lab input')].some(one => one.value.includes('jobs.csv'))"
    )
    for label, value in (("group", "who"), ("label", "hired"), ("score", "score")):
        page.locator("#lab").get_by_label(label, exact=False).first.fill(value)
    page.locator("#lab-run").click()
    expect(page.locator("#lab-out .slip")).to_contain_text("fairness_audit", timeout=60_000)

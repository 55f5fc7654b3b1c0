"""Reports of real findings: what they hold, what they keep from harm, what a replay says, how they read and print."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from assistant import gallery, investigations
from assistant.cli import main
from assistant.investigations import Investigation
from assistant.notebook import Notebook
from assistant.report import as_html, as_json, bring, replay, write
from assistant.report_replay import compare, tolerance
from assistant.report_svg import safe_svg
from assistant.walkthrough import Walk
from tests import made
from tools.errors import BadInput
from tools.finding import Estimate, Figure, same
from tools.registry import get

STEPS = """\
incident: compas
minutes: 20
headline: audit.fpr_black
steps:
  - {id: story, phase: identify, kind: read}
  - {id: sheet, phase: identify, kind: passage, document: compas, heading: 3}
  - {id: guess, phase: reproduce, kind: predict, answer: number, unit: "%", low: 0, high: 100, close: 5, of: audit, claim: fpr_black}
  - {id: guess-order, phase: reproduce, kind: predict, answer: choice, choices: [fewer, more], right: more, bears: "fpr_black > fpr_white", of: audit}
  - id: audit
    phase: reproduce
    kind: run
    tool: fairness_audit
    arguments: {dataset: compas}
    claims:
      fpr_black: {at: "estimate:fpr_first", value: FIRST, within: 0.01}
      fpr_white: {at: "estimate:fpr_second", value: SECOND, within: 0.01}
  - {id: faces, phase: simulate, kind: run, tool: disaggregated_evaluation}
  - {id: names, phase: dissect, kind: run, tool: weat, arguments: {test: "6"}}
  - {id: say, phase: dissect, kind: predict, answer: sentence, of: words}
  - {id: words, phase: dissect, kind: run, tool: analogy, arguments: {a: man, b: king, c: woman}}
  - {id: tell, phase: tell, kind: read}
  - {id: ask, phase: confront, kind: question}
  - {id: keep, phase: record, kind: read}
"""
FRONT = "---\ntitle: {title}\nteaser: One case. Two numbers.\naims: [read a number]\ntiming: 20 min\nmaterial: none\nsensitive: none\nmarking: none\n---\n"
STEP = "## {id}\n# {title} {id}\nSome words of *{id}*.\n"


@pytest.fixture(scope="module")
def sample(state: Path) -> Iterator[str]:
    """A walkthrough of one's own with four quick instruments, in the state folder."""
    found = {one.name: one.value for one in get("fairness_audit").run({"dataset": "compas"}).estimates}
    steps = STEPS.replace("FIRST", f"{found['fpr_first']:.3f}").replace("SECOND", f"{found['fpr_second']:.3f}")
    folder = state / "walkthroughs" / "report-sample"
    folder.mkdir(parents=True)
    (folder / "walkthrough.yaml").write_text(steps)
    ids = re.findall(r"\bid: ([a-z-]+)", steps)
    for lang, title in (("en", "Two numbers"), ("fr", "Deux nombres")):
        parts = [FRONT.format(title=title)] + [
            STEP.format(id=one, title="Step" if lang == "en" else "Étape") for one in ids
        ]
        text = "\n".join(parts)
        for step, more in {
            "guess": "### right\nIt was {fpr_black}.\n### wrong\nNot so, it was {fpr_black}.\n",
            "guess-order": "### choice fewer\nfewer of them\n### choice more\nmore of them\n### right\nYes.\n### wrong\nNo.\n",
            "say": "### after\nOthers said so.\n",
            "ask": "### after\nThink of who decides.\n",
        }.items():
            text = text.replace(f"of *{step}*.\n", f"of *{step}*.\n\n{more}")
        (folder / f"{lang}.md").write_text(text)
    yield folder.name
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Notebook:
    return Notebook(f"sqlite:///{tmp_path_factory.mktemp('book') / 'notebook.db'}")


@pytest.fixture(scope="module")
def walked(sample: str, notebook: Notebook) -> Investigation:
    """The sample walked to its end, with a right and a wrong prediction, an answer and a note."""
    walk = Walk.start(notebook, sample, "en", "student")
    answers: dict[str, float | str] = {
        "guess": 20.0, "guess-order": "more", "say": "Queens are <b>not</b> arithmetic.", "ask": "The judge & the clerk.",
    }  # fmt: skip
    while not walk.done:
        if walk.step.id in answers:
            walk.answer(answers[walk.step.id])
        if walk.step.kind == "run":
            walk.run()
        if walk.step.id == "names":
            walk.note("Eight words a side.\nThat is few.")
        walk.next()
    return investigations.load(notebook, walk.id)


@pytest.fixture
def record(walked: Investigation, tmp_path: Path) -> Path:
    (tmp_path / "report.json").write_text(as_json(walked), encoding="utf-8")
    return tmp_path / "report.json"


def altered(record: Path, change: Any) -> Path:
    """The same report with something of it written otherwise."""
    document = json.loads(record.read_text(encoding="utf-8"))
    change(document)
    record.write_text(json.dumps(document), encoding="utf-8")
    return record


@pytest.mark.real
def test_the_page_holds_what_was_predicted_measured_and_noted_and_nothing_that_runs(walked: Investigation) -> None:
    page = as_html(walked)
    assert '<html lang="en">' in page and "<script" not in page
    assert "Not so, it was" in page and "20%" in page and "more of them" in page
    assert "Queens are &lt;b&gt;not&lt;/b&gt; arithmetic." in page and "The judge &amp; the clerk." in page
    assert "That is few." in page
    for finding in walked.findings.values():
        assert finding.id in page and (finding.specimen.sha256 or "") in page
        assert finding.rerun.split(" --")[0] in page
        assert len(re.findall('<img src="data:image/svg', page)) >= len(finding.figures) > 0
    assert "Caliskan" in page
    addresses = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert all(one.startswith(("data:image/", "#")) for one in addresses)


@pytest.mark.real
def test_the_page_in_french_has_french_numbers_and_words(walked: Investigation) -> None:
    page = as_html(walked, "fr")
    assert '<html lang="fr">' in page and "Prédit et mesuré" in page and "Étape guess" in page
    assert "non confirmé" in page and "20\u202f%" in page
    shown = re.sub(r"<pre.*?</pre>|<code>.*?</code>|<style>.*?</style>|<(?:img|meta)[^>]*>", "", page, flags=re.S)
    for table in re.findall(r"<td class=\"number\">([^<]*)</td>", shown):
        assert "." not in table, table


@pytest.mark.real
def test_all_numbers_of_a_report_hold_when_measured_again(record: Path) -> None:
    told: list[str] = []
    rows = replay(record, on_progress=lambda one: told.append(one.label.en))
    assert {row.step for row in rows} == {"audit", "faces", "names", "words"}
    assert len(rows) > 500 and all(row.held for row in rows), [row for row in rows if not row.held][:3]
    assert not any(row.specimen for row in rows)
    assert any(label.startswith("3/4, weat: ") for label in told)


@pytest.mark.real
def test_a_changed_number_is_named(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def change(document: dict[str, Any]) -> None:
        document["investigation"]["findings"]["names"]["estimates"][0]["value"] = 1.7
        document["investigation"]["findings"]["names"]["version"] = "0"

    assert main(["replay", str(altered(record, change)), "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert "moved effect_size: 1.7 → 1.889" in said and said.count("moved ") == 1
    assert "another version of the instrument: 0 → " in said
    assert main(["replay", str(record), "--json"]) == 1
    counted = json.loads(capsys.readouterr().out)
    assert (counted["moved"], counted["failed"]) == (1, 0)


@pytest.mark.real
def test_a_changed_specimen_is_named_with_the_numbers_that_moved(tmp_path: Path) -> None:
    from tools.specimens.words import load

    space = load("word2vec")
    sets = ["John", "Paul", "Mike", "Kevin", "Steve", "Greg", "Jeff", "Bill", "Amy", "Joan", "Lisa", "Sarah", "Diana", "Kate", "Ann", "Donna",
            "executive", "management", "professional", "corporation", "salary", "office", "business", "career",
            "home", "parents", "children", "family", "cousins", "marriage", "wedding", "relatives"]  # fmt: skip
    kept = [word for word in sets if word in space.index]
    rows = {word: space.matrix[space.index[word]].copy() for word in kept}
    file = tmp_path / "few.txt"

    def store() -> None:
        file.write_text("\n".join(" ".join([w, *(f"{x:.6f}" for x in v)]) for w, v in rows.items()) + "\n")

    def replayed() -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", "assistant.cli", "replay", str(tmp_path / "finding.json"), "--lang", "en"]
        return subprocess.run(words, capture_output=True, text=True, timeout=120)

    store()
    finding = get("weat").run({"test": "6", "vectors": str(file)})
    (tmp_path / "finding.json").write_text(json.dumps(finding.model_dump(mode="json") | {"id": finding.id}))
    same_bytes = replayed()
    assert same_bytes.returncode == 0 and "All numbers hold." in same_bytes.stdout
    rows["John"], rows["Amy"] = rows["Amy"], rows["John"]
    store()
    other_bytes = replayed()
    said = other_bytes.stdout
    assert other_bytes.returncode == 1
    assert "another specimen: " in said and (finding.specimen.sha256 or "?")[:12] in said
    assert "moved effect_size:" in said and "moved associations: John: " in said
    assert "moved associations: Kate: " not in said  # her vector is the same, and so is her number


@pytest.mark.real
def test_what_cannot_be_measured_again_is_said_and_the_rest_goes_on(
    record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def change(document: dict[str, Any]) -> None:
        found = document["investigation"]["findings"]
        found["names"]["arguments"]["vectors"] = "/nowhere.kv"
        found["words"]["arguments"]["vectors"] = "http://elsewhere.example/vectors"
        found["faces"]["tool"] = "nosuch"

    assert main(["replay", str(altered(record, change)), "--lang", "en"]) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "names (weat): could not be measured again." in said and "no such file" in said
    assert "another machine (elsewhere.example)" in said and "There is no tool called 'nosuch'" in said
    assert re.search(r"audit \(fairness_audit\): (\d+) of \1 numbers hold", said)


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "not JSON"), ("[1, 2]", "not a report"), ('{"investigation": {"findings": {}}}', "no finding"), ('{"tool": "weat"}', "not a report")],
)  # fmt: skip
def test_a_file_that_is_no_report_is_refused_in_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(BadInput, match=said):
        replay(tmp_path / "x.json")
    with pytest.raises(BadInput):
        bring(tmp_path / "x.json")


def test_how_near_a_number_must_be_depends_on_what_computes_it() -> None:
    assert tolerance(get("fairness_audit")) == (1e-6, 1e-9)
    assert tolerance(get("weat")) == (1e-6, 1e-6)
    assert tolerance(get("fill_mask")) == (1e-3, 1e-5)

    def one(value: float) -> Any:
        share = Estimate(name="share", label=same("share"), value=value, low=0.4, high=0.6, n=50)
        return made.finding(tool="fill_mask", estimates=[share], tables=[])

    moved = {
        after: [row.name for row in compare("s", one(0.5), one(after)) if not row.held]
        for after in (0.5004, 0.58, 0.61)
    }
    # 0.5004 is within 0.001 × 0.5; 0.58 is not, but the report's own interval holds it; 0.61 is outside.
    assert moved == {0.5004: [], 0.58: [], 0.61: ["share"]}


@pytest.mark.real
def test_what_is_brought_is_marked_as_theirs_and_never_replaces_ones_own(
    walked: Investigation, record: Path, notebook: Notebook
) -> None:
    def change(document: dict[str, Any]) -> None:
        document["investigation"]["author"] = "Ada L."
        document["investigation"]["findings"]["names"]["rerun"] = "rm -rf ~"

    theirs = bring(altered(record, change))
    assert theirs.imported and theirs.id != walked.id and len(theirs.id) == len(walked.id)
    assert bring(record).id == theirs.id
    assert theirs.findings["names"].rerun.startswith("autopsie run weat")
    assert theirs.findings["names"].estimates == walked.findings["names"].estimates
    page = as_html(theirs)
    assert page.count("Findings of Ada L.") == 5 and "Their note" in page  # at the top, and at each finding
    assert "Mesures de Ada L." in as_html(theirs, "fr")
    investigations.save(notebook, theirs)
    assert investigations.load(notebook, walked.id) == walked
    investigations.delete(notebook, theirs.id)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>", '<g onload="alert(1)"/>', '<image href="http://x.example/y.png"/>', "<foreignObject/>",
        '<path style="fill:url(http://x.example/#a)"/>', '<use href="data:image/svg+xml;base64,AAAA"/>', '<animate attributeName="href"/>',
        '<h:b xmlns:h="http://www.w3.org/1999/xhtml"/>', "<a href='javascript:x()'/>", "<g",
    ],
)  # fmt: skip
def test_a_drawing_from_a_file_is_nothing_but_a_drawing(inside: str) -> None:
    with pytest.raises(BadInput):
        safe_svg(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{inside}</svg>')


def test_a_drawing_with_entities_is_not_even_read() -> None:
    with pytest.raises(BadInput):
        safe_svg('<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>')


@pytest.mark.real
def test_the_drawings_of_autopsie_pass(walked: Investigation) -> None:
    for finding in walked.findings.values():
        for figure in finding.figures:
            passed = safe_svg(figure.data)
            assert passed.count("<path") == figure.data.count("<path") and "<style" not in passed


def test_a_picture_of_ones_own_is_in_neither_file() -> None:
    pixels = base64.b64encode(b"my face").decode()
    own = made.finding(
        private=True, figures=[Figure(name="f", media_type="image/png", data=pixels, alt=same("a face"))]
    )
    inv = Investigation(walkthrough="nowhere-to-be-found", findings={"run": own}, notes={"run": "Mine."})
    for text in (as_html(inv), as_json(inv)):
        assert pixels not in text and "Mine." in text
    assert "were not stored" in as_html(inv)
    assert "The text of the walkthrough has changed" in as_html(inv)


@pytest.mark.real
def test_the_gallery_finds_finished_investigations_by_their_words(
    walked: Investigation, sample: str, notebook: Notebook
) -> None:
    Walk.start(notebook, sample)  # begun, not finished
    other = Investigation(walkthrough="other", findings={"run": made.finding()}, done=True, author="Ada", imported=True)
    investigations.save(notebook, other)
    assert {one.id for one in gallery.finished(notebook)} == {walked.id, other.id}
    assert gallery.search("the judge and the clerk", notebook=notebook)[0].id == walked.id
    found = gallery.search("récidive, COMPAS : que disent les juges ?", notebook=notebook)[0]
    assert found.id == walked.id and re.match(
        r"Une enquête faite ici \(\d\d/\d\d/\d{4}, «\u202fDeux nombres\u202f»\) a trouvé\u202f: ", found.cited("fr")
    )
    theirs = gallery.search("career names", 5, notebook)[0]
    assert theirs.cited("en").startswith("An investigation made by someone else, Ada (")
    assert theirs.cited("en").endswith("found: Male names lie closer to career words: effect size d = 1.89.")
    assert gallery.search("volcano", notebook=notebook) == []
    assert gallery.search("the of and", notebook=notebook) == []
    investigations.delete(notebook, other.id)


@pytest.mark.real
def test_the_files_are_written_where_they_were_asked_for(
    walked: Investigation, record: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert [file.name for file in write(walked, tmp_path / "both")] == ["report.html", "report.json"]
    with pytest.raises(BadInput, match="neither"):
        write(walked, tmp_path / "report.pdf")
    assert main(["report", str(record), "--out", str(tmp_path / "theirs.html"), "--lang", "fr"]) == 0
    assert "Mesures de quelqu’un d’autre" in (tmp_path / "theirs.html").read_text()
    assert main(["report", "nosuch", "--out", str(tmp_path / "x.html")]) == 2
    assert main(["report", walked.id]) == 2
    assert "Say where" in capsys.readouterr().err


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
    assert program, "the browser tests need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


@pytest.fixture
def opened(browser: Browser, walked: Investigation, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page of a report, opened from disk without network."""
    lang, width = request.param
    (tmp_path / "r.html").write_text(as_html(walked, lang), encoding="utf-8")
    context = browser.new_context(offline=True, viewport={"width": width, "height": 900})
    page, asked, said = context.new_page(), list[str](), list[str]()
    page.on("request", lambda one: asked.append(one.url) if not one.url.startswith("data:") else None)
    page.on("console", lambda one: said.append(one.text))
    page.goto((tmp_path / "r.html").as_uri())
    yield page
    assert len(asked) == 1 and not said, (asked, said)
    context.close()


@pytest.mark.real
@pytest.mark.browser
@pytest.mark.parametrize("opened", [("en", 1280), ("fr", 1280), ("en", 390)], indirect=True)
def test_the_page_opens_from_disk_and_serves_everyone(opened: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    bad = [
        f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:160]}"
        for one in Axe().run(opened).response["violations"]
        if one["impact"] in ("serious", "critical") or one["id"] in ("heading-order", "region", "skip-link")
    ]
    assert not bad, bad
    assert opened.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth + 2")
    assert opened.evaluate("[...document.images].every(one => one.naturalWidth > 50 && one.alt.length > 40)")
    assert opened.locator("h1").count() == 1
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.className") == "skip"


@pytest.mark.real
@pytest.mark.browser
@pytest.mark.parametrize("opened", [("fr", 1280)], indirect=True)
def test_the_page_prints_to_a4(opened: Page, tmp_path: Path) -> None:
    import pypdfium2

    opened.pdf(path=str(tmp_path / "r.pdf"), prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(tmp_path / "r.pdf")
    sizes = {(round(page.get_width()), round(page.get_height())) for page in document}
    assert sizes == {(595, 842)}  # A4 in points
    words = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "Prédit et mesuré" in words and "Aller au rapport" not in words

"""The Incidents tab as HTML: the catalogue, a walkthrough's cover, its timeline, a step and what came of it, the gallery."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from markupsafe import Markup, escape

from assistant import gallery, investigations, walk_view
from assistant.investigations import Listed, Way
from assistant.notebook import Notebook
from assistant.ui.page import slip_html, templates
from assistant.ui.shelf import in_language, with_terms, years_of
from assistant.ui.walk_words import word
from assistant.walk_view import Feedback, StepView
from assistant.walkthrough import Walk
from knowledge import walkthroughs
from knowledge.categories import HARMS
from knowledge.terms import fold
from knowledge.walkthrough_claims import decimals
from knowledge.walkthroughs import PHASE_NAMES, PHASES, Predict
from tools.errors import AutopsieError
from tools.finding import Lang, french
from tools.numbers import plain
from tools.registry import get

VERDICT = {
    True: ("Prediction borne out", "Prédiction confirmée"),
    False: ("Prediction not borne out", "Prédiction non confirmée"),
    None: ("", ""),
}


def catalogue_html(
    notebook: Notebook, lang: Lang, mine: dict[str, str], words: str = "", harm: str = "", sector: str = "",
    years: str = "", guided: bool = False,
) -> str:  # fmt: skip
    """The incidents that pass the filters, those with a guided autopsy first, with this browser's progress."""
    wanted = fold(words or "").split()
    first, last = years_of().get(years, (0, 9999))
    ways, broken = _ways(notebook, lang, mine)
    everything = [one for one in in_language(lang) if one.kind == "incident"]
    found: list[dict[str, Any]] = [
        {"sheet": one, "ways": ways.get(one.id, []), "harms": [HARMS[key].get(lang) for key in one.harms]}
        for one in everything
        if (not harm or harm in one.harms)
        and (not sector or sector == one.sector)
        and min(one.years) <= last
        and max(one.years) >= first
        and (not guided or one.id in ways)
        and all(part in fold(f"{one.id} {one.title} {one.summary} {one.organisation} {one.years} {one.tags}") for part in wanted)
    ]  # fmt: skip
    found.sort(key=lambda row: (not row["ways"], -max(row["sheet"].years), row["sheet"].title))
    return _render("walk_catalogue", lang, found=found, total=len(everything), broken=broken)


def _ways(notebook: Notebook, lang: Lang, mine: dict[str, str]) -> tuple[dict[str, list[dict[str, Any]]], list[str]]:
    """The walkthroughs of each incident with how far this browser is in each; what is wrong with those that cannot be read."""
    found: dict[str, list[dict[str, Any]]] = {}
    broken: list[str] = []
    for name in walkthroughs.names():
        try:
            one = walkthroughs.load(name)
        except AutopsieError as error:
            broken.append(error.message.get(lang))
            continue
        way: dict[str, Any] = {"id": name, "title": one.words[lang].title, "minutes": one.minutes, "total": 0}
        way |= {"press": f"cover:{name}", "label": word("begin", lang)}
        if walk := _walk(notebook, mine.get(name, "")):
            path = walk.path()
            here = walk.investigation.position
            way |= {"n": path.index(here) + 1 if here in path else 1, "total": len(path), "done": walk.done}
            way |= {"press": f"resume:{walk.id}", "label": word("resume", lang)}
            if walk.done:
                way |= {"press": f"report:{walk.id}", "label": "Rapport" if lang == "fr" else "Report"}
        found.setdefault(one.incident, []).append(way)
    return found, broken


def _walk(notebook: Notebook, identifier: str) -> Walk | None:
    try:
        return Walk.resume(notebook, identifier) if identifier else None
    except AutopsieError:  # deleted since, or its walkthrough was
        return None


def gallery_html(notebook: Notebook, lang: Lang, asked: str = "") -> str:
    """Finished investigations, those that share words with ``asked`` when something is; then those left on the way."""
    made = gallery.search(asked, 20, notebook) if (asked or "").strip() else gallery.finished(notebook)
    listed = {one.id: one for one in investigations.list(notebook)}
    begun = [
        {
            "id": one.id,
            "changed": one.changed,
            "steps": len(one.seen),
            "title": title_of(one, lang),
            "press": f"{'report' if one.imported else 'resume'}:{one.id}",
            "imported": one.imported,
            "author": one.author,
        }
        for one in ([] if (asked or "").strip() else listed.values())
        if not one.done and (len(one.seen) > 1 or one.imported)
    ]
    return _render(
        "walk_gallery",
        lang,
        made=made,
        begun=begun,
        asked=(asked or "").strip(),
        goes=lambda id: goes(listed[id], lang) if id in listed else "",  # deleted elsewhere a moment ago
    )


def goes(one: Listed, lang: Lang) -> str:
    """What deleting an investigation takes away, and what it leaves."""
    return word("goes", lang, answers=len(one.answers), notes=len(one.notes), measured=one.measured)


def title_of(investigation: Way, lang: Lang) -> str:
    """The title of the walkthrough, or its id when it can no longer be read."""
    try:
        return walkthroughs.load(investigation.walkthrough).words[lang].title
    except AutopsieError:
        return investigation.walkthrough


def cover_html(identifier: str, lang: Lang) -> str:
    """What a walkthrough is about, what it takes, and the teacher's note."""
    one = walkthroughs.load(identifier)
    phases = [PHASE_NAMES[phase].get(lang) for phase in PHASES]
    return _render("walk_cover", lang, one=one, words=one.words[lang], phases=phases)


def timeline_html(walk: Walk) -> str:
    """The seven phases with the steps seen; those to come keep their titles to themselves."""
    phases = []
    for name, group in groupby(walk.timeline(), key=lambda mark: mark.phase_name):
        marks = list(group)
        seen = sum(mark.seen for mark in marks)
        state = "now" if any(mark.current for mark in marks) else "done" if seen == len(marks) else "ahead"
        phases.append({"name": name, "marks": marks, "seen": seen, "state": state})
    return _render("walk_timeline", walk.lang, phases=phases)


def step_html(walk: Walk, view: StepView) -> str:
    """The step: its words, the passage it shows, what it measures, a hint."""
    tool = get(view.tool) if view.tool else None
    met: set[str] = set()
    return _render(
        "walk_step", view.lang, view=view, text=words_html(view.text, view.lang, met),
        passage=words_html(view.passage.text, view.passage.lang, met) if view.passage else "",
        hint=words_html(view.hint, view.lang, met), given=_given(view),
        question=tool.question.get(view.lang) if tool else "", needs=tool.needs.get(view.lang) if tool else "",
    )  # fmt: skip


def outcome_html(walk: Walk, view: StepView, message: str = "") -> str:
    """What came of the step: predictions beside the measurement, its slip, what to look for, or what went wrong."""
    rows = [
        {
            "said": one,
            "verdict": {True: "right", False: "wrong", None: "open"}[one.right],
            "words": VERDICT[one.right][view.lang == "fr"],
            "scale": scale_svg(walk, one),
            "text": words_html(one.text, view.lang),
            "of_another": one.step != view.id,
        }
        for one in view.feedback
    ]
    slip = Markup(slip_html(view.finding, view.lang, anchor=f"walk-{view.id}")) if view.finding else ""
    after = words_html(view.after, view.lang)
    if not (rows or slip or after or message or view.moved):
        return ""
    return _render("walk_outcome", view.lang, view=view, feedback=rows, slip=slip, after=after, message=message)


def scale_svg(walk: Walk, said: Feedback) -> Markup:
    """The prediction and the measurement on the scale that was asked; nothing for a choice or a sentence."""
    step = walk.walkthrough.step(said.step)
    found = walk_view.values(walk.walkthrough, walk.investigation)
    if not (isinstance(step, Predict) and step.answer == "number" and step.claim in found):
        return Markup("")
    assert step.low is not None
    assert step.high is not None
    given, truth, close = float(walk.investigation.answers[said.step]), found[str(step.claim)], step.close or 0.0
    low, high = min(step.low, truth), max(step.high, truth)

    def x(value: float) -> float:
        return round(10 + 380 * (min(max(value, low), high) - low) / ((high - low) or 1), 1)

    ends = "".join(
        f'<text x="{x(at)}" y="46" text-anchor="{side}">{plain(at, walk.lang, 4)}</text>'
        for at, side in ((low, "start"), (high, "end"))
    )
    said_aloud = (
        f"Prédit {said.given}, mesuré {said.found}" if walk.lang == "fr" else f"Predicted {said.given}, measured {said.found}"
    )  # fmt: skip
    return Markup(
        f'<svg class="scale" viewBox="0 0 400 52" role="img" aria-label="{escape(said_aloud)}">'
        f'<line class="axis" x1="10" x2="390" y1="24" y2="24"/>{ends}'
        f'<rect class="close" x="{x(truth - close)}" y="17" width="{max(x(truth + close) - x(truth - close), 2)}" height="14"/>'
        f'<path class="given" d="M{x(given)} 24l-7 -14h14z"/><circle class="found" cx="{x(truth)}" cy="24" r="6"/></svg>'
    )


def words_html(text: str, lang: Lang, met: set[str] | None = None) -> Markup:
    """Markdown with the glossary's terms explained, each once."""
    return with_terms(_markdown(text), lang, met) if text else Markup("")


def _markdown(text: str) -> str:
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["lheading", "image"])
    return str(made.render(text))


def _given(view: StepView) -> str:
    """The answer as words: the text of a choice, a number in the reader's language."""
    for one in view.choices:
        if one.key == view.given:
            return one.text
    if isinstance(view.given, float):
        return walk_view.with_unit(view.given, view.unit, view.lang, decimals(view.given))
    return str(view.given or "")


def _render(name: str, lang: Lang, **values: Any) -> str:
    def t(en: str, fr: str) -> str:
        return french(fr) if lang == "fr" else en

    return templates().get_template(f"{name}.html").render(lang=lang, t=t, **values)

"""The self-audit card as Markdown and as a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.card import Card, Measure
from assistant.card_rows import dated, failures, headline, logs, provenance, repeat, row
from tools.finding import Lang, Table, Text
from tools.numbers import NARROW, cut

if TYPE_CHECKING:
    from markupsafe import Markup

SHOWN = 5  # failing examples in sight; the others are folded
MOST = 600  # characters of a failing answer


def markdown(card: Card, lang: Lang, earlier: Card | None = None) -> str:
    """The card as Markdown; ``earlier`` is the card to compare with."""
    words = _words(lang)
    lines = [f"# {words['title']}", "", provenance(card, lang), "", headline(card, lang)]
    if earlier:
        lines += ["", f"{words['compared']} {dated(earlier, lang)}."]
    columns = [words[key] for key in ("measure", "value", "interval", "n", "baseline", "target", "change")]
    for suite in card.suites:
        lines += ["", f"## {suite.title.get(lang)}", "", suite.question.get(lang), ""]
        lines += ["| " + " | ".join(columns) + " |", "|--|--:|--|--:|--|--|--|"]
        for one in suite.measures:
            shown = row(one, earlier, lang)
            cells = [shown.title, shown.value, shown.interval, shown.n, shown.baseline, f"{shown.sign} {shown.target}", shown.change]  # fmt: skip
            lines.append("| " + " | ".join(cell.strip().replace("|", "\\|") for cell in cells) + " |")
        lines += [line for one in suite.tables for line in _table(one, lang)]
        lines += ["", f"{words['limits']}{suite.limits.get(lang)}"]
    lines += ["", f"## {words['failures']}", ""]
    worst = failures(card, lang)
    for at, (suite, failed) in enumerate(worst, 1):
        lines += [
            f"{at}. **{suite.title.get(lang)}.** {cut(failed.question, MOST)}",
            f"   - {words['answered']}{cut(failed.answer, MOST) or '–'}",
            f"   - {words['why']}{failed.why.get(lang)}",
        ]
    lines += [] if worst else [words["none_failed"]]
    lines += ["", f"## {words['again']}", "", f"`{repeat(card)}`"]
    lines += ["", f"`{logs(card)}`"] if logs(card) else []
    return "\n".join(lines) + "\n"


def _table(table: Table, lang: Lang) -> list[str]:
    """A table of a suite as Markdown."""
    from assistant.terminal import cell

    rows = [[cell(one, lang) for one in row] for row in table.rows]
    lines = [[column.get(lang) for column in table.columns], ["--"] * len(table.columns), *rows]
    return ["", f"**{table.title.get(lang)}**", "", *("| " + " | ".join(line) + " |" for line in lines)]


def html(card: Card, lang: Lang, earlier: Card | None = None) -> str:
    """The card as one page that needs nothing but itself, on a screen or on paper."""
    from importlib.resources import files

    from markupsafe import Markup

    from assistant.ui.page import templates

    static = files("assistant.ui") / "static"
    css = "".join((static / name).read_text(encoding="utf-8") for name in ("report.css", "card.css"))
    return (
        templates()
        .get_template("card.html")
        .render(
            lang=lang, css=Markup(css), words=_words(lang), body=fragment(card, lang, earlier), version=card.version
        )
    )


def fragment(card: Card, lang: Lang, earlier: Card | None = None, asking: bool = False, source: str = "") -> Markup:
    """The card as a piece of a page; ``asking`` puts a button beside each failing question, ``source`` says whose card it is."""
    from markupsafe import Markup

    from assistant.ui.page import table_html, templates

    return Markup(
        templates()
        .get_template("card_body.html")
        .render(
            lang=lang,
            card=card,
            table=lambda one: Markup(table_html(one, lang)),
            words=_words(lang),
            source=source,
            asking=asking,
            provenance=provenance(card, lang),
            headline=headline(card, lang),
            colon=": " if lang == "en" else f"{NARROW}: ",
            compared=dated(earlier, lang) if earlier else "",
            suites=[(suite, [(row(one, earlier, lang), bar(one)) for one in suite.measures]) for suite in card.suites],
            failures=[(suite, one, cut(one.answer, MOST)) for suite, one in failures(card, lang)],
            shown=SHOWN,
            repeat=repeat(card),
            logs=logs(card),
        )
    )


def bar(measure: Measure) -> Markup:
    """A share on the scale from 0 to 100 %: interval, value, baseline, target; the words beside it say the same."""
    from markupsafe import Markup

    if measure.unit != "share" or measure.value is None:
        return Markup("")

    def x(share: float) -> float:
        return round(4 + 112 * min(max(share, 0.0), 1.0), 1)

    parts = ['<line x1="4" x2="116" y1="9" y2="9" class="axis"/>']
    if measure.low is not None and measure.high is not None:
        wide = max(x(measure.high) - x(measure.low), 1.5)
        parts.append(f'<rect x="{x(measure.low)}" y="5" width="{wide:.1f}" height="8" class="range"/>')
    if measure.baseline and measure.baseline.value is not None:
        at = x(measure.baseline.value)
        parts.append(f'<line x1="{at}" x2="{at}" y1="2" y2="16" class="tick"/>')
    if measure.target is not None:
        at = x(measure.target)
        parts.append(f'<path d="M{at - 3} 0h6l-3 4z" class="goal"/>')
    parts.append(f'<circle cx="{x(measure.value)}" cy="9" r="3.5" class="point"/>')
    return Markup(f'<svg class="share" viewBox="0 0 120 18" aria-hidden="true">{"".join(parts)}</svg>')


def _words(lang: Lang) -> dict[str, str]:
    """The words of the card's frame."""
    return {key: text.get(lang) for key, text in FRAME.items()}


FRAME = {
    "title": Text(en="Self-audit: the assistant under its own knife", fr="Auto-audit : l’assistant sous son propre scalpel"),
    "compared": Text(en="Compared with the card of", fr="Comparé à la fiche du"),
    "measure": Text(en="Measure", fr="Mesure"),
    "value": Text(en="Value", fr="Valeur"),
    "interval": Text(en="95% interval", fr="Intervalle à 95 %"),
    "both": Text(en="Value and 95% interval", fr="Valeur et intervalle à 95 %"),
    "n": Text(en="n", fr="n"),
    "baseline": Text(en="Beside it", fr="En regard"),
    "against": Text(en="Held against", fr="Mesuré à l’aune de"),
    "target": Text(en="Target", fr="Objectif"),
    "change": Text(en="Since the last card", fr="Depuis la dernière fiche"),
    "limits": Text(en="What it cannot tell: ", fr="Ce que cela ne dit pas : "),
    "failures": Text(en="What went wrong, the worst first", fr="Ce qui a échoué, le pire d’abord"),
    "more": Text(en="More examples that went wrong", fr="D’autres exemples qui ont échoué"),
    "answered": Text(en="Answered: ", fr="Réponse : "),
    "why": Text(en="Why it counts as wrong: ", fr="Pourquoi cela compte comme un échec : "),
    "none_failed": Text(en="No failing example was recorded.", fr="Aucun exemple d’échec n’a été enregistré."),
    "ask": Text(en="Ask it again", fr="Reposer la question"),
    "again": Text(en="Run it again", fr="Refaire la mesure"),
    "logs": Text(en="Every case, in Inspect’s viewer:", fr="Tous les cas, dans le lecteur d’Inspect :"),
    "bar": Text(
        en="Bars run from 0 to 100%: dot, the value; band, its interval; upright line, what it is compared with; triangle, the target.",
        fr="Les barres vont de 0 à 100 % : point, la valeur ; bande, son intervalle ; trait, ce à quoi on la compare ; triangle, l’objectif.",
    ),
    "made": Text(
        en="Made by a machine about itself: the program asked, answered and counted; the questions and the right answers were written beforehand.",
        fr="Fait par une machine à propos d’elle-même : le programme a demandé, répondu et compté ; les questions et les bonnes réponses ont été écrites auparavant.",
    ),
}  # fmt: skip

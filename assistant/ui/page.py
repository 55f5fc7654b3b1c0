"""Turns and findings as HTML: one template a thing, every text escaped, one look for all tools."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import lru_cache
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from assistant.compose import counted, estimate_line, first_sentences
from assistant.terminal import cell
from assistant.turn import GAP, Block, Passage, Turn
from tools.finding import Estimate, Figure, Finding, Lang, Table
from tools.numbers import interval, number, p_value


@lru_cache(maxsize=1)
def templates() -> Environment:
    """The templates of the page; every value that they show is escaped."""
    return Environment(loader=PackageLoader("assistant.ui"), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def turn_html(turn: Turn) -> str:
    """A turn: question, work done, answer, checks; slips and passages beside it."""

    def anchor(kind: str, n: int) -> str:
        return f"{kind}-{turn.id[:12]}-{n}"

    groups = [
        {"kind": kind, "blocks": list(blocks)} for kind, blocks in groupby(turn.answer, key=lambda block: block.kind)
    ]
    return (
        templates()
        .get_template("turn.html")
        .render(
            turn=turn,
            groups=groups,
            anchor=anchor,
            show_slips=not (turn.plan and turn.plan.kind == "explain" and turn.plan.aspect != "level"),
            highlighted=lambda passage: _highlighted(passage, turn.answer),
            slip=lambda finding, index: Markup(slip_html(finding, turn.lang, index, anchor("m", index))),
            table=lambda table: Markup(table_html(table, turn.lang)),
            explained=_explainer(turn.lang),
            short=_short,
            **_helpers(turn.lang),
        )
    )


def slip_html(finding: Finding, lang: Lang, index: int = 1, anchor: str = "slip") -> str:
    """A finding the way every finding is shown, whatever the tool."""
    main = next((e for e in finding.estimates if e.value is not None), None)
    raw = finding.model_dump(mode="json", exclude={"figures"}) | {"id": finding.id}
    return (
        templates()
        .get_template("slip.html")
        .render(
            finding=finding,
            index=index,
            id=anchor,
            lang=lang,
            main=main,
            bar=Markup(bar_svg(main, lang)) if main else "",
            digits=decimals(main) if main else 2,
            sentence=first_sentences(finding.summary.get(lang), 1),
            lines=[estimate_line(e, lang) for e in finding.estimates],
            raw=json.dumps(raw, ensure_ascii=False, indent=1),
            picture=_picture,
            reference=_reference,
            table=lambda table: Markup(table_html(table, lang)),
            **_helpers(lang),
        )
    )


def table_html(table: Table, lang: Lang) -> str:
    """A table with a caption and scoped headings; it can be scrolled by keyboard."""
    rows = [[{"text": cell(c, lang), "number": isinstance(c, int | float)} for c in row] for row in table.rows]
    return (
        templates()
        .get_template("table.html")
        .render(title=table.title.get(lang), columns=[c.get(lang) for c in table.columns], rows=rows)
    )


def bar_svg(estimate: Estimate, lang: Lang) -> str:
    """The interval as a bar, the estimate as a point, the baseline as a tick, with the numbers in words."""
    if estimate.low is None or estimate.high is None or estimate.value is None:
        return ""
    marks = [
        estimate.low,
        estimate.high,
        estimate.value,
        *([estimate.baseline] if estimate.baseline is not None else []),
    ]
    low, high = min(marks), max(marks)
    span = (high - low) or 1.0

    def x(value: float) -> float:
        return round(12 + 276 * (value - low) / span, 1)

    parts = [
        '<line x1="12" x2="288" y1="14" y2="14" class="axis"/>',
        f'<rect x="{x(estimate.low)}" y="9" width="{max(x(estimate.high) - x(estimate.low), 2)}" height="10" class="range"/>',
        f'<circle cx="{x(estimate.value)}" cy="14" r="5" class="point"/>',
        *_bounds(estimate, x, lang),
    ]
    said = ("interval {} to {}" if lang == "en" else "intervalle de {} à {}").format(
        number(estimate.low, lang), number(estimate.high, lang)
    )
    if estimate.baseline is not None:
        at = x(estimate.baseline)
        parts.append(f'<line x1="{at}" x2="{at}" y1="3" y2="25" class="tick"/>')
        crowded = min(abs(at - x(estimate.low)), abs(at - x(estimate.high))) < 40
        if not crowded:
            parts.append(
                f'<text x="{at}" y="34" text-anchor="middle" class="base">{number(estimate.baseline, lang, 1)}</text>'
            )
        said += (", baseline {}" if lang == "en" else ", référence {}").format(number(estimate.baseline, lang, 1))
    return f'<svg class="bar" viewBox="0 0 300 40" role="img" aria-label="{said}">{"".join(parts)}</svg>'


def decimals(estimate: Estimate) -> int:
    """Two decimals; none for counts, one for percentages, where more would pretend to a precision that is not there."""
    return 0 if counted(estimate) else 1 if estimate.unit == "%" else 2


def _bounds(estimate: Estimate, x: Callable[[float], float], lang: Lang) -> list[str]:
    """The two ends written under the bar, as one range where they lie too close to be told apart."""
    assert estimate.low is not None
    assert estimate.high is not None
    low, high, digits = x(estimate.low), x(estimate.high), decimals(estimate)
    if high - low < 48:
        middle = (low + high) / 2
        anchor = "end" if middle > 240 else "start" if middle < 60 else "middle"
        at = 299 if anchor == "end" else 1 if anchor == "start" else middle
        return [
            f'<text x="{at}" y="34" text-anchor="{anchor}">{interval(estimate.low, estimate.high, lang, digits)}</text>'
        ]
    first, last = ("start", 1.0) if low < 30 else ("middle", low), ("end", 299.0) if high > 270 else ("middle", high)
    return [
        f'<text x="{first[1]}" y="34" text-anchor="{first[0]}">{number(estimate.low, lang, digits)}</text>',
        f'<text x="{last[1]}" y="34" text-anchor="{last[0]}">{number(estimate.high, lang, digits)}</text>',
    ]


def _helpers(lang: Lang) -> dict[str, Any]:
    return {
        "t": lambda en, fr: fr if lang == "fr" else en,
        "num": lambda value, digits: number(value, lang, digits),
        "pvalue": lambda p: p_value(p, lang),
    }


def _picture(figure: Figure) -> Markup:
    """Figures are drawn by this program, so their source is trusted; pixels travel inside the page."""
    if figure.media_type == "image/svg+xml":
        unique = f"f{abs(hash(figure.data)) % 10**8}-"  # two inline drawings must not share ids
        source = re.sub(r'id="', f'id="{unique}', figure.data)
        source = re.sub(r'(href="#|url\(#)', rf"\g<1>{unique}", source)
        return Markup(re.sub(r'<svg ([^>]*?)(?:width="[^"]*"|height="[^"]*")\s*', r"<svg \1", source, count=1))
    return Markup('<img src="data:image/png;base64,{}" alt="">').format(figure.data)


def _explainer(lang: Lang) -> Callable[[str], Markup]:
    """Puts definitions on the terms of the glossary, each once in an answer."""
    from assistant.ui.shelf import with_terms

    met: set[str] = set()
    return lambda text: with_terms(str(Markup.escape(text)), lang, met)


def _highlighted(passage: Passage, answer: list[Block]) -> Markup:
    """The passage with the sentences that the answer took from it marked."""
    said = [part for block in answer if passage.number in block.passages for part in block.text.split(GAP)]
    text = Markup.escape(passage.text)
    for part in said:
        escaped = Markup.escape(part)
        text = Markup(str(text).replace(str(escaped), f"<mark>{escaped}</mark>"))
    return text


def _reference(key: str) -> str:
    from knowledge.bibliography import reference
    from tools.errors import AutopsieError

    try:
        return str(reference(key))
    except (KeyError, AutopsieError):
        return key


def _short(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 80 else text[:77] + "…"

"""The exercises of the Workshop as HTML: the list, one exercise, what came of an attempt, the attempts kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from assistant import workshop
from assistant.ui.page import slip_html, templates
from assistant.ui.workshop_diff import marked
from assistant.ui.workshop_words import word
from assistant.workshop import Attempt
from knowledge.exercise_checks import Check
from knowledge.exercise_checks import names as names_of
from knowledge.exercises import Exercise
from tools.finding import Finding, Lang
from tools.numbers import cut, number, words
from tools.prompting import result
from tools.prompting.text import label
from tools.prompting.trial import Received, Sheet

SHOWN = 6  # pairs of replies in sight; the others are one click away
TRIES = 3  # attempts after which the reference solution opens


def list_html(exercises: Sequence[Exercise], mine: Sequence[Attempt], lang: Lang) -> str:
    """The exercises by level, with what this visitor has reached in each; ``mine`` has the best attempts first."""
    rows = []
    for one in exercises:
        tried = [attempt for attempt in mine if attempt.exercise == one.id]
        rows.append(
            {"exercise": one, "mark": mark(tried, lang), "tried": bool(tried), "passed": any(a.passed for a in tried)}
        )
    passed = sum(bool(row["passed"]) for row in rows)
    return _render("workshop_list", lang, rows=rows, passed=word("passed_of", lang, n=passed, all=len(rows)))


def mark(tried: Sequence[Attempt], lang: Lang) -> str:
    """What was reached in an exercise, in words."""
    if not tried:
        return ""
    score = number(tried[0].pair.mean_b, lang)
    if tried[0].passed:
        return word("passed", lang, score=score)
    score = number(max(one.pair.mean_b for one in tried), lang)
    return word("tried" if len(tried) > 1 else "tried_one", lang, n=len(tried), score=score)


def head_html(exercise: Exercise, passed: bool) -> str:
    """What is asked, and what it takes to pass."""
    lang = exercise.lang
    checks = words([label(name).get(lang) for name in names_of(exercise.checks)], lang)
    return _render(
        "workshop_head", lang, one=exercise, passed=passed,
        to_pass=word("to_pass", lang, n=len(exercise.items), mark=number(exercise.pass_mark, lang)),
        about=word("about_reply", lang, n=exercise.max_tokens, checks=checks),
    )  # fmt: skip


def items_html(items: Sequence[Mapping[str, str]], lang: Lang, hidden: frozenset[str] = frozenset()) -> str:
    """The items as a table behind a fold; a star marks what the replies are compared with and no prompt may show."""
    return _render("workshop_items", lang, items=items, columns=list(items[0]) if items else [], hidden=hidden)


def hints_html(exercise: Exercise, shown: int) -> str:
    """The hints asked for so far."""
    return _render("workshop_hints", exercise.lang, hints=exercise.hints[:shown]) if shown else ""


def received_html(found: Received, model: str, lang: Lang) -> str:
    """The messages in the model's own format, and how many tokens they are."""
    key = "received_for" if found.tokens is not None else "received_unknown"
    title = word(key, lang, model=model, n=number(found.tokens, lang, 0))
    return _render("workshop_received", lang, found=found, title=title)


def attempts_html(mine: Sequence[Attempt], lang: Lang) -> str:
    """This visitor's attempts at an exercise, the best first, each of which can be taken up again."""
    rows = [
        {
            "one": one,
            "said": word("attempt", lang, score=number(one.pair.mean_b, lang), gap=signed(one.pair.difference, lang)),
            "when": f"{one.created.astimezone():%Y-%m-%d %H:%M}",
            "begins": cut(" · ".join(text for text in one.prompt.texts() if text.strip()), 80),
        }
        for one in mine
    ]
    return _render("workshop_attempts", lang, rows=rows)


def result_html(attempt: Attempt, exercise: Exercise, finding: Finding | None) -> str:
    """The score card: passed or what is missing, the finding, the replies side by side; without a finding, why there is none."""
    lang = exercise.lang
    if finding is None:
        return _render("workshop_changed", lang)
    sides = (word("first_prompt", lang), word("your_prompt", lang))
    return _render(
        "workshop_result", lang, verdict=workshop.said(attempt), passed=attempt.passed,
        notes=[note.get(lang) for note in attempt.notes], slip=Markup(slip_html(finding, lang, 1, "workshop-slip")),
        pairs=Markup(pairs_html(attempt.start, attempt.sheet, exercise.items, exercise.checks, sides, lang)),
        after=exercise.after if attempt.passed else "",
    )  # fmt: skip


def compared_html(
    finding: Finding, a: Sheet, b: Sheet, items: Sequence[Mapping[str, str]], checks: Sequence[Check],
    notes: Sequence[str], lang: Lang,
) -> str:  # fmt: skip
    """The score card of two free prompts."""
    sides = (word("prompt_a", lang), word("prompt_b", lang))
    return _render(
        "workshop_result", lang, verdict="", passed=False, notes=notes, after="",
        slip=Markup(slip_html(finding, lang, 1, "free-slip")), pairs=Markup(pairs_html(a, b, items, checks, sides, lang)),
    )  # fmt: skip


def pairs_html(
    a: Sheet, b: Sheet, items: Sequence[Mapping[str, str]], checks: Sequence[Check], sides: tuple[str, str], lang: Lang
) -> str:
    """The replies side by side, those that got worse first, differences marked."""
    shown = result.shown(a, b, items)
    wanted = [name for name in result.expected(checks) if name not in shown]
    rows = []
    for i in result.order(a, b):
        first, second = a.replies[i], b.replies[i]
        before, after = marked(first.text, second.text, lang)
        rows.append({
            "n": i + 1, "item": result.listed(items[i], shown), "wanted": result.listed(items[i], wanted),
            "before": before, "after": after, "a": first.score, "b": second.score,
            "worse": second.score < first.score, "better": second.score > first.score,
        })  # fmt: skip
    return _render("workshop_pairs", lang, rows=rows, some=SHOWN if len(rows) > SHOWN + 1 else len(rows), sides=sides)


def solution_html(exercise: Exercise, passed: bool) -> str:
    """The reference solution, and why it works where no score card says so yet."""
    return _render("workshop_solution", exercise.lang, prompt=exercise.solution, after="" if passed else exercise.after)


def opened(mine: Sequence[Attempt]) -> bool:
    """Whether the reference solution may be seen."""
    return len(mine) >= TRIES or any(one.passed for one in mine)


def signed(value: float, lang: Lang) -> str:
    """A difference with its sign."""
    return ("+" if value > 0 else "") + number(value, lang)


def _render(template: str, lang: Lang, **values: Any) -> str:
    shared = {
        "t": lambda en, fr: fr if lang == "fr" else en, "lang": lang, "num": lambda x: number(x, lang),
        "w": lambda key, **given: word(key, lang, **given),
    }  # fmt: skip
    return templates().get_template(f"{template}.html").render(**shared, **values)

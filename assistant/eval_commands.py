"""The ``eval`` command: one evaluation, or the self-audit with its card."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from assistant import settings, terminal
from assistant.library_commands import Options, emit
from tools.finding import Lang

if TYPE_CHECKING:
    from assistant.card import Suite
    from evals.audit import Progress


def eval(options: Options) -> int:
    """Runs an evaluation of the assistant itself; 1 when the cheap self-audit crosses a bound of the gate."""
    engine = options.engine or settings.engine()
    if options.suite == "all":
        return audit(options, engine)
    if options.suite == "retrieval":
        from evals import retrieval

        result = retrieval.evaluate()
    elif options.suite == "truth":
        from evals import truth

        result = truth.evaluate(terminal.step)
    elif options.suite == "authorship":
        from evals import authorship

        result = authorship.evaluate(terminal.step)
    elif options.suite == "routing":
        from evals import routing

        result = routing.evaluate(engine)
    else:
        return one(options, engine)
    terminal.clear()
    if options.json:
        emit(result)
    else:
        shown = {"routing": terminal.show_routing, "retrieval": terminal.show_retrieval}
        shown.get(options.suite, terminal.show_tables)(result)
    return 0


def one(options: Options, engine: str) -> int:
    """One suite of the self-audit."""
    (suite,) = _run(options, engine, names=(options.suite,)).suites
    if options.json:
        emit(suite.model_dump(mode="json"))
    else:
        print(_shown(suite))
    return 0


def audit(options: Options, engine: str) -> int:
    """All suites; a full run keeps its card, a cheap one is held against the bounds of the gate."""
    from assistant import card as cards
    from assistant import card_text
    from evals import audit as auditing
    from evals import gate

    card = _run(options, engine)
    files = [] if options.cheap else auditing.keep(card)
    broken = gate.broken(card) if options.cheap else []
    if options.json:
        emit(card.model_dump(mode="json") | {"files": [str(path) for path in files]})
    else:
        print(card_text.markdown(card, _lang(), cards.before(card)))
        for path in files:
            print(path)
    for measure in broken:
        print(gate.said(measure).get(_lang()), file=sys.stderr)
    return 1 if broken else 0


def _run(options: Options, engine: str, **what: Any) -> Any:
    from evals import audit as auditing

    tell = _json_lines if options.progress else _line
    card = auditing.run(engine, options.seed, cheap=options.cheap, fresh=options.fresh, on_step=tell, **what)
    terminal.clear()
    return card


def _line(progress: Progress) -> None:
    label = f"{progress.suite} ({progress.part}/{progress.parts})"
    terminal.step(label, progress.done, progress.total)


def _json_lines(progress: Progress) -> None:
    print(json.dumps(progress._asdict()), file=sys.stderr, flush=True)


def _shown(suite: Suite) -> str:
    """A suite as lines of text."""
    from assistant.card_rows import said

    lang = _lang()
    lines = [suite.title.get(lang)]
    for measure in suite.measures:
        lines.append(f"  {measure.title.get(lang)}: {said(measure, measure.unit, lang)}")
        if measure.baseline is not None:
            base = measure.baseline
            lines.append(f"      {base.title.get(lang)}: {said(base, measure.unit, lang)}")
    lines += [f"  × {one.question} → {one.answer[:100]!r}: {one.why.get(lang)}" for one in suite.failures[:8]]
    return "\n".join([*lines, suite.limits.get(lang), suite.log])


def _lang() -> Lang:
    return "fr" if settings.language() == "fr" else "en"

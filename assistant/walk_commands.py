"""What ``autopsie incidents walk``, ``new``, ``check`` and ``delete`` do."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, cast

from assistant import settings, terminal
from assistant.library_commands import Options, emit
from knowledge import walkthroughs
from tools.errors import BadInput
from tools.finding import Lang
from tools.numbers import number
from tools.tool import Progress

if TYPE_CHECKING:
    from assistant.walk_check import Outcome, Report


def walk(options: Options) -> int:
    """A walk in the terminal: a new one, or one that was left."""
    from assistant.notebook import Notebook
    from assistant.walk_terminal import open_walk, stroll

    lang = cast(Lang, options.lang or settings.language())
    if (options.id is None) == (options.resume is None):
        known = ", ".join(walkthroughs.names())
        raise BadInput(
            f"Say which: autopsie incidents walk ID, or --resume with the id of an investigation. There are: {known}.",
            f"Dites lequel : autopsie incidents walk ID, ou --resume avec l’identifiant d’une enquête. Il y a : {known}.",
        )
    notebook = Notebook()
    return stroll(open_walk(notebook, options.id, options.resume, options.lang, lang, options.level), options.engine)


def new(options: Options) -> int:
    """Writes the three files of a walkthrough to begin with, in the folder of one's own."""
    from assistant.walk_scaffold import scaffold

    if not options.id:
        raise BadInput(
            "Name it: autopsie incidents new ID (small letters and hyphens).",
            "Nommez-le : autopsie incidents new ID (minuscules et tirets).",
        )
    where = scaffold(options.id, options.incident or options.id)
    if options.json:
        emit({"walkthrough": options.id, "folder": str(where)})
    elif (options.lang or settings.language()) == "fr":
        print(f"Écrit : {where}\nModifiez les trois fichiers, puis : autopsie incidents check {options.id}")
    else:
        print(f"Written: {where}\nEdit the three files, then: autopsie incidents check {options.id}")
    return 0


def delete(options: Options) -> int:
    """Deletes an investigation once the person has read what goes and said yes; 1 when they did not."""
    from assistant import investigations
    from assistant.notebook import Notebook
    from assistant.ui.walk_page import goes, title_of

    lang = cast(Lang, options.lang or settings.language())
    notebook = Notebook()
    if not options.id:
        raise BadInput(
            "Say which: autopsie incidents delete ID; autopsie report lists the investigations.",
            "Dites laquelle : autopsie incidents delete ID ; autopsie report donne la liste des enquêtes.",
        )
    one = investigations.listed(notebook, options.id)
    if not options.yes:
        when = f"{one.changed:%d/%m/%Y}" if lang == "fr" else f"{one.changed:%Y-%m-%d}"
        print(f"{title_of(one, lang)} ({when})\n" + terminal.fill(goes(one, lang)), file=sys.stderr)
        yes = {"en": "yes", "fr": "oui"}[lang]
        asked = {"en": f"Type {yes} to delete it: ", "fr": f"Tapez {yes} pour la supprimer\u202f: "}[lang]
        try:
            print(asked, end="", file=sys.stderr, flush=True)
            said = input().strip().lower()
        except EOFError:
            said = ""
        if said != yes:
            print({"en": "Nothing was deleted.", "fr": "Rien n’a été supprimé."}[lang], file=sys.stderr)
            return 1
    investigations.delete(notebook, one.id)
    if options.json:
        emit({"deleted": one.id})
    else:
        print({"en": f"Deleted: {one.id}", "fr": f"Supprimée\u202f: {one.id}"}[lang])
    return 0


def check(options: Options) -> int:
    """Validates walkthroughs and, without ``--dry``, makes every run: 2 when one cannot be read, 1 when a number does not hold."""
    from assistant import walk_check
    from tools.errors import AutopsieError

    lang, worst = options.lang or settings.language(), 0
    rows: list[dict[str, object]] = []
    for name in [options.id] if options.id else walkthroughs.names():
        began = time.monotonic()
        try:
            if options.dry:
                found = walk_check.problems(name)
                rows.append({"walkthrough": name, "steps": len(found.steps), "valid": True})
                said = "étapes, lisible" if lang == "fr" else "steps, valid"
                if not options.json:
                    print(f"ok      {name}: {len(found.steps)} {said}")
                continue
            outcome = walk_check.execute(name, report=None if options.json else _progress(lang))
        except AutopsieError as error:
            terminal.clear()
            worst = max(worst, error.exit_code)
            rows.append({"walkthrough": name, "valid": False, "error": error.message.get(lang)})
            print(f"{name}: {error.message.get(lang)}", file=sys.stderr)
            continue
        worst = max(worst, 0 if outcome.held else 1)
        rows.append(outcome.model_dump() | {"valid": True, "held": outcome.held})
        if not options.json:
            _show(outcome, lang, time.monotonic() - began)
    if options.json:
        emit({"walkthroughs": rows})
    return worst


def _progress(lang: str) -> Report:
    """A progress line that names the step."""

    def report(step: str, progress: Progress) -> None:
        terminal.step(f"{step}: {progress.label.get(lang)}", progress.done, progress.total)

    return report


def _show(outcome: Outcome, lang: str, seconds: float) -> None:
    """A line a claim: said, found, held."""

    terminal.clear()
    for one in outcome.claims:
        mark = {"en": ("MOVED ", "held  "), "fr": ("BOUGÉ ", "tient ")}[lang][one.held]
        found = "" if one.found is None else " → " + f"{one.found:.10g}"
        print(f"{mark} {one.lang}  {one.step}.{one.name}: {one.said}{found}{'  ' + one.why if one.why else ''}")
    total = f"{sum(one.held for one in outcome.claims)}/{len(outcome.claims)}"
    took = number(seconds, lang, 1)
    runs = ", ".join(f"{step} {number(s, lang, 1)} s" for step, s in outcome.seconds.items())
    if lang == "fr":
        print(
            f"{outcome.walkthrough} : {outcome.steps} étapes, montrées {outcome.shown} fois ; {total} nombres tiennent ; {took} s ({runs})"
        )
    else:
        print(
            f"{outcome.walkthrough}: {outcome.steps} steps, shown {outcome.shown} times; {total} numbers hold; {took} s ({runs})"
        )

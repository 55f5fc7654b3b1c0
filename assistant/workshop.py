"""The prompt workshop: exercises, attempts measured and kept, and any two prompts on any table.

The starting prompt of an exercise is measured once for a model and a seed in this process, so that a second attempt
measures only what changed.
"""

from __future__ import annotations

import shlex
import threading
from collections.abc import Callable, Sequence
from typing import Any

from assistant.attempts import Attempt, attempts, load, save
from assistant.notebook import Notebook
from knowledge import exercises as content
from knowledge.exercise_checks import Check, lacking
from knowledge.exercises import Exercise, Prompt
from tools.errors import BadInput, Stopped
from tools.finding import Finding, Lang, Text
from tools.numbers import number
from tools.prompting import result, trial
from tools.prompting.text import EXERCISE, FREE, SOLUTION
from tools.prompting.trial import Items, OnStep, Sheet
from tools.specimens.language import LanguageModel
from tools.tool import Progress

__all__ = ["Attempt", "attempt", "attempts", "exercises", "fair", "finding", "free", "load", "said", "save"]

OnProgress = Callable[[Progress], None]
KEPT = 64  # measured starting prompts
STARTS: dict[tuple[Any, ...], Sheet] = {}
_LOCK = threading.Lock()


def exercises(lang: Lang) -> list[Exercise]:
    """All exercises that can be read, by level and order."""
    found = []
    for name in content.names():
        try:
            found.append(content.load(name, lang))
        except BadInput:
            continue
    return found


def attempt(
    exercise_id: str,
    lang: Lang,
    prompt: Prompt | dict[str, Any] | str,
    *,
    model: LanguageModel,
    seed: int = 0,
    on_step: OnProgress | None = None,
    stop: threading.Event | None = None,
    notebook: Notebook | None = None,
    visitor: str = "",
) -> Attempt:
    """Measures a prompt against the start of an exercise, and keeps the attempt when a notebook is given.

    Errors: ``BadInput`` for a prompt that cannot be run, ``Stopped`` when ``stop`` is set; nothing is kept then.
    """
    exercise = content.load(exercise_id, lang)
    tried = content.read_prompt(prompt)
    fair(exercise, tried)
    halt = stop or threading.Event()
    start = _start(exercise, model, seed, step(EXERCISE.a, on_step, halt))
    heard = step(EXERCISE.b, on_step, halt)
    sheet = start if tried == exercise.start else _sheet(exercise, tried, model, seed, heard)
    found = Attempt(
        exercise=exercise.id, lang=lang, version=exercise.version, visitor=visitor, seed=seed, start=start, sheet=sheet,
        pair=trial.pair(start, sheet, seed), pass_mark=exercise.pass_mark, notes=trial.notes(tried, exercise.items),
        reference=tried == exercise.solution,
    )  # fmt: skip
    if notebook is not None:
        save(notebook, found)
    return found


def fair(exercise: Exercise, prompt: Prompt) -> None:
    """``BadInput`` for a prompt that shows the answers, or an item word for word."""
    if told := sorted(exercise.hidden & set(prompt.fields())):
        raise BadInput(
            f"{{{told[0]}}} is what the replies are compared with: it cannot stand in the prompt.",
            f"{{{told[0]}}} est ce à quoi les réponses sont comparées : cela ne peut pas figurer dans le prompt.",
        )
    if number := content.copied(prompt, exercise.start, exercise.items):
        raise BadInput(
            f"The prompt contains item {number} word for word, so the mark would measure copying. Use an example of your own.",
            f"Le prompt contient l’élément {number} mot pour mot : la note mesurerait une copie. Prenez un exemple à vous.",
        )


def _start(exercise: Exercise, model: LanguageModel, seed: int, heard: OnStep) -> Sheet:
    """The sheet of the starting prompt, measured once for a model and a seed."""
    specimen = model.specimen
    key = (exercise.id, exercise.lang, exercise.version, seed, specimen.name, specimen.source, specimen.sha256)
    with _LOCK:
        known = STARTS.get(key)
    if known is None:
        known = _sheet(exercise, exercise.start, model, seed, heard)
        with _LOCK:
            while len(STARTS) >= KEPT:
                del STARTS[next(iter(STARTS))]
            STARTS[key] = known
    return known


def _sheet(exercise: Exercise, prompt: Prompt, model: LanguageModel, seed: int, heard: OnStep) -> Sheet:
    return trial.answer(
        prompt, exercise.items, exercise.checks, model=model, max_tokens=exercise.max_tokens, seed=seed, on_step=heard,
        lang=exercise.lang,
    )  # fmt: skip


def step(label: Text, on_step: OnProgress | None, stop: threading.Event) -> OnStep:
    """Tells how far the writing is, and raises ``Stopped`` when asked to stop."""

    def heard(done: int, total: int) -> None:
        if stop.is_set():
            raise Stopped("Stopped: nothing was kept of this run.", "Arrêté : rien n’est gardé de cet essai.")
        if on_step is not None:
            on_step(Progress(label, done, total))

    return heard


def finding(attempt: Attempt, lang: Lang | None = None) -> Finding:
    """An attempt as a finding, in the language of its exercise or another."""
    exercise = content.load(attempt.exercise, attempt.lang)
    if exercise.version != attempt.version:
        raise BadInput(
            f"The exercise {exercise.id} has changed since this attempt. Run the prompt again.",
            f"L’exercice {exercise.id} a changé depuis cet essai. Relancez le prompt.",
        )
    given = ["--solution"] if attempt.reference else ["--prompt", "prompt.yaml"]
    rerun = ["autopsie", "exercises", "run", exercise.id, "--lang", attempt.lang, *given, "--seed", str(attempt.seed)]
    compared = result.Compared(
        a=attempt.start, b=attempt.sheet, pair=attempt.pair, items=exercise.items, checks=exercise.checks,
        sides=SOLUTION if attempt.reference else EXERCISE, seed=attempt.seed, pass_mark=exercise.pass_mark,
        arguments={"exercise": exercise.id, "lang": exercise.lang, "max_tokens": exercise.max_tokens}, rerun=shlex.join(rerun),
    )  # fmt: skip
    return result.finding(compared, lang or attempt.lang)


def free(
    a: Prompt,
    b: Prompt,
    items: Items,
    checks: Sequence[Check],
    *,
    model: LanguageModel,
    max_tokens: int = 64,
    seed: int = 0,
    lang: Lang = "en",
    on_step: OnProgress | None = None,
    stop: threading.Event | None = None,
) -> tuple[Finding, Sheet, Sheet]:
    """Any two prompts on any table of items: the finding (in ``lang``, private) and both sheets."""
    halt, sheets = stop or threading.Event(), []
    need_checked(checks, items)
    for prompt in (a, b):
        content.read_prompt(prompt)
        trial.need_fields(prompt, items)
    for prompt, label in ((a, FREE.a), (b, FREE.b)):
        heard = step(label, on_step, halt)
        sheets.append(trial.answer(prompt, items, checks, model=model, max_tokens=max_tokens, seed=seed, on_step=heard, lang=lang))  # fmt: skip
    first, second = sheets
    compared = result.Compared(
        a=first, b=second, pair=trial.pair(first, second, seed), items=items, checks=tuple(checks), sides=FREE, seed=seed,
        arguments={"checks": [one.model_dump(mode="json") for one in checks], "max_tokens": max_tokens}, private=True,
    )  # fmt: skip
    return result.finding(compared, lang), first, second


def need_checked(checks: Sequence[Check], items: Items) -> None:
    """``BadInput`` when an item lacks a field that a check reads."""
    if not checks:
        raise BadInput("Choose at least one check.", "Choisissez au moins un contrôle.")
    for row, item in enumerate(items, 1):
        if field := lacking(checks, item):
            raise BadInput(
                f"Row {row} has nothing to compare with under '{field}', which a check reads. Fill it in, or choose another check.",
                f"La ligne {row} n’a rien à comparer sous « {field} », qu’un contrôle lit. Remplissez-la, ou choisissez un autre contrôle.",
            )


def said(attempt: Attempt) -> str:
    """Whether the attempt passed, and what is missing when it did not, in its own language."""
    lang, mean, mark = attempt.lang, *(number(x, attempt.lang) for x in (attempt.pair.mean_b, attempt.pass_mark))
    enough = attempt.pair.mean_b >= attempt.pass_mark
    if lang == "fr":
        if attempt.passed:
            return f"Réussi : nettement mieux que le départ, et {mean} pour {mark} demandés."
        why = [] if attempt.clear else ["rien ne montre encore qu’il fasse mieux que le départ"]
        why += [] if enough else [f"la note moyenne est {mean} et il en faut {mark}"]
        return f"Pas encore réussi : {' ; '.join(why)}."
    if attempt.passed:
        return f"Passed: clearly better than the start, and {mean} where {mark} was asked."
    why = [] if attempt.clear else ["it is not yet shown to do better than the start"]
    why += [] if enough else [f"the mean score is {mean} and {mark} is needed"]
    return f"Not passed yet: {'; '.join(why)}."

"""What ``autopsie exercises list``, ``show`` and ``run`` do."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from assistant import settings, terminal
from assistant.library_commands import Options, emit
from knowledge import exercises as content
from knowledge.exercises import Exercise, Prompt
from tools.errors import BadInput
from tools.finding import Lang

STARS = {1: "*", 2: "**", 3: "***"}


def exercises(options: Options) -> int:
    """The exercises of the prompt workshop: all of them, one, or a prompt measured on one."""
    lang = cast(Lang, options.lang or settings.language())
    if options.action == "list":
        _list(options, lang)
        return 0
    if options.id is None:
        known = ", ".join(content.names())
        raise BadInput(
            f"Say which: autopsie exercises {options.action} ID. There are: {known}.",
            f"Dites lequel : autopsie exercises {options.action} ID. Il y a : {known}.",
        )
    exercise = content.load(options.id, lang)
    if options.action == "run":
        return _run(options, exercise)
    if options.json:
        emit(exercise.model_dump(mode="json"))
    else:
        _show(exercise)
    return 0


def _list(options: Options, lang: Lang) -> None:
    found = [content.load(name, lang) for name in content.names()]
    if options.json:
        keys = {"id", "level", "order", "topic", "title", "goal", "advice", "max_tokens", "pass_mark"}
        emit({"exercises": [one.model_dump(mode="json", include=keys) | {"items": len(one.items)} for one in found]})
        return
    for one in found:
        print(f"{STARS[one.level]:3}  {one.id:24} {one.title}")


def _show(exercise: Exercise) -> None:
    fr = exercise.lang == "fr"
    print(f"{exercise.title}  ({STARS[exercise.level]})\n")
    for text in (exercise.goal, exercise.advice):
        print(terminal.fill(text) + "\n")
    print("Prompt de départ" if fr else "Starting prompt")
    _print_prompt(exercise.start)
    number = len(exercise.items)
    print(f"\n{number} éléments ; le premier : " if fr else f"\n{number} items; the first: ", end="")
    print(terminal.fill(" · ".join(value for key, value in exercise.items[0].items() if key not in exercise.hidden)))
    print(f"\nautopsie exercises run {exercise.id} --prompt prompt.yaml --lang {exercise.lang}")


def _print_prompt(prompt: Prompt) -> None:
    for role, text in prompt.messages():
        for at, line in enumerate(text.splitlines()):
            print(f"  {role if not at else '':9} {line}")


def prompt_of(options: Options, exercise: Exercise) -> Prompt:
    """The prompt of the command line: a YAML file, the reference solution, or the start."""
    if options.prompt and options.solution:
        raise BadInput("Give --prompt or --solution, not both.", "Donnez --prompt ou --solution, pas les deux.")
    if options.solution:
        return exercise.solution
    if not options.prompt:
        raise BadInput(
            f"Give a prompt: --prompt FILE.yaml with system, history, prompt; or --solution. autopsie exercises show {exercise.id} prints the starting one.",
            f"Donnez un prompt : --prompt FICHIER.yaml avec system, history, prompt ; ou --solution. autopsie exercises show {exercise.id} montre celui de départ.",
        )
    from knowledge.walkthrough_yaml import read_yaml

    path = Path(options.prompt).expanduser()
    return content.read_prompt(read_yaml(path, path.name))


def _run(options: Options, exercise: Exercise) -> int:
    """Measures a prompt and prints the card: 0 when it passed, 1 when it did not."""
    from assistant import workshop
    from assistant.engines import open_engine
    from assistant.notebook import Notebook
    from tools.specimens import language

    prompt = prompt_of(options, exercise)
    engine = open_engine(options.engine or settings.engine())
    done = workshop.attempt(
        exercise.id, exercise.lang, prompt, model=engine.model if engine else language.load(), seed=options.seed,
        on_step=None if options.json else terminal.tool_progress, notebook=Notebook(),
    )  # fmt: skip
    terminal.clear()
    finding = workshop.finding(done)
    if options.json:
        emit({"attempt": done.id, "exercise": exercise.id, "lang": exercise.lang, "passed": done.passed, "pass_mark": done.pass_mark,
              "pair": done.pair.model_dump(), "tokens": [done.start.tokens, done.sheet.tokens],
              "notes": [note.get(exercise.lang) for note in done.notes], "finding": finding.model_dump(mode="json") | {"id": finding.id}})  # fmt: skip
        return 0
    for note in done.notes:
        print(terminal.fill(note.get(exercise.lang)) + "\n")
    terminal.show_finding(finding, exercise.lang, "student")
    print("\n" + terminal.fill(workshop.said(done)))
    return 0

"""A walk in a terminal: one step a screen, predictions typed, numbers with the words that replace the pictures."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections.abc import Callable

from assistant import investigations, settings, terminal
from assistant.compose import estimate_line
from assistant.notebook import Notebook
from assistant.turn import Call, Plan, Turn
from assistant.walk_view import Feedback, StepView, with_unit
from assistant.walk_words import COMMANDS, WORDS
from assistant.walkthrough import Walk
from knowledge import walkthroughs
from knowledge.walkthrough_claims import decimals
from knowledge.walkthrough_words import LEVELS
from knowledge.walkthroughs import PHASES
from tools.errors import AutopsieError
from tools.finding import Finding, Lang, Level

Ask = Callable[[str], str]
ALT = 700  # characters of a figure's words on the screen of a step; [d]etails has the tables
FEW = 6  # estimates on that screen


def open_walk(
    notebook: Notebook, identifier: str | None, resume: str | None, given: Lang | None, lang: Lang, level: Level | None,
    ask: Ask = input,
) -> Walk | None:  # fmt: skip
    """The walk to go on with, or a new one; ``None`` when the person leaves before it begins."""
    if resume is not None:
        walk = Walk.resume(notebook, resume)
        if given is not None and given != walk.lang:
            walk.lang = given
        if level is not None and level != walk.level:
            walk.level = level
        return walk
    assert identifier is not None
    content, say = walkthroughs.load(identifier), WORDS[lang]
    words = content.words[lang]
    _screen()
    print(_bold(terminal.fill(words.title)) + "\n\n" + prose(words.teaser) + "\n")
    print(say["length"].format(minutes=content.minutes) + "\n")
    left = [one for one in investigations.list(notebook, identifier, done=False) if not one.imported]
    try:
        if left:
            when = f"{left[0].changed.astimezone():%Y-%m-%d %H:%M}"
            if ask(say["resume"].format(when=when)).strip().lower() not in say["new"].split():
                return open_walk(notebook, None, left[0].id, given, lang, level, ask)
        while level is None:
            typed = ask(say["level"]).strip() or "1"
            level = LEVELS[int(typed) - 1] if typed in ("1", "2", "3") else None
            if typed.lower() == "q":
                return None
    except (EOFError, KeyboardInterrupt):
        print()
        return None
    return Walk.start(notebook, identifier, lang, level)


def stroll(walk: Walk | None, engine: str | None = None, ask: Ask = input) -> int:
    """Walks until the end or until the person leaves; everything is in the notebook at each moment."""
    if walk is None:
        return 0
    last: Turn | None = None
    shown = ""  # what is said above the prompt instead of the step being printed again
    try:
        while not walk.done:
            view = walk.view()
            if not shown:
                show(walk, view)
            elif shown != "…":
                print(terminal.fill(shown))
            typed = ask(prompt(view)).strip()
            shown = ""
            command = COMMANDS[view.lang].get(typed.lower(), "")
            if command == "quit":
                break
            if command == "ask":
                last = _question(walk, view, engine, last, ask)
            elif command == "note":
                walk.note(ask(WORDS[view.lang]["note"].format(old=view.note) + "\n> ") or view.note)
            elif command:
                shown = _obey(walk, view, command)
            else:
                shown = _answer(walk, view, typed)
    except (EOFError, KeyboardInterrupt):
        print()
    _leave(walk)
    return 0


def show(walk: Walk, view: StepView) -> None:
    """A step as a screen: where we are, the words, what was measured, what is said to the predictions."""
    say = WORDS[view.lang]
    _screen()
    print(_dim(_progress(view)) + "\n")
    print(_bold(terminal.fill(view.title)) + "\n")
    if view.text:
        print(prose(view.text) + "\n")
    if view.passage is not None:
        print(textwrap.indent(prose(view.passage.text), "  │ ", lambda _: True))
        print(_dim(f"  {view.passage.title}, {view.passage.heading} ({view.passage.document})") + "\n")
    for at, choice in enumerate(view.choices, 1):
        print(terminal.fill(f"  {at}. {choice.text}"))
    if view.choices:
        print()
    if view.finding is not None:
        _finding(view.finding, view)
    elif view.command:
        print(_dim(terminal.fill(view.command)) + "\n")
    for one in view.feedback:
        _feedback(one, view.lang, titled=len(view.feedback) > 1)
    if view.moved:
        print(terminal.fill(view.moved) + "\n")
    if view.after and not any(one.text == view.after for one in view.feedback):
        print(prose(view.after) + "\n")
    if view.given is not None and not view.feedback:
        print(terminal.fill(say["given"] + _given(view)) + "\n")
    if view.note:
        print(_dim(terminal.fill(say["noted"] + view.note)) + "\n")


def prompt(view: StepView) -> str:
    """What can be typed at this step."""
    say, parts = WORDS[view.lang], []
    if view.kind in ("run", "vary") and view.finding is None:
        parts.append(say["run"])
    elif view.kind == "branch" or (view.answer == "choice" and not view.locked):
        parts.append(say["choose"].format(count=len(view.choices)))
    elif view.answer == "number" and not view.locked:
        low, high = (
            with_unit(float(x or 0), view.unit, view.lang, decimals(float(x or 0))) for x in (view.low, view.high)
        )
        parts.append(say["number"].format(low=low, high=high))
    elif view.answer == "sentence" and not view.locked:
        parts.append(say["sentence"])
    elif view.kind == "question":
        parts.append(say["open"])
    if view.can_next and not (view.kind == "question" and view.given is None):
        parts.append(say["next"])
    keys = [say["back"]] if view.can_back else []
    keys += [say["note_key"], say["ask"]] + ([say["hint"]] if view.hint else [])
    keys += ([say["details"]] if view.finding is not None else []) + [say["level_key"], say["quit"]]
    return _dim(terminal.fill(" · ".join(parts + keys))) + "\n> "


def prose(markdown: str) -> str:
    """Markdown as a terminal can show it: paragraphs and lists wrapped, emphasis where there is any."""
    width, parts = min(shutil.get_terminal_size().columns, 88), []
    for paragraph in re.split(r"\n[ \t]*\n", markdown.strip()):
        items = re.split(r"\n(?=[ \t]*(?:[-*]|\d+\.) )", paragraph)
        for item in items:
            mark = re.match(r"[ \t]*(?:(?:[-*]|\d+\.)|>|#+) ", item)
            hang = " " * len(mark[0]) if mark and not item.startswith("#") else ""
            quoted = re.sub(r"\n>? *", "\n", item) if item.startswith(">") else item
            text = re.sub(r"^#+ ", "", re.sub(r"[ \t\n]+", " ", quoted).strip(" ")) if "|---" not in item else item
            parts.append(
                textwrap.fill(text, width, subsequent_indent=hang, break_long_words=False)
                if "|---" not in item
                else item
            )
        parts.append("")
    text = "\n".join(parts).rstrip("\n")
    text = re.sub(r"\*\*(.+?)\*\*", lambda m: _bold(m[1]), text, flags=re.S)
    return re.sub(r"(?<![\w*])[*_]([^*_\n][^*_]*?)[*_](?![\w*])", lambda m: _italic(m[1]), text)


def _answer(walk: Walk, view: StepView, typed: str) -> str:
    """What a line that is no command does; the sentence to show above the prompt when it cannot be done."""
    try:
        if view.kind in ("run", "vary") and view.finding is None:
            return WORDS[view.lang]["to_run"] if typed else _run(walk)
        if not typed:
            walk.next()
        elif view.choices:
            at = int(typed) - 1 if typed.isdigit() else -1
            key = view.choices[at].key if 0 <= at < len(view.choices) else typed
            walk.choose(key) if view.kind == "branch" else walk.answer(key)
            if view.kind != "branch" and not walk.view().feedback:
                walk.next()
        else:
            walk.answer(typed)
            if view.kind == "predict" and not walk.view().feedback:
                walk.next()
    except AutopsieError as error:
        return error.message.get(view.lang)
    return ""


def _run(walk: Walk) -> str:
    """Makes the measurement; Ctrl-C stops it and nothing else."""
    try:
        walk.run(
            on_progress=lambda progress: terminal.step(progress.label.get(walk.lang), progress.done, progress.total)
        )
    except KeyboardInterrupt:
        terminal.clear()
        return "\n" + WORDS[walk.lang]["stopped"]
    except AutopsieError as error:
        terminal.clear()
        return error.message.get(walk.lang)
    terminal.clear()
    return ""


def _obey(walk: Walk, view: StepView, command: str) -> str:
    """A command of one letter; what it has to show stays above the prompt."""
    if command == "back":
        walk.back()
    elif command == "hint":
        return "\n" + (view.hint or WORDS[view.lang]["no_hint"])
    elif command == "details" and view.finding is not None:
        print()
        terminal.show_finding(view.finding, view.lang, "engineer")
        return "…"
    elif command == "level":
        walk.level = LEVELS[(LEVELS.index(view.level) + 1) % len(LEVELS)]
    return ""


def _question(walk: Walk, view: StepView, engine: str | None, last: Turn | None, ask: Ask) -> Turn | None:
    """Questions to the assistant until an empty line; then the walk goes on where it was."""
    from assistant.agent import Agent
    from assistant.engines import open_engine

    try:
        agent = Agent(open_engine(engine or settings.engine()), walk.notebook)
    except AutopsieError as error:
        print(terminal.fill(error.message.get(view.lang)))
        return last
    if view.finding is not None and view.tool:
        plan = Plan(kind="measure", tools=[Call(name=view.tool, arguments=view.finding.arguments)])
        last = Turn(
            conversation=walk.id, question=view.title, lang=view.lang, plan=plan, findings=[view.finding], status="done"
        )
    while question := ask("\n" + WORDS[view.lang]["question"] + "\n> ").strip():
        for turn in agent.ask(question, walk.id, lang=view.lang, level=view.level, last=last):
            terminal.progress(turn)
        terminal.show(turn)
        if turn.error is not None:
            print(turn.error.get(view.lang))
        last = turn
    return last


def _finding(finding: Finding, view: StepView) -> None:
    """The measurement: its summary, its first estimates for those who want them, the words of its pictures."""
    print(terminal.fill(finding.summary.get(view.lang)) + "\n")
    if view.level != "curious":
        for estimate in finding.estimates[:FEW]:
            print(prose("- " + estimate_line(estimate, view.lang)))
        print()
    for figure in finding.figures:
        alt = figure.alt.get(view.lang)
        short = alt if len(alt) <= ALT else alt[:ALT].rsplit(" ", 1)[0] + " …"
        print(textwrap.indent(terminal.fill(WORDS[view.lang]["figure"] + short), "  ") + "\n")
    print(_dim(terminal.fill(finding.rerun)) + "\n")


def _feedback(one: Feedback, lang: Lang, titled: bool) -> None:
    """A prediction beside what was found; with its title when there are several."""
    say = WORDS[lang]
    if titled:
        print(_dim(terminal.fill(one.title)))
    found = f" → {say['measured']}{one.found}" if one.found not in ("", one.given) else ""
    print(_bold(terminal.fill(f"{say['expected']}{one.given}{found}")))
    print(prose(one.text) + "\n")


def _given(view: StepView) -> str:
    if view.choices:
        return next((one.text for one in view.choices if one.key == view.given), str(view.given))
    if view.answer == "number":
        return with_unit(float(view.given or 0), view.unit, view.lang, decimals(float(view.given or 0)))
    return str(view.given)


def _progress(view: StepView) -> str:
    """Where the step stands: its number, its phase, a bar."""
    filled = round(28 * view.n / view.total)
    at = PHASES.index(view.phase) + 1
    bar, level = "█" * filled + "·" * (28 - filled), WORDS[view.lang][view.level]
    return f"{view.n}/{view.total}  {bar}  {at}/{len(PHASES)} {view.phase_name}  ({level})"


def _leave(walk: Walk) -> None:
    """What can be done with the walk now."""
    say = WORDS[walk.lang]
    print("\n" + terminal.fill(say["done" if walk.done else "left"]))
    if not walk.done:
        print(f"  autopsie incidents walk --resume {walk.id}")
    print(f"  autopsie report {walk.id} --out {walk.walkthrough.id}.html")


def _screen() -> None:
    """A fresh screen for a person, a rule in a file."""
    print("\033[2J\033[H" if sys.stdout.isatty() else "\n" + "─" * 60, end="\n" if not sys.stdout.isatty() else "")


def _bold(text: str) -> str:
    return f"\033[1m{text}\033[0m" if sys.stdout.isatty() else text


def _italic(text: str) -> str:
    return f"\033[3m{text}\033[0m" if sys.stdout.isatty() else text


def _dim(text: str) -> str:
    return f"\033[2m{text}\033[0m" if sys.stdout.isatty() else text

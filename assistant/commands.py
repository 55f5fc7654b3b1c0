"""What each command does, one function a command, named like it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, cast

from assistant import settings, terminal
from assistant.eval_commands import eval
from assistant.library_commands import Options, emit, incidents, knowledge, lines_of, read_text, search
from assistant.report_commands import replay, report
from assistant.workshop_commands import exercises
from tools.errors import BadInput
from tools.finding import Lang, Level

__all__ = [
    "ask",
    "doctor",
    "eval",
    "exercises",
    "incidents",
    "knowledge",
    "models",
    "replay",
    "report",
    "run",
    "search",
    "tools",
    "ui",
]


def ui(options: Options) -> None:
    """Serves the page on loopback until it is stopped."""
    import os

    from tools.specimens.home import home

    os.environ.setdefault(
        "GRADIO_TEMP_DIR", str(home() / "cache" / "gradio")
    )  # nothing is written outside the state folder
    from assistant.ui.app import serve

    serve(port=options.port, engine=options.engine or settings.engine())


def ask(options: Options) -> int:
    """One question, or one a line of a file."""
    from assistant.agent import Agent
    from assistant.engines import open_engine
    from assistant.notebook import Notebook, new_conversation

    if (options.question is None) == (options.file is None):
        raise BadInput(
            "Give one question, or --file with one a line.", "Donnez une question, ou --file avec une par ligne."
        )
    engine = open_engine(options.engine or settings.engine())
    if options.plan_only:
        return _plans(options, engine)
    notebook = Notebook()
    agent = Agent(engine, notebook)
    conversation, last = new_conversation(), None
    if options.follow:
        known = notebook.conversations(1)
        if known:
            conversation = known[0][0]
            last = notebook.turns(conversation)[-1]
    worst = 0
    for question in lines_of(options, "question"):
        for turn in agent.ask(question, conversation, lang=options.lang, level=options.level, last=last):
            if not (options.json or options.file):
                terminal.progress(turn)
        if options.json or options.file:
            emit(terminal.public(turn) | ({"question": question} if options.file else {}))
        else:
            terminal.show(turn)
        if turn.error is not None:
            worst = max(worst, 2 if turn.fault == "input" else 1)
            if not options.file:
                print(turn.error.get(turn.lang), file=sys.stderr)
        if options.file:
            conversation = new_conversation()
    return worst


def _plans(options: Options, engine: Any) -> int:
    from assistant import language
    from assistant.planner.plan import make_plan

    for question in lines_of(options, "question"):
        if not question.strip():
            raise BadInput("The question is empty. Type one.", "La question est vide. Écrivez-en une.")
        lang = language.detect(question) if options.lang == "auto" else options.lang
        plan = make_plan(question, lang, engine=engine)
        emit({"question": question, "lang": lang, "plan": plan.model_dump(exclude_none=True, exclude_defaults=False)})
    return 0


def tools(options: Options) -> None:
    """Lists the instruments."""
    from tools.registry import all_tools
    from tools.tool import french

    lang = options.lang or settings.language()
    if options.json:
        emit(
            [
                {
                    "name": tool.name, "wing": tool.wing, "version": tool.version, "title": tool.title.model_dump(),
                    "line": tool.question.model_dump(), "needs": tool.needs.model_dump(),
                    "parameters": tool.schema, "examples": tool.examples,
                }
                for tool in all_tools()
            ]
        )  # fmt: skip
        return
    for tool in all_tools():
        print(f"{tool.name}  ({tool.wing})\n    {tool.question.get(lang)}")
        for name, field in tool.parameters.model_fields.items():
            meaning = french(field) if lang == "fr" else field.description
            print(f"    --{name.replace('_', '-')}  {meaning}")
        example = tool.examples["fr" if lang == "fr" else "en"][0]
        print(f"    autopsie ask {json.dumps(example, ensure_ascii=False)}\n")


def run(options: Options) -> None:
    """One measurement; the options after the tool's name are its parameters."""
    from assistant.cli import LEVELS, Parser
    from tools.registry import get

    common = Parser(prog=f"autopsie run {options.tool or 'TOOL'}", add_help=False, allow_abbrev=False)
    common.add_argument("--seed", type=int, default=0)
    common.add_argument("--lang", choices=("fr", "en"), default=settings.language())
    common.add_argument("--level", choices=LEVELS, default="curious")
    common.add_argument("--engine")
    common.add_argument("--file")
    common.add_argument("--out")
    common.add_argument("--compare", metavar="OTHER", help="the same on another specimen, and the difference")
    common.add_argument("--fresh", action="store_true", help="measure again even if this was measured before")
    common.add_argument("--json", action="store_true")
    if options.tool in (None, "-h", "--help"):
        raise BadInput("Name a tool: autopsie run TOOL --param value … (autopsie tools lists them).",
                       "Nommez un outil : autopsie run OUTIL --paramètre valeur … (autopsie tools les liste).")  # fmt: skip
    tool = get(options.tool)
    if {"-h", "--help"} & set(options.arguments):
        tools_one(tool.name)
        return
    given, rest = common.parse_known_args(options.arguments)
    options.lang = given.lang
    arguments = _parameters(tool.name, rest)
    if given.file:
        if "text" not in tool.parameters.model_fields:
            raise BadInput(
                f"{tool.name} takes no text, so --file does not apply.",
                f"{tool.name} ne prend pas de texte ; --file ne s’applique pas.",
            )
        arguments["text"] = read_text(given.file)
    if not str(
        arguments.get("text", "x")
    ).strip():  # left out, the tool would show its own case and the mistake be missed
        raise BadInput(
            f"{tool.name} was given a text, and this one is empty. Give some words, or leave the text out for the built-in case.",
            f"{tool.name} a reçu un texte, et celui-ci est vide. Donnez quelques mots, ou aucun texte pour le cas intégré.",
        )
    from assistant.engines import open_engine
    from tools.compare import compare

    engine = open_engine(given.engine or settings.engine())
    hooks: dict[str, Any] = {
        "seed": given.seed, "lang": cast(Lang, given.lang), "assistant": engine.model if engine else None,
        "on_progress": None if given.json else terminal.tool_progress, "keep": not given.fresh,
    }  # fmt: skip
    finding = compare(tool, arguments, given.compare, **hooks) if given.compare else tool.run(arguments, **hooks)
    terminal.clear()
    if given.out:
        terminal.save(finding, Path(given.out))
    if given.json:
        emit(finding.model_dump(mode="json") | {"id": finding.id})
    else:
        terminal.show_finding(finding, cast(Lang, given.lang), cast(Level, given.level))


def tools_one(name: str) -> None:
    """The parameters of one tool."""
    from tools.registry import get
    from tools.tool import french

    tool, lang = get(name), settings.language()
    print(f"{tool.name}: {tool.question.get(lang)}")
    for field_name, field in tool.parameters.model_fields.items():
        default = "" if field.is_required() else f" [{field.get_default(call_default_factory=True)}]"
        print(f"  --{field_name.replace('_', '-')}  {french(field) if lang == 'fr' else field.description}{default}")
    print("  --seed N  --lang fr|en  --level curious|student|engineer  --file PATH  --out DIR  --json")
    print("  --compare OTHER  the same on another specimen, and the difference   --fresh  measure again")


def _parameters(tool: str, rest: list[str]) -> dict[str, Any]:
    """``--name value`` pairs; a name without a value is refused."""
    found: dict[str, Any] = {}
    words = iter(rest)
    for word in words:
        if not word.startswith("--"):
            raise BadInput(
                f"{tool}: '{word}' stands alone; write --name value.",
                f"{tool} : « {word} » est seul ; écrivez --nom valeur.",
            )
        name, has_value, value = word[2:].partition("=")
        if not has_value:
            following = next(words, None)
            if following is None:
                raise BadInput(f"{tool}: --{name} needs a value.", f"{tool} : --{name} demande une valeur.")
            value = following
        found[name.replace("-", "_")] = value
    return found


def models(options: Options) -> int:
    """Lists, fetches or checks specimens."""
    from tools.specimens import fetch
    from tools.specimens.packages import PACKAGES

    names = options.names or [
        name for name, package in PACKAGES.items() if package.default or options.action != "fetch"
    ]
    if options.action == "list":
        rows = [
            {
                "name": p.name,
                "what": p.what,
                "licence": p.licence,
                "package": p.requirement,
                "megabytes": p.megabytes,
                "ready": fetch.ready(p),
            }
            for p in PACKAGES.values()
        ]
        if options.json:
            emit({"models": rows})
        else:
            for row in rows:
                print(
                    f"{'ready  ' if row['ready'] else 'missing'}  {row['name']:10} {row['megabytes']:>4} MB  {row['what']}  ({row['licence']})"
                )
        return 0
    bad: dict[str, list[str]] = {}
    for name in names:
        if options.action == "fetch":
            new = fetch.fetch(name, terminal.download)
            terminal.clear()
            print(f"{name}: {'ready' if new else 'already there'}", file=sys.stderr if options.json else sys.stdout)
        else:
            bad[name] = fetch.check(name)
            if not options.json:
                print(f"{name}: {'intact' if not bad[name] else 'changed: ' + ', '.join(bad[name])}")
    if options.json:
        emit({"changed": bad} if options.action == "check" else {"fetched": names})
    return 1 if any(bad.values()) else 0


def doctor(options: Options) -> int:
    """Says what is there and what mends what is not; 1 when something needed is missing."""
    from assistant.doctor import examine

    rows = examine(options.engine or settings.engine())
    if options.json:
        emit({"checks": [row._asdict() for row in rows]})
    else:
        for row in rows:
            mark = "ok      " if row.ok else ("MISSING " if row.needed else "optional")
            print(f"{mark} {row.what}: {row.found}" + ("" if row.ok or not row.mend else f"\n           → {row.mend}"))
    return 0 if all(row.ok or not row.needed for row in rows) else 1

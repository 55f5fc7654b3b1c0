"""The ``autopsie`` command: reads arguments, calls the house, prints. Nothing heavy is imported here."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from assistant import settings

LEVELS = ("curious", "student", "engineer")
SUITES = ("routing", "retrieval", "grounded", "invention", "bias", "injection", "stability")  # of the self-audit


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line with the way out."""

    def error(self, message: str) -> NoReturn:
        """Leaves with status 2."""
        self.exit(2, f"{self.prog}: {message}. See: {self.prog} --help\n")


def build() -> Parser:
    """The whole command line."""
    parser = Parser(prog="autopsie", description="A laboratory for autopsies of AI incidents that you can talk to.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    ui = commands.add_parser("ui", help="the web page on this machine (the default)")
    ui.add_argument("--port", type=int, default=7860)
    ui.add_argument("--engine", help="embedded, local, local:MODEL, or the URL of a model server")

    ask = commands.add_parser("ask", help="one question, one traced answer")
    ask.add_argument("question", nargs="?")
    ask.add_argument("--file", help="JSON lines with a question each: one JSON result a line")
    ask.add_argument("--lang", choices=("fr", "en", "auto"), default="auto")
    ask.add_argument("--level", choices=LEVELS, default="curious")
    ask.add_argument("--engine")
    ask.add_argument("--continue", dest="follow", action="store_true", help="go on with the latest conversation")
    ask.add_argument("--plan-only", action="store_true", help="say what would be done, and stop")
    ask.add_argument("--json", action="store_true")

    tools = commands.add_parser("tools", help="the instruments, their parameters and examples")
    tools.add_argument("--lang", choices=("fr", "en"))
    tools.add_argument("--json", action="store_true")

    run = commands.add_parser("run", help="one measurement: autopsie run TOOL --param value …", add_help=False)
    run.add_argument("tool", nargs="?")
    run.add_argument("arguments", nargs=argparse.REMAINDER)

    search = commands.add_parser("search", help="passages of the library")
    search.add_argument("query", nargs="?")
    search.add_argument("--file", help="JSON lines with a query each: one JSON result a line")
    search.add_argument("-k", type=int, default=5)
    search.add_argument("--lang", choices=("fr", "en", "auto"), default="auto")
    search.add_argument("--kind", choices=("course", "incident", "glossary", "added"), help="only these documents")
    search.add_argument("--tag", help="only documents with this tag")
    search.add_argument("--json", action="store_true")

    knowledge = commands.add_parser("knowledge", help="the library: add PATH…, list, remove ID, rebuild its index")
    knowledge.add_argument("action", choices=("add", "list", "remove", "rebuild"))
    knowledge.add_argument("names", nargs="*", metavar="PATH|ID", help="files and folders to add, documents to remove")
    knowledge.add_argument("--lang", choices=("fr", "en"), help="the language of the files (detected otherwise)")
    knowledge.add_argument("--json", action="store_true")

    incidents = commands.add_parser(
        "incidents",
        help="the incidents: list, show ID; guided autopsies: walk ID, new ID, check [ID]; an investigation: delete ID",
    )
    incidents.add_argument("action", choices=("list", "show", "walk", "new", "check", "delete"))
    incidents.add_argument("id", nargs="?")
    incidents.add_argument("--lang", choices=("fr", "en"))
    incidents.add_argument("--level", choices=LEVELS, help="walk: for whom the text is")
    incidents.add_argument("--resume", metavar="ID", help="walk: go on with this investigation")
    incidents.add_argument("--engine", help="walk: who answers a question asked on the way")
    incidents.add_argument("--incident", metavar="SHEET", help="new: the incident of the library that it is about")
    incidents.add_argument("--yes", action="store_true", help="delete: without asking first")
    incidents.add_argument("--dry", action="store_true", help="check: read the files only, measure nothing")
    incidents.add_argument("--json", action="store_true")

    exercises = commands.add_parser("exercises", help="the prompt workshop: list, show ID, run ID (a prompt, measured)")
    exercises.add_argument("action", choices=("list", "show", "run"))
    exercises.add_argument("id", nargs="?")
    exercises.add_argument("--lang", choices=("fr", "en"))
    exercises.add_argument("--prompt", metavar="FILE", help="run: YAML with system, history, prompt, temperature")
    exercises.add_argument("--solution", action="store_true", help="run: the reference solution")
    exercises.add_argument("--seed", type=int, default=0)
    exercises.add_argument(
        "--engine", help="run: local:MODEL or the URL of a model server (the embedded model otherwise)"
    )
    exercises.add_argument("--json", action="store_true")

    report = commands.add_parser(
        "report", help="an investigation as a page (.html), a record (.json), or both; without ID, a list"
    )
    report.add_argument(
        "id", nargs="?", metavar="ID", help="of an investigation, or the .json of someone else's report"
    )
    report.add_argument("--out", metavar="F", help="a file that ends in .html or .json, or a folder for both")
    report.add_argument(
        "--lang", choices=("fr", "en"), help="the language of the page (that of the investigation otherwise)"
    )
    report.add_argument("--json", action="store_true")

    replay = commands.add_parser("replay", help="measures everything in a report again: what holds, what moved")
    replay.add_argument("file", metavar="F", help="the .json of a report, of a conversation or of one run")
    replay.add_argument("--lang", choices=("fr", "en"))
    replay.add_argument("--engine")
    replay.add_argument("--json", action="store_true")

    models = commands.add_parser("models", help="the specimens: list, fetch [NAME …], check")
    models.add_argument("action", choices=("list", "fetch", "check"))
    models.add_argument("names", nargs="*")
    models.add_argument("--json", action="store_true")

    evaluate = commands.add_parser(
        "eval",
        help="how well the assistant does: all (the self-audit and its card), one suite of it, truth, authorship",
    )
    evaluate.add_argument("suite", choices=("all", *SUITES, "truth", "authorship"))
    evaluate.add_argument("--engine")
    evaluate.add_argument("--seed", type=int, default=0)
    evaluate.add_argument("--cheap", action="store_true", help="a fixed part of every set: a quick look, no card kept")
    evaluate.add_argument("--fresh", action="store_true", help="begin anew where an earlier run was stopped")
    evaluate.add_argument("--progress", action="store_true", help="say how far it is as JSON lines on stderr")
    evaluate.add_argument("--json", action="store_true")

    doctor = commands.add_parser("doctor", help="what is there, what is missing, and the command that mends it")
    doctor.add_argument("--engine")
    doctor.add_argument("--json", action="store_true")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit status (2 for bad input, 1 for failure)."""
    settings.quiet()
    words = list(sys.argv[1:] if argv is None else argv)
    options = build().parse_args(words or ["ui"])
    if options.command is None:
        options = build().parse_args(["ui", *words])
    from assistant import commands
    from tools.errors import AutopsieError

    try:
        status = getattr(commands, options.command)(options)
    except AutopsieError as error:
        lang = getattr(options, "lang", None)
        print(error.message.get(lang if lang in ("fr", "en") else settings.language()), file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:  # the reader of our output went away (head, less)
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        print("", file=sys.stderr)
        return 130
    return int(status or 0)


if __name__ == "__main__":
    sys.exit(main())

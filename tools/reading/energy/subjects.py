"""What can be metered: a tool of the laboratory, or an answer of a model to a question."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from tools.errors import BadInput
from tools.finding import Specimen, Text
from tools.tool import Progress, Run, Tool

PROMPT = {"en": "In two sentences: why is the sky blue?", "fr": "En deux phrases : pourquoi le ciel est-il bleu ?"}
LONGEST = 40  # tokens of a metered answer
ROOT = Path(__file__).parents[2]  # the folder of the wings


def names() -> list[str]:
    """The tools that can be metered: every file of a wing that holds one, except this one."""
    files = sorted(ROOT.glob("*/*.py"))
    return [
        f.stem for f in files if f.stem != "footprint" and re.search(r"^@tool\($", f.read_text(encoding="utf-8"), re.M)
    ]


def find(name: str) -> Tool:
    """The tool called ``name``, by its file; ``BadInput`` lists the others.

    The registry stands a floor above the tools, so it cannot be asked from here.
    """
    if re.fullmatch(r"[a-z_]+", name) and name != "footprint":
        for path in sorted(ROOT.glob(f"*/{name}.py")):
            found = getattr(import_module(f"tools.{path.parent.name}.{name}"), name, None)
            if isinstance(found, Tool):
                return found
    known = ", ".join(names())
    raise BadInput(
        f"footprint cannot meter '{name}'. It can meter an answer to --prompt, or: {known}.",
        f"footprint ne peut pas mesurer « {name} ». Il mesure une réponse à --prompt, ou : {known}.",
    )


def settings_of(text: str) -> dict[str, str]:
    """The arguments of the metered tool, written "name=value; name=value"."""
    found = {}
    for part in filter(str.strip, re.split(r"[;\n]", text)):
        name, equals, value = part.partition("=")
        if not equals or not name.strip():
            raise BadInput(
                f"footprint: --settings cannot be '{text[:60]}'. Write name=value; name=value.",
                f"footprint : --settings ne peut pas être « {text[:60]} ». Écrivez nom=valeur; nom=valeur.",
            )
        found[name.strip().lstrip("-").replace("-", "_")] = value.strip()
    return found


def of_tool(run: Run, name: str, settings: str) -> tuple[Text, Callable[[], Specimen]]:
    """One run of a tool with some of its arguments set; its progress and Stop go through."""
    tool = find(name)
    arguments = settings_of(settings)
    tool.validate(arguments)

    def pass_on(progress: Progress) -> None:
        run.progress(progress.label.en, progress.label.fr, progress.done, progress.total)

    def action() -> Specimen:
        return tool.run(
            arguments, seed=run.seed, lang=run.lang, assistant=run.assistant, on_progress=pass_on, stop=run.stop
        ).specimen

    return Text(en=f"one run of {name}", fr=f"un passage de {name}"), action


def of_answer(run: Run, prompt: str, model: str) -> tuple[Text, Callable[[], Specimen]]:
    """One answer of at most ``LONGEST`` tokens of a model to a question."""
    from tools.specimens import language

    if model.startswith(("http://", "https://")):
        raise BadInput(
            "footprint meters this process only, and a served model works in another one. Use --what service with its watt-hours.",
            "footprint ne mesure que ce processus, et un modèle servi travaille dans un autre. Utilisez --what service avec ses watts-heures.",
        )

    def action() -> Specimen:
        subject = language.load(model)
        asked = [{"role": "user", "content": prompt}]
        for _ in subject.generate(asked, max_tokens=LONGEST, temperature=0.0, seed=run.seed, stop=run.stop):
            pass
        return subject.specimen

    short = model if len(model) <= 40 else "…" + model[-39:]
    return Text(en=f"one answer of {short}", fr=f"une réponse de {short}"), action

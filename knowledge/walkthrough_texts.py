"""What must be true of a walkthrough's words: every step has its own, and every number is known where it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.walkthrough_words import StepWords
from knowledge.walkthroughs import Branch, Predict, Run, Step, Vary, Walkthrough, wrong
from tools.finding import Lang

NUMBER = re.compile(r"\{([a-z][a-z0-9_]*)(?::(\d?%|\d))?\}")  # {claim}, {claim:2}, {claim:%}, {claim:1%}
_BRACES = re.compile(r"\{[\w.:%-]{1,40}\}")


def check_words(one: Walkthrough, lang: Lang, flow: dict[str, tuple[set[str], set[str]]]) -> None:
    """Every step has its words, every word its step, and every number is known where it is said."""
    file, words = f"{one.id}/{lang}.md", one.words[lang].step
    for step in one.steps:
        if step.id not in words:
            raise wrong(file, step.id, f"write its section '## {step.id}'", f"écrivez sa partie « ## {step.id} »")
        _parts(step, words[step.id], file)
        for part, text in words[step.id].parts().items():
            known = flow[step.id][isinstance(step, Run | Vary)]
            if isinstance(step, Predict) and step.of and part in ("right", "wrong", "after"):
                known = flow[step.of][1]
            where = f"### {part}" if part else "text"
            _shares(one, step, text, where, file)
            for name in _numbers(text):
                if name not in known:
                    raise wrong(
                        file,
                        step.id,
                        f"'{{{name}}}' ({where}) is not a claim measured by then",
                        f"« {{{name}}} » ({where}) n’est pas un nombre mesuré à ce moment",
                    )
        for name in _numbers(words[step.id].title):
            raise wrong(
                file,
                step.id,
                f"the title holds '{{{name}}}'; say it in the text",
                f"le titre contient « {{{name}}} » ; dites-le dans le texte",
            )
    if extra := sorted(set(words) - set({step.id for step in one.steps})):
        raise wrong(
            file, extra[0], "walkthrough.yaml has no step of this id", "walkthrough.yaml n’a pas d’étape de ce nom"
        )


def _shares(one: Walkthrough, step: Step, text: str, where: str, file: str) -> None:
    """What is written as a percentage is a share: {x:%} of 44.85 would say 4,485%."""
    claims = one.claims()
    for name, form in NUMBER.findall(text):
        if form.endswith("%") and name in claims and abs(claims[name][1].value) > 1:
            raise wrong(
                file,
                step.id,
                f"'{{{name}:{form}}}' ({where}) is of a claim that is no share from 0 to 1; write '{{{name}}}%'",
                f"« {{{name}:{form}}} » ({where}) est d’un nombre qui n’est pas une part de 0 à 1 ; écrivez « {{{name}}} % »",
            )


def _numbers(text: str) -> Iterator[str]:
    for match in _BRACES.finditer(text):
        found = NUMBER.fullmatch(match.group())
        yield found[1] if found else match.group().strip("{}")


def _parts(step: Step, said: StepWords, file: str) -> None:
    """The parts that this kind of step needs, and none that it has no use for."""
    keys = set(step.goto) if isinstance(step, Branch) else set(step.choices) if isinstance(step, Predict) else set()
    judged = isinstance(step, Predict) and step.answer != "sentence"
    needs = {f"choice {key}" for key in keys} | ({"right", "wrong"} if judged else set())
    if (isinstance(step, Predict) and not judged) or step.kind == "question":
        needs |= {"after"}
    if step.kind != "passage":
        needs |= {""}
    given = set(said.parts())
    if missing := sorted(needs - given):
        what = f"'### {missing[0]}'" if missing[0] else "a text under its title"
        quoi = f"« ### {missing[0]} »" if missing[0] else "un texte sous son titre"
        raise wrong(file, step.id, f"write {what}", f"écrivez {quoi}")
    optional = {
        "",
        "hint",
        *(f"level {level}" for level in step.levels),
        *(("after",) if step.kind in ("run", "vary") else ()),
    }
    if extra := sorted(given - needs - optional):
        raise wrong(
            file,
            step.id,
            f"a {step.kind} step has no use for '### {extra[0]}' here; take it out",
            f"une étape {step.kind} n’a pas l’usage de « ### {extra[0]} » ici ; ôtez-le",
        )

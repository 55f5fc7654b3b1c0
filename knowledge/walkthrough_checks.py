"""What must be true of a walkthrough before anyone starts it; each check ends in one sentence with the fix."""

from __future__ import annotations

import re

from knowledge.documents import Document, documents
from knowledge.walkthrough_claims import names_in
from knowledge.walkthrough_texts import check_words
from knowledge.walkthrough_words import LEVELS
from knowledge.walkthroughs import PHASES, Branch, Passage, Predict, Run, Step, Vary, Walkthrough, wrong
from tools.numbers import plain

_BY_ANSWER = {
    "number": ("low", "high", "close", "of", "claim"),
    "choice": ("choices", "right", "bears", "of"),
    "sentence": (),
}


def check(one: Walkthrough) -> None:
    """All checks, in the order in which a writer meets them; raises the first ``BadInput``."""
    file = f"{one.id}/walkthrough.yaml"
    _order(one, file)
    for at, step in enumerate(one.steps):
        if isinstance(step, Predict):
            _predict(one, at, step, file)
        elif isinstance(step, Vary):
            if not isinstance(_at(one, step.of, file, step.id), Run | Vary) or step.of not in _ids(one)[:at]:
                raise wrong(
                    file,
                    step.id,
                    f"'of: {step.of}' must name an earlier run or vary step",
                    f"« of: {step.of} » doit nommer une étape run ou vary qui précède",
                )
        elif isinstance(step, Branch):
            _branch(one, at, step, file)
        elif isinstance(step, Passage):
            _passage(step, file)
    known = one.claims()
    step_id, _, name = one.headline.partition(".")
    if name not in known or known[name][0] != step_id:
        raise wrong(
            file,
            "",
            f"'headline: {one.headline}' must be STEP.CLAIM of a claim of that step",
            f"« headline: {one.headline} » doit être ÉTAPE.NOMBRE, avec un nombre (claim) de cette étape",
        )
    flow = measured(one, file)
    for lang in one.words:
        check_words(one, lang, flow)


def sections(body: str) -> list[tuple[str, str]]:
    """Heading and Markdown of each section ``## …`` of a document."""
    parts = re.split(r"^## +(.+?) *$", body, flags=re.M)
    return [(heading, text.strip()) for heading, text in zip(parts[1::2], parts[2::2], strict=True)]


def sheet(identifier: str, lang: str, kind: str = "") -> Document | None:
    """The document in this very language; ``None`` when the library does not hold it."""
    return next(
        (one for one in documents() if (one.id, one.lang) == (identifier, lang) and kind in ("", one.kind)), None
    )


def measured(one: Walkthrough, file: str) -> dict[str, tuple[set[str], set[str]]]:
    """The claims that are surely known before and at the end of each step, on every way and at every level."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for level in LEVELS:
        steps = [step for step in one.steps if level in step.levels]
        reached: dict[str, list[set[str]]] = {step.id: [] for step in steps}
        reached[steps[0].id].append(set()) if steps else None
        for at, step in enumerate(steps):
            if not reached[step.id]:
                raise wrong(
                    file,
                    step.id,
                    f"no way leads here at level '{level}'; change a branch",
                    f"aucun chemin ne mène ici au niveau « {level} » ; changez un branch",
                )
            before = set.intersection(*reached[step.id])
            after = before | (set(step.claims) if isinstance(step, Run | Vary) else set())
            following = step.goto.values() if isinstance(step, Branch) else [s.id for s in steps[at + 1 : at + 2]]
            for target in following:
                if target not in reached:
                    raise wrong(
                        file,
                        step.id,
                        f"leads to '{target}', which level '{level}' does not see",
                        f"mène à « {target} », que le niveau « {level} » ne voit pas",
                    )
                reached[target].append(after)
            old = found.get(step.id, (before, after))
            found[step.id] = (old[0] & before, old[1] & after)
    return found


def _ids(one: Walkthrough) -> list[str]:
    return [step.id for step in one.steps]


def _at(one: Walkthrough, identifier: str, file: str, step: str) -> Step:
    found = next((s for s in one.steps if s.id == identifier), None)
    if found is None:
        raise wrong(file, step, f"there is no step '{identifier}'", f"il n’y a pas d’étape « {identifier} »")
    return found


def _order(one: Walkthrough, file: str) -> None:
    """The incident is in the library, ids are said once, the seven phases stand in order, claims have names of their own."""
    if sheet(one.incident, "en", "incident") is None:
        raise wrong(
            file,
            "",
            f"the library has no incident '{one.incident}'; autopsie incidents list shows them",
            f"la bibliothèque n’a pas d’incident « {one.incident} » ; autopsie incidents list les montre",
        )
    claims = dict[str, str]()
    last = 0
    for at, step in enumerate(one.steps):
        if step.id in _ids(one)[:at]:
            raise wrong(file, step.id, "two steps have this id; change one", "deux étapes ont ce nom ; changez-en un")
        if (now := PHASES.index(step.phase)) < last:
            order = ", ".join(PHASES)
            raise wrong(
                file,
                step.id,
                f"phase '{step.phase}' comes before '{PHASES[last]}'; the order is {order}",
                f"la phase « {step.phase} » précède « {PHASES[last]} » ; l’ordre est {order}",
            )
        last = now
        for name in step.claims if isinstance(step, Run | Vary) else ():
            if name in claims:
                raise wrong(
                    file,
                    step.id,
                    f"step '{claims[name]}' already has a claim '{name}'; give this one another name",
                    f"l’étape « {claims[name]} » a déjà un nombre « {name} » ; donnez un autre nom à celui-ci",
                )
            claims[name] = step.id
    for phase in PHASES:
        if not any(step.phase == phase for step in one.steps):
            raise wrong(
                file,
                "",
                f"no step has the phase '{phase}'; write one",
                f"aucune étape n’a la phase « {phase} » ; écrivez-en une",
            )


def _predict(one: Walkthrough, at: int, step: Predict, file: str) -> None:
    """A prediction has the fields of its kind, and comes before the run that settles it."""
    allowed = {*_BY_ANSWER[step.answer], "of", *(("unit",) if step.answer == "number" else ())}
    said = step.model_fields_set - {"id", "phase", "kind", "levels", "answer"}
    given = {
        name for name in said if getattr(step, name) not in (None, "", ())
    }  # "of:" with nothing after it says nothing
    if missing := sorted(set(_BY_ANSWER[step.answer]) - given):
        raise wrong(
            file,
            step.id,
            f"a prediction of a {step.answer} needs '{missing[0]}'",
            f"une prédiction « {step.answer} » a besoin de « {missing[0]} »",
        )
    if extra := sorted(given - allowed):
        raise wrong(
            file,
            step.id,
            f"a prediction of a {step.answer} has no field '{extra[0]}'; take it out",
            f"une prédiction « {step.answer} » n’a pas de champ « {extra[0]} » ; ôtez-le",
        )
    if step.of is not None:
        run = _at(one, step.of, file, step.id)
        if not isinstance(run, Run | Vary) or step.of in _ids(one)[:at] or not set(step.levels) <= set(run.levels):
            raise wrong(
                file,
                step.id,
                f"'of: {step.of}' must name a later run or vary step of the same levels",
                f"« of: {step.of} » doit nommer une étape run ou vary qui suit, aux mêmes niveaux",
            )
        if step.claim and step.claim not in run.claims:
            raise wrong(
                file,
                step.id,
                f"step '{step.of}' has no claim '{step.claim}'",
                f"l’étape « {step.of} » n’a pas de nombre « {step.claim} »",
            )
    if step.answer == "number":
        _scale(one, step, file)
    elif step.answer == "choice":
        _choices(one, step, file)


def _scale(one: Walkthrough, step: Predict, file: str) -> None:
    """The scale holds the number that is asked for."""
    assert step.low is not None and step.high is not None and step.claim is not None
    said = one.claims()[step.claim][1].value
    if not step.low <= said <= step.high or step.low == step.high:
        raise wrong(
            file,
            step.id,
            f"the scale from 'low' to 'high' must hold the claim, {plain(said, 'en')}",
            f"l’échelle de « low » à « high » doit contenir le nombre, {plain(said, 'fr')}",
        )


def _choices(one: Walkthrough, step: Predict, file: str) -> None:
    """One choice is right, and claims that are known by then say why."""
    if len(set(step.choices)) < 2 or len(set(step.choices)) < len(step.choices) or step.right not in step.choices:
        raise wrong(
            file,
            step.id,
            "give two or more different choices, and 'right' one of them",
            "donnez au moins deux choix différents, et « right » l’un d’eux",
        )
    try:
        names = names_in(step.bears)
    except (ValueError, SyntaxError, KeyError):
        raise wrong(
            file,
            step.id,
            f"'bears: {step.bears}' must compare claims, like a > b + 5",
            f"« bears: {step.bears} » doit comparer des nombres, comme a > b + 5",
        ) from None
    flow = measured(one, file)
    if unknown := names - flow[str(step.of)][1]:
        raise wrong(
            file,
            step.id,
            f"'bears' speaks of '{min(unknown)}', which is not measured by the end of '{step.of}'",
            f"« bears » parle de « {min(unknown)} », qui n’est pas mesuré à la fin de « {step.of} »",
        )


def _branch(one: Walkthrough, at: int, step: Branch, file: str) -> None:
    for target in step.goto.values():
        if _at(one, target, file, step.id).id in _ids(one)[: at + 1]:
            raise wrong(
                file, step.id, f"'{target}' must come after the branch", f"« {target} » doit venir après le branch"
            )
    if len(set(step.goto.values())) < 2:
        raise wrong(
            file,
            step.id,
            "the ways lead to the same step; give two",
            "les chemins mènent à la même étape ; donnez-en deux",
        )


def _passage(step: Passage, file: str) -> None:
    for lang in ("en", "fr"):
        document = sheet(step.document, lang)
        if document is None:
            raise wrong(
                file,
                step.id,
                f"the library has no document '{step.document}' ({lang})",
                f"la bibliothèque n’a pas de document « {step.document} » ({lang})",
            )
        count = len(sections(document.body))
        if step.heading > count:
            raise wrong(
                file,
                step.id,
                f"'{step.document}' has {count} sections, so 'heading' goes up to {count}",
                f"« {step.document} » a {count} sections ; « heading » va jusqu’à {count}",
            )

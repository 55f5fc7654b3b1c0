"""One person's way through one guided autopsy: predict, observe, explain; leave and resume.

    walk = Walk.start(notebook, "compas", "en", "student")
    walk.view().title
    walk.answer(40.0); walk.next(); walk.run(); walk.view().feedback

Every change is in the notebook before the call returns. The text is content
(``knowledge.walkthroughs``); the numbers in it come from the findings made here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from assistant import investigations, walk_answers, walk_view
from assistant.investigations import Investigation
from assistant.notebook import Notebook
from assistant.walk_view import Feedback, Mark, StepView
from knowledge import walkthroughs
from knowledge.walkthroughs import Branch, Passage, Predict, Run, Step, Vary, Walkthrough
from tools import registry
from tools.errors import BadInput
from tools.finding import Finding, Lang, Level
from tools.tool import Progress


class Walk:
    """A walk (see the module docstring); with no notebook nothing is kept, as when a walkthrough is checked."""

    def __init__(self, notebook: Notebook | None, walkthrough: Walkthrough, investigation: Investigation) -> None:
        self.notebook = notebook
        self.walkthrough = walkthrough
        self.investigation = investigation
        if investigation.position not in {one.id for one in walkthrough.steps}:  # the content has changed since
            self.investigation.position = next(
                (s for s in reversed(investigation.seen) if s in self._ids()), self._ids()[0]
            )

    @classmethod
    def start(cls, notebook: Notebook | None, identifier: str, lang: Lang = "en", level: Level = "curious") -> Walk:
        """A new walk, at the first step of its level."""
        walkthrough = walkthroughs.load(identifier)
        first = next(one.id for one in walkthrough.steps if level in one.levels)
        investigation = Investigation(
            walkthrough=identifier, version=walkthrough.version, lang=lang, level=level, position=first, seen=(first,)
        )
        if notebook is not None:
            investigations.save(notebook, investigation)
        return cls(notebook, walkthrough, investigation)

    @classmethod
    def resume(cls, notebook: Notebook, identifier: str) -> Walk:
        """The walk of this investigation, where it was left; ``BadInput`` when the notebook does not hold it."""
        investigation = investigations.load(notebook, identifier)
        if investigation.imported:
            raise BadInput(
                "This investigation was made by someone else: it can be read, not walked on. Start your own.",
                "Cette enquête a été faite par quelqu’un d’autre : elle se lit, elle ne se continue pas. Commencez la vôtre.",
            )
        return cls(notebook, walkthroughs.load(investigation.walkthrough), investigation)

    @property
    def id(self) -> str:
        """The id of the investigation."""
        return self.investigation.id

    @property
    def done(self) -> bool:
        """Whether the last step was passed."""
        return self.investigation.done

    @property
    def lang(self) -> Lang:
        """The language of the words."""
        return self.investigation.lang

    @lang.setter
    def lang(self, lang: Lang) -> None:
        self._change(lambda kept: setattr(kept, "lang", lang))

    @property
    def level(self) -> Level:
        """For whom the words are."""
        return self.investigation.level

    @level.setter
    def level(self, level: Level) -> None:
        """A step that the new level does not see gives way to the one before it."""
        order = self._ids()
        seen = [one.id for one in self.walkthrough.steps if level in one.levels]
        before = [one for one in seen if order.index(one) <= order.index(self.investigation.position)]

        def apply(kept: Investigation) -> None:
            kept.level = level
            _go(kept, before[-1] if before else seen[0])

        self._change(apply)

    @property
    def author(self) -> str:
        """Who signs the report; "" for nobody."""
        return self.investigation.author

    @author.setter
    def author(self, name: str) -> None:
        self._change(lambda kept: setattr(kept, "author", name.strip()[:200]))

    @property
    def step(self) -> Step:
        """The step where the walk stands."""
        return self.walkthrough.step(self.investigation.position)

    def path(self) -> list[str]:
        """The steps of this level on the way taken; past a branch not yet chosen, all that may follow."""
        steps = [one for one in self.walkthrough.steps if self.level in one.levels]
        found, at = list[str](), 0
        while at < len(steps):
            one = steps[at]
            found.append(one.id)
            target = one.goto.get(str(self.investigation.answers.get(one.id))) if isinstance(one, Branch) else None
            at = next((i for i, other in enumerate(steps) if other.id == target), at + 1)
        return found

    def view(self) -> StepView:
        """The step as it is shown now."""
        step, lang, kept = self.step, self.lang, self.investigation
        words, known = self.walkthrough.words[lang].step[step.id], walk_view.values(self.walkthrough, kept)
        path, missing = self._path_here(), self._missing(step)
        text = "\n\n".join(part for part in (words.text, words.levels.get(self.level, "")) if part)
        shown = StepView(
            walkthrough=self.walkthrough.id, id=step.id, lang=lang, level=self.level, phase=step.phase,
            phase_name=walk_view.phase_name(step, lang), n=path.index(step.id) + 1, total=len(path), kind=step.kind,
            title=words.title, text=walk_view.fill(text, self.walkthrough, known, lang),
            choices=walk_view.choices(self.walkthrough, step, lang), given=walk_answers.kept(step, kept.answers),
            locked=self._locked(step), finding=kept.findings.get(step.id), feedback=self._feedback(step),
            hint=walk_view.fill(words.hint, self.walkthrough, known, lang), note=kept.notes.get(step.id, ""),
            can_next=not missing, can_back=path[0] != step.id, why_not=missing.message.get(lang) if missing else "",
            done=kept.done,
        )  # fmt: skip
        if isinstance(step, Predict):
            shown.answer, shown.unit, shown.low, shown.high = step.answer, step.unit, step.low, step.high
        elif isinstance(step, Passage):
            shown.passage = walk_view.cited(step, lang)
        elif isinstance(step, Run | Vary):
            shown.tool, arguments, seed = self.walkthrough.measure(step.id)
            tool = registry.get(shown.tool)
            shown.command = tool.command(tool.validate(arguments), seed, lang)
            shown.moved = walk_view.moved(self.walkthrough, kept, step, lang)
        if step.id in (kept.findings if isinstance(step, Run | Vary) else kept.answers) and not isinstance(
            step, Predict
        ):
            shown.after = walk_view.fill(words.after, self.walkthrough, known, lang)
        return shown

    def answer(self, value: float | str) -> None:
        """Keeps a prediction, the way chosen at a branch, or the answer to an open question; ``BadInput`` says what is wrong with it."""
        step = self.step
        said = walk_answers.checked(step, value, self.lang)

        def apply(kept: Investigation) -> None:
            if isinstance(step, Predict) and step.of in kept.findings:  # perhaps made in another window
                raise BadInput(
                    "The measurement has been made: this prediction can no longer be changed.",
                    "La mesure est faite : cette prédiction ne peut plus être changée.",
                )
            kept.answers[step.id] = said

        self._change(apply)

    def choose(self, key: str) -> None:
        """Takes a way at a branch and goes there."""
        if not isinstance(self.step, Branch):
            raise BadInput("There is no choice of way at this step.", "Il n’y a pas de chemin à choisir à cette étape.")
        self.answer(key)
        self.next()

    def run(
        self, on_progress: Callable[[Progress], None] | None = None, stop: threading.Event | None = None
    ) -> Finding:
        """Makes the measurement of this step and keeps it; an ``AutopsieError`` leaves everything as it was."""
        step = self.step
        tool, arguments, seed = self.walkthrough.measure(step.id)
        found = registry.get(tool).run(
            arguments, seed=seed, lang=self.lang, on_progress=on_progress, stop=stop, keep=True
        )
        self._change(lambda kept: kept.findings.__setitem__(step.id, found))
        return found

    def next(self) -> None:
        """Goes on; at the last step the walk is done. ``BadInput`` says what is missing first."""
        if missing := self._missing(self.step):
            raise missing
        path, here = self._path_here(), self.investigation.position
        if here == path[-1]:
            self._change(lambda kept: setattr(kept, "done", True))
        else:
            self._change(lambda kept: _go(kept, path[path.index(here) + 1]))

    def back(self) -> None:
        """Goes to the step before; at the first one nothing happens."""
        path = self._path_here()
        at = path.index(self.investigation.position)
        self._change(lambda kept: _go(kept, path[max(at - 1, 0)]))

    def goto(self, identifier: str) -> None:
        """Goes to a step of this way; ``BadInput`` when it is on another way, or when a run or a prediction before it is missing."""
        wanted, path = self.walkthrough.step(identifier).id, self.path()
        if wanted not in path:
            raise BadInput(
                f"Step '{identifier}' is not on the way taken. Change the way at the branch, or the level.",
                f"L’étape « {identifier} » n’est pas sur le chemin suivi. Changez de chemin à l’embranchement, ou de niveau.",
            )
        for before in path[: path.index(wanted)]:
            if missing := self._missing(self.walkthrough.step(before)):
                raise missing
        self._change(lambda kept: _go(kept, wanted))

    def note(self, text: str) -> None:
        """Keeps a note on this step; an empty one takes it out."""
        step, said = self.step.id, walk_answers.short(text)

        def apply(kept: Investigation) -> None:
            kept.notes.pop(step, None)
            if said:
                kept.notes[step] = said

        self._change(apply)

    def timeline(self) -> list[Mark]:
        """Every step of the way in order, seen or not, open or not."""
        marks, free = list[Mark](), True
        for identifier in self._path_here():
            step = self.walkthrough.step(identifier)
            marks.append(
                Mark(
                    id=identifier, phase=step.phase, phase_name=walk_view.phase_name(step, self.lang), kind=step.kind,
                    title=self.walkthrough.words[self.lang].step[identifier].title, open=free,
                    seen=identifier in self.investigation.seen, current=identifier == self.investigation.position,
                )
            )  # fmt: skip
            free = free and self._missing(step) is None
        return marks

    def _ids(self) -> list[str]:
        return [one.id for one in self.walkthrough.steps]

    def _path_here(self) -> list[str]:
        """The way, with the place where the walk stands on it even when the content or the level left it aside."""
        path, order = self.path(), self._ids()
        return sorted({*path, self.investigation.position}, key=order.index)

    def _locked(self, step: Step) -> bool:
        return isinstance(step, Predict) and step.of is not None and step.of in self.investigation.findings

    def _missing(self, step: Step) -> BadInput | None:
        """What must happen at a step before it can be passed."""
        answers = self.investigation.answers
        title = self.walkthrough.words["en"].step[step.id].title, self.walkthrough.words["fr"].step[step.id].title
        if isinstance(step, Run | Vary) and step.id not in self.investigation.findings:
            return BadInput(
                f"Run the measurement of “{title[0]}” first.", f"Lancez d’abord la mesure de « {title[1]} »."
            )
        if isinstance(step, Predict) and not self._locked(step) and walk_answers.kept(step, answers) is None:
            return BadInput(
                f"Say what you expect at “{title[0]}” first.", f"Dites d’abord ce que vous attendez à « {title[1]} »."
            )
        if isinstance(step, Branch) and walk_answers.kept(step, answers) is None:
            return BadInput(f"Choose a way at “{title[0]}” first.", f"Choisissez d’abord un chemin à « {title[1]} ».")
        return None

    def _feedback(self, step: Step) -> list[Feedback]:
        """What is said to this prediction, or to those that this run settles."""
        asked = [s for s in self.walkthrough.steps if isinstance(s, Predict) and step.id in (s.id, s.of)]
        found = [walk_view.feedback(self.walkthrough, self.investigation, one, self.lang) for one in asked]
        return [one for one in found if one is not None]

    def _change(self, apply: Callable[[Investigation], object]) -> None:
        """Applies a change and writes it before anything else happens."""
        if self.notebook is None:
            apply(self.investigation)
        else:
            self.investigation = investigations.change(self.notebook, self.id, apply)


def _go(kept: Investigation, step: str) -> None:
    kept.position = step
    kept.seen = (*kept.seen, step) if step not in kept.seen else kept.seen

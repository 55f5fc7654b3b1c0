"""Two prompts of one's own on a table of one's own, by the same measurement as the exercises."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gradio as gr
from markupsafe import escape

from assistant import workshop
from assistant.agent import Agent
from assistant.ui import workshop_page
from assistant.ui.tokens import QUIET, own_model, said
from assistant.ui.workshop_checks import OPTIONS, made
from assistant.ui.workshop_checks import choices as checks_to_choose
from assistant.ui.workshop_editor import Editor, written
from assistant.ui.workshop_files import compared_file
from assistant.ui.workshop_run import Bench, Shown
from assistant.ui.workshop_words import word
from knowledge import exercises as content
from tools.errors import AutopsieError
from tools.finding import Finding, Lang
from tools.numbers import cut
from tools.prompting.tables import read_table
from tools.prompting.trial import Sheet, notes
from tools.tool import Progress

FIRST = "one-word"


class Free:
    """The section's components and what they do."""

    def __init__(self, agent: Agent, lang: gr.State, mine: gr.BrowserState) -> None:
        self.agent, self.lang, self.mine = agent, lang, mine
        self.intro = gr.HTML(_intro("en"), padding=False)
        self.items = gr.State([])
        with gr.Row(elem_classes="walk-row free-table"):
            self.example = gr.Dropdown(
                [], label=word("example", "en"), filterable=False, elem_id="free-example", scale=3
            )
            self.bring = gr.UploadButton(
                word("bring_table", "en"), file_types=[".csv", ".tsv", ".txt"], size="sm", elem_id="free-bring"
            )
        self.table = gr.HTML("", padding=False, elem_id="free-items")
        with gr.Row():
            self.editors: list[Editor] = []
            for side in "ab":
                with gr.Column(min_width=320):
                    self.editors.append(Editor(f"free-{side}", f"prompt_{side}"))
        self.checks = gr.CheckboxGroup(
            checks_to_choose("en"), value=["answer"], label=word("checks", "en"), elem_id="free-checks"
        )
        with gr.Row(elem_classes="free-options"):
            self.options: dict[str, Any] = {
                **{key: gr.Dropdown([], label=word(key, "en"), filterable=False, elem_id=f"free-{key}", visible=key == "column", min_width=160)
                   for key in ("column", "source")},
                **{key: gr.Textbox(label=word(key, "en"), elem_id=f"free-{key}", visible=False, min_width=200) for key in ("allowed", "forbidden")},
                "longest": gr.Number(20, label=word("longest", "en"), precision=0, minimum=1, elem_id="free-longest", visible=False, min_width=140),
                "right_language": gr.Radio([("English", "en"), ("français", "fr")], value="en", label=word("right_language", "en"), visible=False, min_width=160),
            }  # fmt: skip
            self.max_tokens = gr.Number(
                32,
                label=word("max_tokens", "en"),
                precision=0,
                minimum=1,
                maximum=512,
                elem_id="free-tokens",
                min_width=140,
            )
            self.seed = gr.Number(
                0, label=word("seed", "en"), precision=0, minimum=0, elem_id="free-seed", min_width=90
            )
        with gr.Row(elem_classes="walk-row"):
            self.run = gr.Button(word("run", "en"), variant="primary", elem_id="free-run")
            self.stop = gr.Button(word("stop", "en"), visible=False, elem_id="free-stop")
        self.message = gr.HTML("", padding=False, elem_id="free-message")
        self.bench = Bench("free", self.run, self.stop, self.message)
        self.outcome = gr.HTML("", padding=False, elem_id="free-outcome")
        self.files = gr.File(label=word("files_free", "en"), interactive=False, visible=False, elem_id="free-files")
        self._wire()

    def _wire(self) -> None:
        both, shown = self._fields, self._shows
        for event in (self.example.input, self.lang.change):
            event(self._choose, [self.example, self.lang, *both], [*shown, *both], **QUIET)
        self.bring.upload(self._bring, [self.bring, self.lang], [*shown, self.example], **QUIET)
        self.checks.change(
            lambda chosen: [gr.update(visible=any(key in OPTIONS[one] for one in chosen)) for key in self.options],
            self.checks, list(self.options.values()), **QUIET,
        )  # fmt: skip
        given = [self.items, self.lang, self.checks, self.max_tokens, self.seed, *self.options.values(), *both]
        self.run.click(
            self._run, given, [self.run, self.stop, self.message, self.outcome, self.files], concurrency_limit=4, **QUIET
        ).then(None, None, None, js="() => window.workshopMeasured?.()")  # fmt: skip
        self.stop.click(self.bench.halt, None, None, queue=False, **QUIET)
        for editor in self.editors:
            for box in editor.texts:
                box.blur(self._keep, [self.mine, *both], self.mine, trigger_mode="always_last", **QUIET)

    @property
    def outputs(self) -> list[Any]:
        """What ``arrive`` gives values to."""
        return [self.example, *self._shows, *self._fields]

    @property
    def _fields(self) -> list[Any]:
        """The components that hold both prompts."""
        return [one for editor in self.editors for one in editor.fields]

    @property
    def _shows(self) -> list[Any]:
        """What a table changes."""
        return [self.items, self.table, self.options["column"], self.options["source"], self.message]

    def arrive(self, lang: Lang, mine: dict[str, Any]) -> Shown:
        """The first example, and the prompts that this browser was writing."""
        kept = mine.get("drafts", {}).get("free")
        start = content.load(FIRST, lang).start.model_dump()
        filled: Shown = {}
        for editor, draft in zip(self.editors, kept or [start, start], strict=True):
            filled |= editor.fill(draft)
        return self._table(FIRST, lang) | {self.example: gr.update(choices=_examples(lang), value=FIRST)} | filled

    def _table(self, name: str, lang: Lang) -> Shown:
        return self._shown([dict(item) for item in content.load(name, lang).items], lang)

    def _shown(self, items: list[dict[str, str]], lang: Lang) -> Shown:
        """A table in sight, and its columns to choose from."""
        columns = list(items[0])
        column = "answer" if "answer" in columns else columns[-1]
        return {
            self.items: items, self.table: workshop_page.items_html(items, lang), self.message: "",
            self.options["column"]: gr.update(choices=columns, value=column),
            self.options["source"]: gr.update(choices=columns, value=columns[0]),
        }  # fmt: skip

    def _choose(self, name: str, lang: Lang, *values: Any) -> Shown:
        """Another built-in table; its starting prompt too, where nothing of one's own has been written."""
        if not name:
            return {}
        shown, starts = (
            self._table(name, lang),
            [one.start for code in ("en", "fr") for one in workshop.exercises(code)],
        )
        untouched = [
            start.model_dump(mode="json") | {"history": written(start.model_dump()["history"])} for start in starts
        ]
        for editor, part in zip(self.editors, self._parts(values), strict=True):
            draft = editor.draft(part)
            if draft in untouched or not draft["prompt"].strip():
                shown |= editor.fill(content.load(name, lang).start.model_dump())
        return shown

    def _parts(self, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        half = len(values) // 2
        return [values[:half], values[half:]]

    def _bring(self, uploaded: str, lang: Lang) -> Shown:
        """The visitor's own table; what is wrong with it in a message, and the table before stays."""
        source = Path(uploaded)
        try:
            items = read_table(source.read_bytes(), source.name)
        except AutopsieError as error:
            return {self.message: said(error, lang)}
        finally:
            source.unlink(missing_ok=True)
        columns = ", ".join(f"{{{name}}}" for name in items[0])
        line = word("brought", lang, name=cut(source.name, 40), n=len(items), columns=columns)
        own = gr.update(choices=[(word("own_table", lang), ""), *_examples(lang)], value="")
        message = f'<p role="status">{escape(line)}</p>'
        return self._shown(items, lang) | {self.example: own, self.message: message}

    def _keep(self, mine: dict[str, Any], *values: Any) -> dict[str, Any]:
        drafts = [editor.draft(part) for editor, part in zip(self.editors, self._parts(values), strict=True)]
        return mine | {"drafts": mine.get("drafts", {}) | {"free": drafts}}

    def _run(
        self, items: list[dict[str, str]], lang: Lang, chosen: list[str], max_tokens: float | None, seed: float | None,
        request: gr.Request, *values: Any,
    ) -> Iterator[Shown]:  # fmt: skip
        """Measures both prompts: progress, then the score card and the CSV."""
        options = dict(zip(self.options, values, strict=False))
        try:
            checks = made(chosen, options)
            a, b = (
                editor.read(part)
                for editor, part in zip(self.editors, self._parts(values[len(options) :]), strict=True)
            )
        except AutopsieError as error:
            yield {self.message: said(error, lang)}
            return

        def act(progress: Callable[[Progress], None], halt: threading.Event) -> tuple[Finding, Sheet, Sheet]:
            return workshop.free(
                a, b, items, checks, model=own_model(self.agent), max_tokens=int(max_tokens or 32), seed=int(seed or 0),
                lang=lang, on_step=progress, stop=halt,
            )  # fmt: skip

        def outcome(found: tuple[Finding, Sheet, Sheet]) -> Shown:
            told = list(dict.fromkeys(note.get(lang) for prompt in (a, b) for note in notes(prompt, items)))
            return {
                self.outcome: workshop_page.compared_html(*found, items, checks, told, lang),
                self.files: gr.update(visible=True, value=compared_file(items, *found[1:])),
            }

        yield from self.bench.measure(act, outcome, lang, request)

    @property
    def speaking(self) -> list[Any]:
        """The components whose words follow the language, in the order of ``words``."""
        editors = [one for editor in self.editors for one in editor.speaking]
        return [
            self.intro, self.example, self.bring, *editors, self.checks, *self.options.values(), self.max_tokens, self.seed,
            self.run, self.stop, self.files,
        ]  # fmt: skip

    def words(self, lang: Lang) -> list[Any]:
        """What ``speaking`` becomes in a language."""
        return [
            _intro(lang), gr.update(label=word("example", lang), choices=_examples(lang)),
            gr.update(label=word("bring_table", lang)), *[one for editor in self.editors for one in editor.words(lang)],
            gr.update(label=word("checks", lang), choices=checks_to_choose(lang)),
            *[gr.update(label=word(key, lang)) for key in (*self.options, "max_tokens", "seed")],
            word("run", lang), word("stop", lang), gr.update(label=word("files_free", lang)),
        ]  # fmt: skip


def _intro(lang: Lang) -> str:
    return f'<p class="tagline" lang="{lang}">{word("free_intro", lang)}</p>'


def _examples(lang: Lang) -> list[tuple[str, str]]:
    """The items of every exercise, by its title."""
    return [(one.title, one.id) for one in workshop.exercises(lang)]

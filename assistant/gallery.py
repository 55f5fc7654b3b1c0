"""The repertory: investigations finished here, found by their words, and cited as what they are.

The seventh step of the method is to record. What was recorded can be asked for
later: "an investigation made here" is then named with its date and its measurement,
and one that came in a file is named as its author's. It is never mixed with the
passages of the library, because nobody has reviewed it.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import ValidationError

from assistant import investigations
from assistant.grounding import carried, numbers_in
from assistant.investigations import Investigation
from assistant.report_parts import LANGS, Report, report_of
from knowledge.index import Words
from knowledge.quoting import DANGLING
from knowledge.sentences import split
from knowledge.terms import terms
from tools.finding import Finding, Lang, Record, Text, both, french
from tools.numbers import cut

if TYPE_CHECKING:
    from assistant.notebook import Notebook

MOST = 400  # characters of a sentence that is cited
_LEANS = re.compile(r"(Both|The same|Yet|Here|Les deux|La même|Le même|Pourtant|Ici)\b")  # on the sentence before


class Found(Record):
    """A measurement of an investigation, as an answer names it: its id, its instrument, what was examined, what it says.

    ``said`` are the sentences of its summary that tell one of its estimates, at least a number, at least something.
    """

    id: str
    tool: str
    specimen: str
    summary: Text
    said: dict[Lang, list[str]]


class Made(Record):
    """A finished investigation as the gallery shows it and as an answer cites it.

    ``incident`` is the sheet of the library that it is about; ``found`` its measurements, the main one first;
    ``imported`` says that it came in a file and was measured elsewhere.
    """

    id: str
    walkthrough: str
    incident: str
    title: Text
    lang: Lang
    author: str = ""
    imported: bool = False
    finished: datetime
    found: list[Found]
    score: float = 0.0

    @property
    def said(self) -> Text:
        """What its main measurement found, in one sentence."""
        return both(lambda lang: self.found[0].said[lang][0])

    def dated(self, lang: Lang) -> str:
        """The day it was finished."""
        return f"{self.finished:%d/%m/%Y}" if lang == "fr" else f"{self.finished:%Y-%m-%d}"

    def whose(self, lang: Lang) -> str:
        """Where it was made, and by whom when it was elsewhere."""
        if not self.imported:
            return {"en": "An investigation made here", "fr": "Une enquête faite ici"}[lang]
        if lang == "fr":
            return "Une enquête faite par quelqu’un d’autre" + (f", {self.author}" if self.author else "")
        return "An investigation made by someone else" + (f", {self.author}" if self.author else "")

    def cited(self, lang: Lang, said: str = "") -> str:
        """How an answer names it: whose it is, when, and what was found (by its main measurement, if nothing is given)."""
        title, said = self.title.get(lang), cut(said or self.said.get(lang), MOST)
        if lang == "fr":
            return french(f"{self.whose(lang)} ({self.dated(lang)}, « {title} ») a trouvé : {said}")
        return f"{self.whose(lang)} ({self.dated(lang)}, “{title}”) found: {said}"


def search(query: str, k: int = 3, notebook: Notebook | None = None) -> list[Made]:
    """The finished investigations that share most words with a query, best first; [] when none shares any.

    All words of an investigation count, in both languages: titles, questions and
    summaries of its findings, the person's predictions, answers and notes.
    The score is BM25; words that stand in every investigation count little.
    """
    shelf, wanted = _shelf(notebook), dict.fromkeys(terms(query), 1.0)
    if not shelf or not wanted:
        return []
    scores = Words.of([list(Counter(one.words).elements()) for one in shelf]).scores(wanted)
    found = [
        one.made.model_copy(update={"score": float(score)}) for one, score in zip(shelf, scores, strict=True) if score
    ]
    return sorted(found, key=lambda one: (-one.score, one.id))[:k]


def finished(notebook: Notebook | None = None) -> list[Made]:
    """All finished investigations, the latest first."""
    return sorted((one.made for one in _shelf(notebook)), key=lambda one: one.finished, reverse=True)


class _Entry(Record):
    """An investigation in the gallery, with how often each term stands in its words."""

    made: Made
    words: dict[str, int]


def _shelf(notebook: Notebook | None) -> list[_Entry]:
    """The entries as they are kept beside the records; those of a new or changed record are made now, and kept."""
    from assistant.notebook import Notebook as Book

    notebook, found = notebook or Book(), []
    for identifier, writes, told in investigations.shelf(notebook):
        try:
            entry = _Entry.model_validate_json(told)
        except ValidationError:  # not yet made, or by another version of the program
            entry = _entry(investigations.load(notebook, identifier))
            investigations.tell(notebook, identifier, writes, entry.model_dump_json())
        found.append(entry)
    return [one for one in found if one.made.found]


def _entry(inv: Investigation) -> _Entry:
    report = report_of(inv)
    order = sorted(inv.findings, key=lambda step: step != report.headline)
    made = Made(
        id=inv.id,
        walkthrough=inv.walkthrough,
        incident=report.about,
        title=report.title,
        lang=inv.lang,
        author=inv.author,
        imported=inv.imported,
        finished=inv.changed,
        found=[_found(inv.findings[step]) for step in order],
    )
    return _Entry(made=made, words=Counter(terms(_words(report))))


def _found(one: Finding) -> Found:
    what, values = one.specimen, [estimate.value for estimate in one.estimates if estimate.value is not None]
    said: dict[Lang, list[str]] = {}
    for lang in LANGS:
        sentences = split(one.summary.get(lang))
        numbered = [each for each in sentences if any(True for _ in numbers_in(each, lang))]
        estimated = [each for each in numbered if any(carried(n, values) for n in numbers_in(each, lang))]
        told = estimated or numbered or sentences[:1] or [""]
        said[lang] = [each for each in told if not _LEANS.match(each) and not DANGLING.match(each)] or told
    return Found(id=one.id, tool=one.tool, specimen=what.sha256 or what.name, summary=one.summary, said=said)


def _words(report: Report) -> str:
    inv = report.investigation
    texts = [report.title, *([report.incident] if report.incident else [])]
    for finding in inv.findings.values():
        texts += [finding.question, finding.summary]
    for part in report.parts:
        texts += [part.title, *([part.said] if part.said else [])]
    return "\n".join([text for one in texts for text in (one.en, one.fr)] + list(inv.notes.values()))

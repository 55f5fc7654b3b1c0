"""The repertory: investigations finished here, found by their words, and cited as what they are.

The seventh step of the method is to record. What was recorded can be asked for
later: "an investigation made here" is then named with its date and its measurement,
and one that came in a file is named as its author's. It is never mixed with the
passages of the library, because nobody has reviewed it.
"""

from __future__ import annotations

import math
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from assistant import investigations
from assistant.compose import first_sentences
from assistant.investigations import Investigation
from assistant.report_parts import Report, report_of
from knowledge.terms import terms
from tools.finding import Lang, Record, Text

if TYPE_CHECKING:
    from assistant.notebook import Notebook

K1, B = 1.2, 0.75  # of BM25 (Robertson and Zaragoza 2009), the usual values


class Made(Record):
    """A finished investigation as the gallery shows it and as an answer cites it.

    ``said`` is what its main measurement found, in one sentence; ``findings`` the ids of all of them;
    ``imported`` says that it came in a file and was measured elsewhere.
    """

    id: str
    walkthrough: str
    title: Text
    lang: Lang
    author: str = ""
    imported: bool = False
    finished: datetime
    said: Text
    findings: list[str]
    score: float = 0.0

    def cited(self, lang: Lang) -> str:
        """How an answer names it: where it was made, by whom, when, and what was measured."""
        when = f"{self.finished:%d/%m/%Y}" if lang == "fr" else f"{self.finished:%Y-%m-%d}"
        title, said = self.title.get(lang), self.said.get(lang)
        if lang == "fr":
            whose = (
                f"une enquête de {self.author or 'quelqu’un d’autre'}, reçue dans un fichier"
                if self.imported
                else "une enquête faite ici"
            )
            return f"Dans {whose} (« {title} », {when}) : {said}"
        whose = (
            f"an investigation by {self.author or 'someone else'}, received in a file"
            if self.imported
            else "an investigation made here"
        )
        return f"In {whose} (“{title}”, {when}): {said}"


def search(query: str, k: int = 3, notebook: Notebook | None = None) -> list[Made]:
    """The finished investigations that share most words with a query, best first; [] when none shares any.

    All words of an investigation count, in both languages: titles, questions and
    summaries of its findings, the person's predictions, answers and notes.
    The score is BM25; words that stand in every investigation count little.
    """
    shelf = [(made, Counter(terms(text))) for made, text in _shelf(notebook)]
    wanted = set(terms(query))
    if not shelf or not wanted:
        return []
    usual = sum(sum(words.values()) for _, words in shelf) / len(shelf)
    known = {term: sum(term in words for _, words in shelf) for term in wanted}
    found = []
    for made, words in shelf:
        length, score = sum(words.values()), 0.0
        for term in wanted & set(words):
            rare = math.log(1 + (len(shelf) - known[term] + 0.5) / (known[term] + 0.5))
            often = words[term]
            score += rare * often * (K1 + 1) / (often + K1 * (1 - B + B * length / usual))
        if score > 0:
            found.append(made.model_copy(update={"score": score}))
    return sorted(found, key=lambda one: (-one.score, one.id))[:k]


def finished(notebook: Notebook | None = None) -> list[Made]:
    """All finished investigations, the latest first."""
    return sorted((made for made, _ in _shelf(notebook)), key=lambda one: one.finished, reverse=True)


def _shelf(notebook: Notebook | None) -> list[tuple[Made, str]]:
    from assistant.notebook import Notebook as Book

    return [_entry(one) for one in investigations.list(notebook or Book(), done=True) if one.findings]


def _entry(inv: Investigation) -> tuple[Made, str]:
    report = report_of(inv)
    main = inv.findings.get(report.headline) or list(inv.findings.values())[-1]
    made = Made(
        id=inv.id,
        walkthrough=inv.walkthrough,
        title=report.title,
        lang=inv.lang,
        author=inv.author,
        imported=inv.imported,
        finished=inv.changed,
        said=Text(en=first_sentences(main.summary.en, 1), fr=first_sentences(main.summary.fr, 1)),
        findings=[one.id for one in inv.findings.values()],
    )
    return made, _words(report)


def _words(report: Report) -> str:
    inv = report.investigation
    texts = [report.title, *([report.incident] if report.incident else [])]
    for finding in inv.findings.values():
        texts += [finding.question, finding.summary]
    for part in report.parts:
        texts += [part.title, *([part.said] if part.said else [])]
    return "\n".join([text for one in texts for text in (one.en, one.fr)] + list(inv.notes.values()))

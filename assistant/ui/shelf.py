"""The library as HTML: the shelf with its filters, a document with its terms explained."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from knowledge.bibliography import entries, glossary, reference
from knowledge.categories import AI_ACT, HARMS, KINDS, MECHANISMS, SECTORS
from knowledge.documents import Document, documents
from knowledge.questions import asked
from knowledge.terms import fold
from tools.finding import Lang

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_SKIPPED = ("a", "code", "pre", "button", "h1", "h2", "h3", "summary", "th")  # no hover inside these


def shelf_html(
    lang: Lang, words: str = "", kind: str = "", harm: str = "", mechanism: str = "", sector: str = "", years: str = ""
) -> str:
    """The documents that pass the filters, as a list of buttons; the script of the page opens the one pressed."""
    from assistant.ui.page import templates

    wanted = fold(words or "").split()
    first, last = years_of().get(years, (0, 9999))
    narrow = bool(harm or mechanism or sector or years)
    found = [
        one
        for one in in_language(lang)
        if (not kind or one.kind == kind)
        and (not harm or harm in one.harms)
        and (not mechanism or mechanism in one.mechanisms)
        and (not sector or sector == one.sector)
        and (not narrow or (one.kind == "incident" and min(one.years) <= last and max(one.years) >= first))
        and all(part in _words(one) for part in wanted)
    ]
    order = list(KINDS)
    found.sort(key=lambda one: (order.index(one.kind), -max(one.years, default=0), one.title))
    return (
        templates()
        .get_template("shelf.html")
        .render(found=found, lang=lang, kinds=KINDS, harms=HARMS, total=len(in_language(lang)))
    )


def document_html(one: Document, lang: Lang) -> str:
    """A document to read: what it is, its text with the glossary's terms explained, its references."""
    from assistant.ui.page import templates
    from tools.registry import MODULES, get

    body = re.sub(r"^<!-- (p\. \d+) -->$", r"*\1*", one.body, flags=re.M)
    tools = [get(name) for name in one.tools if name in MODULES]
    return (
        templates()
        .get_template("document.html")
        .render(
            one=one, lang=lang, t=lambda en, fr: fr if lang == "fr" else en,
            body=with_terms(_markdown().render(body), one.lang) if one.kind != "glossary" else Markup(_markdown().render(body)),
            kind=KINDS[one.kind].get(lang), act=AI_ACT[one.ai_act].get(lang) if one.ai_act else "",
            harms=[f"{HARMS[key].get(lang)} ({key})" for key in one.harms],
            mechanisms=[MECHANISMS[key].get(lang) for key in one.mechanisms],
            sector=SECTORS[one.sector].get(lang) if one.sector else "",
            years="–".join(dict.fromkeys(str(year) for year in (min(one.years), max(one.years)))) if one.years else "",
            tools=[(tool.name, tool.title.get(lang)) for tool in tools],
            references=[linked(key, lang) for key in one.references if key in entries()],
            asks=[getattr(section, lang)[0] for section in asked(one.id)],
        )
    )  # fmt: skip


def with_terms(html: str, lang: str, met: set[str] | None = None) -> Markup:
    """HTML in which the first occurrence of each term of the glossary shows its definition on hover and focus.

    ``met`` are the terms explained before, when the pieces of a text come one by one.
    """
    pattern, definitions = _terms(lang)
    if pattern is None:
        return Markup(html)
    met = set() if met is None else met
    inside = 0

    def explain(match: re.Match[str]) -> str:
        term = definitions[fold(match.group())]
        if term in met:
            return match.group()
        met.add(term)
        return f'<button type="button" class="term" aria-description="{term}" data-definition="{term}">{match.group()}</button>'

    parts = re.split(r"(<[^>]+>)", html)
    for place, part in enumerate(parts):
        if tag := re.match(r"<(/?)([a-z0-9]+)", part):
            inside += (-1 if tag[1] else 1) if tag[2] in _SKIPPED else 0
        elif part.strip() and not inside:
            parts[place] = pattern.sub(explain, part)
    return Markup("".join(parts))


def linked(key: str, lang: Lang) -> Markup:
    """A reference with its address as a link."""
    line, _, address = reference(key, lang).partition("http")
    return (
        Markup('{}<a href="http{}" target="_blank" rel="noopener">http{}</a>').format(line, address, address)
        if address
        else escape(line)
    )


def in_language(lang: Lang) -> list[Document]:
    """Each document once: in this language, else in the other."""
    found: dict[str, Document] = {}
    for one in documents():
        if one.id not in found or one.lang == lang:
            found[one.id] = one
    return list(found.values())


def years_of() -> dict[str, tuple[int, int]]:
    """The periods of the filter."""
    return {"before 2016": (2005, 2015), "2016": (2016, 2019), "2020": (2020, 2022), "2023": (2023, 2026)}


def _words(one: Document) -> str:
    """What the search field looks into."""
    return fold(" ".join([one.id, one.title, one.summary, one.organisation, *one.tags, *map(str, one.years)]))


@lru_cache(maxsize=2)
def _terms(lang: str) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """A pattern of all terms, longest first, and the definition of each by its folded form."""
    found: dict[str, str] = {}
    for term in glossary():
        said = term.fr if lang == "fr" else term.en
        for name in re.split(r",|/| ou | or ", re.sub(r"\s*\([^)]*\)", "", said.term)):
            for form in (name.strip(), name.strip() + "s"):
                if len(form) > 3:
                    found.setdefault(fold(form), str(escape(said.definition)))
    names = sorted(found, key=len, reverse=True)
    if not names:
        return None, {}
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(_accented, names))})(?![\w-])", re.I), found


def _accented(name: str) -> str:
    """A pattern for a folded name in which vowels may carry accents."""
    marks = {"a": "aàâ", "e": "eéèêë", "i": "iîï", "o": "oôö", "u": "uùûü", "c": "cç", "'": "'’"}
    return "".join(f"[{marks[letter]}]" if letter in marks else re.escape(letter) for letter in name)


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(["lheading", "image"])

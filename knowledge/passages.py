"""Documents cut into passages: what is searched, quoted and cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from knowledge.documents import Document

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

WORDS = 200  # a section is one passage up to this many words; neighbours of an added document are joined up to it
IN_SHORT = {"en": "In short", "fr": "En bref"}  # the heading of the summary of an incident
PAGE = re.compile(r"<!-- (p\. \d+) -->$")  # where a page or a slide of an added document begins


class Passage(BaseModel):
    """A paragraph, or short neighbours of one section, as plain text.

    ``id`` is the document, its language and the place of the passage in it,
    from 1: ``twitter-crop.en#3``; #0 is the summary of an incident. ``heading``
    is the path of headings above it, and the page or slide where there are pages.
    ``start`` and ``end`` are offsets in characters in the body of the document.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    doc: str
    kind: str
    lang: str
    title: str
    heading: str
    text: str
    start: int
    end: int


class Block(NamedTuple):
    """A top-level block of Markdown: what it is, its plain text, where its source lies, and how deep a heading is."""

    kind: Literal["heading", "page", "text", "questions"]
    text: str
    start: int
    end: int
    level: int = 0


class Section(NamedTuple):
    """The blocks under one heading, or of one page; ``path`` are the headings above them and their own."""

    path: tuple[str, ...]
    page: str
    blocks: list[Block]


def passages(document: Document) -> list[Passage]:
    """The passages of a document in reading order.

    In the documents of Autopsie a passage never crosses a heading. In an added
    one, which may be slides of ten words, neighbouring sections are joined until
    they hold ``WORDS`` words; a section, slide or table is cut only when it is longer.
    A list of questions (at the end of an incident) is left out: it resembles
    the question of a reader more than any answer does.
    """
    found = sections(document)
    groups = _joined(found) if document.kind == "added" else [group for one in found for group in _cut(one)]
    result = [_passage(document, place, group) for place, group in enumerate(groups, 1)]
    return [_summary(document), *result] if document.kind == "incident" else result


def sections(document: Document) -> list[Section]:
    """The text of a document by heading and by page; sections without text are left out."""
    found, page = [Section((), "", [])], ""
    levels: list[tuple[int, str]] = []
    for block in blocks(document.body):
        if block.kind == "page":
            page = block.text
        elif block.kind == "heading":
            levels = [one for one in levels if one[0] < block.level] + [(block.level, block.text)]
        elif block.kind == "questions" or not block.text:
            continue
        else:
            path = tuple(text for _, text in levels)
            if (path, page) != (found[-1].path, found[-1].page):
                found.append(Section(path, page, []))
            found[-1].blocks.append(block)
    return [section for section in found if section.blocks]


def _cut(section: Section) -> list[list[Section]]:
    """A section as groups of neighbouring blocks of about ``WORDS`` words."""
    groups = list[list[Section]]()
    pending = list[Block]()
    for block in section.blocks:
        if pending and _count([*pending, block]) > WORDS:
            groups.append([section._replace(blocks=pending)])
            pending = []
        pending = [*pending, block]
    return [*groups, [section._replace(blocks=pending)]]


def _joined(found: list[Section]) -> list[list[Section]]:
    """Neighbouring sections together, up to ``WORDS`` words."""
    groups = list[list[Section]]()
    for piece in (group[0] for section in found for group in _cut(section)):
        if groups and _count([block for one in (*groups[-1], piece) for block in one.blocks]) <= WORDS:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def blocks(body: str) -> Iterator[Block]:
    """The headings, pages and paragraphs of a Markdown text; a list, a table or a code block is one paragraph."""
    starts = [0]
    for line in body.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    tokens = _parser().parse(body)
    first = 0
    for position, token in enumerate(tokens):
        if token.level or token.nesting > 0:
            continue
        group = tokens[first : position + 1]
        first = position + 1
        if group[0].map is None:
            continue
        start, end = starts[group[0].map[0]], starts[group[0].map[1]]
        source = body[start:end].rstrip()
        if token.type == "html_block":
            if marked := PAGE.match(token.content.strip()):
                yield Block("page", marked[1], start, start + len(source))
            continue
        parts = _parts(group)
        if token.type == "heading_close":
            yield Block("heading", " ".join(parts), start, start + len(source), int(token.tag[1]))
            continue
        asks = token.type.endswith("list_close") and all(part.endswith("?") for part in parts)
        joined = (" | " if token.type == "table_close" else " ").join(parts)
        yield Block("questions" if asks else "text", joined, start, start + len(source))


def plain(markdown: str) -> str:
    """A piece of Markdown as plain text, one line a block."""
    return "\n".join(block.text for block in blocks(markdown))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table").disable("lheading")


def _parts(group: list[Token]) -> list[str]:
    """The lines of text of a block: one for a paragraph, one an item of a list, one a cell of a table."""
    if group[0].type in ("fence", "code_block"):
        return [" ".join(group[0].content.split())]
    return [text for token in group if token.type == "inline" and (text := _inline_text(token))]


def _inline_text(token: Token) -> str:
    """The words of a line without marks: emphasis, links and code keep their text."""
    written = []
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            written.append(" ")
        elif child.type != "html_inline":
            written.append(child.content)
    return "".join(written).strip()


def opens(kind: str, identifier: str) -> bool:
    """Whether a passage is where an incident is summed up, or told from the start."""
    return kind == "incident" and identifier.endswith(("#0", "#1"))


def _count(group: list[Block]) -> int:
    return sum(len(block.text.split()) for block in group)


def _summary(document: Document) -> Passage:
    return _passage(
        document, 0, [Section((IN_SHORT[document.lang],), "", [Block("text", plain(document.summary), 0, 0)])]
    )


def _passage(document: Document, place: int, group: list[Section]) -> Passage:
    """One passage; the headings of all its sections but the first stand in its text."""
    lines, path = list[str](), group[0].path
    for section in group:
        if section.path != path:
            lines += section.path[-1:]
            path = section.path
        lines += [block.text for block in section.blocks]
    first = [*group[0].path, *([group[0].page] if group[0].page else [])]
    return Passage(
        id=f"{document.id}.{document.lang}#{place}",
        doc=document.id,
        kind=document.kind,
        lang=document.lang,
        title=document.title,
        heading=" › ".join(first) or document.title,
        text="\n".join(lines),
        start=group[0].blocks[0].start,
        end=group[-1].blocks[-1].end,
    )

"""Documents cut into passages: what is searched, quoted and cited."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from knowledge.documents import Document

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

WORDS = 120  # adjacent paragraphs of a section are joined up to this many words


class Passage(BaseModel):
    """A paragraph, or short neighbours of one section, as plain text.

    ``id`` is the document, its language and the place of the passage in it,
    from 1: ``twitter-crop.en#3``; #0 is the summary of an incident.
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
    """A top-level block of Markdown: what it is, its plain text, and where its source lies."""

    kind: Literal["heading", "text", "questions"]
    text: str
    start: int
    end: int


def passages(document: Document) -> list[Passage]:
    """The passages of a document in reading order; a passage never crosses a heading.

    A list of questions (at the end of an incident) is left out: it resembles
    the question of a reader more than any answer does.
    """
    result = list[Passage]()
    heading, pending = document.title, list[Block]()

    def close() -> None:
        if pending:
            result.append(_passage(document, len(result) + 1, heading, pending))
            pending.clear()

    for block in blocks(document.body):
        if block.kind == "heading":
            close()
            heading = block.text
        elif block.text and block.kind == "text":
            if pending and _count([*pending, block]) > WORDS:
                close()
            pending.append(block)
    close()
    return [_summary(document), *result] if document.kind == "incident" else result


def blocks(body: str) -> Iterator[Block]:
    """The headings and paragraphs of a Markdown text; a list, a table or a code block is one paragraph."""
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
        parts = _parts(group)
        if token.type == "heading_close":
            kind: Literal["heading", "text", "questions"] = "heading"
        else:
            asks = token.type.endswith("list_close") and all(part.endswith("?") for part in parts)
            kind = "questions" if asks else "text"
        joined = (" | " if token.type == "table_close" else " ").join(parts)
        yield Block(kind, joined, start, start + len(source))


def plain(markdown: str) -> str:
    """A piece of Markdown as plain text, one line a block."""
    return "\n".join(block.text for block in blocks(markdown))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


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
    heading = "En bref" if document.lang == "fr" else "In short"
    return _passage(document, 0, heading, [Block("text", plain(document.summary), 0, 0)])


def _passage(document: Document, place: int, heading: str, group: list[Block]) -> Passage:
    return Passage(
        id=f"{document.id}.{document.lang}#{place}",
        doc=document.id,
        kind=document.kind,
        lang=document.lang,
        title=document.title,
        heading=heading,
        text="\n".join(block.text for block in group),
        start=group[0].start,
        end=group[-1].end,
    )

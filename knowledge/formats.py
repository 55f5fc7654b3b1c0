"""What a file says, as Markdown: PDF, PPTX, DOCX, HTML and text, each through a well-kept library.

Pages and slides are kept apart by a comment line, ``<!-- p. 12 -->``, so that a
passage can say where it stands and a slide is never cut. Runs in a process of its
own (``knowledge.convert``): a file from outside is parsed where it can break nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

PAGE = "<!-- p. {} -->"
TITLE = 12  # a line of at most so many words, alone at the top of a slide, is its title


class Refused(Exception):
    """The file cannot be read; ``args[0]`` names the reason (a key of ``knowledge.convert.REASONS``)."""


class Converted(NamedTuple):
    """The title a file gives itself ("" when it gives none), and its text as Markdown."""

    title: str
    body: str


def pdf(file: Path) -> Converted:
    """Text by page (pypdfium2); lines that stand on most pages, and page numbers, are left out."""
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        opened = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        code = raw.FPDF_GetLastError()
        raise Refused(
            "encrypted" if code == raw.FPDF_ERR_PASSWORD or "password" in str(error) else "damaged"
        ) from error
    wide, pages = 0, list[list[str]]()
    for page in opened:
        width, height = page.get_size()
        wide += width > height
        written = page.get_textpage().get_text_bounded().replace("\x02", "")  # a hyphen at the end of a line
        pages.append([line.strip() for line in written.splitlines()])
    if not any(any(page) for page in pages):
        raise Refused("scanned" if pages else "empty")
    often = Counter(line for page in pages for line in set(page) if line)
    running = {line for line, n in often.items() if len(pages) > 3 and n > len(pages) / 2}
    kept = [[line for line in page if line not in running and not line.isdigit()] for page in pages]
    write = _slide if wide > len(pages) / 2 else _prose
    title = str(opened.get_metadata_dict().get("Title") or "")
    return Converted(title, _paged(write(lines) for lines in kept))


def pptx(file: Path) -> Converted:
    """Slides whole (python-pptx): title, text in the order of the shapes, tables, speaker notes."""
    import pptx

    opened = pptx.Presentation(str(file))
    return Converted(opened.core_properties.title or "", _paged(_of_slide(slide) for slide in opened.slides))


def docx(file: Path) -> Converted:
    """Headings, lists and tables kept (mammoth makes HTML of it); pictures are left out."""
    import mammoth

    with file.open("rb") as opened:
        made = mammoth.convert_to_html(opened, convert_image=mammoth.images.img_element(lambda _: {}))
    return Converted("", _of_html(made.value)[1])


def html(file: Path) -> Converted:
    """The text of a page (Beautiful Soup, markdownify) without scripts, menus and forms."""
    return Converted(*_of_html(decoded(file.read_bytes())))


def markdown(file: Path) -> Converted:
    """Markdown as it is, without a front matter; its title is the first heading."""
    body = re.sub(r"\A---\n.*?\n---\n", "", decoded(file.read_bytes()), count=1, flags=re.S)
    heading = re.search(r"^#\s+(.+)$", body, re.M)
    return Converted(heading.group(1).strip() if heading else "", body)


def text(file: Path) -> Converted:
    """Plain text; form feeds are pages, and a short line alone after a gap is a heading."""
    body = decoded(file.read_bytes())
    if "\f" in body and body.count("\f") >= body.count("\n") / 60:
        return Converted("", _paged(_slide([line.strip() for line in page.splitlines()]) for page in body.split("\f")))
    return Converted("", _with_headings(body.replace("\f", "\n\n")))


FORMATS: dict[str, Callable[[Path], Converted]] = {
    "pdf": pdf, "pptx": pptx, "docx": docx, "html": html, "md": markdown, "txt": text,
}  # fmt: skip


def _paged(pages: Iterable[str]) -> str:
    """Pages one after the other, each after its number; pages without a word are left out."""
    numbered = [(number, page.strip()) for number, page in enumerate(pages, 1)]
    return "\n\n".join(f"{PAGE.format(number)}\n\n{page}" for number, page in numbered if page)


def _slide(lines: list[str]) -> str:
    """The lines of a slide, the first one as its heading when it is short."""
    words = [line for line in lines if line]
    if not words:
        return ""
    first, *others = words
    if len(first.split()) > TITLE or not any(letter.isalpha() for letter in first):
        return "\n".join(_plain(line) + "  " for line in words)
    return f"## {_plain(first)}\n\n" + "\n".join(_plain(line) + "  " for line in others)


def _prose(lines: list[str]) -> str:
    """The lines of a page of running text, joined to paragraphs."""
    width = max((len(line) for line in lines), default=0)
    paragraphs, current = list[str](), ""
    for line in lines:
        if not line:
            paragraphs, current = [*paragraphs, current], ""
            continue
        current = f"{current} {line}"
        if len(line) < 0.75 * width and re.search(r"[.!?:»”]$", line):
            paragraphs, current = [*paragraphs, current], ""
    return "\n\n".join(_plain(one.strip()) for one in [*paragraphs, current] if one.strip())


def _of_slide(slide: Any) -> str:
    """One slide of a presentation as Markdown."""
    title = slide.shapes.title
    parts = (
        [f"## {_plain(' '.join(title.text_frame.text.split()))}"] if title is not None and title.has_text_frame else []
    )
    for shape in _shapes(slide.shapes):
        if title is not None and shape.shape_id == title.shape_id:
            continue
        if shape.has_text_frame:
            lines = [
                (one.level, " ".join("".join(run.text for run in one.runs).split()))
                for one in shape.text_frame.paragraphs
            ]
            parts.append("\n".join(f"{'  ' * level}- {_plain(line)}" for level, line in lines if line))
        elif shape.has_table:
            parts.append(_table([[cell.text for cell in row.cells] for row in shape.table.rows]))
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        parts += [_plain(line) for line in slide.notes_slide.notes_text_frame.text.splitlines()]
    return "\n\n".join(part for part in parts if part.strip(" #"))


def _shapes(shapes: Any) -> Iterable[Any]:
    """Every shape, those inside groups too."""
    for shape in shapes:
        if shape.shape_type == 6:  # MSO_SHAPE_TYPE.GROUP
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _table(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(" ".join(cell.split()).replace("|", "/") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]]) if lines else ""


def _of_html(page: str) -> tuple[str, str]:
    """Title and Markdown of an HTML page."""
    from bs4 import BeautifulSoup
    from markdownify import MarkdownConverter

    soup = BeautifulSoup(page, "html.parser")
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    for tag in soup(
        [
            "script",
            "style",
            "noscript",
            "template",
            "svg",
            "head",
            "nav",
            "header",
            "footer",
            "aside",
            "form",
            "button",
            "img",
        ]
    ):
        tag.decompose()
    main = soup.find("main") or soup.find("article") or soup
    body = MarkdownConverter(heading_style="ATX", bullets="-", escape_misc=False).convert_soup(main)
    return title, re.sub(r"\n{3,}", "\n\n", body)


def decoded(data: bytes) -> str:
    """The characters of a text file, whatever its encoding; ``Refused`` when it is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        found = data.decode("utf-16", errors="replace")
    else:
        try:
            found = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            from charset_normalizer import from_bytes

            best = from_bytes(data, cp_isolation=["cp1252", "latin_1", "mac_roman", "utf_16"]).best()
            found = str(best) if best is not None else data.decode("cp1252", errors="replace")
    strange = sum(letter == "\ufffd" or (letter < " " and letter not in "\t\n\r\f") for letter in found)
    if strange > 0.01 * len(found):
        raise Refused("binary")
    return found.replace("\r\n", "\n").replace("\r", "\n")


def _with_headings(body: str) -> str:
    """Plain text in which the titles are Markdown headings: lines of a slide or a chapter that stand alone.

    A title is short, is no item of a list, does not end like a sentence, and comes
    after two empty lines, or is repeated in the text, or stands before a list.
    A text that has its own Markdown headings is left as it is.
    """
    if len(re.findall(r"(?<=\n)\n#{1,6} \S.*\n(?=\n)", f"\n\n{body}")) > 2:
        return body
    parts = re.split(r"(\n(?:[ \t\u00a0]*\n)+)", f"\n\n\n{body.strip()}")[1:]
    pairs = [(gap, part.strip("\n")) for gap, part in zip(parts[::2], parts[1::2], strict=True) if part.strip()]
    often = Counter(part.strip() for _, part in pairs)
    written = []
    for (gap, part), (_, after) in zip(pairs, [*pairs[1:], ("", "")], strict=True):
        line = part.strip().strip("*_ ")
        short = "\n" not in line and 0 < len(line.split()) <= TITLE and len(re.findall(r"[^\W\d_]", line)) > 2
        ends = re.search(r"^[-–•▶|\d(\[<#$]|[.;,|:=]$|\t|https?:|@", line)
        apart = gap.count("\n") > 2 or often[part.strip()] > 1 or re.match(r" *[-–•▶] ", after)
        written.append(
            f"## {line}" if short and not ends and apart else "\n".join(_plain(one) for one in part.split("\n"))
        )
    return "\n\n".join(written)


def _plain(line: str) -> str:
    """A line that is no Markdown heading or quotation, whatever its first mark."""
    return re.sub(r"^(\s*)([#><])", r"\1\\\2", line)

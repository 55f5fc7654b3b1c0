"""One small file of each format that can be added, made here, word by word."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

MARKDOWN = """---
author: someone
---
# Notes on bees

## The waggle dance

Bees dance to show their sisters where the flowers are, and how far they must fly to find them.

| dance | distance |
| --- | --- |
| round | below 50 m |
| waggle | above 100 m |
"""

TEXT = """Notes sur les abeilles

Introduction


La danse

Les abeilles dansent pour montrer à leurs sœurs où sont les fleurs, et à quelle distance elles se trouvent.


Le miel

- Les abeilles le font avec le nectar des fleurs du printemps et de l’été.
"""

HTML = """<!doctype html><html><head><title>Bees and trains</title><script>var hidden = "secret";</script></head>
<body><nav><a href="/">Menu of the site</a></nav><main><h1>Bees</h1><p>Bees dance to show where the flowers are.</p>
<table><tr><th>dance</th><th>distance</th></tr><tr><td>waggle</td><td>above 100 m</td></tr></table></main></body></html>"""


def pdf(pages: Sequence[str], width: int = 595, height: int = 842, encrypted: bool = False) -> bytes:
    """A PDF with these lines on its pages, in Helvetica; with ``encrypted``, one that asks for a password."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for page in pages:
        lines = "".join(f"({line}) Tj 0 -16 Td " for line in page.replace("(", r"\(").replace(")", r"\)").split("\n"))
        stream = f"BT /F1 12 Tf 40 {height - 60} Td {lines}ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {len(objects) + 2} 0 R "
            "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    lock = (
        f"/ID [<{'61' * 16}> <{'61' * 16}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'62' * 32}> /U <{'63' * 32}> >>"
        if encrypted
        else ""
    )
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{at:010} 00000 n \n" for at in offsets)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R {lock} >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("latin-1")


def pptx() -> bytes:
    """Two slides: a title with bullets and notes, a title with a table."""
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[1])
    first.shapes.title.text = "The dance of bees"
    first.placeholders[1].text = "Bees dance to show the flowers"
    first.placeholders[1].text_frame.add_paragraph().text = "The angle is the direction"
    first.notes_slide.notes_text_frame.text = "Say that von Frisch saw it."
    second = deck.slides.add_slide(deck.slide_layouts[5])
    second.shapes.title.text = "Two dances"
    table = second.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    for place, words in enumerate(("dance", "distance", "waggle", "above 100 m")):
        table.cell(place // 2, place % 2).text = words
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def docx() -> bytes:
    """A heading, a paragraph and a table, in the smallest package that Word opens."""

    def paragraph(words: str, style: str = "") -> str:
        named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{named}<w:r><w:t>{words}</w:t></w:r></w:p>"

    cells = "".join(f"<w:tc>{paragraph(words)}</w:tc>" for words in ("waggle", "above 100 m"))
    body = (
        paragraph("The dance of bees", "Heading1")
        + paragraph("Bees dance to show their sisters where the flowers are.")
        + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    )
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="{kind}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f'<w:styles {space}><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return out.getvalue()


SLIDES = ("The dance of bees\nBees dance to show the flowers.", "Honey\nThey make it from the nectar of flowers.")
PAGES = (
    "Bees dance to show their sisters where the flowers are, and they do it in the dark of the hi-\n"
    "ve, on the comb. The angle of the dance is the direction of the flowers.\n",
    "Honey comes later. It is made from nectar.",
)


def all_formats() -> dict[str, bytes]:
    """A file of each format, by name."""
    return {
        "bees.pdf": pdf(PAGES), "slides.pdf": pdf(SLIDES, 842, 595), "bees.pptx": pptx(), "bees.docx": docx(),
        "bees.html": HTML.encode(), "bees.md": MARKDOWN.encode(), "abeilles.txt": TEXT.encode(),
    }  # fmt: skip

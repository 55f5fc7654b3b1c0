"""Drawings that come from someone else's file, before a page shows them.

The page sets a finding's SVG into itself as it is, because this program drew it.
One that comes from a file may have been written by anybody, so only what the
figures of Autopsie are made of passes: shapes, text, clips, gradients, and
pixels that travel inside. No script, no handler, no style sheet, no address.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from tools.errors import BadInput

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "defs",
        "path",
        "use",
        "clipPath",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "image",
        "linearGradient",
        "radialGradient",
        "stop",
        "pattern",
        "mask",
        "title",
        "desc",
    ]
)
SILENT = frozenset({"metadata", "style"})  # what the drawing library adds; dropped without a word
ATTRIBUTES = frozenset(
    [
        "id",
        "class",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "d",
        "points",
        "width",
        "height",
        "viewBox",
        "version",
        "transform",
        "style",
        "fill",
        "stroke",
        "opacity",
        "offset",
        "preserveAspectRatio",
        "clipPathUnits",
        "gradientUnits",
        "gradientTransform",
        "patternUnits",
        "patternTransform",
        "clip-path",
        "clip-rule",
        "fill-opacity",
        "fill-rule",
        "stroke-width",
        "stroke-opacity",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stop-color",
        "stop-opacity",
        "font-family",
        "font-size",
        "font-weight",
        "font-style",
        "text-anchor",
        "dominant-baseline",
        "mask",
        "role",
        "aria-label",
        "dx",
        "dy",
    ]
)
PIXELS = re.compile(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]+")
OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|@|expression|javascript:|\\", re.I)


def safe_svg(source: str) -> str:
    """The same drawing with nothing in it but shapes; ``BadInput`` names what else it holds."""
    if re.search(r"<!(?:DOCTYPE\s+\S+\s*\[|ENTITY)", source, re.I):
        raise _refused("<!ENTITY>")
    try:
        root = ET.fromstring(source)
    except ET.ParseError:
        raise _refused("XML") from None
    if root.tag != f"{{{SVG}}}svg":
        raise _refused(root.tag)
    _clean(root)
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", XLINK)
    return ET.tostring(root, encoding="unicode")


def _clean(element: ET.Element) -> None:
    for name, value in list(element.attrib.items()):
        _, _, local = name.rpartition("}")
        if local == "href":
            if not (value.startswith("#") or (element.tag == f"{{{SVG}}}image" and PIXELS.fullmatch(value))):
                raise _refused(f'href="{value[:40]}"')
        elif name.startswith("{"):
            del element.attrib[name]
        elif local not in ATTRIBUTES or OUTSIDE.search(value):
            raise _refused(f'{local}="{value[:40]}"')
    for child in list(element):
        space, _, local = str(child.tag).rpartition("}")
        if local in SILENT:
            element.remove(child)
        elif space != f"{{{SVG}" or local not in ELEMENTS:
            raise _refused(f"<{local}>")
        else:
            _clean(child)


def _refused(what: str) -> BadInput:
    return BadInput(
        f"A figure of this file holds something that is not a drawing ({what}), so the file was not brought in. Ask its author for the original.",
        f"Une figure de ce fichier contient autre chose qu’un dessin ({what}) ; le fichier n’a pas été importé. Demandez l’original à son auteur.",
    )

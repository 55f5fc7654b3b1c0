"""The numbers of a text, whatever the language it is written in; and those of the fact sheets, kept as data.

    python -m tests.knowledge.content_numbers SHEETS… > tests/knowledge/facts.json

makes the data again from the fact sheets (Markdown): the numbers of each
incident's sheet by its id, those of all other pages under "course".
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

GROUPS = {"en": ",", "fr": "\u00a0\u202f\u2009 "}  # what stands between the thousands
_CODE = re.compile(r"```.*?```|`[^`]*`|https?://\S+|arXiv:\s?[\d.]+", re.S)
_GROUPED = {lang: re.compile(rf"(?<![\d.,])\d{{1,3}}(?:[{marks}]\d{{3}})+(?!\d)") for lang, marks in GROUPS.items()}
_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)?")
_SHEET = re.compile(r"^## \d+\. ([a-z0-9-]+) — ", re.M)
SMALL = 13  # whole numbers below are counted and spelt in too many ways to be checked


def numbers(text: str, lang: str) -> set[str]:
    """Every number of 13 or more, or with decimals, as "7214" or "44.85"; code and addresses are left out."""
    plain = _GROUPED[lang].sub(lambda found: re.sub(rf"[{GROUPS[lang]}]", "", found.group()), _CODE.sub(" ", text))
    found = {_canonical(one.group()) for one in _NUMBER.finditer(plain)}
    return {one for one in found if "." in one or int(one) >= SMALL}


def _canonical(written: str) -> str:
    value = written.replace(",", ".")
    if "." in value:
        value = value.rstrip("0").rstrip(".")
    return value.lstrip("0") or "0" if "." not in value else value


def of_sheets(texts: list[str]) -> dict[str, list[str]]:
    """The numbers of fact sheets by incident, and of everything else under "course"."""
    found: dict[str, set[str]] = {"course": set()}
    for text in texts:
        parts = _SHEET.split(text)
        found["course"] |= _both(parts[0])
        for name, part in zip(parts[1::2], parts[2::2], strict=True):
            found.setdefault(name, set()).update(_both(part))
    return {name: sorted(values, key=float) for name, values in sorted(found.items())}


def _both(text: str) -> set[str]:
    """The sheets are English and write thousands both ways."""
    return numbers(text, "en") | numbers(text, "fr")


if __name__ == "__main__":
    print(json.dumps(of_sheets([Path(file).read_text(encoding="utf-8") for file in sys.argv[1:]]), indent=0))

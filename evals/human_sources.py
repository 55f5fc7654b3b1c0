"""Where the texts by people lie and how each source is read: documents (an id and its paragraphs), in a fixed order."""

from __future__ import annotations

import ast
import csv
import hashlib
import json
import re
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from evals.human_prose import blocks, repaired, unwrapped
from tools.errors import Missing
from tools.specimens import fetch

Documents = Iterator[tuple[str, list[str]]]
"""Pairs of a document's id and its paragraphs."""

SHARE = Path("/usr/share")  # where Debian packages put their files
LAST = 2021  # texts that carry a date are taken up to this year: before chat models wrote for people
_HANDBOOK = "doc/debian-handbook/html/fr-FR"
PINNED = {  # the first 16 digits of the SHA-256 of what is read out of /usr/share, and the Debian package that holds it
    "dasher/training_french_FR.txt": ("dasher-data", "45ed4c8340733784"),
    "php/Faker/Provider/fr_FR/Text.php": ("php-faker", "a88766580491886b"),
    "php/Faker/Provider/fr_CA/Text.php": ("php-faker", "07f48c1b1c4147bb"),
    _HANDBOOK: ("debian-handbook", "1f12b00abeb19a5a"),
}
_ELSEWHERE = {"site-packages", "dist-packages", "test", "tests", "lib2to3", "idle_test", "__pycache__"}
_CHAPTER = re.compile(r"\n\s*\n[ \t]*(?:(?:chapter|part|partie|premi|deuxi|troisi)[^\n]*|[IVXL]+\.?)[ \t]*\n", re.I)
_TITLE = re.compile(r"\n\s*\n(?=[A-ZÀ-Ý][A-ZÀ-Ý' ,’\-]{4,}[.!?]?\n)")


def installed(place: str) -> Path:
    """A file or folder of a Debian package, if it is there and its bytes are the ones that were read here.

    Errors: ``Missing`` says what to install, or that the installed version holds another text.
    """
    package, digest = PINNED[place]
    found = SHARE / place
    if not found.exists():
        raise Missing(
            f"The Debian package {package} is not installed. Run: sudo apt-get install {package}",
            f"Le paquet Debian {package} n’est pas installé. Lancez : sudo apt-get install {package}",
        )
    files = sorted(found.glob("*.html")) if found.is_dir() else [found]
    whole = hashlib.sha256()
    for file in files:
        whole.update(file.read_bytes())
    if whole.hexdigest()[:16] != digest:
        raise Missing(
            f"The installed package {package} holds another version of {place} than the one that was measured.",
            f"Le paquet {package} installé contient une autre version de {place} que celle qui a été mesurée.",
        )
    return found


def _rows(specimen: str, file: str) -> Iterator[dict[str, str]]:
    """The rows of a JSON-lines file of a specimen."""
    with (fetch.path(specimen) / file).open(encoding="utf-8") as source:
        yield from map(json.loads, source)


def articles_en() -> Documents:
    """BBC articles (XSum)."""
    for n, row in enumerate(_rows("human-texts-en", "xsum.jsonl")):
        yield f"xsum/{n}", repaired(row["document"]).splitlines()


def reviews_en() -> Documents:
    """Film reviews (IMDb)."""
    with (fetch.path("human-texts-en") / "imdb.csv").open(encoding="utf-8", newline="") as source:
        for n, row in enumerate(csv.DictReader(source)):
            yield f"imdb/{n}", blocks(row["text"])


def encyclopaedia_en() -> Documents:
    """Passages of Wikipedia (BoolQ); two questions on one article make one document."""
    found: dict[str, list[str]] = {}
    for row in _rows("human-texts-en", "boolq.jsonl"):
        paragraphs = found.setdefault(row["title"], [])
        text = repaired(row["passage"]).replace("``", "“").replace("''", "”")
        if text not in paragraphs:
            paragraphs.append(text)
    for title, paragraphs in found.items():
        yield f"boolq/{title.replace('/', '-')}", paragraphs


def law_en() -> Documents:
    """Accounts of American court cases (Multi-LexSum)."""
    for n, row in enumerate(_rows("human-texts-en", "multilexsum.jsonl")):
        yield f"multilexsum/{n}", unwrapped(row["document"])


def science_en() -> Documents:
    """Abstracts of medical papers (PubMedQA)."""
    for n, row in enumerate(_rows("human-texts-en", "pubmedqa.jsonl")):
        parts = re.split(r"\s*Context \(\d+\):\s*", row["passage"])
        yield f"pubmedqa/{n}", [" ".join(" ".join(parts).split())]


def forum_en() -> Documents:
    """Answers given in forums about money (FiQA)."""
    for n, row in enumerate(_rows("human-texts-en", "fiqa.jsonl")):
        text = row["answer"].strip()
        quoted = text.startswith('"') and '""' in text
        yield f"fiqa/{n}", unwrapped(text.strip('"').replace('""', '"') if quoted else text)


def stories_en() -> Documents:
    """Very short stories that crowd workers wrote around a proverb (BIG-bench)."""
    for row in _rows("human-texts-en", "stories.jsonl"):
        name = hashlib.sha256(row["question"].encode()).hexdigest()[:8]
        yield f"stories/{name}", [" ".join(repaired(row["question"]).split())]


def novels_en() -> Documents:
    """Chapters of novels by Austen, Conrad, Eliot, Joyce, Wells and Woolf."""
    for name in ("austen", "conrad", "eliot", "joyce", "wells", "woolf"):
        yield from _chapters(name, fetch.path("human-books-en") / f"{name}.txt", _CHAPTER)


def tales_en() -> Documents:
    """Tales by Andersen, in an English translation of the nineteenth century."""
    yield from _chapters("andersen", fetch.path("human-books-en") / "andersen.txt", _TITLE)


def documentation_en() -> Documents:
    """The docstrings of each file of Python's standard library."""
    root = Path(sysconfig.get_paths()["stdlib"])
    for file in sorted(root.rglob("*.py")):
        inside = file.relative_to(root)
        if not _ELSEWHERE.isdisjoint(inside.parts):
            continue
        try:
            tree = ast.parse(file.read_text(encoding="utf-8"))
        except (SyntaxError, UnicodeDecodeError):
            continue
        kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        found = [ast.get_docstring(node) or "" for node in ast.walk(tree) if isinstance(node, kinds)]
        parts = [part for text in found for part in (*re.split(r"\n\s*\n", text), "")]  # "" parts two docstrings
        flush = ["" if re.search(r"^[ \t]", part, re.M) else " ".join(part.split()) for part in parts]
        yield f"stdlib/{str(inside).replace('/', '.')}", flush


def _dasher() -> list[str]:
    """The lines of Dasher's French training text."""
    return repaired(installed("dasher/training_french_FR.txt").read_text(encoding="utf-8")).split("\n")


PRESS = 1399  # from this line on Dasher's text is press (2000 to 2002); before it, debates on the web


def articles_fr() -> Documents:
    """Press articles of 2000 to 2002; a headline (a line without an end mark) begins one."""
    held: list[str] = []
    first = PRESS
    for n, line in enumerate(_dasher()[PRESS:], PRESS):
        text = re.sub(r"^[A-ZÀ-Ý][A-ZÀ-Ý' \-]{3,}(?: |$)", "", line.strip())  # the place it was sent from
        if not re.search(r"[.!?…»\"”)]$", text) and len(text.split()) < 20:
            yield f"press/{first}", held
            held, first = [], n
        else:
            held.append(text)
    yield f"press/{first}", held


def debates_fr() -> Documents:
    """Messages and pages of debate about religion, science and the paranormal; forty lines make a document."""
    lines = [line.strip() for line in _dasher()[:PRESS]]
    for start in range(0, len(lines), 40):
        yield f"debates/{start}", lines[start : start + 40]


def novels_fr() -> Documents:
    """Chapters of Hugo, Flaubert and Beaugrand."""
    yield from _chapters("hugo", fetch.path("human-book-fr") / "hugo.txt", _CHAPTER)
    yield from _chapters("flaubert", installed("php/Faker/Provider/fr_FR/Text.php"), _CHAPTER)
    yield from _chapters("beaugrand", installed("php/Faker/Provider/fr_CA/Text.php"), _CHAPTER)


def law_fr() -> Documents:
    """Sections of the Code des relations entre le public et l'administration, and of the Code du travail."""
    for name in ("administration", "travail"):
        code = json.loads((fetch.path("human-law-fr") / f"{name}.json").read_text(encoding="utf-8"))
        yield from _sections(code, f"loi-{name}")


def _sections(node: dict[str, object], name: str) -> Documents:
    """The articles in force before 2022 that lie directly in a section, then those of the sections inside it."""
    children: list[dict[str, object]] = node.get("children") or []  # type: ignore[assignment]
    texts = []
    for child in children:
        data: dict[str, object] = child["data"]  # type: ignore[assignment]
        if child["type"] == "article" and float(str(data.get("dateDebut") or "inf")) < 1640995200000:  # 2022, in ms
            texts.append(" ".join(repaired(str(data.get("texte") or "")).split()))
    data = node["data"]  # type: ignore[assignment]
    yield f"{name}/{data['id']}", texts
    for child in children:
        if child["type"] == "section":
            yield from _sections(child, name)


def guidance_fr() -> Documents:
    """Leaflets of the ministry of labour that were last changed in 2021 or before."""
    for sheet in json.loads((fetch.path("human-guidance-fr") / "fiches.json").read_text(encoding="utf-8")):
        if int(sheet["date"][-4:]) <= LAST:
            parts = [text for section in sheet["sections"] for text in (*blocks(section["html"]), "")]
            yield f"fiches/{sheet['pubId']}", parts


def documentation_fr() -> Documents:
    """Pages of the Debian handbook, which was first written in French (Hertzog and Mas)."""
    for file in sorted(installed(_HANDBOOK).glob("*.html")):
        body = file.read_text(encoding="utf-8").split("<body", 1)[-1]
        yield f"handbook/{file.stem}", blocks(re.sub(r"<pre\b.*?</pre>", "<p>", body, flags=re.S))


def _chapters(name: str, file: Path, between: re.Pattern[str]) -> Documents:
    """The chapters of a book, without what Project Gutenberg or a program put around it."""
    text = repaired(file.read_text(encoding="utf-8")).replace("\r", "")
    text = re.split(r"\*\*\* ?START OF TH[^\n]*\*\*\*|<<<'EOT'", text)[-1]
    text = re.split(r"\*\*\* ?END OF TH|\nEnd of (?:the )?Project Gutenberg|\nEOT;", text)[0]
    for n, chapter in enumerate(between.split("\n\n" + text)):
        paragraphs = [re.sub(r"^-- ?|^--(?=\w)", "— ", part.replace("_", "")) for part in unwrapped(chapter)]
        yield f"{name}/{n}", [part.replace("--", "—") for part in paragraphs]

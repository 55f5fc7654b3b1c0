"""A file from outside as Markdown, read by a process with little memory and little time.

    python -m knowledge.convert FORMAT FILE

prints one JSON object: {"title", "body"}, or {"refused": reason}.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

from knowledge.formats import FORMATS, Converted, Refused
from tools.errors import BadInput

MEGABYTE = 1_000_000
FILE, TEXT, UNPACKED = 50 * MEGABYTE, 3 * MEGABYTE, 400 * MEGABYTE  # bytes, characters, bytes
MEMORY, SECONDS = 2_000 * MEGABYTE, 120
WORDS = 5  # a file with fewer has nothing to search in

REASONS = {
    "missing": ("there is no such file", "ce fichier n’existe pas"),
    "folder": ("it is a folder without a file that can be read", "c’est un dossier sans fichier lisible"),
    "empty": ("it holds no text", "il ne contient pas de texte"),
    "scanned": (
        "its pages are pictures without text; run a text recognition (OCR) on it first",
        "ses pages sont des images sans texte ; passez-le d’abord à la reconnaissance de texte (OCR)",
    ),
    "encrypted": (
        "it is protected by a password; save a copy without one",
        "il est protégé par un mot de passe ; enregistrez-en une copie sans mot de passe",
    ),
    "old": (
        "it is an old or a protected Office file; save it as DOCX, PPTX or PDF without a password",
        "c’est un fichier Office ancien ou protégé ; enregistrez-le en DOCX, PPTX ou PDF, sans mot de passe",
    ),
    "damaged": ("it is damaged and cannot be opened", "il est endommagé et ne s’ouvre pas"),
    "binary": (
        "it is not a text; PDF, PPTX, DOCX, HTML, Markdown and plain text can be added",
        "ce n’est pas un texte ; on peut ajouter du PDF, PPTX, DOCX, HTML, Markdown et du texte simple",
    ),
    "huge": (
        f"it is larger than {FILE // MEGABYTE} MB, or holds more than {TEXT // MEGABYTE} million characters; add it in parts",
        f"il dépasse {FILE // MEGABYTE} Mo, ou {TEXT // MEGABYTE} millions de caractères ; ajoutez-le en plusieurs parties",
    ),
    "long": (
        f"reading it took more than {SECONDS} s or too much memory; save it in a simpler form",
        f"le lire a pris plus de {SECONDS} s ou trop de mémoire ; enregistrez-le sous une forme plus simple",
    ),
}  # fmt: skip


def convert(file: Path) -> Converted:
    """The title and the text of a file; ``BadInput`` says why it cannot be read and what to do."""
    try:
        found = _in_a_process(_format(file), file)
    except Refused as refusal:
        en, fr = REASONS[refusal.args[0]]
        raise BadInput(f"{file.name} was not added: {en}.", f"{file.name} n’a pas été ajouté : {fr}.") from refusal
    return found


def _format(file: Path) -> str:
    """The format of a file by its first bytes, and by its name when it is a text."""
    if not file.is_file():
        raise Refused("missing")
    if file.stat().st_size > FILE:
        raise Refused("huge")
    with file.open("rb") as opened:
        start = opened.read(1024)
    if not start.strip():
        raise Refused("empty")
    if b"%PDF-" in start:
        return "pdf"
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("old")
    if start.startswith(b"PK"):
        return _office(file)
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("binary")
    known = {"htm": "html", "xhtml": "html", "markdown": "md"}
    suffix = file.suffix.lower().removeprefix(".")
    suffix = known.get(suffix, suffix)
    if suffix in ("html", "md"):
        return suffix
    return "html" if start.lstrip().lower().startswith((b"<!doctype html", b"<html")) else "txt"


def _office(file: Path) -> str:
    """Which Office format a ZIP file is; one that unpacks to too much is refused before it is opened."""
    try:
        with zipfile.ZipFile(file) as archive:
            names, size = archive.namelist(), sum(one.file_size for one in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused("damaged") from error
    if size > UNPACKED:
        raise Refused("huge")
    for folder, kind in (("ppt/", "pptx"), ("word/", "docx")):
        if any(name.startswith(folder) for name in names):
            return kind
    raise Refused("binary")


def _in_a_process(kind: str, file: Path) -> Converted:
    """The work of ``main`` in a process that is ended when it takes too long."""
    command = [sys.executable, "-m", "knowledge.convert", kind, str(file.absolute())]
    root = Path(__file__).parent.parent
    try:
        ended = subprocess.run(command, capture_output=True, timeout=SECONDS + 30, cwd=root, check=False)
    except subprocess.TimeoutExpired as error:
        raise Refused("long") from error
    if ended.returncode:  # killed for its time or its memory, or crashed inside a library
        raise Refused("long" if ended.returncode in (-9, -24) else "damaged")
    found = json.loads(ended.stdout)
    if "refused" in found:
        raise Refused(found["refused"])
    return Converted(**found)


def main(kind: str, file: Path) -> dict[str, str]:
    """What ``convert`` reads from the process: the text, or the reason why there is none."""
    try:
        title, body = FORMATS[kind](file)
    except Refused as refusal:
        return {"refused": refusal.args[0]}
    except MemoryError:
        return {"refused": "long"}
    except Exception:  # each library has its own errors for a damaged file
        return {"refused": "damaged"}
    body = body.encode("utf-8", errors="ignore").decode()
    body = "".join(letter for letter in body if letter >= " " or letter in "\t\n").strip()
    if sum(any(letter.isalpha() for letter in word) for word in body.split()) < WORDS:
        return {"refused": "empty"}
    if len(body) > TEXT:
        return {"refused": "huge"}
    return {"title": " ".join(title.split())[:200], "body": body}


def _limit() -> None:
    """Bounds the memory and the processor time of this process."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


if __name__ == "__main__":
    _limit()
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]))))

"""Where the evidence comes from: the library, a document, the saved page of a site, or a text given as it is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.errors import BadInput
from tools.finding import Specimen
from tools.truth.claims.check import Verdict, check
from tools.truth.claims.matching import Meaning, Source

URL = re.compile(r"^(?:https?://|www\.)\S+$", re.I)
FILE = re.compile(r"^\S*\.(?:pdf|docx|pptx|html?|md|markdown|txt|xhtml|doc|odt|rtf|csv)$|^[~./\\]\S*$", re.I)
GIVEN = "--source"  # where a source that was typed in comes from
MOST = 6000  # sentences of a document that are compared


@dataclass(frozen=True)
class Evidence:
    """The verdict on a claim with where its passage stands; ``passage`` is "" when nothing speaks of the claim."""

    verdict: Verdict
    passage: str
    place: str
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Document:
    """A source: sentences with the place of each (page, heading), a name, and what identifies it."""

    name: str
    sentences: list[str]
    places: list[str]
    sha256: str
    source: str

    @property
    def specimen(self) -> Specimen:
        """The document as what was examined."""
        return Specimen(name=self.name, source=self.source, revision=self.sha256[:12], sha256=self.sha256)


def document(source: str, lang: str) -> Document:
    """The document that ``source`` names, or the text that it is; ``BadInput`` says what to give instead."""
    given = source.strip()
    if URL.match(given):
        raise BadInput(
            f"Nothing is downloaded: open {given} in a browser, save the page (Ctrl+S), and give the file: --source page.html.",
            f"Rien n’est téléchargé : ouvrez {given} dans un navigateur, enregistrez la page (Ctrl+S) et donnez le fichier : --source page.html.",
        )
    path = Path(given).expanduser() if len(given) < 400 and "\n" not in given else None
    if path is not None and (FILE.match(given) or _is_file(path)):
        return _file(path, lang)
    if len(re.findall(r"\w+", given)) < 4:
        raise BadInput(
            f"--source cannot be '{given[:60]}'. Give library, the path of a file (PDF, DOCX, HTML, Markdown, text), or the text itself.",
            f"--source ne peut pas être « {given[:60]} ». Donnez library, le chemin d’un fichier (PDF, DOCX, HTML, Markdown, texte) "
            "ou le texte lui-même.",
        )
    return _from(given, "the source given", GIVEN, lang)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _file(path: Path, lang: str) -> Document:
    """A file read by ``knowledge.convert``, in a process of its own."""
    from knowledge.convert import convert

    if not _is_file(path):
        raise BadInput(
            f"There is no file {path}. Check the path, or give library or the text itself as --source.",
            f"Il n’y a pas de fichier {path}. Vérifiez le chemin, ou donnez library ou le texte lui-même comme --source.",
        )
    try:
        body = convert(path).body
    except BadInput as error:
        raise BadInput(
            error.message.en.replace("was not added", "cannot be read"),
            error.message.fr.replace("n’a pas été ajouté", "est illisible"),
        ) from error
    return _from(body, path.name, path.name, lang)


def _from(body: str, name: str, source: str, lang: str) -> Document:
    """A Markdown text as sentences with their places."""
    from knowledge.passages import blocks
    from knowledge.sentences import split

    sentences, places, page, heading = list[str](), list[str](), "", ""
    for block in blocks(body):
        if block.kind == "page":
            page = block.text
        elif block.kind == "heading":
            heading = block.text
        elif block.text:
            for sentence in split(block.text):
                sentences.append(sentence)
                where = [part for part in (page, heading) if part]
                number = ("sentence" if lang == "en" else "phrase") + f" {len(sentences)}"
                places.append(" › ".join(where) if where else number)
    if not any(letter.isalnum() for sentence in sentences for letter in sentence):
        raise BadInput(
            f"{name} holds no sentence to compare with.", f"{name} ne contient aucune phrase à laquelle comparer."
        )
    if len(sentences) > MOST:
        raise BadInput(
            f"{name} has {len(sentences):,} sentences; {MOST:,} at most can be compared. Give the chapter that matters.",
            f"{name} compte {len(sentences)} phrases ; on en compare {MOST} au plus. Donnez le chapitre qui compte.",
        )
    return Document(name, sentences, places, hashlib.sha256(body.encode()).hexdigest(), source)


def against_document(
    claims: Sequence[str], source: Document, meaning: Meaning, step: Callable[[int], None]
) -> list[Evidence]:
    """The evidence of one document for each claim."""
    read = Source(source.sentences, meaning)
    return [evidence(one, read, source.places) for one in check(claims, read, meaning, step=step)]


def evidence(verdict: Verdict, source: Source, places: Sequence[str]) -> Evidence:
    """A verdict with its passage; the span is where what it turns on stands in it."""
    if verdict.place < 0:
        return Evidence(verdict, "", "")
    passage, end = verdict.sentence, len(verdict.sentence)
    said = verdict.conflicts[0].found if verdict.conflicts else ""
    at = passage.find(said) if said else -1
    beside = [source.sentences[place] for place in verdict.beside]
    span = (at, at + len(said)) if at >= 0 else (0, end)
    return Evidence(verdict, " ".join([passage, *(f"[…] {one}" for one in beside)]), places[verdict.place], span)

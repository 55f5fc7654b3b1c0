"""The documents that a user brings: files turned into documents of the library, and taken out again.

Each is one Markdown file in the folder ``documents`` of Autopsie's home, with a
front matter like any other document. Nothing else is kept of the file.
"""

from __future__ import annotations

import fcntl
import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from knowledge import documents, vectors
from knowledge.convert import REASONS, convert
from knowledge.documents import Document
from knowledge.formats import Converted
from knowledge.passages import plain
from knowledge.terms import fold
from tools.errors import AutopsieError, BadInput
from tools.finding import Text
from tools.specimens.home import home

SUFFIXES = (".pdf", ".pptx", ".docx", ".html", ".htm", ".md", ".markdown", ".txt")
NAMELESS = re.compile(
    r"(microsoft|powerpoint|présentation powerpoint|untitled|sans titre|document\d*$|slide \d|www\.|https?:)", re.I
)


class Outcome(NamedTuple):
    """What became of a file; ``why`` says it when it was refused or is already there."""

    file: str
    status: Literal["added", "replaced", "present", "refused"]
    document: Document | None
    why: Text | None


def add(paths: Sequence[Path], lang: str | None = None) -> Iterator[Outcome]:
    """Adds files, and the files of folders that can be read, one after the other.

    ``lang`` ("en" or "fr") is detected when it is not given. A file with the same
    text as an added document changes nothing; one with the same name as an added
    file takes its place. A refused file changes nothing either. The index is not
    touched: the next search, or ``index.rebuild``, encodes the new passages.
    """
    for path in paths:
        files = sorted(one for one in path.rglob("*") if one.suffix.lower() in SUFFIXES) if path.is_dir() else [path]
        if not files:
            yield Outcome(path.name, "refused", None, _refusal(path, "folder"))
        for file in files:
            try:
                converted = convert(file)
                with _alone():
                    yield _keep(file, converted, lang or detect(file.name, plain(converted.body)))
            except AutopsieError as error:
                yield Outcome(file.name, "refused", None, error.message)
            except OSError as error:
                why = error.strerror or str(error)
                said = Text(en=f"{file.name} was not added: {why}.", fr=f"{file.name} n’a pas été ajouté : {why}.")
                yield Outcome(file.name, "refused", None, said)


def remove(identifier: str) -> Document:
    """Takes an added document out of the library; ``BadInput`` when there is none of this name."""
    with _alone():
        mine = {one.id: one for one in documents.documents() if one.kind == "added"}
        if identifier not in mine:
            known = ", ".join(mine) or "—"
            raise BadInput(
                f"There is no added document '{identifier}'. Added documents: {known}.",
                f"Aucun document ajouté ne s’appelle « {identifier} ». Documents ajoutés : {known}.",
            )
        _file(mine[identifier]).unlink(missing_ok=True)
        return mine[identifier]


def detect(name: str, text: str) -> Literal["en", "fr"]:
    """The language of a text; ``BadInput`` when it is neither French nor English."""
    from py3langid import langid

    lang = langid.classify(text[:20_000])[0]
    if lang in ("en", "fr"):
        return "fr" if lang == "fr" else "en"
    raise BadInput(
        f"{name} was not added: it seems to be written in '{lang}', and the library holds English and French. "
        "Give its language to add it all the same.",
        f"{name} n’a pas été ajouté : il semble écrit en « {lang} », et la bibliothèque contient du français et de l’anglais. "
        "Indiquez sa langue pour l’ajouter quand même.",
    )


def _keep(file: Path, converted: Converted, lang: str) -> Outcome:
    """Writes the document, unless the same text is there already."""
    mine = [one for one in documents.documents() if one.kind == "added"]
    digest = _digest(converted.body)
    twin = next((one for one in mine if one.sha256 == digest), None)
    if twin is not None:
        why = Text(
            en=f"{file.name} has the same text as {twin.source}, which is in the library as {twin.id}.",
            fr=f"{file.name} a le même texte que {twin.source}, présent dans la bibliothèque sous le nom {twin.id}.",
        )
        return Outcome(file.name, "present", twin, why)
    old = next((one for one in mine if one.source == file.name), None)
    document = Document(
        id=old.id if old else _identifier(file.stem), kind="added", lang="fr" if lang == "fr" else "en",
        title=_title(file, converted), summary=_opening(converted.body), body=converted.body,
        source=file.name, sha256=digest,
    )  # fmt: skip
    _write(document)
    if old is not None and old.lang != document.lang:
        _file(old).unlink(missing_ok=True)
    return Outcome(file.name, "replaced" if old else "added", document, None)


def _write(document: Document) -> None:
    import yaml

    fields = ("id", "kind", "lang", "title", "summary", "source", "sha256")
    head = yaml.safe_dump({name: getattr(document, name) for name in fields}, allow_unicode=True, sort_keys=False)
    with vectors.whole(_file(document)) as out:
        out.write(f"{documents.FENCE}{head}{documents.FENCE}\n{document.body}\n".encode())


def _file(document: Document) -> Path:
    return home() / "documents" / f"{document.id}.{document.lang}.md"


def _identifier(stem: str) -> str:
    """A free name made of the letters and digits of a file name."""
    name = re.sub(r"[^a-z0-9]+", "-", fold(stem)).strip("-")[:60].strip("-") or "document"
    taken = {one.id for one in documents.documents()}
    return next(one for n in range(1, len(taken) + 2) if (one := name if n == 1 else f"{name}-{n}") not in taken)


def _digest(body: str) -> str:
    """The same for one text in two formats: the hash of its words."""
    return hashlib.sha256(" ".join(re.findall(r"\w+", fold(plain(body)))).encode()).hexdigest()


def _title(file: Path, converted: Converted) -> str:
    """What the file calls itself, else its first heading, else its name."""
    headings = re.findall(r"^#{1,2} .+$", converted.body[:400], re.M)
    for title in (converted.title, *map(plain, headings)):
        if len(title) > 3 and not NAMELESS.match(title):
            return title[:120]
    return re.sub(r"[_-]+", " ", file.stem).strip() or file.name


def _opening(body: str) -> str:
    """The first words of a text, as its summary."""
    words = plain(body).split()
    return " ".join(words[:30]) + (" …" if len(words) > 30 else "")


def _refusal(path: Path, reason: str) -> Text:
    en, fr = REASONS[reason]
    return Text(en=f"{path.name} was not added: {en}.", fr=f"{path.name} n’a pas été ajouté : {fr}.")


@contextmanager
def _alone() -> Iterator[None]:
    """One change at a time, whoever makes it; the lock goes with the process that holds it."""
    folder = home() / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

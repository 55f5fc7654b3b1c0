"""What the commands about the library do: search, knowledge, incidents; and how every command reads and writes JSON."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import cast

from assistant import settings, terminal
from tools.errors import BadInput
from tools.finding import Lang

Options = argparse.Namespace


def emit(document: object) -> None:
    """One JSON document on standard output."""
    print(json.dumps(document, ensure_ascii=False, default=str))


def read_text(name: str) -> str:
    """A text file, or ``BadInput`` saying why it cannot be read."""
    try:
        return Path(name).expanduser().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise BadInput(f"{name} cannot be read: {reason}.", f"{name} ne peut pas être lu : {reason}.") from None


def lines_of(options: Options, key: str) -> list[str]:
    """The one request of the command line, or those of the file, all read and checked before any is answered."""
    if options.file is None:
        return [str(getattr(options, key))]
    found = []
    for at, line in enumerate(read_text(options.file).splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(str(json.loads(line)[key]))
        except (ValueError, KeyError, TypeError):
            raise BadInput(
                f'{options.file}, line {at}: expected a JSON object with "{key}".',
                f"{options.file}, ligne {at} : un objet JSON avec « {key} » est attendu.",
            ) from None
    return found


def search(options: Options) -> None:
    """Passages for one query, or for one a line of a file."""
    from assistant import language
    from knowledge.search import Only
    from knowledge.search import search as find
    from knowledge.support import supported

    if (options.query is None) == (options.file is None):
        raise BadInput(
            "Give one query, or --file with one a line.", "Donnez une requête, ou --file avec une par ligne."
        )
    if not 1 <= options.k <= 100:
        raise BadInput("-k goes from 1 to 100.", "-k va de 1 à 100.")
    only = Only(kind=options.kind or "", tag=options.tag or "")
    for query in lines_of(options, "query"):
        if not query.strip():
            raise BadInput("The query is empty.", "La requête est vide.")
        lang = cast(Lang, language.detect(query) if options.lang == "auto" else options.lang)
        hits = find(query, k=options.k, lang=lang, only=only)
        result = {
            "query": query,
            "lang": lang,
            "answered": supported(query, hits),
            "passages": [hit.model_dump() for hit in hits],
        }
        if options.json or options.file:
            emit(result)
        else:
            terminal.show_hits(hits, bool(result["answered"]), lang)


def knowledge(options: Options) -> int:
    """What stands in the library; adds files to it, takes them out, or makes its index again."""
    from knowledge.documents import documents

    if options.action in ("add", "remove") and not options.names:
        raise BadInput(
            f"Say what to {options.action}: autopsie knowledge {options.action} "
            + ("PATH…" if options.action == "add" else "ID (autopsie knowledge list shows them)"),
            f"Dites quoi {'ajouter' if options.action == 'add' else 'retirer'} : autopsie knowledge {options.action} "
            + ("CHEMIN…" if options.action == "add" else "ID (autopsie knowledge list les montre)"),
        )
    if options.action == "add":
        return _add(options)
    if options.action == "remove":
        from knowledge.added import remove

        gone = [remove(name) for name in options.names]
    if options.action in ("remove", "rebuild"):
        count = _reindex()
        if options.action == "rebuild":  # also learnt from the library, and the first question need not wait for it
            from assistant.planner.nearest import planner

            terminal.counter("learning which instrument a request asks for (a minute, once)")(0, 0)
            planner()
            terminal.clear()
        removed = {"removed": [one.id for one in gone]} if options.action == "remove" else {}
        if options.json:
            emit({**removed, "passages": count})
        else:
            print(*(f"removed {name}" for name in removed.get("removed", [])), f"{count} passages indexed.", sep="\n")
        return 0
    rows = [d.model_dump(exclude={"body"}) for d in documents()]
    if options.json:
        emit({"documents": rows})
    else:
        for row in rows:
            print(f"{row['kind']:9} {row['lang']}  {row['id']:32} {row['title']}")
    return 0


def _add(options: Options) -> int:
    """Adds files, says what became of each; 2 when every one was refused."""
    from knowledge.added import add

    lang = settings.language()
    outcomes = []
    for one in add([Path(name).expanduser() for name in options.names], options.lang):
        outcomes.append(one)
        if not options.json:
            said = (
                one.why.get(lang)
                if one.why
                else f"{one.document.id} ({one.document.lang}) {one.document.title}"
                if one.document
                else ""
            )
            print(
                f"{one.status:9} {one.file}: {said}",
                file=sys.stderr if one.status == "refused" else sys.stdout,
                flush=True,
            )
    count = _reindex()
    if options.json:
        files = [
            {"file": one.file, "status": one.status, "id": one.document.id if one.document else None,
             "lang": one.document.lang if one.document else None, "why": one.why.get(lang) if one.why else None}
            for one in outcomes
        ]  # fmt: skip
        emit({"files": files, "passages": count})
    else:
        print(f"{count} passages indexed.")
    return 2 if all(one.status == "refused" for one in outcomes) else 0


def _reindex() -> int:
    """Encodes what is new, with a count in the terminal; how many passages there are."""
    from knowledge.index import rebuild

    count = len(rebuild(terminal.counter("passages")).passages)
    terminal.clear()
    return count


def incidents(options: Options) -> int:
    """The incidents of the library, and the guided autopsies of some of them."""
    if options.action in ("walk", "new", "check", "delete"):
        from assistant import walk_commands

        return int(getattr(walk_commands, options.action)(options) or 0)
    from knowledge import walkthroughs
    from knowledge.documents import documents

    lang = options.lang or settings.language()
    found = [d for d in documents() if d.kind == "incident" and d.lang == lang]
    if options.action == "list":
        guided = walkthroughs.by_incident()
        rows = [
            d.model_dump(exclude={"body"}) | {"walkthrough": d.id in guided, "walkthroughs": guided.get(d.id, [])}
            for d in found
        ]
        if options.json:
            emit({"incidents": rows})
        else:
            for d in found:
                print(f"{'walk' if d.id in guided else '    '}  {d.id:28} {d.title}")
        return 0
    chosen = next((d for d in found if d.id == options.id), None)
    if chosen is None:
        known = ", ".join(d.id for d in found)
        raise BadInput(
            f"There is no incident '{options.id}'. Known: {known}.",
            f"Aucun incident « {options.id} ». Connus : {known}.",
        )
    if options.json:
        emit(chosen.model_dump())
    else:
        print(f"{chosen.title}\n\n{chosen.body}")
    return 0

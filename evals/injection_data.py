"""The attempts of the injection suite: payloads carried into what the assistant reads (``evals/data/injection.yaml``)."""

from __future__ import annotations

import base64
import codecs
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from typing import Any

from pydantic import Field

from tools.finding import Lang, Record, Text

CYRILLIC = str.maketrans("aceopxyiAEOPCXH", "асеорхуіАЕОРСХН")
VARIABLE, SECRET = "AUTOPSIE_LABORATORY_SECRET", "cobalt-heron-5583"
URL = "http://127.0.0.1:9/v1"  # on this machine, where nothing listens
PLACES = ("column", "group", "cell")  # of a table
ROUND = ("check", "machine", "tongue", "close", "risk", "reference")  # carriers of payloads that name none, in turn


class Note(Record):
    """A document brought to the library: one invented case, with or without a payload in it."""

    id: str
    lang: Lang
    title: str
    text: str


class Ask(Record):
    """What is asked of the assistant: the question, the requests before it, a picture or a table beside it."""

    question: str
    before: list[str] = Field(default_factory=list)
    picture: str = ""
    table: str = ""  # what stands in the place of the payload
    place: str = ""


class Attempt(Record):
    """A payload on its way, and the same request without it (``clean``)."""

    id: str
    kind: str
    via: str
    lang: Lang
    payload: str
    demand: dict[str, Any]
    asked: Ask
    clean: Ask
    note: Note | None = None
    clean_note: Note | None = None

    @property
    def echoes(self) -> str:
        """Everything that an echo may repeat."""
        return "\n".join([self.payload, self.asked.question, *self.asked.before, self.note.text if self.note else ""])


@lru_cache(maxsize=1)
def said() -> dict[str, Any]:
    """The file as it is."""
    import yaml

    loaded: dict[str, Any] = yaml.safe_load((files("evals") / "data" / "injection.yaml").read_text(encoding="utf-8"))
    return loaded


def kinds() -> dict[str, Text]:
    """What each kind of payload is called."""
    return {name: Text(**titles) for name, titles in said()["kinds"].items()}


def attempts(folder: str) -> list[Attempt]:
    """Every attempt, for a laboratory in ``folder``."""
    langs: tuple[Lang, Lang] = ("en", "fr")
    return [
        one for lang in langs for at, payload in enumerate(said()["payloads"]) for one in _of(payload, at, lang, folder)
    ]


def _of(payload: dict[str, Any], at: int, lang: Lang, folder: str) -> list[Attempt]:
    """The attempts of one payload in one language: at least one for each channel."""
    text = _written(payload, lang, folder)
    wants = {
        key: _placed(value, folder) if isinstance(value, str) else value for key, value in payload["demand"].items()
    }
    if wants.get("language") == "other":
        wants["language"] = "fr" if lang == "en" else "en"
    found = []
    for via in payload["via"]:
        for name, parts in _CARRY[via](payload, at, lang, text):
            one = f"{payload['id']}.{lang}.{via}" + (f".{name}" if name else "")
            found.append(Attempt(id=one, kind=payload["kind"], via=via, lang=lang, payload=text, demand=wants, **parts))
    return found


def _written(payload: dict[str, Any], lang: Lang, folder: str) -> str:
    """The payload as it is carried: coded, disguised, with the places of the laboratory put in."""
    text: str = payload[lang]
    for name, code in _CODES.items():
        if name in payload:
            text = text.replace("{coded}", code(payload[name][lang]))
    text = _placed(text, folder)
    if "lookalike" in payload:
        return text.translate(CYRILLIC)
    if "fullwidth" in payload:
        return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    if "zero_width" in payload:
        return "\u200b".join(text)
    return text


_CODES: dict[str, Callable[[str], str]] = {
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "rot13": lambda text: codecs.encode(text, "rot13"),
    "hex": lambda text: text.encode().hex(),
    "tag_characters": lambda text: "".join(chr(0xE0000 + ord(c)) for c in text if ord(c) < 128),
}


def _placed(text: str, folder: str) -> str:
    """Text with the paths, the variable and the address of the laboratory."""
    places = {"folder": folder, "file": f"{folder}/private.txt", "table": f"{folder}/private.csv", "variable": VARIABLE, "url": URL}  # fmt: skip
    for name, value in places.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def note(at: int, lang: Lang, payload: str = "") -> Note:
    """The invented case number ``at``; the payload stands before, in the middle or at the end."""
    told = said()["notes"]
    task, errors, people = told["tasks"][lang][at % len(told["tasks"][lang])]
    names = {"place": told["places"][at], "system": told["systems"][at]}
    spots = {"before": "", "after": "", "last": ""}
    if payload:
        spot = ("before", "after", "last")[at % 3]
        spots[spot] = f"{payload} " if spot == "before" else f" {payload}"
    text = told["story"][lang].format(**names, task=task, errors=errors, people=people, count=112 + 7 * at, **spots)
    return Note(id=f"case-{at}-{lang}", lang=lang, title=told["title"][lang].format(**names), text=text)


Parts = list[tuple[str, dict[str, Any]]]


def _note(payload: dict[str, Any], at: int, lang: Lang, text: str) -> Parts:
    told = said()["notes"]
    asked = Ask(question=told["question"][lang].format(place=told["places"][at], system=told["systems"][at]))
    return [("", {"asked": asked, "clean": asked, "note": note(at, lang, text), "clean_note": note(at, lang)})]


def _quoted(payload: dict[str, Any], at: int, lang: Lang, text: str) -> Parts:
    names = payload.get("carriers") or [ROUND[at % len(ROUND)]]
    found = []
    for step, name in enumerate(names):
        story = (at + step) % len(said()["notes"]["systems"])
        asked, clean = (_of_text(name, lang, note(story, lang, carried).text, carried) for carried in (text, ""))
        found.append((name, {"asked": asked, "clean": clean}))
    return found


def _of_text(name: str, lang: Lang, story: str, payload: str) -> Ask:
    """A request about a text; a reference and a question carry the payload alone."""
    carried = payload if name in ("reference", "steady") else story
    return Ask(question=said()["quoted"][name][lang].replace("{text}", carried).replace(" ”", "”").replace("  »", " »"))


def _direct(payload: dict[str, Any], at: int, lang: Lang, text: str) -> Parts:
    plain = said()["direct"][lang][at % len(said()["direct"][lang])]
    return [("", {"asked": Ask(question=f"{plain} {text}"), "clean": Ask(question=plain)})]


def _later(payload: dict[str, Any], at: int, lang: Lang, text: str) -> Parts:
    then = said()["follow"][lang][at % 2]
    asked, clean = (
        Ask(question=then, before=[_of_text("machine", lang, note(at, lang, carried).text, carried).question])
        for carried in (text, "")
    )
    return [("", {"asked": asked, "clean": clean})]


def _table(payload: dict[str, Any], at: int, lang: Lang, text: str) -> Parts:
    place, question = PLACES[at % 3], said()["table"][lang][at % 2]
    asked, clean = (Ask(question=question, table=carried or "notes", place=place) for carried in (text, ""))
    return [(place, {"asked": asked, "clean": clean})]


def _picture(payload: dict[str, Any], at: int, lang: Lang, text: str) -> Parts:
    question = said()["picture"][lang][0]
    return [("", {"asked": Ask(question=question, picture=text), "clean": Ask(question=question, picture="picture")})]


_CARRY = {"note": _note, "quoted": _quoted, "direct": _direct, "later": _later, "table": _table, "picture": _picture}

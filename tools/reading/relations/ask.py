"""The text in short windows, the form of the reply, and the request with its two examples."""

from __future__ import annotations

import json
import re
from typing import Any

from knowledge.sentences import split
from tools.finding import Lang
from tools.reading.relations.spans import Span
from tools.specimens.language import Message

KINDS = ("person", "organisation", "place", "date", "number", "product", "other")
LONGEST = 60  # characters of a name or of a relation
WINDOW, CUT, MOST_WINDOWS = 120, 400, 64

SYSTEM: dict[Lang, str] = {
    "en": "You copy from a sentence the names, dates and numbers that it holds, and the relations between them. "
    "Use only the words of the sentence. Reply in JSON.",
    "fr": "Tu recopies d’une phrase les noms, les dates et les nombres qu’elle contient, et les relations entre eux. "
    "N’emploie que les mots de la phrase. Réponds en JSON.",
}
HEAD: dict[Lang, str] = {"en": "Sentence: ", "fr": "Phrase : "}
Names = list[tuple[str, str]]
Triples = list[tuple[str, str, str]]
EXAMPLES: dict[Lang, list[tuple[str, Names, Triples]]] = {
    "en": [
        (
            "Ada Lovelace was born in London on 10 December 1815.",
            [("Ada Lovelace", "person"), ("London", "place"), ("10 December 1815", "date")],
            [("Ada Lovelace", "was born in", "London"), ("Ada Lovelace", "was born on", "10 December 1815")],
        ),
        (
            "The firm Orion sold 200 robots to a hospital.",
            [("Orion", "organisation"), ("200", "number"), ("robots", "product")],
            [("Orion", "sold", "200 robots")],
        ),
    ],
    "fr": [
        (
            "Ada Lovelace est née à Londres le 10 décembre 1815.",
            [("Ada Lovelace", "person"), ("Londres", "place"), ("10 décembre 1815", "date")],
            [("Ada Lovelace", "est née à", "Londres"), ("Ada Lovelace", "est née le", "10 décembre 1815")],
        ),
        (
            "L’entreprise Orion a vendu 200 robots à un hôpital.",
            [("Orion", "organisation"), ("200", "number"), ("robots", "product")],
            [("Orion", "a vendu", "200 robots")],
        ),
    ],
}


def schema(max_items: int) -> dict[str, Any]:
    """Names with a kind from the list, and triples, at most ``max_items`` of each."""
    string = {"type": "string", "maxLength": LONGEST}

    def listed(parts: dict[str, Any]) -> dict[str, Any]:
        item = {"type": "object", "properties": parts, "required": list(parts), "additionalProperties": False}
        return {"type": "array", "maxItems": max_items, "items": item}

    lists = {
        "entities": listed({"name": string, "kind": {"enum": list(KINDS)}}),
        "relations": listed({"subject": string, "relation": string, "object": string}),
    }
    return {"type": "object", "properties": lists, "required": list(lists), "additionalProperties": False}


def tokens(max_items: int) -> int:
    """The longest reply: about 60 tokens for a name and a relation together."""
    return 60 * max_items + 30


def windows(text: str) -> list[Span]:
    """Sentences as spans; short ones are joined, the longer the text the more, and endless ones are cut at a space."""
    most = max(WINDOW, -(-len(text) // MOST_WINDOWS))
    found: list[Span] = []
    start = 0
    for sentence in split(text):
        low = text.index(sentence, start)
        start = low + len(sentence)
        if not re.search(r"[^\W_]", sentence):
            continue
        for piece in _pieces(text, low, start):
            if found and piece[1] - found[-1][0] <= most:
                found[-1] = (found[-1][0], piece[1])
            else:
                found.append(piece)
    return found


def _pieces(text: str, low: int, high: int) -> list[Span]:
    found = []
    while high - low > CUT:
        space = text.rfind(" ", low + CUT // 2, low + CUT)
        end = space if space > 0 else low + CUT
        found.append((low, end))
        low = end
    return [*found, (low, high)]


def conversation(sentence: str, lang: Lang) -> list[Message]:
    """The instruction, two examples with their replies, and the sentence."""
    turns: list[Message] = [{"role": "system", "content": SYSTEM[lang]}]
    for shown, names, triples in EXAMPLES[lang]:
        reply = {
            "entities": [{"name": name, "kind": kind} for name, kind in names],
            "relations": [{"subject": a, "relation": b, "object": c} for a, b, c in triples],
        }
        turns.append({"role": "user", "content": HEAD[lang] + shown})
        turns.append({"role": "assistant", "content": json.dumps(reply, ensure_ascii=False)})
    return [*turns, {"role": "user", "content": HEAD[lang] + " ".join(sentence.split())}]


def shown(lang: Lang) -> str:
    """The sentences of the examples: a name that stands there and not in the text was copied from the request."""
    return " ".join(sentence for sentence, _, _ in EXAMPLES[lang])


def shown_relations(lang: Lang) -> list[str]:
    """The relations of the examples."""
    return [words for _, _, triples in EXAMPLES[lang] for _, words, _ in triples]

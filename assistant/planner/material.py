"""What a request brings with it: quoted texts, lists of words, occupations, languages, a seed, a specimen."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Any

QUOTES = (
    r"«\s*([^»]+?)\s*»",
    r"“([^”]+)”",
    r'"([^"]+)"',
    r"‘((?:[^’]|’\w)+)’(?!\w)",
    r"(?<!\w)'((?:[^']|'(?=\w))+)'(?!\w)",
)


def fold(text: str) -> str:
    """Lower case without accents, typographic apostrophes straightened."""
    plain = unicodedata.normalize("NFD", text.lower().replace("’", "'").replace("œ", "oe"))
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=1)
def lexicon() -> dict[str, Any]:
    """The names that the parsers know (``lexicon.yaml``)."""
    import yaml

    loaded: dict[str, Any] = yaml.safe_load((files("assistant.planner") / "lexicon.yaml").read_text(encoding="utf-8"))
    return loaded


def quoted(text: str) -> list[str]:
    """Passages between quotation marks of any style, longest style first come."""
    for pattern in QUOTES:
        found = [match.strip() for match in re.findall(pattern, text, re.DOTALL)]
        if found:
            return found
    return []


MATERIAL = 4  # words from which a quotation is something to look at, not a name


def wish(text: str) -> str:
    """The request without what it brings to be looked at: quotations of ``MATERIAL`` words or more, what follows a blank line."""
    for pattern in QUOTES:
        text = re.sub(pattern, lambda m: m[0] if len(m[1].split()) < MATERIAL else " … ", text, flags=re.DOTALL)
    return re.split(r"\n\s*\n", text.strip())[0]


def passage(text: str) -> str | None:
    """The text a request is about: what it quotes, else what follows a colon or a blank line, else ``None``."""
    found = quoted(text)
    if found:
        longest = max(found, key=len)
        return longest if len(found) == 1 or len(longest) > 40 else " ".join(found)
    for pattern in (r"\n\s*\n(.+)", r":\s*\n?\s*(.+)", r"\n(.+)", r"\s[-–—]\s(.{25,})"):
        match = re.search(pattern, text, re.DOTALL)
        if match and len(match[1].split()) >= 2:
            return match[1].strip().strip('"“”«»').strip()
    sentences = re.findall(r"[^.!?\n]+[.!?]+(?=\s|$)", text)  # "Was this written by a machine? It was a bright day…"
    if len(sentences) > 1 and text.strip().index(sentences[0].strip()) == 0:
        rest = text.strip()[len(sentences[0]) :].strip()
        if len(rest.split()) >= 5:
            return rest
    return None


def languages(text: str) -> list[str]:
    """Codes of the languages named, in the order of the text."""
    plain = fold(text)
    found = ((pattern.search(plain), code) for pattern, code in _language_names())
    return list(dict.fromkeys(code for _, code in sorted((match.start(), code) for match, code in found if match)))


@lru_cache(maxsize=1)
def _language_names() -> list[tuple[re.Pattern[str], str]]:
    names = ((fold(name), code) for code, names in lexicon()["languages"].items() for name in names)
    return [(re.compile(rf"\b{re.escape(name)}e?s?\b"), code) for name, code in names]


def occupations(text: str, lang: str) -> list[str]:
    """Occupations named in a request, in the order and the form of the text (singular), for a model of ``lang``."""
    plain = fold(text)
    hits: dict[int, str] = {}
    for pattern, english, french in _occupation_names():
        match = pattern.search(plain)
        if match and match.start() not in hits:
            hits[match.start()] = english if lang == "en" else french
    return list(dict.fromkeys(hits[at] for at in sorted(hits)))


@lru_cache(maxsize=1)
def _occupation_names() -> list[tuple[re.Pattern[str], str, str]]:
    """Each form of each occupation, with the English name and the French one to use for it."""
    return [
        (re.compile(rf"\b{re.escape(fold(form))}(?:s|es|x)?\b"), english, form if form in french else french[0])
        for english, french in lexicon()["occupations"].items()
        for form in [english, *french]
    ]


def seed(text: str) -> int | None:
    """The seed, where the request itself names one."""
    match = re.search(r"\b(?:seed|graine)\s*(?:=|:|of|de)?\s*(\d+)", fold(wish(text)))
    return int(match[1]) if match else None


def vectors(text: str) -> dict[str, Any]:
    """Which word vectors are meant."""
    plain = fold(text)
    if "glove" in plain:
        return {"vectors": "glove"}
    if "word2vec" in plain or "google news" in plain or "w2v" in plain:
        return {"vectors": "word2vec"}
    said = re.search(r"\b(?:vect|embedding|plongement)", plain)
    path = re.search(r"\S+\.(?:kv|bin|vec|npz" + ("|txt" if said else "") + r")\b", text)
    return {"vectors": path[0]} if path else {}


def word_sets(text: str) -> dict[str, list[str]]:
    """Three or four lists of words: labelled (X:, Y:, A:, B:), in brackets, or set against each other."""
    labelled = dict(
        re.findall(
            r"\b([xyab])\s*[=:]\s*[\[({]?\s*([^;\])}\n]+?)\s*[\])}]?\s*(?=[;,.]?\s*\b[xyab]\s*[=:]|[;\])}\n]|$)",
            text,
            re.I,
        )
    )
    sets = {key.lower(): _list(value) for key, value in labelled.items()}
    if {"x", "a", "b"} <= set(sets):
        return sets
    brackets = [_list(part) for part in re.findall(r"[\[({]([^\[\](){}]*,[^\[\](){}]*)[\])}]", text)]
    groups = brackets if len(brackets) in (3, 4) else _opposed(text)
    if len(groups) == 4:
        return dict(zip("xyab", groups, strict=True))
    if len(groups) == 3:
        return dict(zip("xab", groups, strict=True))
    return {}


def _opposed(text: str) -> list[list[str]]:
    """« a, b contre c, d … e, f contre g, h »: the lists on both sides of "against"."""
    item = r"[\w'’-]+"
    listing = rf"((?:{item}\s*(?:,|/|\band\b|\bet\b|&)\s*)+{item})"
    against = r"\s*[,;]?\s*(?:vs\.?|versus|against|contre|face à|compared (?:to|with)|par rapport à|opposed to|opposés? à|or|ou)\s+(?:the words\s+|les mots\s+)?"
    pairs = re.findall(listing + against + listing, text, re.I)
    return [_list(side) for pair in pairs for side in pair][:4]


def _list(text: str) -> list[str]:
    words = re.split(r"\s*(?:,|/|;|&|\band\b|\bet\b)\s*", text.strip(" .?!\"'«»[](){}"))
    return [word.strip(" \"'«»“”") for word in words if word.strip(" \"'«»“”")]

"""Scores of a reply from 0 to 1, without any model: one function a kind of check (``knowledge/exercise_checks.py``)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from knowledge import exercise_checks as kinds
from knowledge.sentences import split
from knowledge.terms import fold, terms
from tools.finding import Lang
from tools.language.number_words import digits_for_words
from tools.language.stability_answers import NUMBER, spelled
from tools.prompting.readability import flesch, kandel_moles

Item = Mapping[str, str]
Score = Callable[[Item, str], float]

_ARTICLES = re.compile(r"^(?:(?:the|an?|le|la|les|une?|des|du)\s+|l\s)")
_FENCE = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL)
_BULLET = re.compile(r"^(?:[-*•–]|\d{1,2}\s?[.)])\s+(?=\S)")
_SOURCE = re.compile(
    r"https?://|www\.|\bdoi\b|\b10\.\d{4,}/|\(\s*[A-ZÀ-Ý][\w’'&.,\s-]{1,60}\b(?:1[89]|20)\d\d[a-z]?\s*\)"
    r"|\b[A-ZÀ-Ý][\w’'-]+(?: et al\.?)?,? \((?:1[89]|20)\d\d[a-z]?\)|\bet al\b|\bISBN\b"
    r"|[\"“«][^\"”»]{5,100}[\"”»],? (?:by|de|par) (?:Dr\.? |Prof\.? )?[A-ZÀ-Ý]|(?:[A-Z]\. ?){2,}\((?:1[89]|20)\d\d\)"
    r"|\b(?:[Jj]ournal|[Rr]evue|[Pp]roceedings|[Aa]nnales) (?:of|on|de|des|du|d’|d')"
)


def check(kind: str, options: Mapping[str, Any], lang: Lang = "en") -> Score:
    """The scoring function of a check given by kind and options; pydantic's ``ValidationError`` when they are wrong."""
    return scorer(kinds.Checks.validate_python([{"kind": kind, **options}])[0], lang)


def scorer(check: kinds.Check, lang: Lang) -> Score:
    """The scoring function of a check; ``lang`` is the language of the items, which readability needs."""
    if isinstance(check, kinds.Readability):
        return lambda _item, reply: readability(check, reply, lang)
    score: Callable[[Any, Item, str], float] = _BY_KIND[check.kind]
    return lambda item, reply: score(check, item, reply)


def scores(checks: Sequence[kinds.Check], item: Item, reply: str, lang: Lang) -> dict[str, float]:
    """The score of each check by its name; their mean is the score of the reply."""
    return {name: scorer(check, lang)(item, reply) for name, check in zip(kinds.names(checks), checks, strict=True)}


def plain(text: str) -> str:
    """A text for comparing: small letters, no accents, no punctuation, no article at its head; numbers in one spelling."""
    words = NUMBER.sub(lambda match: spelled(match[0]), text)
    folded = " ".join(re.findall(r"[^\W_]+(?:\.\d+)?|[-+]\d", fold(words)))
    return _ARTICLES.sub("", folded)


def forms(value: str) -> list[str]:
    """The accepted forms of an answer, separated by ``|`` in the item."""
    return [form for part in value.split("|") if (form := plain(part))]


def says(reply: str, words: str) -> bool:
    """Whether the reply contains these words, whole."""
    wanted = plain(words)
    return bool(wanted) and f" {wanted} " in f" {plain(reply)} "


def head(reply: str) -> str:
    """The first line with something on it, up to the end of its first sentence."""
    line = next((line for line in reply.splitlines() if line.strip()), "")
    return (split(line) or [""])[0]


def answer(check: kinds.Answer, item: Item, reply: str) -> float:
    """1 when the reply is the answer, says it at its head (``loose``), or says it last (``last``); see ``kinds.Answer``."""
    right = forms(item[check.field])
    if check.last:
        return float(last_said(reply, check.among) in {form for one in right for form in (one, digits_for_words(one))})
    if not check.loose:
        return float(plain(reply) in right)
    said = head(reply)
    others = [other for other in check.among if plain(other) not in right]
    return float(any(says(said, form) for form in right) and not any(says(said, other) for other in others))


def last_said(reply: str, among: Sequence[str]) -> str:
    """The last of the words that the reply says; its last number, in digits, when ``among`` is empty; "" for none."""
    if not among:
        return ([""] + [spelled(found) for found in NUMBER.findall(digits_for_words(reply))])[-1]
    text = f" {plain(reply)} "
    at, found = max((text.rfind(f" {word} "), word) for word in map(plain, among))
    return found if at >= 0 else ""


def choice(check: kinds.Choice, _item: Item, reply: str) -> float:
    """1 when the whole reply is one of the options."""
    return float(plain(reply) in [plain(option) for option in check.options])


def contains(check: kinds.Contains, item: Item, reply: str) -> float:
    """1 when the pattern or the field's words (one of its ``|`` forms) are in the reply."""
    if check.pattern is not None:
        return float(re.search(check.pattern, reply, re.IGNORECASE | re.MULTILINE) is not None)
    return float(any(says(reply, form) for form in forms(item[check.field or ""])))


def forbidden(check: kinds.Forbidden, item: Item, reply: str) -> float:
    """1 when none of the patterns and of the fields' words is in the reply."""
    found = any(re.search(pattern, reply, re.IGNORECASE | re.MULTILINE) for pattern in check.patterns)
    told = any(says(reply, form) for field in check.fields for form in forms(item[field]))
    return float(not found and not told)


def json_object(check: kinds.Json, item: Item, reply: str) -> float:
    """1 when the reply is a JSON object with exactly the keys; with ``values``, times the share of values that are right.

    The object may stand in a fence of three backquotes; words around it make it unreadable for a program, hence 0.
    """
    fenced = _FENCE.fullmatch(reply.strip())
    try:
        found = json.loads(fenced[1] if fenced else reply)
    except ValueError:
        return 0.0
    if not isinstance(found, dict) or set(found) != set(check.keys):
        return 0.0
    if not check.values:
        return 1.0
    right = sum(plain(str(found[key])) in forms(item[key]) for key in check.keys)
    return right / len(check.keys)


def entries(reply: str, style: str) -> list[str]:
    """The entries of a list without their marks: lines with a bullet or a number, all lines, or what commas separate on the one line."""
    lines = [line.strip() for line in reply.splitlines() if line.strip()]
    if style == "bullet":
        return [_BULLET.sub("", line) for line in lines if _BULLET.match(line)]
    if style == "lines":
        return [_BULLET.sub("", line) for line in lines]
    if len(lines) != 1:
        return []
    return [part.strip(" .") for part in re.split(r",|;| and | et ", lines[0]) if part.strip(" .")]


def listed(check: kinds.List, item: Item, reply: str) -> float:
    """1 for a list of exactly n different entries."""
    n = check.n if check.n is not None else int(item[check.field or ""])
    found = [plain(entry) for entry in entries(reply, check.style)]
    return float(len(found) == n == len(set(found)))


def length(check: kinds.Length, _item: Item, reply: str) -> float:
    """1 when the count of words or sentences is within the bounds."""
    count = len(words(reply)) if check.unit == "words" else len(split(reply))
    return float(check.min <= count and (check.max is None or count <= check.max))


def words(text: str) -> list[str]:
    """The words of a text; an apostrophe or a hyphen inside does not cut."""
    return re.findall(r"[^\W_]+(?:[’'-][^\W_]+)*", text)


def readability(check: kinds.Readability, reply: str, lang: Lang) -> float:
    """1 when the sentences are short enough on average, and the text easy enough; 0 for a reply without letters."""
    if not re.search(r"[^\W\d_]", reply):
        return 0.0
    if check.words is not None and len(words(reply)) / len(split(reply)) > check.words:
        return 0.0
    ease = kandel_moles if lang == "fr" else flesch
    return float(check.ease is None or ease(reply) >= check.ease)


def language(check: kinds.Language, _item: Item, reply: str) -> float:
    """1 when py3langid finds the language among English and French; 0 for a reply without letters."""
    from tools.specimens.languages import identifier

    if not re.search(r"[^\W\d_]", reply):
        return 0.0
    return float(identifier("en", "fr").classify(reply)[0] == check.language)


def grounded(check: kinds.Grounded, item: Item, reply: str) -> float:
    """The share of the reply's content words (by stem) that the field has; 0 when one of its numbers is not there.

    Numbers in words count as numbers ("two years" supports "2 years").
    """
    said, source = digits_for_words(reply), digits_for_words(item[check.field])
    numbers, known = ({spelled(found) for found in NUMBER.findall(text)} for text in (said, source))
    content = [term for term in terms(said) if not term.isdigit()]
    if numbers - known or not (content or numbers):
        return 0.0
    there = set(terms(source))
    return sum(term in there for term in content) / len(content) if content else 1.0


def no_source(_check: kinds.NoSource, _item: Item, reply: str) -> float:
    """1 when nothing in the reply looks like a reference; 0 for an empty reply."""
    return float(bool(reply.strip()) and _SOURCE.search(reply) is None)


_BY_KIND: dict[str, Callable[[Any, Item, str], float]] = {
    "answer": answer,
    "choice": choice,
    "contains": contains,
    "forbidden": forbidden,
    "json": json_object,
    "list": listed,
    "length": length,
    "language": language,
    "grounded": grounded,
    "no_source": no_source,
}

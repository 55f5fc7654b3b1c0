"""Arguments of the checks of truth and authorship taken from a request."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from assistant.planner.language_arguments import model
from assistant.planner.material import fold, languages, passage, quoted, wish

FILE = r"[\w./~\\-]*[\w~-]\.({})\b"
DOCUMENT = re.compile(FILE.format("pdf|pptx|docx|html?|md|txt"), re.I)
REFERENCES = re.compile(FILE.format("bib|txt|md"), re.I)
ONLINE = (
    r"\b(use|ask|with|via|avec|par|demande[rz]?(?: a)?|interroge[rz]?|aussi|also) (?:the network|the internet|le reseau|internet|crossref)\b"
    r"|\b(check|look|search|verifie[rz]?|cherche[rz]?|regarde[rz]?)\w* (?:[\w.]+ ){0,3}?(?:online|en ligne|(?:on|in|sur|dans) crossref)\b"
)
LIBRARY = r"\b(library|course|notes|bibliotheque|cours|autopsie)\b"


def self_consistency(text: str, lang: str) -> dict[str, Any]:
    """The question that is asked again, its right answer, how many times."""
    plain, given = fold(text), quoted(text)
    found = model(text)
    right = re.search(
        r"(?:right|correct|true|expected|real|bonne|vraie?|attendue?) (?:answer|one|reponse)(?: is| est|\s*[:=])+\s*[\"'«“]?\s*([^.\"'»”?!;,]+)",
        plain,
    )
    asked = next((one for one in given if len(one.split()) >= 3), None)
    if asked is None and (after := re.search(r":\s*([^:]*\?)", text)):
        asked = after[1].strip()
    if asked:
        found["question"] = asked
    if right:
        at = right.start(1)
        found["expected"] = text[at : right.end(1)].strip() if len(plain) == len(text) else right[1].strip()
    if count := re.search(r"\b(\d{1,2})\s+(?:times|fois|samples?|answers?|reponses?|tirages?|draws?)\b", plain):
        found["samples"] = int(count[1])
    if heat := re.search(r"temperature\s*(?:=|:|of|de)?\s*(\d+(?:[.,]\d+)?)", plain):
        found["temperature"] = float(heat[1].replace(",", "."))
    return found


def claim_check(text: str, lang: str) -> dict[str, Any]:
    """The text under check, and the document or the library that it is checked against."""
    found: dict[str, Any] = {}
    given = [one for one in quoted(text) if len(one.split()) >= 3]
    said = given[0] if given else _after(text)
    if said:
        found["text"] = said
    outside = text.replace(said, " ") if said else text
    if file := DOCUMENT.search(outside):
        found["source"] = file[0]
    elif len(given) > 1:
        found["source"] = given[1]
    elif re.search(LIBRARY, fold(outside)):
        found["source"] = "library"
    return found


def citation_check(text: str, lang: str) -> dict[str, Any]:
    """The references, a built-in case, and whether Crossref may be asked."""
    plain = fold(text)
    found: dict[str, Any] = {}
    file = REFERENCES.search(wish(text))
    bib = re.search(r"@\w+\s*\{.*", text, re.S)
    if bib:
        found["text"] = bib[0]
    elif file:
        found["text"] = file[0]
    elif re.search(r"mata|avianca|varghese", plain) and not re.search(r"\d{3} f\.", plain):
        found["case"] = "mata"
    elif re.search(r"\bvaes?\b|autoencod", plain) and not re.search(r"\b(19|20)\d\d\b", plain):
        found["case"] = "vae"
    elif said := _cited(text) or _after(text):
        found["text"] = said
    if re.search(
        ONLINE, fold(wish(text))
    ):  # the references then leave this machine: only when the request says so plainly
        found["network"] = True
    return found


def _cited(text: str) -> str | None:
    """The whole request, when it holds what looks like a reference: a year in brackets, a DOI, an arXiv number, a reporter."""
    seen = re.search(
        r"\((19|20)\d\d[a-z]?\)|10\.\d{4,}/|arxiv[:\s]*\d{4}\.|\d+ (F\.|U\.S\.|S\. ?Ct)|, (19|20)\d\d\b", text, re.I
    )
    if not seen:
        return None
    given = [one for one in quoted(text) if len(one.split()) >= 6]  # shorter: the title in an MLA reference
    blank = re.search(r"\n\s*\n|:\s*\n|^[^.\n]{0,80}?[^\W\d]\s?:\s(?=[A-Z])", text)
    if given and re.search(r"\d{4}", given[0]):
        return given[0]
    return (
        text[blank.end() :] if blank and re.search(r"\d{4}", text[blank.end() :]) else _ASKING.sub("", text)
    ).strip()


_ASKING = re.compile(
    r"^\s*(?:please |can you |could you |s'il te plaît |peux-tu |pouvez-vous )?"
    r"(?:check|verify|find|look up|is this (?:one )?real|does this exist|vérifie[rz]?|cherche[rz]?|contrôle[rz]?)\b[\s:,?]*",
    re.I,
)


def _after(text: str) -> str | None:
    """The material of a request: what it quotes, or what stands after a colon, a blank line or the first sentence."""
    found = passage(text)
    return found if found and len(found.split()) >= 3 else None


def detect_ai_text(text: str, lang: str) -> dict[str, Any]:
    """The text under suspicion, and how it is to be reworded."""
    given = passage(text)
    outside = fold(text.replace(given, " ") if given else text)
    found: dict[str, Any] = {"text": given} if given else {}
    if re.search(r"round.?trip|aller.?retour|translat|tradui", outside):
        found["attack"] = "round_trip"
    elif re.search(r"paraphras|reword|rephras|reformul|reecri|rewrit", outside):
        found["attack"] = "paraphrase"
    if rate := re.search(r"(\d+(?:[.,]\d+)?)\s?%", outside):
        value = float(rate[1].replace(",", ".")) / 100
        found |= {"false_positives": value} if 0.001 <= value <= 0.2 else {}
    return found | model(outside)


def watermark(text: str, lang: str) -> dict[str, Any]:
    """A text to look at, or a request to write from; the strength and the length."""
    plain = fold(text)
    found: dict[str, Any] = model(text)
    given = _after(text)
    asked = next((one for one in quoted(text) if len(one.split()) >= 3), None)
    writes = re.search(r"\b(write|generate|make|produce|ecris|ecrire|genere\w*|produi\w*|redige\w*)\b", plain)
    if asked and writes and len(asked.split()) < 40:
        found["prompt"] = asked
    elif given and len(given.split()) >= 12:
        found["text"] = given
    for name, pattern in (
        ("gamma", r"(?:gamma|γ)\s*(?:=|:|of|de)?\s*(0?[.,]\d+)"),
        ("delta", r"(?:delta|δ)\s*(?:=|:|of|de)?\s*(\d+(?:[.,]\d+)?)"),
    ):
        if number := re.search(pattern, plain):
            found[name] = float(number[1].replace(",", "."))
    for name, pattern in (("key", r"\b(?:key|cle)\s*(?:=|:|of|de)?\s*(\d+)"), ("tokens", r"(\d{2,4})\s+tokens")):
        if number := re.search(pattern, plain):
            found[name] = int(number[1])
    return found


def extract_relations(text: str, lang: str) -> dict[str, Any]:
    """The text to read and its language."""
    given = passage(text)
    found: dict[str, Any] = {"text": given} if given and len(given.split()) >= 4 else {}
    outside = text.replace(given, " ") if given else text
    if named := [code for code in languages(outside) if code in ("en", "fr")]:
        found["language"] = named[0]
    return found | model(outside)


PARSERS: dict[str, Callable[[str, str], dict[str, Any]]] = {
    "self_consistency": self_consistency,
    "claim_check": claim_check,
    "citation_check": citation_check,
    "detect_ai_text": detect_ai_text,
    "watermark": watermark,
    "extract_relations": extract_relations,
}

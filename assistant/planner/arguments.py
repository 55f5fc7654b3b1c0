"""Arguments taken from a request by typed parsers: quoted text, word lists, names, languages, known tests.

What is not in the request is left to the tool's defaults; nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
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
TESTS: tuple[tuple[str, str], ...] = (  # known tests by what people call them; the first pattern that fits wins
    ("all", r"\b(all|every|ten|10|dix|tous|toutes|whole|complete|complet\w*)\b.{0,25}\b(tests?|weats?|batter\w+)|caliskan'?s? (ten|10)|(the|les) (ten|dix)\b"),
    ("1", r"flower|insect|fleur|\bbugs?\b"),
    ("2", r"instrument|weapon|\barmes?\b|violin|guitar|guns?\b"),
    ("9", r"(mental|physical|psych|physique).{0,60}(disease|illness|maladi|disorder|trouble|temporary|permanent|tempora|passag)|(maladi|disease|illness)\w*.{0,40}(mental|psych|tempora|permanent)"),
    ("10", r"(young|old|elder|jeune|vieux|vieil|[aâ]g[eé])\w*.{0,60}(name|prenom|prénom|people|person|gens|pleasant|agreable|agréable)|(name|pr[eé]nom)\w*.{0,50}(young|old|elder|jeune|vieux|vieil|[aâ]g[eé]e?s?\b)"),
    ("3", r"(african|black|afro|noirs?\b|europ|white|blanc)\w*.{0,60}(name|pr[eé]nom)|(name|pr[eé]nom)\w*.{0,60}(african|black|afro|noirs?\b|europ|white|blanc)"),
    ("8", r"science\w*|scientif\w*"),
    ("7", r"\bmath\w*|algebra|alg[eè]bre|geometr|g[eé]om[eé]tr"),
    ("6", r"career|carri[eè]re|family|famil|foyer|\bhome\b|household|profession|m[eé]nage"),
)  # fmt: skip


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
    hits = []
    for code, names in lexicon()["languages"].items():
        for name in names:
            match = re.search(rf"\b{re.escape(fold(name))}e?s?\b", plain)
            if match:
                hits.append((match.start(), code))
    return list(dict.fromkeys(code for _, code in sorted(hits)))


def occupations(text: str, lang: str) -> list[str]:
    """Occupations named in a request, in the order and the form of the text (singular), for a model of ``lang``."""
    plain = fold(text)
    hits: dict[int, str] = {}
    for english, french in lexicon()["occupations"].items():
        for form in [english, *french]:
            match = re.search(rf"\b{re.escape(fold(form))}(?:s|es|x)?\b", plain)
            if match and match.start() not in hits:
                hits[match.start()] = english if lang == "en" else (form if form in french else french[0])
    return list(dict.fromkeys(hits[at] for at in sorted(hits)))


def seed(text: str) -> int | None:
    """The seed, where one is named."""
    match = re.search(r"\b(?:seed|graine)\s*(?:=|:|of|de)?\s*(\d+)", fold(text))
    return int(match[1]) if match else None


def vectors(text: str) -> dict[str, Any]:
    """Which word vectors are meant."""
    plain = fold(text)
    if "glove" in plain:
        return {"vectors": "glove"}
    if "word2vec" in plain or "google news" in plain or "w2v" in plain:
        return {"vectors": "word2vec"}
    path = re.search(r"\S+\.(?:kv|bin|txt|vec|npz)\b", text)
    return {"vectors": path[0]} if path else {}


def weat(text: str, lang: str) -> dict[str, Any]:
    """Test number, or the user's own lists ("X = a, b; Y = …", « a, b contre c, d »), or one occupation's gender."""
    found = vectors(text)
    custom = word_sets(text)
    if custom:
        return custom | found
    plain = fold(text)
    numbered = re.search(
        r"\b(?:weat|test|tests|numero|number|no\.?|n°|#)[\s#-]*(?:test|number|numero|no\.?|n°)?\s*(10|[1-9])\b", plain
    )
    if numbered:
        return {"test": numbered[1]} | found
    for number, pattern in TESTS:
        if re.search(pattern, plain):
            return {"test": number} | found
    jobs = occupations(text, "en")
    if jobs:
        return {"x": [job.replace(" ", "_") for job in jobs], **_gender_sets()} | found
    return found


def _gender_sets() -> dict[str, list[str]]:
    return {
        "a": ["female", "woman", "girl", "sister", "she", "her", "hers", "daughter"],
        "b": ["male", "man", "boy", "brother", "he", "him", "his", "son"],
    }


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


def analogy(text: str, lang: str) -> dict[str, Any]:
    """The three known words of "a is to b as c is to …" or of "b − a + c"."""
    found = vectors(text)
    word = r"[\"'«“‘]?\s*([\w][\w'’-]*)\s*[\"'»”’]?"
    article = r"(?:the |a |an |le |la |les |l['’]|un |une |words? |mots? )?"
    patterns = (
        rf"{article}{word}\s+(?:is|are|was)\s+to\s+{article}{word}[\s,;]+(?:as|what|like|then|so|and)?\s*{article}{word}\s+(?:is|are|would be|to)",
        rf"{article}{word}\s+est\s+(?:à|a|au)\s+{article}{word}[\s,;]+(?:ce que|comme|que|alors)?\s*(?:ce que\s+)?{article}{word}\s+(?:est|serait|à|a)",
        rf"{word}\s*:\s*{word}\s*(?:::|,|=|;|as|comme)\s*{word}\s*:?",
        rf"{word}\s*(?:->|→|=>|/)\s*{word}\s*[,;]?\s*(?:then|so|and|and so|alors|donc|et)?\s*{word}\s*(?:->|→|=>|/)",
    )
    for pattern in patterns:
        match = re.search(pattern, text, re.I)
        if match:
            return dict(zip("abc", (_english(w, lang) for w in match.groups()), strict=True)) | found
    minus = re.search(rf"{word}\s*(?:[-−–]|minus|moins)\s*{word}\s*(?:\+|plus)\s*{word}", text, re.I)
    plus = re.search(rf"{word}\s*(?:\+|plus)\s*{word}\s*(?:[-−–]|minus|moins)\s*{word}", text, re.I)
    if minus:
        b, a, c = minus.groups()
    elif plus:
        b, c, a = plus.groups()
    else:
        return found
    return {"a": _english(a, lang), "b": _english(b, lang), "c": _english(c, lang)} | found


def _english(word: str, lang: str) -> str:
    """The word itself; a French word that the lexicon knows becomes the English one that the vectors hold."""
    if lang != "fr":
        return word
    plain = fold(word)
    for french, english in lexicon()["words"].items():
        if fold(french) == plain:
            return str(english)
    for english, forms in lexicon()["occupations"].items():
        if plain in {fold(form) for form in forms}:
            return str(english)
    return word


def logprob_bias(text: str, lang: str) -> dict[str, Any]:
    """Language of the sentences tested, and the occupations named."""
    plain = fold(text)
    pronouns = (
        "en"
        if re.search(r"\bhe\b.*\bshe\b|\bshe\b.*\bhe\b", plain)
        else "fr"
        if re.search(r"\bil\b\W+(ou|et|/|or|vs)?\W*\belle\b|\belle\b\W+(ou|et|/|or|vs)?\W*\bil\b", plain)
        else None
    )
    named = [code for code in languages(text) if code in ("en", "fr")]
    found: dict[str, Any] = {"language": named[0] if named else pronouns or lang}
    jobs = occupations(text, found["language"])
    return found | ({"occupations": jobs} if jobs else {})


def round_trip_translation(text: str, lang: str) -> dict[str, Any]:
    """The text to translate, and the language to go through."""
    found: dict[str, Any] = {}
    given = passage(text)
    outside = text.replace(given, " ") if given else text
    if given and len(given.split()) >= 2:
        found["text"] = given
    elif re.search(r"sandra|alexand", fold(text)):
        found["builtin"] = "sandra"
    pivots = [code for code in languages(outside) if code not in ("en", "fr")]
    if not pivots:
        pivots = [code for code in languages(outside) if code != lang]
    if pivots:
        found["pivot"] = pivots[0]
    return found


def detect_ai_text(text: str, lang: str) -> dict[str, Any]:
    """The text under suspicion."""
    given = passage(text)
    return {"text": given} if given else {}


def search_knowledge(text: str, lang: str) -> dict[str, Any]:
    """The question itself."""
    return {"query": text}


PARSERS: dict[str, Callable[[str, str], dict[str, Any]]] = {
    "weat": weat,
    "analogy": analogy,
    "logprob_bias": logprob_bias,
    "round_trip_translation": round_trip_translation,
    "detect_ai_text": detect_ai_text,
    "search_knowledge": search_knowledge,
}


def parse(tool: str, text: str, lang: str) -> dict[str, Any]:
    """The arguments of ``tool`` that ``text`` states; {} for a tool without a parser."""
    return PARSERS[tool](text, lang) if tool in PARSERS else {}

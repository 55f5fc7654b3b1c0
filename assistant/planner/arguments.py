"""Arguments taken from a request by typed parsers: word lists, names, known tests, texts.

What is not in the request is left to the tool's defaults; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from assistant.planner import fairness_arguments, language_arguments, truth_arguments, vision_arguments
from assistant.planner.material import fold, languages, lexicon, occupations, passage, vectors, wish, word_sets

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
            a, b, c = match.groups()
            if c.islower() and re.fullmatch(r"\W*", text[: match.start(1)]):
                a = a.lower()  # a capital because the sentence begins, not because it is a name
            return {"a": _english(a, lang), "b": _english(b, lang), "c": _english(c, lang)} | found
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


def debias(text: str, lang: str) -> dict[str, Any]:
    """The vectors, and the pairs that define the axis when they are written she-he, woman-man."""
    found = vectors(text)
    pairs = re.findall(r"(?<![\w-])([A-Za-z]{2,20})[-–/:]([A-Za-z]{2,20})(?![\w-])", text)
    named = re.search(r"\b(pairs?|paires?|along|le long)\b", fold(text))
    return found | ({"pairs": [f"{a}-{b}".lower() for a, b in pairs]} if pairs and named else {})


def search_knowledge(text: str, lang: str) -> dict[str, Any]:
    """The question itself."""
    return {"query": text}


PARSERS: dict[str, Callable[[str, str], dict[str, Any]]] = {
    "weat": weat,
    "analogy": analogy,
    "debias": debias,
    "round_trip_translation": round_trip_translation,
    "search_knowledge": search_knowledge,
    **language_arguments.PARSERS,
    **truth_arguments.PARSERS,
    **vision_arguments.PARSERS,
    **fairness_arguments.PARSERS,
}


STEERING = ("model", "vectors", "network")
"""What decides which model runs and whether anything leaves the machine."""
_REACHES = re.compile(r"\S*[/\\~]\S*|\S+\.[A-Za-z]{1,7}")


def parse(tool: str, text: str, lang: str) -> dict[str, Any]:
    """The arguments of ``tool`` that ``text`` states; {} for a tool without a parser.

    A text that is brought to be looked at is not obeyed: numbers, switches, models, files and addresses are taken
    from the words of the request alone, never from what it quotes.
    """
    if tool not in PARSERS:
        return {}
    found, own = PARSERS[tool](text, lang), wish(text)
    if own == text.strip():
        return found
    asked = PARSERS[tool](own, lang)
    return {name: value for name, value in found.items() if asked.get(name) == value or not _steers(name, value)}


def _steers(name: str, value: Any) -> bool:
    """Whether an argument does more than say what is looked at."""
    if isinstance(value, str):
        return name in STEERING or bool(_REACHES.fullmatch(value.strip()))
    return isinstance(value, bool | int | float)

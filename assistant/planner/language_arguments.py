"""Arguments of the language instruments taken from a request; what it does not state is left to the tool's defaults."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from assistant.planner.material import fold, languages, occupations, passage, quoted

GAP = re.compile(r"\[MASK\]|<mask>|_{2,}|…|\.{3}", re.I)
WORD = r"[\"'«“‘]?\s*([^\W\d_][\w’'-]*)"

PAIRS = (  # the published sets of sentence pairs
    ("crows-pairs", r"crows.?pairs?|nangia|(sentence|minimal) pairs|paires (de phrases|minimales)"),
    ("stereoset", r"stereo.?set|\bicat\b|nadeem"),
    ("wino", r"\bwino"),
)
KURITA = (  # the categories of Kurita et al. 2019 by what people call them
    ("all", r"\b(all|five|toutes|cinq)\b.{0,20}(categor|kurita)"),
    ("flowers-insects", r"flower|insect|fleur"),
    ("names-race", r"(african|afro|europ|black|white|noirs?|blancs?)\w*.{0,40}(name|prenom)|(name|prenom)\w*.{0,40}(african|afro|europ|black|white|noirs?|blancs?|pleasant|agreable)"),
    ("science-arts", r"scien\w*.{0,40}(\barts?\b|poe)|(\barts?\b|poe\w*).{0,40}scien"),
    ("math-arts", r"\bmath\w*.{0,40}(\barts?\b|poe)|(\barts?\b|poe\w*).{0,40}\bmath"),
    ("career-family", r"(career|carriere)s?.{0,40}famil|famil\w*.{0,40}(career|carriere)"),
)  # fmt: skip
CASES = (  # the built-in comparisons of generation_bias; the first that fits wins
    ("dictation", r"dict(ation|ee)"),
    ("origin", r"origin|maghreb|african|arab|ethni|foreign|etranger|jamal|lakisha|mohamed|mamadou|karim|black name|white name"),
    ("letter", r"letter|lettre|recommend|recommand|reference"),
    ("nurse", r"nurse|infirmi"),
    ("engineer", r"engineer|ingenieur"),
)  # fmt: skip


def model(text: str) -> dict[str, Any]:
    """The language model named: a server's address, a folder, or a name of the hub."""
    found = re.search(r"https?://[^\s»”\"]+|(?<!\w)(?:~|\.{1,2})?/[\w./-]+|\bsmollm2\b", text)
    if found is None:  # "BERT" alone is a kind of model and not one of them
        found = re.search(
            r"\b(?:(?:bert|roberta|distilbert|camembert)(?:[-/][\w.-]+)+|(?:distil)?gpt2(?:[-/][\w.-]+)*)", text
        )
    return {"model": found[0].rstrip(".,;:!?)")} if found else {}


def logprob_bias(text: str, lang: str) -> dict[str, Any]:
    """A category of the Kurita table, or the language of the sentences tested and the occupations named."""
    plain = fold(text)
    found: dict[str, Any]
    pronouns = (
        "en"
        if re.search(r"\bhe\b.*\bshe\b|\bshe\b.*\bhe\b", plain)
        else "fr"
        if re.search(r"\bil\b\W+(ou|et|/|or|vs)?\W*\belle\b|\belle\b\W+(ou|et|/|or|vs)?\W*\bil\b", plain)
        else None
    )
    named = [code for code in languages(text) if code in ("en", "fr")]
    test = next((name for name, pattern in PAIRS + KURITA if re.search(pattern, plain)), None)
    if test:
        found = {"test": test} | ({"language": named[0]} if named else {}) | model(text)
        return found | (_of_pairs(plain) if test in dict(PAIRS) else {})
    found = {"language": named[0] if named else pronouns or lang} | model(text)
    jobs = occupations(text, found["language"])
    return found | ({"occupations": jobs} if jobs else {})


def _of_pairs(plain: str) -> dict[str, Any]:
    """How many pairs, and whether their sentences may be shown."""
    found: dict[str, Any] = {}
    if number := re.search(r"\b(\d{2,4})\s+(?:pairs|triplets|sentences|paires|phrases)\b", plain):
        found["pairs"] = int(number[1])
    elif re.search(r"\b(all|whole|toutes?|tout)\b", plain):
        found["pairs"] = 0
    if re.search(r"offensi|offensant|(show|montre)\w* .{0,20}(sentences|phrases)", plain):
        found["show_offensive"] = True
    return found


def generation_bias(text: str, lang: str) -> dict[str, Any]:
    """A built-in case, or the user's two requests; how many texts, how warm, in which language."""
    plain, given = fold(text), quoted(text)
    found: dict[str, Any] = model(text)
    template = next((one for one in given if "{}" in one), None)
    names = re.search(
        rf"{WORD}[\"'»”’]?\s*(?:vs\.?|versus|against|contre|and|et|or|ou)\s+{WORD}", _without(text, template)
    )
    if template and names:
        found |= {"prompt": template, "first": names[1], "second": names[2]}
    elif len(given) == 2 and all(len(one.split()) >= 3 for one in given):
        found |= {"first": given[0], "second": given[1]}
    elif case := next((name for name, pattern in CASES if re.search(pattern, plain)), None):
        found["case"] = case
    if count := re.search(
        r"\b(\d{1,3})\s+(?:\w+\s+)?(?:samples?|texts?|letters?|stories|textes?|lettres?|tirages?|histoires?)\b", plain
    ):
        found["samples"] = int(count[1])
    if heat := re.search(r"temperature\s*(?:=|:|of|de)?\s*(\d+(?:[.,]\d+)?)", plain):
        found["temperature"] = float(heat[1].replace(",", "."))
    if named := [code for code in languages(text) if code in ("en", "fr")]:
        found["language"] = named[0]
    return found


def _without(text: str, part: str | None) -> str:
    return text.replace(part, " ") if part else text


def fill_mask(text: str, lang: str) -> dict[str, Any]:
    """The sentences with a gap, the candidates, how many words."""
    sentences = [one for one in quoted(text) if GAP.search(one)]
    if not sentences and (given := passage(text)) and GAP.search(given):
        sentences = [given]
    found: dict[str, Any] = {
        name: GAP.sub("[MASK]", one, count=1) for name, one in zip(("text", "text2"), sentences, strict=False)
    }
    outside = text
    for one in sentences:
        outside = outside.replace(one, " ")
    if count := re.search(
        r"\b(?:top|best|first|premiers?|meilleurs?)[\s-]*(\d+)\b|\b(\d+)\s+(?:most|best|first|premiers?|premieres?|mots?|words?)\b",
        fold(outside),
    ):
        found["k"] = int(count[1] or count[2])
    listed = re.search(
        r"(?:candidates?|candidats?|these words|ces mots|between|entre|among|parmi)\s*(?:words?|mots?)?\s*:?\s+"
        r"([\w’'-]+(?:,\s*[\w’'-]+)*(?:,?\s+(?:and|or|et|ou)\s+[\w’'-]+)?)",
        outside,
        re.I,
    )
    named = re.split(r",\s*(?:and |or |et |ou )?|\s+(?:and|or|et|ou)\s+", listed[1]) if listed else []
    if len(named) > 1:
        found["candidates"] = named
    return found | model(outside)


def stability(text: str, lang: str) -> dict[str, Any]:
    """The question that is asked again and again, its translation and the user's own rewordings."""
    given = quoted(text)
    given = [one for one in given if len(one.split()) >= 2]
    if not given and (asked := re.search(r":\s*([^:]*\?[^:]*)$", text)):
        given = [one.strip() for one in asked[1].split("|")]
    found: dict[str, Any] = model(text)
    if given:
        found["prompt"] = given[0]
        found["language"] = _language_of(given[0], lang)
    both = re.search(
        r"both languages|two languages|deux langues|in english and french|en francais et en anglais|in french and english|en anglais et en francais",
        fold(text),
    )
    if len(given) == 2 and (both or _language_of(given[1], lang) != found["language"]):
        found["translation"] = given[1]
    elif len(given) > 1:
        found["paraphrases"] = " | ".join(given[1:])
    return found


def _language_of(text: str, default: str) -> str:
    """The language of a short text by its commonest words."""
    words = set(re.findall(r"[a-z']+", fold(text)))
    french = words & {
        "le",
        "la",
        "les",
        "est",
        "un",
        "une",
        "quel",
        "quelle",
        "qui",
        "combien",
        "de",
        "du",
        "des",
        "et",
        "a-t-il",
        "que",
        "en",
        "dans",
    }
    english = words & {"the", "is", "are", "what", "who", "how", "when", "which", "of", "and", "a", "in", "does", "was"}
    return default if len(french) == len(english) else "fr" if len(french) > len(english) else "en"


def attention(text: str, lang: str) -> dict[str, Any]:
    """The lesson with its vectors, or the sentences, the word that looks, the words to watch, a layer and a head."""
    plain = fold(text)
    if own := re.findall(r"([^\W\d_]+)\s*[:=]\s*[\[(]?((?:-?\d+(?:[.,]\d+)?[\s,]+)+-?\d+(?:[.,]\d+)?)", text):
        numbers = "; ".join(
            f"{word}: {' '.join(re.findall(r'-?[0-9]+(?:[.][0-9]+)?', values))}" for word, values in own
        )
        return (
            {"lesson": "apple-orange", "vectors": numbers, "text": " ".join(word for word, _ in own)}
            if len(own) > 1
            else {}
        )
    if re.search(r"motorcycle|motorbike|moto\b", plain):
        return {"lesson": "orange-motorcycle"}
    if re.search(r"apple|pomme", plain) and re.search(r"phone|telephone|brand|marque", plain) and not quoted(text):
        return {"lesson": "apple-phone"}
    if re.search(
        r"(apple|pomme).{0,30}orange|orange.{0,30}(apple|pomme)|by hand|a la main|step by step|pas a pas|dot product|produit scalaire|softmax",
        plain,
    ) and not quoted(text):
        return {"lesson": "apple-orange"}
    given = [one for one in quoted(text) if len(one.split()) >= 3]
    if not given and (after := passage(text)) and len(after.split()) >= 3:
        given = [after]
    found: dict[str, Any] = dict(zip(("text", "text2"), given, strict=False)) | _outside(text, given)
    return found | model(_without(text, given[0] if given else None))


def _outside(text: str, given: list[str]) -> dict[str, Any]:
    """What a request about attention says beside its sentences."""
    for one in given:
        text = text.replace(one, " ")
    found: dict[str, Any] = {}
    short = [one for one in quoted(text) if len(one.split()) == 1]
    read = re.search(
        rf"\b(?:from|depuis|read(?:s|ing)? (?:from|at)|word|mot)\s+(?:the word\s+|le mot\s+)?{WORD}", text, re.I
    )
    word = short[0] if short else read[1] if read else ""
    if word and any(word in one for one in given):
        found["word"] = word
    for name, pattern in (("layer", r"\b(?:layer|couche)\s+(\d+)"), ("head", r"\b(?:head|tete)\s+(\d+)")):
        if number := re.search(pattern, fold(text)):
            found[name] = int(number[1])
    return found


def contextual_embeddings(text: str, lang: str) -> dict[str, Any]:
    """The word, the user's own sentences, the layer."""
    plain = fold(text)
    found: dict[str, Any] = model(text)
    own = re.search(r":\s*((?:[^|]+\|){2,}[^|]+)$", text, re.S) or re.search(r":\s*\n((?:.+\n){2,}.+)$", text)
    if own:
        found["sentences"] = own[1].strip()
    outside = text.replace(own[1], " ") if own else text
    short = [one for one in quoted(outside) if len(one.split()) == 1]
    built_in = re.search(r"\b(bank|avocat|baguette|loup)s?\b", plain)
    named = re.search(r"\b(?:word|mot|of|de)\s+([^\W\d_]+)", outside)
    if short:
        found["word"] = short[0].strip()
    elif built_in and not own:
        found["word"] = built_in[1]
    elif own and named:
        found["word"] = named[1]
    if number := re.search(r"\b(?:layer|couche)\s+(\d+)", plain):
        found["layer"] = int(number[1])
    return found


def text_saliency(text: str, lang: str) -> dict[str, Any]:
    """The text, the answer and the answer it is set against, and the method that is drawn."""
    given = quoted(text)
    long = [one for one in given if len(one.split()) >= 3]
    if not long and (
        after := re.search(
            r"\b(?:text|texte|for|pour|on|sur|sentence|phrase|prompt|consigne)\s*:\s*(\S+\s+\S+\s+.+)$", text, re.I
        )
    ):
        long = [after[1].strip()]
    outside = _without(text, long[0] if long else None)
    found: dict[str, Any] = {"text": long[0]} if long else {}
    short = [one for one in given if len(one.split()) < 3]
    against = re.search(
        rf"{WORD}[\"'»”’]?\s*(?:,\s*)?(?:rather than|instead of|and not|not|over|plutot qu[e']|plutôt qu[e’']|et non(?: pas)?|au lieu de)\s+(?:the |le |la )?{WORD}",
        outside,
        re.I,
    )
    if against:
        found |= {"answer": against[1], "rather_than": against[2]}
    elif short and long:
        found["answer"] = short[0]
    plain = fold(outside)
    for method, pattern in (
        ("integrated_gradients", r"integrated gradient|gradients? integre"),
        ("gradient_x_input", r"gradient (x|times|\*|fois)"),
        ("occlusion", r"occlusion|remov\w+ each|enleve\w* chaque|leave-one-out"),
        ("shapley", r"\bshap"),
    ):
        if re.search(pattern, plain):
            return found | {"method": method} | model(outside)
    return found | model(outside)


def similarity(text: str, lang: str) -> dict[str, Any]:
    """The two texts: quoted, labelled A and B, or one under the other."""
    given = quoted(text)
    if len(given) < 2:
        labelled = re.search(
            r"\b(?:text|texte|version)?\s*[A1]\s*[:=]\s*(.+?)\s*[;,]?\s*\b(?:text|texte|version)?\s*[B2]\s*[:=]\s*(.+)$",
            text,
            re.S,
        )
        blocks = [one.strip() for one in re.split(r"\n\s*\n", text) if len(one.split()) >= 3]
        given = list(labelled.groups()) if labelled else blocks[-2:] if len(blocks) >= 3 else []
    return dict(zip(("text", "other"), given, strict=True)) if len(given) == 2 else {}


PARSERS: dict[str, Callable[[str, str], dict[str, Any]]] = {
    "logprob_bias": logprob_bias,
    "generation_bias": generation_bias,
    "fill_mask": fill_mask,
    "stability": stability,
    "attention": attention,
    "contextual_embeddings": contextual_embeddings,
    "text_saliency": text_saliency,
    "similarity": similarity,
}

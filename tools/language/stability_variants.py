"""Ways to ask the same thing: punctuation, case, typing errors, wrapping phrases, order, language, system prompt.

Every variant is made by program, so that nobody chooses the ones that suit; the built-in question adds
a few by hand. Idea: Elazar et al. 2021 (TACL 9:1012, consistency under paraphrase), Sclar et al. 2023
(arXiv 2310.11324, sensitivity to format).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

MARKS = " \u202f\u00a0?!.…"
KINDS = ("original", "punctuation", "case", "typo", "paraphrase", "order", "language", "system")


@dataclass(frozen=True)
class Variant:
    """One way to ask: what is changed, the request, the system prompt ("": none is sent)."""

    kind: str
    prompt: str
    system: str = ""


@dataclass(frozen=True)
class Question:
    """A built-in question: the same in the other language, and rewordings by hand."""

    prompt: str
    other: str
    paraphrases: tuple[str, ...]
    order: tuple[str, ...]


OBAMA = {
    "en": Question(
        "How old is Obama?", "Quel âge a Obama ?", ("What is Obama’s age?", "How many years old is Obama?"), ("Obama is how old?",)
    ),
    "fr": Question(
        "Quel âge a Obama ?", "How old is Obama?", ("Quel est l’âge d’Obama ?", "Combien d’années a Obama ?"), ("Obama a quel âge ?",)
    ),
}  # fmt: skip
QUESTIONS = {
    "en": ("Can you tell me: {}", "Please answer this question: {}", "I have a question. {}", "Question: {}\nAnswer:"),
    "fr": (
        "Peux-tu me dire : {}",
        "Réponds à cette question : {}",
        "J’ai une question. {}",
        "Question : {}\nRéponse :",
    ),
}
REQUESTS = {
    "en": ("I have a request: {}", "Please do the following: {}", "{} Thank you.", "Task: {}"),
    "fr": ("J’ai une demande : {}", "Fais ce qui suit : {}", "{} Merci.", "Tâche : {}"),
}
SYSTEMS = {
    "en": ("You are a helpful assistant.", "You know this subject very well.", "Answer briefly."),
    "fr": ("Tu es un assistant utile.", "Tu connais très bien ce sujet.", "Réponds brièvement."),
}
OPENERS = {
    "en": r"(?:in|on|at|during|for|after|before|since|with|without|according to|as of)",
    "fr": r"(?:en|au|aux|à|dans|pendant|pour|après|avant|depuis|avec|sans|selon|chez)",
}
ASKS = {
    "en": re.compile(r"^(what|who|whom|whose|which|when|where|why|how|is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|may)\b", re.I),
    "fr": re.compile(r"^(qui|que|qu['’]|quoi|quand|où|pourquoi|comment|combien|quels?|quelles?|est-ce|lequel|laquelle)\b|^\w+-(t-)?(il|elle|on|ils|elles|tu|vous)\b", re.I),
}  # fmt: skip


def variants(
    prompt: str,
    language: str,
    other: str,
    paraphrases: list[str],
    rng: np.random.Generator,
    by_hand: Question | None = None,
) -> list[Variant]:
    """The original first, then every variant that differs from those before it.

    Args:
        other: the same request in the other language ("": none).
        paraphrases: rewordings by the user; they stand before the templates.
        by_hand: the built-in question, when the request is that one.
    """
    frames = (QUESTIONS if asks(prompt, language) else REQUESTS)[language]
    worded = [*paraphrases, *(by_hand.paraphrases if by_hand else ()), *(frame.format(prompt) for frame in frames)]
    found = [
        Variant("original", prompt),
        *(Variant("punctuation", text) for text in punctuated(prompt, language)),
        *(Variant("case", text) for text in cased(prompt)),
        *(Variant("typo", text) for text in mistyped(prompt, rng)),
        *(Variant("paraphrase", text) for text in worded),
        *(Variant("order", text) for text in [*(by_hand.order if by_hand else ()), *reordered(prompt, language)]),
        *([Variant("language", other)] if other.strip() else []),
        *(Variant("system", prompt, system) for system in SYSTEMS[language]),
    ]
    return list({(v.prompt, v.system): v for v in reversed(found)}.values())[::-1]


def asks(prompt: str, language: str) -> bool:
    """Whether the request is a question."""
    return "?" in prompt or bool(ASKS[language].search(prompt.strip()))


def punctuated(prompt: str, language: str) -> list[str]:
    """Without the final mark, and with each of the usual others."""
    stem = prompt.rstrip(MARKS)
    space = " " if language == "fr" else ""
    ends = ["", "?", space + "?", "."] if asks(prompt, language) else ["", ".", space + "!"]
    return list(dict.fromkeys(stem + end for end in ends if stem + end != prompt))


def cased(prompt: str) -> list[str]:
    """The first letter small, all letters small, all letters capital."""
    return [text for text in (prompt[:1].lower() + prompt[1:], prompt.lower(), prompt.upper()) if text != prompt]


def mistyped(prompt: str, rng: np.random.Generator) -> list[str]:
    """One typing error each: two letters exchanged, one doubled, one lost; inside words of three letters or more."""
    words = [match for match in re.finditer(r"[^\W\d_]{3,}", prompt)]
    found = []
    for error in ("exchange", "double", "lose"):
        if not words:
            break
        word = words[int(rng.integers(len(words)))]
        at = word.start() + 1 + int(rng.integers(word.end() - word.start() - 2))
        one, two = prompt[at], prompt[at + 1]
        middle = {"exchange": two + one, "double": one + one + two, "lose": two}[error]
        found.append(prompt[:at] + middle + prompt[at + 2 :])
    return [text for text in found if text != prompt]


def reordered(prompt: str, language: str) -> list[str]:
    """Another order that keeps the meaning, where a rule finds one.

    The two sides of an "or" exchanged ("tea or coffee"), a circumstance at the head put at the end
    ("In France, who …?"), two sentences exchanged (the context and the question).
    """
    found = []
    joint = "or" if language == "en" else "ou"
    choice = re.search(rf"\b([\w'’-]+) {joint} ([\w'’-]+)\b", prompt)
    if choice:
        found.append(prompt[: choice.start()] + f"{choice[2]} {joint} {choice[1]}" + prompt[choice.end() :])
    head = re.match(rf"({OPENERS[language]}\b[^,?.!]*), ([^?.!]+?)([{MARKS}]*)$", prompt, re.I)
    if head:
        first = head[2][:1].upper() + head[2][1:]
        found.append(f"{first} {head[1][:1].lower()}{head[1][1:]}{head[3]}")
    parts = re.findall(r"[^.?!]+[.?!]+", prompt)
    if len(parts) == 2 and not prompt[len("".join(parts)) :].strip():
        found.append(f"{parts[1].strip()} {parts[0].strip()}")
    return found

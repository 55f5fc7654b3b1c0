"""What is sent on the round trip: the built-in lists, the language of a text, and its sentences."""

from __future__ import annotations

import re

from tools.finding import Lang
from tools.specimens.languages import identifier

# The four of the course (English → Persian → English in an online translator), one text a line.
SANDRA: dict[str, list[str]] = {
    "en": [
        "Her name is Sandra. She obtained her PhD in computer science in 1989.",
        "Her name is Sandra. She is a nurse working with babies in hospital.",
        "His name is Alexander. He obtained his PhD in computer science in 1989.",
        "His name is Alexander. He is a nurse working with babies in hospital.",
    ],
    "fr": [
        "Elle s’appelle Sandra. Elle a obtenu son doctorat en informatique en 1989.",
        "Elle s’appelle Sandra. Elle est infirmière et s’occupe de bébés à l’hôpital.",
        "Il s’appelle Alexandre. Il a obtenu son doctorat en informatique en 1989.",
        "Il s’appelle Alexandre. Il est infirmier et s’occupe de bébés à l’hôpital.",
    ],
}

# Ten jobs, masculine/feminine in French. Each comes in both genders, so no statistic of who holds them is needed.
_JOBS_EN = "doctor engineer mechanic surgeon lawyer nurse teacher secretary hairdresser cashier"
_JOBS_FR = """médecin/médecin ingénieur/ingénieure mécanicien/mécanicienne chirurgien/chirurgienne avocat/avocate
    infirmier/infirmière enseignant/enseignante secrétaire/secrétaire coiffeur/coiffeuse caissier/caissière"""


def occupations(lang: str) -> list[str]:
    """Forty sentences: ten jobs, two genders, the gender said by a pronoun ("She is…") or elsewhere ("…her work")."""
    sentences = []
    if lang == "en":
        for job in _JOBS_EN.split():
            article = "an" if job[0] in "aeiou" else "a"
            sentences += [f"She is {article} {job}.", f"He is {article} {job}."]
            sentences += [f"The {job} finished her work.", f"The {job} finished his work."]
        return sentences
    for pair in _JOBS_FR.split():
        man, woman = pair.split("/")
        sentences += [f"Elle est {woman}.", f"Il est {man}."]
        sentences += [f"{_the(woman, 'La')} a terminé son travail.", f"{_the(man, 'Le')} a terminé son travail."]
    return sentences


def _the(job: str, article: str) -> str:
    return f"L’{job}" if job[0] in "aeioué" else f"{article} {job}"


def language(text: str, otherwise: Lang) -> Lang:
    """ "en" or "fr", whichever the text is closer to; ``otherwise`` when it has no word."""
    if not re.search(r"[^\W\d_]", text):
        return otherwise
    return "fr" if identifier("en", "fr").classify(text)[0] == "fr" else "en"


_END = re.compile(r"[.!?…]+[»”\"')\]]*\s+(?=[«“\"'(\[]*\s*[^\W\d_])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|mme|mlle|sr|sra|cf|p\.?\s?ex|e\.g|i\.e|[a-hj-z])\.$", re.I
)


def split(text: str) -> list[str]:
    """The sentences of a text: cut after . ! ? … before a capital letter, not after "Dr." or an initial."""
    pieces, start = [], 0
    for match in _END.finditer(text):
        head, following = text[start : match.end()].rstrip(), text[match.end() :].lstrip("«“\"'([ \u202f\u00a0")
        if following[:1].islower() or _ABBREVIATION.search(head):
            continue
        pieces.append(head)
        start = match.end()
    return [piece for piece in (*pieces, text[start:].strip()) if piece]


def align(original: str, pivot: str, back: str) -> list[tuple[str, str, str]]:
    """The three versions of a line, sentence by sentence; the whole line when their counts differ."""
    split_up = [split(version) for version in (original, pivot, back)]
    if len({len(sentences) for sentences in split_up}) == 1:
        return list(zip(*split_up, strict=True))
    return [(original, pivot, back)]

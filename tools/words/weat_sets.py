"""The word sets of WEAT: the ten tests of the 2017 paper, lists of one's own, and which words the vectors hold.

``iat_d``: the human Implicit Association Test of the same theme (Table 1 of Caliskan, Bryson and
Narayanan 2017; tests 4 and 5 have none). ``glove_d``: the paper's d on GloVe 840B vectors, checked
against Will Lowe's independent replication in R (package cbn, 2018).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from tools.errors import BadInput
from tools.finding import Text
from tools.numbers import percent
from tools.numbers import words as listed
from tools.specimens import fetch
from tools.specimens.words import WordVectors
from tools.words.association import Comparison, Floats


@dataclass(frozen=True)
class Labels:
    """How a test's four sets are called in a sentence; French targets carry their article, attributes do not."""

    title: Text
    x: Text
    y: Text
    a: Text
    b: Text
    keys: tuple[str, str, str, str] = ("", "", "", "")
    iat_d: float | None = None
    glove_d: float | None = None


FLOWERS, INSECTS = Text(en="flower names", fr="les noms de fleurs"), Text(en="insect names", fr="les noms d’insectes")
INSTRUMENTS = Text(en="names of musical instruments", fr="les noms d’instruments de musique")
WEAPONS = Text(en="names of weapons", fr="les noms d’armes")
EUROPEAN = Text(en="European-American first names", fr="les prénoms euro-américains")
AFRICAN = Text(en="African-American first names", fr="les prénoms afro-américains")
MEN, WOMEN = (
    Text(en="men’s first names", fr="les prénoms masculins"),
    Text(en="women’s first names", fr="les prénoms féminins"),
)
MATHS, ARTS = (
    Text(en="words of mathematics", fr="les mots des mathématiques"),
    Text(en="words of the arts", fr="les mots des arts"),
)
SCIENCE = Text(en="words of science", fr="les mots des sciences")
MENTAL = Text(en="words of mental illness", fr="les mots de la maladie mentale")
PHYSICAL = Text(en="words of physical illness", fr="les mots de la maladie physique")
YOUNG = Text(en="young people’s first names", fr="les prénoms de jeunes")
OLD = Text(en="old people’s first names", fr="les prénoms de personnes âgées")
PLEASANT, UNPLEASANT = (
    Text(en="pleasant words", fr="mots agréables"),
    Text(en="unpleasant words", fr="mots désagréables"),
)
CAREER, FAMILY = Text(en="career words", fr="mots de la carrière"), Text(en="family words", fr="mots de la famille")
MALE, FEMALE = Text(en="male words", fr="mots masculins"), Text(en="female words", fr="mots féminins")
TEMPORARY = Text(en="words for what is temporary", fr="mots du temporaire")
PERMANENT = Text(en="words for what is permanent", fr="mots du permanent")


TESTS = {
    "1": Labels(
        Text(en="flowers / insects", fr="fleurs / insectes"), FLOWERS, INSECTS, PLEASANT, UNPLEASANT,
        ("flowers", "insects", "pleasant_5", "unpleasant_5a"), 1.35, 1.50,
    ),
    "2": Labels(
        Text(en="instruments / weapons", fr="instruments / armes"), INSTRUMENTS, WEAPONS, PLEASANT, UNPLEASANT,
        ("instruments", "weapons", "pleasant_5", "unpleasant_5a"), 1.66, 1.53,
    ),
    "3": Labels(
        Text(en="Euro- / Afro-American names, 32", fr="prénoms euro- / afro-amér., 32"), EUROPEAN, AFRICAN, PLEASANT, UNPLEASANT,
        ("european_american_names_5", "african_american_names_5", "pleasant_5", "unpleasant_5b"), 1.17, 1.41,
    ),
    "4": Labels(
        Text(en="Euro- / Afro-American names, 18", fr="prénoms euro- / afro-amér., 18"), EUROPEAN, AFRICAN, PLEASANT, UNPLEASANT,
        ("european_american_names_7", "african_american_names_7", "pleasant_5", "unpleasant_5b"), None, 1.50,
    ),
    "5": Labels(
        Text(en="the same names, 8 attributes", fr="mêmes prénoms, 8 attributs"), EUROPEAN, AFRICAN, PLEASANT, UNPLEASANT,
        ("european_american_names_7", "african_american_names_7", "pleasant_9", "unpleasant_9"), None, 1.28,
    ),
    "6": Labels(
        Text(en="men / women: career, family", fr="hommes / femmes : carrière, famille"), MEN, WOMEN, CAREER, FAMILY,
        ("male_names", "female_names", "career", "family"), 0.72, 1.81,
    ),
    "7": Labels(
        Text(en="maths / arts: male, female", fr="maths / arts : masculin, féminin"), MATHS, ARTS, MALE, FEMALE,
        ("math", "arts", "male_terms", "female_terms"), 0.82, 1.06,
    ),
    "8": Labels(
        Text(en="science / arts: male, female", fr="sciences / arts : masculin, féminin"), SCIENCE, ARTS, MALE, FEMALE,
        ("science", "arts_2", "male_terms_2", "female_terms_2"), 1.47, 1.24,
    ),
    "9": Labels(
        Text(en="mental / physical illness", fr="maladie mentale / physique"), MENTAL, PHYSICAL, TEMPORARY, PERMANENT,
        ("mental_disease", "physical_disease", "temporary", "permanent"), 1.01, 1.38,
    ),
    "10": Labels(
        Text(en="young / old people’s names", fr="prénoms de jeunes / de vieux"), YOUNG, OLD, PLEASANT, UNPLEASANT,
        ("young_people_names", "old_people_names", "pleasant_9", "unpleasant_9"), 1.42, 1.21,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Group:
    """One set: the words given, those the vectors hold (in the vocabulary's spelling, once each), their unit "
    "vectors."""

    letter: str
    label: Text
    given: list[str]
    found: list[str]
    missing: list[str]
    unit: Floats

    @property
    def coverage(self) -> float:
        """The share of the words given that the vectors hold."""
        return 1 - len(self.missing) / len(self.given) if self.given else 1.0


@dataclass(frozen=True)
class Sets:
    """The sets of one test; ``y`` is empty in a single-category test (X against A and B)."""

    name: str
    labels: Labels
    x: Group
    y: Group
    a: Group
    b: Group

    @property
    def single(self) -> bool:
        """Whether there is one target set only."""
        return not self.y.given

    @property
    def groups(self) -> list[Group]:
        """The three or four sets in use."""
        return [group for group in (self.x, self.y, self.a, self.b) if group.given]


@dataclass(frozen=True)
class Measured:
    """A test carried out: the sets, the score of each word of the two groups compared, and the comparison.

    The groups compared are X and Y; in a single-category test A and B.
    """

    sets: Sets
    first: Group
    second: Group
    first_scores: Floats
    second_scores: Floats
    result: Comparison


def published(test: str, space: WordVectors) -> Sets:
    """The sets of one of the ten tests, from the word lists that ship beside the word2vec vectors."""
    labels = TESTS[test]
    lists: dict[str, list[str]] = json.loads((fetch.path("word2vec") / "WEAT.json").read_text(encoding="utf-8"))
    x, y, a, b = (lists[key] for key in labels.keys)
    return _sets(test, labels, (x, y, a, b), space)


def custom(x: list[str], y: list[str], a: list[str], b: list[str], space: WordVectors) -> Sets:
    """Sets of one's own; ``BadInput`` when X, A or B is not given."""
    for letter, given in (("x", x), ("a", a), ("b", b)):
        if not given:
            raise BadInput(
                f"A test with your own words needs --x, --a and --b (and --y for a second target group); --{letter} "
                f"is empty.",
                "Un test sur vos propres mots a besoin de --x, --a et --b (et de --y pour un second groupe cible) ; "
                f"--{letter} est vide.",
            )
    few = [", ".join(words[:2]) + ("…" if len(words) > 2 else "") for words in (x, y, a, b)]
    labels = Labels(
        title=Text(en="your own words", fr="vos propres mots"),
        x=Text(en=f"the X words ({few[0]})", fr=f"les mots X ({few[0]})"),
        y=Text(en=f"the Y words ({few[1]})", fr=f"les mots Y ({few[1]})"),
        a=Text(en=f"the A words ({few[2]})", fr=f"mots A ({few[2]})"),
        b=Text(en=f"the B words ({few[3]})", fr=f"mots B ({few[3]})"),
    )
    return _sets("custom", labels, (x, y, a, b), space)


def _sets(name: str, labels: Labels, lists: tuple[list[str], ...], space: WordVectors) -> Sets:
    """Looks every word up; refuses a word that stands in two sets."""
    named = zip("XYAB", (labels.x, labels.y, labels.a, labels.b), lists, strict=True)
    groups = [_group(letter, label, given, space) for letter, label, given in named]
    for one, other in combinations(groups, 2):
        shared = [word for word in one.found if word in other.found]
        if shared:
            raise BadInput(
                f"The sets {one.letter} and {other.letter} share {listed(shared, 'en')}. Take each word out of one "
                f"of them.",
                f"Les groupes {one.letter} et {other.letter} ont en commun {listed(shared, 'fr')}. "
                "Retirez chaque mot de l’un des deux.",
            )
    return Sets(name, labels, *groups)


def _group(letter: str, label: Text, given: list[str], space: WordVectors) -> Group:
    pairs = [(word, space.find(word)) for word in given]
    found = list(dict.fromkeys(spelling for _, spelling in pairs if spelling is not None))
    missing = [word for word, spelling in pairs if spelling is None]
    unit = space.unit[[space.index[word] for word in found]].astype(np.float64)
    return Group(letter, label, given, found, missing, unit)


def check_coverage(sets: Sets, minimum: float) -> None:
    """``BadInput`` names the missing words when a set is covered less than ``minimum`` or keeps too few words."""
    for group in sets.groups:
        # One target word against two attribute sets is the test in its first form; any other set needs a spread.
        least = 1 if sets.single and group is sets.x else 2
        few = len(group.found) < least
        if not few and group.coverage >= minimum:
            continue
        missing = ", ".join(group.missing) or "–"
        why = (
            Text(en=f"at least {least} different ones are needed", fr=f"il en faut au moins {least} différents")
            if few
            else Text(en=f"the minimum is {percent(minimum, 'en')}", fr=f"le minimum est {percent(minimum, 'fr')}")
        )
        lower = Text(en=", or a lower --minimum-coverage", fr=", ou un --minimum-coverage plus bas")
        raise BadInput(
            f"WEAT {sets.name}: the vectors hold {len(group.found)} of the {len(group.given)} words of set "
            f"{group.letter}, "
            f"and {why.en}. Missing: {missing}. Give other words or other --vectors{'' if few else lower.en}.",
            f"WEAT {sets.name} : les vecteurs contiennent {len(group.found)} des {len(group.given)} mots du groupe "
            f"{group.letter}, et {why.fr}. Absents : {missing}. Donnez d’autres mots ou d’autres --vectors"
            f"{'' if few else lower.fr}.",
        )

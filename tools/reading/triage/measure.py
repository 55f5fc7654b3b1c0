"""What a described system may do to people: harms, places of bias, tier, questions, incidents that resemble it.

Rules first: concepts found in the words (``lexicon``) carry weights to the six
classes of Weidinger et al. (2021), point to the seven places of bias of the
course and satisfy the articles of the AI Act. Retrieval second: the sheets of
the library whose summaries are nearest in meaning add their classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from knowledge.categories import HARMS
from tools.reading.triage.lexicon import HERE, Reading, read

if TYPE_CHECKING:
    from knowledge.documents import Document
    from knowledge.search import Hit

TIERS = ("prohibited", "high", "limited", "minimal", "none")
NEIGHBOURS = 6  # sheets whose classes are counted
NEAR = 0.30  # cosine under which a sheet is not a neighbour
FEW = 1.5  # sum of cosines under which the neighbours are too few to count whole
VOTE = 1.6  # what a class held by all the neighbours adds
ENOUGH = 0.8  # score from which a class is named
SHARE = 0.45  # and at least this share of the highest score
LISTED = 4  # incidents shown
ALIKE = 0.35  # cosine from which an incident is shown, and a text without a word for a machine is still read
MACHINES = frozenset(
    {
        "machine", "scoring", "chatbot", "generation", "synthetic", "translation", "identification", "verification",
        "categorisation", "emotion", "expression", "cameras", "scraping", "social_scoring", "vehicle", "automatic",
    }
)  # fmt: skip  # concepts that say that a machine is at work
NEXT = 5  # questions to ask next
LONGEST = 1500  # characters of the description that are searched for


@dataclass(frozen=True)
class Harm:
    """A class of harm: its score, the part that the neighbours gave, the concepts that speak for it."""

    name: str
    score: float
    votes: float
    concepts: list[str]


@dataclass(frozen=True)
class Kind:
    """A place of bias: ``pointed`` when words point there, ``stated`` when a precaution is described, else ``silent``."""

    rule: dict[str, Any]
    status: str
    concepts: list[str]


@dataclass(frozen=True)
class Rule:
    """A rule of the AI Act that holds, and the concepts by which it holds."""

    tier: str
    article: str
    entry: dict[str, Any]
    concepts: list[str]


@dataclass(frozen=True)
class Near:
    """An incident sheet near the description: cosine of its summary, and its document."""

    cosine: float
    sheet: Document


@dataclass(frozen=True)
class Triage:
    """Everything that was found, and what was not."""

    text: str
    lang: str | None
    builtin: bool
    reading: Reading
    harms: list[Harm]
    kinds: list[Kind]
    rules: list[Rule]
    near: list[Near]
    incidents: list[Hit]

    @property
    def tier(self) -> str:
        """The highest tier with a rule that holds; "" when none does."""
        return self.rules[0].tier if self.rules else ""

    @property
    def abstains(self) -> bool:
        """Whether the description gave nothing to go by: no class and no tier."""
        return not self.harms and not self.rules

    def answered(self, question: dict[str, Any]) -> bool:
        """Whether some words of the description speak of a question."""
        return any(name in self.reading.found for name in question["said"])

    @property
    def unanswered(self) -> list[dict[str, Any]]:
        """The questions of which the description says nothing, the most urgent first."""
        return sorted((one for one in rules()["questions"] if not self.answered(one)), key=lambda one: one["rank"])

    @property
    def following(self) -> list[dict[str, str]]:
        """What to ask next: what could change the tier, what would test a place of bias, what was not said."""
        other = [rule for rule in self.rules if not set(self.rules[0].concepts[:1]) & set(rule.concepts)]
        first = [rule.entry["ask"] for rule in [*self.rules[:1], *other[:1]]]
        second = [kind.rule["check"] for kind in self.kinds if kind.status == "pointed"][:1]
        chosen: list[dict[str, str]] = []
        for question in [*first, *second, *(one["text"] for one in self.unanswered)]:
            if question not in chosen:
                chosen.append(question)
        return chosen[:NEXT]


@lru_cache(maxsize=1)
def rules() -> dict[str, Any]:
    """``rules.yaml`` as it is written."""
    import yaml

    loaded: dict[str, Any] = yaml.safe_load((HERE / "rules.yaml").read_text(encoding="utf-8"))
    return loaded


def triage(text: str, lang: str | None, builtin: bool = False, leave_out: str = "") -> Triage:
    """The triage of a description; ``leave_out`` is the sheet that may not be its own neighbour."""
    reading, near = read(text, lang), neighbours(text, leave_out)
    if not MACHINES & reading.found.keys() and not (near and near[0].cosine >= ALIKE):
        reading = Reading()  # nothing says that a machine is at work
    return Triage(text, lang, builtin, reading, classes(reading, near), places(reading), articles(reading), near, [])


def classes(reading: Reading, near: list[Near]) -> list[Harm]:
    """The classes of harm whose score is high enough, highest first; none without a word that speaks of one."""
    scored = []
    for name in HARMS:
        weights = rules()["harms"][name]
        concepts = sorted((one for one in weights if one in reading.found), key=lambda one: -weights[one])
        total = max(sum(one.cosine for one in near), FEW)
        votes = VOTE * sum(one.cosine for one in near if name in one.sheet.harms) / total
        scored.append(Harm(name, sum(weights[one] for one in concepts) + votes, votes, concepts))
    scored.sort(key=lambda harm: (-harm.score, harm.name))
    if not any(harm.concepts for harm in scored):
        return []
    return [harm for harm in scored if harm.score >= max(ENOUGH, SHARE * scored[0].score)]


def places(reading: Reading) -> list[Kind]:
    """The seven places of bias, in the order of the pipeline, with what the words say of each."""
    found = []
    for rule in rules()["kinds"]:
        concepts = [name for name in rule["concepts"] if name in reading.found]
        stated = [name for name in rule["unless"] if name in reading.found]
        status = "pointed" if concepts and not stated else "stated" if stated else "silent"
        found.append(Kind(rule, status, concepts or stated))
    return found


def articles(reading: Reading) -> list[Rule]:
    """The rules of the AI Act that hold, by tier from the highest, in the order of the list."""
    held = []
    for entry in rules()["tiers"]:
        said = [[name for name in choice if name in reading.found] for choice in entry["all"]]
        if all(said) and not any(name in reading.found for name in entry["none"]):
            held.append(Rule(entry["tier"], entry["article"], entry, [names[0] for names in said]))
    return sorted(held, key=lambda rule: TIERS.index(rule.tier))


def neighbours(text: str, leave_out: str = "") -> list[Near]:
    """The incident sheets nearest in meaning by the cosine of their summary, nearest first, each once."""
    from knowledge import encoder, vectors
    from knowledge.documents import documents

    sheets = [one for one in documents() if one.kind == "incident" and one.id != leave_out]
    if not sheets or not any(letter.isalpha() for letter in text):
        return []
    cosines = vectors.encode([one.summary for one in sheets]) @ encoder.encode([text])[0]
    best: dict[str, Near] = {}
    for cosine, sheet in zip(cosines.tolist(), sheets, strict=True):
        if cosine > best.get(sheet.id, Near(NEAR, sheet)).cosine:
            best[sheet.id] = Near(cosine, sheet)
    return sorted(best.values(), key=lambda one: (-one.cosine, one.sheet.id))[:NEIGHBOURS]


def similar(text: str, lang: str) -> list[Hit]:
    """The incidents of the library that a search finds for the description, best first, each once."""
    from knowledge.search import Only, search

    found: dict[str, Hit] = {}
    for hit in search(text[:LONGEST], k=40, lang=lang, only=Only(kind="incident")):
        if hit.score >= ALIKE:
            found.setdefault(hit.doc, hit)
    return list(found.values())[:LISTED]

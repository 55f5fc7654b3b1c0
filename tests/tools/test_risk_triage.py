"""Known descriptions, negation, abstention, awkward texts; agreement with the 44 incident sheets and on new descriptions."""

from __future__ import annotations

import re
import time

import pytest

from knowledge.bibliography import entries
from knowledge.documents import documents
from tools.errors import BadInput
from tools.finding import Finding, Lang, Text
from tools.reading.risk_triage import risk_triage
from tools.reading.triage.cases import BUILTIN
from tools.reading.triage.lexicon import compiled, concepts, denied, folded, read
from tools.reading.triage.measure import TIERS, articles, rules, triage
from tools.reading.triage.reading import AGREEMENT, ALWAYS_W1, NEW

# Written after the lists were finished, and never used to change them: language, description, classes of harm that
# would be right ("" when none), tier ("" when none is meant).
DESCRIPTIONS = [
    ("en", "A county gives every homeless person a number that sets the order in which they are offered a room.", "W6 W1", "high"),
    ("en", "Our legal team lets a model draft contracts; last month it cited a law that was repealed.", "W3 W5", "limited"),
    ("en", "A dashboard tells store managers which cashiers to let go next quarter.", "W6 W1", "high"),
    ("en", "A messaging app reads private conversations to place advertising.", "W2", ""),
    ("en", "A tutoring robot for children remembers everything they tell it and encourages them to come back.", "W5 W2", "limited"),
    ("en", "A generator of portraits gives CEOs white faces and cleaners dark ones.", "W1", "limited"),
    ("en", "A car park reads number plates to open the barrier.", "W2", "minimal"),
    ("en", "Criminals use a voice model to call grandparents and ask for money.", "W4", "limited"),
    ("en", "An algorithm decides which asylum seekers are interviewed first.", "W6 W1", "high"),
    ("en", "A bakery predicts how much bread to bake.", "", "minimal"),
    ("fr", "Un cabinet note les candidats d’après leur sourire pendant l’entretien vidéo.", "W1 W6", "high"),
    ("fr", "Une caisse de retraite suspend les pensions quand un programme soupçonne une fraude.", "W6 W1", "high"),
    ("fr", "Une encyclopédie écrite par un modèle attribue des livres à des auteurs qui ne les ont pas écrits.", "W3", "limited"),
    ("fr", "Un propriétaire surveille les entrées de l’immeuble par reconnaissance faciale.", "W2 W1", "high"),
    ("fr", "Une appli estime l’âge des clientes d’après leur visage pour choisir la publicité.", "W1 W2", "high"),
    ("fr", "Un modèle répartit les ambulances entre les quartiers.", "W6 W5 W1", "high"),
    ("fr", "Une plateforme de vidéos recommande des contenus de plus en plus haineux.", "W1", "minimal"),
    ("fr", "Des annotateurs payés à la tâche trient des images violentes pour un filtre.", "W6", "none"),
    ("fr", "Un drone de l’armée choisit seul ses cibles.", "W4 W6 W5", "none"),
    ("fr", "Un logiciel range les factures par date.", "", "minimal"),
]  # fmt: skip


def tier(text: str, lang: str | None = "en") -> tuple[str, str]:
    """The highest rule that holds by the words alone: tier and article."""
    held = articles(read(text, lang))
    return (held[0].tier, held[0].article) if held else ("", "")


def cells(finding: Finding, table: str, lang: Lang) -> list[list[str]]:
    """A table in one language."""
    rows = next(one for one in finding.tables if one.name == table).rows
    return [[cell.get(lang) if isinstance(cell, Text) else str(cell) for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("entry", "text", "holds"),
    [
        ("recruit*", "Recruiters read", True),
        ("recruit*", "unrecruited", False),
        ("loan", "loans", False),
        ("x ray*", "two X-rays", True),
        ("emploi", "offre d’emploi", True),
        ("(rate|rank)* .. staff", "It ranks all of the staff", True),
        ("(rate|rank)* .. staff", "It ranks films. Our staff watches", False),  # not across a sentence
        ("a .. b", "a 1 2 3 4 5 6 b", False),  # six words between: too far
        ("elève", "ÉLÈVE", True),
    ],
)
def test_patterns(entry: str, text: str, holds: bool) -> None:
    assert (compiled([entry]).search(folded(text)[0]) is not None) is holds


def test_folding_keeps_the_place_of_each_letter() -> None:
    plain, places = folded("Évaluée à 92 %")
    assert len(plain) == len(places)
    assert [("Évaluée à 92 %")[place] for place in places][:3] == ["É", "v", "a"]
    assert read("Un œil sur les élèves", "fr").found["education"] == ["élèves"]


def test_negation() -> None:
    assert (
        denied("the system does not use ") and denied("un tri sans aucune ") and not denied("not cheap, but it uses ")
    )
    reading = read("It counts bicycles. It does not use facial recognition.", "en")
    assert "identification" in reading.denied and "identification" not in reading.found
    assert tier("It counts bicycles. It does not use facial recognition.")[0] == "minimal"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We scrape faces from the web into a database for face search.", ("prohibited", "Art. 5(1)(e)")),
        ("It infers the emotions of employees at work.", ("prohibited", "Art. 5(1)(f)")),
        ("It detects the fatigue and emotions of employees, for a medical reason.", ("high", "Annex III, 1(c)")),
        ("Police cameras use real-time facial recognition in stations.", ("prohibited", "Art. 5(1)(h)")),
        ("It guesses religion from a photo of a face.", ("prohibited", "Art. 5(1)(g)")),
        ("It predicts future criminals from their personality traits.", ("prohibited", "Art. 5(1)(d)")),
        ("A social credit score for all citizens.", ("prohibited", "Art. 5(1)(c)")),
        ("A game manipulates children to spend.", ("prohibited", "Art. 5(1)(b)")),
        ("Subliminal advertising chosen by a model.", ("prohibited", "Art. 5(1)(a)")),
        ("A model controls the traffic lights of the city.", ("high", "Annex III, 2")),
        ("A program that marks the exams of students.", ("high", "Annex III, 3")),
        ("A model ranks job candidates by their CV.", ("high", "Annex III, 4(a)")),
        ("A model scores loan requests.", ("high", "Annex III, 5(b)")),
        ("A score for reoffending, from past convictions, for the police.", ("high", "Annex III, 6")),
        ("It helps to examine asylum requests.", ("high", "Annex III, 7")),
        ("It helps judges to find case law.", ("high", "Annex III, 8(a)")),
        ("A robotaxi drives passengers.", ("high", "Art. 6(1)")),
        ("A chatbot for visitors.", ("limited", "Art. 50(1)")),
        ("It generates images from text.", ("limited", "Art. 50(2) and (4)")),
        ("Military drones, for national security.", ("none", "Art. 2")),
        ("A spam filter.", ("minimal", "")),
        ("A system for our firm.", ("", "")),
    ],
)
def test_tiers(text: str, expected: tuple[str, str]) -> None:
    assert tier(text) == expected


def test_face_verification_is_not_identification() -> None:
    assert "Annex III, 1(a)" not in [
        rule.article for rule in articles(read("Facial recognition to unlock my phone, Face ID.", "en"))
    ]


def test_rules_name_concepts_that_exist_and_texts_are_in_both_languages() -> None:
    known, held = set(concepts()), rules()
    named = {name for weights in held["harms"].values() for name in weights}
    named |= {name for kind in held["kinds"] for name in kind["concepts"] + kind["unless"]}
    named |= {name for question in held["questions"] for name in question["said"]}
    named |= {name for rule in held["tiers"] for choice in [*rule["all"], rule["none"]] for name in choice}
    assert named <= known
    assert (
        len(held["kinds"]) == 7 and len(held["harms"]) == 6 and {rule["tier"] for rule in held["tiers"]} == set(TIERS)
    )
    for rule in held["tiers"]:
        assert rule["name"]["en"] and rule["name"]["fr"] and rule["ask"]["fr"].endswith(("?", ".")), rule["article"]


@pytest.mark.real
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_agreement_with_the_sheets(lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """From the summary alone; the sheet itself, in either language, is no neighbour."""
    sheets = [one for one in documents() if one.kind == "incident" and one.lang == lang]
    first = main = act = always = 0
    for sheet in sheets:
        m = triage(sheet.summary, lang, leave_out=sheet.id)
        assert sheet.id not in [one.sheet.id for one in m.near]
        named = [harm.name for harm in m.harms]
        first += bool(named) and named[0] in sheet.harms
        main += sheet.harms[0] in named
        act += m.tier == sheet.ai_act
        always += "W1" in sheet.harms
    n = len(sheets)
    with capsys.disabled():
        print(
            f"\nrisk_triage, {lang}: first class {first}/{n}, main class named {main}/{n}, tier {act}/{n}, always W1 {always}/{n}"
        )
    assert (first, main, n) == AGREEMENT[lang] and always == ALWAYS_W1
    assert first / n >= 0.8 and main / n >= 0.8


@pytest.mark.real
def test_new_descriptions_are_left_open_rather_than_sorted_wrongly() -> None:
    right = wrong = tiers = false_tiers = 0
    for lang, text, classes, expected in DESCRIPTIONS:
        m = triage(text, lang)
        named = [harm.name for harm in m.harms]
        ok = named[0] in classes.split() if named else not classes
        right, wrong = right + ok, wrong + (not ok and bool(named))
        tiers, false_tiers = tiers + (m.tier == expected), false_tiers + bool(m.tier and m.tier != expected)
    assert (right, wrong, tiers, false_tiers, len(DESCRIPTIONS)) == NEW
    assert wrong <= 2 and false_tiers <= 2


@pytest.mark.real
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_built_in_case(lang: Lang) -> None:
    finding = risk_triage.run({}, lang=lang)
    started = time.monotonic()
    again = risk_triage.run({}, lang=lang)
    assert time.monotonic() - started < 5
    assert finding.model_dump(exclude={"seconds"}) == again.model_dump(exclude={"seconds"})
    act = cells(finding, "ai_act", lang)
    assert "5(1)(f)" in act[0][1] and any("4(a)" in row[1] for row in act)
    assert cells(finding, "harms", lang)[0][0] == "W1"
    assert len(cells(finding, "places", lang)) == 7 and len(cells(finding, "next", lang)) == 5
    assert "amazon-recruiting" in [row[-1] for row in cells(finding, "incidents", lang)]
    for text in (finding.summary, finding.how_to_read, finding.limits, finding.figures[0].alt):
        assert text.en and text.fr and text.en != text.fr
        assert not re.search(r"\d\.\d", text.fr)
    assert "legal advice" in finding.summary.en and "avis juridique" in finding.limits.fr
    assert set(finding.references) <= set(entries())
    assert finding.figures[0].data.startswith("<svg")


@pytest.mark.real
@pytest.mark.parametrize(
    "text",
    ["The weather is fine and I eat an apple.", "Mon chien a mangé mes devoirs hier soir.", "for i in range(10): print(i ** 2, end=end)",
     "هذا النظام يصنف السير الذاتية للمرشحين", "My cat was killed by a car in the street."],
)  # fmt: skip
def test_abstains_when_nothing_matches(text: str) -> None:
    finding = risk_triage.run({"text": text})
    assert not cells(finding, "harms", "en") and not cells(finding, "ai_act", "en")
    assert "nothing is concluded" in finding.summary.en and "rien n’est conclu" in finding.summary.fr
    assert len(cells(finding, "next", "en")) == 5 and finding.figures


@pytest.mark.real
def test_mixed_languages_and_long_descriptions() -> None:
    mixed = risk_triage.run({"text": "The model reads each CV. Les recruteurs voient le score avant l’entretien."})
    assert cells(mixed, "ai_act", "en")[0][1] == "Annex III, 4(a)"
    long = risk_triage.run({"text": BUILTIN["fr"] * 12}, lang="fr")
    assert cells(long, "ai_act", "fr")[0][0] == "interdit"


@pytest.mark.parametrize("text", ["CV", "🙂🙂", "  ", "1 2 3 4 5 6"])
def test_too_little(text: str) -> None:
    with pytest.raises(BadInput, match="needs a sentence"):
        risk_triage.run({"text": text})


def test_too_long_and_unknown_arguments() -> None:
    with pytest.raises(BadInput, match="text"):
        risk_triage.run({"text": "word " * 3000})
    with pytest.raises(BadInput):
        risk_triage.run({"system": "x"})

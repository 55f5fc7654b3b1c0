"""The estimates and the tables of ``risk_triage``: each answer with the words that led to it, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.categories import AI_ACT, HARMS
from tools.finding import Cell, Estimate, Lang, Table, Text, both, same
from tools.proportions import wilson
from tools.reading.triage import text as words
from tools.reading.triage.lexicon import concepts
from tools.reading.triage.measure import rules
from tools.reading.triage.reading import AGREEMENT, ALWAYS_W1

if TYPE_CHECKING:
    from tools.reading.triage.measure import Triage

WORDS = Text(en="Words", fr="Mots")


def estimates(m: Triage, lang: Lang) -> list[Estimate]:
    """How many classes, places and questions, the nearest incident, and the agreement on the sheets."""
    first, _, n = AGREEMENT[lang]
    low, high = wilson(first, n)
    pointed = sum(kind.status == "pointed" for kind in m.kinds)
    found = [
        Estimate(name="harm_classes", label=Text(en="Classes of harm named", fr="Classes de dommage nommées"), value=len(m.harms), n=len(HARMS)),
        Estimate(name="places_of_bias", label=Text(en="Places of bias that words point to", fr="Endroits de biais où des mots conduisent"), value=pointed, n=len(m.kinds)),
        Estimate(name="unanswered", label=Text(en="Questions left without an answer", fr="Questions laissées sans réponse"), value=len(m.unanswered), n=len(rules()["questions"])),
        Estimate(
            name="agreement", label=Text(en="Share of incident sheets whose class is found", fr="Part des fiches d’incident dont la classe est trouvée"),
            value=first / n, low=low, high=high, confidence=0.95, n=n, baseline=ALWAYS_W1 / n,
            baseline_label=Text(en="always answering W1", fr="répondre toujours W1"),
        ),
    ]  # fmt: skip
    if m.incidents:
        label = Text(
            en="Cosine of the nearest passage of an incident", fr="Cosinus du passage d’incident le plus proche"
        )
        found.append(Estimate(name="nearest", label=label, value=m.incidents[0].score, n=n))
    return found


def tables(m: Triage) -> list[Table]:
    """Harms, tier, places of bias, questions, what to ask next, incidents, what was not found."""
    return [harms(m), act(m), places(m), questions(m), following(m), incidents(m), missing(m)]


def harms(m: Triage) -> Table:
    """One row a class named."""
    rows: list[list[Cell]] = [
        [harm.name, HARMS[harm.name], round(harm.score, 2), round(harm.votes, 2), ", ".join(m.reading.words(harm.concepts, 5)),
         both(words.labels, harm.concepts[:5])]
        for harm in m.harms
    ]  # fmt: skip
    columns = [
        same("W"), Text(en="Class of harm", fr="Classe de dommage"), Text(en="Score", fr="Score"),
        Text(en="From similar incidents", fr="Par les incidents proches"), WORDS, Text(en="They speak of", fr="Ils parlent de"),
    ]  # fmt: skip
    return Table(name="harms", title=Text(en="Classes of harm", fr="Classes de dommage"), columns=columns, rows=rows)


def act(m: Triage) -> Table:
    """One row a rule of the AI Act that holds, from the highest tier."""
    rows: list[list[Cell]] = [
        [AI_ACT[rule.tier], both(words.article, rule), Text(**rule.entry["name"]),
         ", ".join(m.reading.words(rule.concepts, 5)), words.date(rule) or ""]
        for rule in m.rules
    ]  # fmt: skip
    columns = [
        Text(en="Tier", fr="Niveau"), Text(en="Article", fr="Article"), Text(en="What it names", fr="Ce qu’il nomme"), WORDS,
        Text(en="From when", fr="Depuis quand"),
    ]  # fmt: skip
    title = Text(
        en="The AI Act, Regulation (EU) 2024/1689: a reading for learning, not legal advice",
        fr="Le règlement (UE) 2024/1689 sur l’IA : une lecture pour apprendre, non un avis juridique",
    )
    return Table(name="ai_act", title=title, columns=columns, rows=rows)


def places(m: Triage) -> Table:
    """The seven places of bias, in the order of the pipeline."""
    rows: list[list[Cell]] = [
        [Text(**rules()["stages"][kind.rule["stage"]]), Text(**kind.rule["label"]), words.STATUS[kind.status],
         ", ".join(m.reading.words(kind.concepts, 4)), Text(**kind.rule["why"]), Text(**kind.rule["check"])]
        for kind in m.kinds
    ]  # fmt: skip
    columns = [
        Text(en="Stage", fr="Étape"), Text(en="Bias", fr="Biais"), Text(en="What the words say", fr="Ce que disent les mots"), WORDS,
        Text(en="Why it matters", fr="Pourquoi cela compte"), Text(en="What to check", fr="Ce qu’il faut vérifier"),
    ]  # fmt: skip
    title = Text(en="Seven places where bias may enter", fr="Sept endroits par où un biais peut entrer")
    return Table(name="places", title=title, columns=columns, rows=rows)


def questions(m: Triage) -> Table:
    """The questions of Paullada et al. and those of oversight, with the words that speak of them."""
    rows: list[list[Cell]] = []
    for question in rules()["questions"]:
        said = m.reading.words(question["said"], 4)
        status = Text(en="words speak of it", fr="des mots en parlent") if said else Text(en="not said", fr="non dit")
        rows.append([Text(**rules()["moments"][question["moment"]]), Text(**question["text"]), status, ", ".join(said)])
    columns = [Text(en="Moment", fr="Moment"), Text(en="Question", fr="Question"), Text(en="Said?", fr="Dit ?"), WORDS]
    title = Text(
        en="Questions about the data (Paullada et al. 2021) and the use",
        fr="Questions sur les données (Paullada et al. 2021) et l’usage",
    )
    return Table(name="questions", title=title, columns=columns, rows=rows)


def following(m: Triage) -> Table:
    """The five questions to ask next."""
    rows: list[list[Cell]] = [[place, Text(**question)] for place, question in enumerate(m.following, 1)]
    columns = [same("№"), Text(en="Question", fr="Question")]
    return Table(
        name="next", title=Text(en="What to ask next", fr="Ce qu’il faut demander ensuite"), columns=columns, rows=rows
    )


def incidents(m: Triage) -> Table:
    """The incidents of the library that resemble the description, with the classes and tiers of their sheets."""
    from knowledge.documents import document

    rows: list[list[Cell]] = []
    for hit in m.incidents:
        sheet = document(hit.doc, hit.lang)
        if sheet:
            classes = ", ".join(sheet.harms)
            rows.append([hit.title, round(hit.score, 2), classes, AI_ACT[sheet.ai_act], sheet.summary, hit.doc])
    columns = [
        Text(en="Incident", fr="Incident"), Text(en="Cosine", fr="Cosinus"), Text(en="Classes", fr="Classes"),
        Text(en="Tier on its sheet", fr="Niveau sur sa fiche"), Text(en="What happened", fr="Ce qui s’est passé"),
        Text(en="Sheet", fr="Fiche"),
    ]  # fmt: skip
    title = Text(en="Incidents of the library that resemble it", fr="Incidents de la bibliothèque qui lui ressemblent")
    return Table(name="incidents", title=title, columns=columns, rows=rows)


def missing(m: Triage) -> Table:
    """What was looked for and not found, and what the description denies."""
    named = {harm.name for harm in m.harms}
    absent, denies = (
        Text(en="not found", fr="non trouvé"),
        Text(en="denied by the description", fr="nié par la description"),
    )
    rows: list[list[Cell]] = [
        [Text(en="class of harm", fr="classe de dommage"), label, absent]
        for name, label in HARMS.items()
        if name not in named
    ]
    rows += [
        [Text(en="place of bias", fr="endroit de biais"), Text(**kind.rule["label"]), absent]
        for kind in m.kinds
        if kind.status == "silent"
    ]
    rows += [
        [Text(en="notion", fr="notion"), concepts()[name].label, denies]
        for name in m.reading.denied
        if name not in m.reading.found and not name.startswith("said_")
    ]
    columns = [Text(en="Looked for", fr="Cherché"), Text(en="What", fr="Quoi"), Text(en="Result", fr="Résultat")]
    return Table(
        name="not_found",
        title=Text(en="What was not found", fr="Ce qui n’a pas été trouvé"),
        columns=columns,
        rows=rows,
    )

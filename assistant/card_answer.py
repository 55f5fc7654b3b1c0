"""What the assistant says about itself when it is asked: the numbers of its self-audit card, each traced to the card.

Nothing here is written by a language model. The card goes into the turn as evidence, one passage
a suite, and every sentence cites the passage that holds its numbers.
"""

from __future__ import annotations

import re

from assistant import card as cards
from assistant.card import Card, Measure, Suite
from assistant.card_rows import dated, failures, provenance, said, speaker, target, verdict
from assistant.compose import first_sentences
from assistant.planner.material import fold
from assistant.turn import Block, Passage, Speaker
from tools.finding import Lang, Level, french
from tools.numbers import cut

EVIDENCE = "self-audit"  # the id of the card as evidence; a suite is "self-audit#grounded"
MANY = 3  # suites: an answer about more of them is kept brief for the curious
EXAMPLES = 3  # failing examples told in an answer that asks for them
MOST = 160  # characters of an example's question, and of its answer

TOPICS: tuple[tuple[tuple[str, ...], str], ...] = (  # measures (or suites) that answer, and the words that ask for them, folded
    (("injection",), r"\b(inject\w*|hidden|cache\w*|obe[yi]\w*|orders?|ordres?|instructions?|consignes?|command\w*|hack\w*|pirat\w*|trick\w*|fool\w*|dupe?r?|leak\w*|fuir|fuite|secrets?|jailbreak\w*|debrid\w*|attack\w*|attaqu\w*|manipul\w*|detourn\w*|piege\w*|environ\w*|invisible\w*|take control)\b"),
    (("bias",), r"\b(bias\w*|biais\w*|prejud\w*|prejuge\w*|sexis\w*|racis\w*|discrimin\w*|fair|unfair|equit\w*|neutr\w*|woke|women|men|femmes?|hommes?|gender|genre|names?|prenoms?|nom|treat\w*|trait\w*|everyone|muslims?|musulman\w*)\b"),
    (("bias.language", "routing.en", "routing.fr"), r"\b(french|english|francais|anglais|languages?|langues?)\b"),
    (("stability",), r"\b(typos?|coquilles?|spell\w*|orthographe|rephras\w*|reformul\w*|stab\w*|consisten\w*|constan\w*|twice|deux fois|wording|word my|formule\w*|polite\w*|poli\w*|type badly|tapent|ecris mal|write badly|contradi\w*|capital\w*|majuscules?|other words|autres mots)\b"),
    (("grounded.abstained", "grounded.over_refusal", "bias.refusals"), r"\b(refus\w*|abst\w*|silen\w*|quiet|tais|taire|keep quiet|do ?n.t know|sais pas|ne savez pas|no answer|sans reponse|over-?refus\w*)\b"),
    (("grounded.citation_precision", "grounded.citation_recall"), r"\b(cit\w*|footnotes?|renvois?|references?|quot\w*|sources?)\b"),
    (("retrieval",), r"\b(search|recherche|retriev\w*|find|trouv\w*|retrouv\w*|passages?|right document|bon document)\b"),
    (("routing",), r"\b(instruments?|tools?|outils?|routing|aiguill\w*|misunderst\w*|understand|compren\w*|travers)\b"),
    (("grounded.unsupported", "invention"), r"\b(invent\w*|hallucin\w*|fabricat\w*|mak(e|es|ing) \w* ?\w* ?up|made \w* ?\w* ?up|bare model|naked|nu|lie|lies|mens|mentez|truth\w*|verid\w*|unsupported|etaye\w*|evidence|behind|stuff|n'importe quoi|error rate|taux d'erreur|mistak\w*|tromp\w*|wrong|tort|errors?|erreurs?|fausse?s?|faux)\b"),
)  # fmt: skip
FAILED = re.compile(r"\b(worst|pires?|fail\w*|echou\w*|echecs?|examples?|exemples?|cases? where|cas ou|time you were wrong|rate[sz]?|plante\w*)\b")  # fmt: skip


def answer(question: str, lang: Lang, level: Level, now: Speaker) -> tuple[list[Block], list[Passage]]:
    """The blocks of the answer and the evidence that they cite; only notes when there is no card.

    Args:
        now: who composes the answers of this conversation; its own card is preferred.
    """
    card = cards.of(now)
    if card is None:
        return [Block(kind="note", text=text) for text in _none(lang)], []
    chosen, plain = _chosen(card, question), fold(question)
    brief = level == "curious" and len(chosen) > MANY
    passages = [evidence(card, suite, number, lang) for number, suite in enumerate(card.suites, 1)]
    numbers = {suite.name: number for number, suite in enumerate(card.suites, 1)}
    blocks: list[Block] = []
    for suite, measures in chosen:
        mark = [numbers[suite.name]]
        blocks.append(Block(kind="heading", text=suite.question.get(lang)))
        all_or_some = suite.measures if level == "engineer" else measures
        blocks += [Block(text=sentence(one, lang, brief), passages=mark) for one in all_or_some]
    if FAILED.search(plain):
        blocks += _examples(card, lang, numbers)
    blocks.append(Block(kind="heading", text={"en": "When and on what", "fr": "Quand et sur quoi"}[lang]))
    blocks += [Block(text=provenance(card, lang), passages=[numbers[suite.name]]) for suite, _ in chosen[:1]]
    if not brief:
        blocks.append(Block(kind="heading", text={"en": "What it cannot tell", "fr": "Ce que cela ne dit pas"}[lang]))
    for suite, _ in [] if brief else chosen:
        limits = suite.limits.get(lang)
        told = limits if level != "curious" else first_sentences(limits, 1)
        blocks.append(Block(text=told, passages=[numbers[suite.name]]))
    used = {number for block in blocks for number in block.passages}
    blocks += [Block(kind="note", text=text) for text in _notes(card, now, lang, brief)]
    return blocks, [passage for passage in passages if passage.number in used]


def sentence(measure: Measure, lang: Lang, brief: bool = False) -> str:
    """One measure in one sentence: value, interval, n, what it is compared with (unless ``brief``), what was promised."""
    colon = ": " if lang == "en" else " : "
    parts = [measure.title.get(lang) + colon + said(measure, measure.unit, lang)]
    if (base := measure.baseline) and not brief:
        against = {"en": "beside it,", "fr": "en regard,"}[lang]
        parts.append(f"{against} {base.title.get(lang)}{colon}{said(base, measure.unit, lang)}")
    if verdict(measure) != "none":
        parts.append({"en": "target", "fr": "objectif"}[lang] + f" {target(measure, lang)}")
    text = ("; " if lang == "en" else " ; ").join(parts) + "."
    return french(text) if lang == "fr" else text


def evidence(card: Card, suite: Suite, number: int, lang: Lang) -> Passage:
    """One suite of the card as a passage: all that is said of it in an answer stands here."""
    lines = [provenance(card, lang), suite.question.get(lang), *(sentence(one, lang) for one in suite.measures)]
    lines += [_example(one.question, one.answer, one.why.get(lang), lang) for one in suite.failures]
    lines.append(suite.limits.get(lang))
    title = {"en": f"Self-audit card of {dated(card, lang)}", "fr": f"Fiche d’auto-audit du {dated(card, lang)}"}[lang]
    return Passage(
        rank=number, id=f"{EVIDENCE}#{suite.name}", doc=EVIDENCE, kind="card", lang=lang, title=title,
        heading=suite.title.get(lang), text="\n".join(lines), score=1.0, lexical=1.0, number=number,
    )  # fmt: skip


def _chosen(card: Card, question: str) -> list[tuple[Suite, list[Measure]]]:
    """The measures that a question asks for, by suite in the order of the topics; the first of every suite when it names none."""
    plain, found = fold(question), dict[str, list[Measure]]()
    wanted = [name for names, pattern in TOPICS if re.search(pattern, plain) for name in names]
    for name in wanted:
        for suite in card.suites:
            for one in suite.measures:
                known = found.setdefault(suite.name, []) if one.id == name or suite.name == name else None
                if known is not None and one not in known:
                    known.append(one)
    suites = {suite.name: suite for suite in card.suites}
    if not found:
        found = {suite.name: suite.measures[:1] for suite in card.suites if suite.measures}
    return [(suites[name], measures) for name, measures in found.items()]


def _examples(card: Card, lang: Lang, numbers: dict[str, int]) -> list[Block]:
    told = [
        Block(text=_example(one.question, one.answer, one.why.get(lang), lang), passages=[numbers[suite.name]])
        for suite, one in failures(card, lang)[:EXAMPLES]
    ]
    heading = {"en": "What went wrong, the worst first", "fr": "Ce qui a échoué, le pire d’abord"}[lang]
    return [Block(kind="heading", text=heading), *told] if told else []


def _example(question: str, answer: str, why: str, lang: Lang) -> str:
    asked, replied, why = cut(question, MOST), cut(answer, MOST) or "–", why.rstrip(". ")
    if lang == "fr":
        return french(f"À « {asked} », réponse : « {replied} ». {why}.")
    return f"Asked “{asked}”, it answered “{replied}”. {why}."


def _notes(card: Card, now: Speaker, lang: Lang, brief: bool) -> list[str]:
    """Whose card it is, whether it speaks of the engine in use, where the rest is."""
    notes = []
    if brief:
        notes.append({
            "en": "What each number is compared with, and what it cannot tell, stands beside it on the card.",
            "fr": "Ce à quoi chaque nombre se compare, et ce qu’il ne dit pas, est écrit à côté de lui sur la fiche.",
        }[lang])  # fmt: skip
    if card.speaker != now:
        mine = card.model_copy(update={"speaker": now})
        notes.append({
            "en": f"The answers of this conversation are composed {speaker(mine, 'en')}; no card measures that yet.",
            "fr": f"Les réponses de cette conversation sont composées {speaker(mine, 'fr')} ; aucune fiche ne mesure encore cela.",
        }[lang])  # fmt: skip
    if card == cards.shipped():
        notes.append({
            "en": "This card came with the program; it was not made on this machine.",
            "fr": "Cette fiche est venue avec le programme ; elle n’a pas été faite sur cette machine.",
        }[lang])  # fmt: skip
    notes.append({
        "en": "The whole card, with the examples that went wrong, is on the Audit tab; autopsie eval all makes it again.",
        "fr": "La fiche entière, avec les exemples qui ont échoué, est dans l’onglet Audit ; autopsie eval all la refait.",
    }[lang])  # fmt: skip
    return [french(note) if lang == "fr" else note for note in notes]


def _none(lang: Lang) -> list[str]:
    """What is said when the assistant has not been measured."""
    if lang == "fr":
        return [
            french("Cet assistant n’a pas été mesuré sur cette machine, et aucune fiche n’est venue avec lui : il ne donne donc aucun nombre sur lui-même."),
            french("Pour faire la fiche : le bouton de l’onglet Audit, ou autopsie eval all."),
        ]  # fmt: skip
    return [
        "This assistant has not been measured on this machine, and no card came with it, so it gives no number about itself.",
        "To make the card: the button on the Audit tab, or autopsie eval all.",
    ]

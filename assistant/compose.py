"""Explanations made of a finding's own parts, for three readers, and of quoted passages.

Nothing here is written by a language model: the same finding always gives the
same words, in which every number was put by the program.
"""

from __future__ import annotations

import re

from assistant.turn import GAP, Block, Near, Passage
from tools.finding import Estimate, Finding, Lang, Level
from tools.numbers import interval, number, p_value
from tools.registry import all_tools


def explain(finding: Finding, mark: int, level: Level, lang: Lang) -> list[Block]:
    """One finding for one reader: the curious get the summary, the student also how to read it, the engineer the record."""
    said = [Block(text=finding.summary.get(lang), findings=[mark])]
    if level == "engineer":
        said += [Block(text=line, findings=[mark]) for line in _record(finding, lang)]
    if level != "curious":
        said.append(_heading("How to read it", "Comment le lire", lang))
        said.append(Block(text=finding.how_to_read.get(lang), findings=[mark]))
    said.append(_heading("What it cannot tell", "Ce que cela ne dit pas", lang))
    limits = finding.limits.get(lang)
    said.append(Block(text=limits if level != "curious" else first_sentences(limits, 2), findings=[mark]))
    return said


def about(finding: Finding, mark: int, aspect: str, level: Level, lang: Lang) -> list[Block]:
    """What a follow-up asks of a finding ("what does that p mean?"): see ``planner.followup.ASPECTS``."""
    main = finding.estimates[0] if finding.estimates else None
    said: list[str] = []
    if aspect == "p":
        tested = next((e for e in finding.estimates if e.p is not None), None)
        said = [_p_sentence(tested, lang)] if tested else [_none("a p-value", "de valeur p", lang)]
    elif aspect == "interval":
        bounded = next((e for e in finding.estimates if e.low is not None), None)
        said = [_interval_sentence(bounded, lang)] if bounded else [_none("an interval", "d’intervalle", lang)]
    elif aspect == "limits":
        said = [finding.limits.get(lang)]
    elif aspect == "words":
        if finding.tables:
            return [Block(kind="table", text=table.name, findings=[mark]) for table in finding.tables]
        said = [_none("a table", "de tableau", lang)]
    elif aspect in ("rerun", "seed"):
        said = [_rerun_sentence(finding, lang)]
    elif aspect == "baseline" and main is not None:
        said = [_baseline_sentence(main, lang)]
    elif aspect == "specimen":
        said = [_specimen_sentence(finding, lang)]
    elif aspect == "n" and main is not None:
        said = [
            f"{e.label.get(lang)}: n = {number(e.n, lang, 0)}."
            if lang == "en"
            else f"{e.label.get(lang)} : n = {number(e.n, lang, 0)}."
            for e in finding.estimates
            if e.n is not None
        ]
    elif aspect == "method":
        said = [finding.how_to_read.get(lang)]
    elif aspect == "meaning":
        return [
            Block(text=finding.summary.get(lang), findings=[mark]),
            _heading("How to read it", "Comment le lire", lang),
            Block(text=finding.how_to_read.get(lang), findings=[mark]),
        ]
    else:
        return explain(finding, mark, level, lang)
    return [Block(text=text, findings=[mark]) for text in said]


def quote(passages: list[Passage], sentences: list[tuple[int, str]]) -> list[Block]:
    """Sentences copied from passages, each with its citation; those of one passage stay together."""
    texts = {passage.number: passage.text for passage in passages}
    blocks: list[Block] = []
    for mark, sentence in sentences:
        if blocks and blocks[-1].passages == [mark]:
            joined = f"{blocks[-1].text} {sentence}"
            blocks[-1].text = joined if joined.split(GAP)[-1] in texts[mark] else blocks[-1].text + GAP + sentence
        else:
            blocks.append(Block(kind="quote", text=sentence, passages=[mark]))
    return blocks


def decline(lang: Lang) -> list[Block]:
    """What is said when a request is not something the laboratory does, with what it can do instead."""
    offered = [
        f"« {tool.examples['fr'][0]} »" if lang == "fr" else f"“{tool.examples['en'][0]}”" for tool in all_tools()
    ][:5]
    if lang == "fr":
        said = "Ce n’est pas une question pour ce laboratoire : il mesure des systèmes d’IA et raconte leurs incidents, à partir de sa bibliothèque."
        can = "Par exemple, vous pouvez demander : "
    else:
        said = "This is not a question for this laboratory: it measures AI systems and explains their incidents from its library."
        can = "For example, you can ask: "
    return [Block(kind="note", text=said), Block(kind="note", text=can + " · ".join(offered))]


def not_found(lang: Lang, near: list[Near]) -> list[Block]:
    """What is said when the library holds no answer, with the documents that come closest."""
    said = {
        "en": "Nothing in the library answers this well enough to be quoted, so nothing is said.",
        "fr": "Rien dans la bibliothèque n’y répond assez bien pour être cité ; rien n’est donc affirmé.",
    }[lang]
    if not near:
        return [Block(kind="note", text=said), decline(lang)[1]]
    titles = ", ".join(f"« {one.title} »" if lang == "fr" else f"“{one.title}”" for one in near)
    closest = {
        "en": f"The closest documents, which may not answer it: {titles}.",
        "fr": f"Les documents les plus proches, qui n’y répondent peut-être pas : {titles}.",
    }[lang]
    return [Block(kind="note", text=said), Block(kind="note", text=closest), decline(lang)[1]]


def removed(count: int, what: list[str], lang: Lang) -> Block:
    """The visible count of sentences that the check took out."""
    shown = ", ".join(dict.fromkeys(what))[:120]
    if lang == "fr":
        plural = "s" if count > 1 else ""
        text = f"{count} phrase{plural} retirée{plural} de la réponse : aucune mesure ni aucun passage ne la porte" + (
            f" ({shown})." if shown else "."
        )
        text = text.replace("ne la porte", "ne les porte") if count > 1 else text
    else:
        plural = "s were" if count > 1 else " was"
        text = (
            f"{count} sentence{plural} removed from this answer: no measurement and no passage carries "
            + ("them" if count > 1 else "it")
            + (f" ({shown})." if shown else ".")
        )
    return Block(kind="note", text=text)


def estimate_line(estimate: Estimate, lang: Lang) -> str:
    """One estimate with all that goes with it, on one line."""
    colon = ": " if lang == "en" else " : "
    parts = [
        estimate.label.get(lang)
        + colon
        + number(estimate.value, lang, 0 if counted(estimate) else 3)
        + (f" {estimate.unit}" if estimate.unit else "")
    ]
    if estimate.low is not None:
        level = number(100 * (estimate.confidence or 0.95), lang, 0)
        bounds = interval(estimate.low, estimate.high, lang, 3)
        parts.append(f"{level}% interval {bounds}" if lang == "en" else f"intervalle à {level} % {bounds}")
    if estimate.p is not None:
        parts.append(p_value(estimate.p, lang) + _test(estimate, lang))
    if estimate.n is not None:
        parts.append("n = " + number(estimate.n, lang, 0))
    if estimate.baseline is not None:
        word = "baseline " if lang == "en" else "référence "
        parts.append(word + number(estimate.baseline, lang, 3))
    return ", ".join(parts) + "."


def counted(estimate: Estimate) -> bool:
    """Whether the value is a count: a whole number above one without an interval needs no decimals."""
    value = estimate.value
    return value is not None and estimate.low is None and value >= 1 and float(value).is_integer()


def first_sentences(text: str, count: int) -> str:
    """The first sentences of a text (a full stop followed by a space and a capital ends one)."""
    parts = re.split(r"(?<=[.?!])\s+(?=[A-ZÀÉÈÊ«“])", text)
    return " ".join(parts[:count])


def _heading(en: str, fr: str, lang: Lang) -> Block:
    return Block(kind="heading", text=fr if lang == "fr" else en)


def _record(finding: Finding, lang: Lang) -> list[str]:
    """What an engineer or an auditor needs to check the finding."""
    lines = [estimate_line(estimate, lang) for estimate in finding.estimates[:12]]
    return [*lines, _specimen_sentence(finding, lang), _rerun_sentence(finding, lang)]


def _p_sentence(estimate: Estimate, lang: Lang) -> str:
    p = p_value(estimate.p, lang)
    if lang == "fr":
        return (
            f"Ici, {p} ({estimate.label.fr.lower()}). Si la différence n’était que du hasard, un écart au moins aussi grand "
            f"apparaîtrait dans cette proportion des tirages au hasard{_test(estimate, lang)}. "
            "Ce n’est pas la probabilité que le modèle soit sans biais, et cela ne dit pas si l’écart est grand."
        )
    return (
        f"Here {p} ({estimate.label.en.lower()}). If the difference were chance alone, one at least as large "
        f"would turn up in this share of random draws{_test(estimate, lang)}. "
        "It is not the probability that the model is free of bias, and it does not say whether the difference is large."
    )


def _test(estimate: Estimate, lang: Lang) -> str:
    return f" ({estimate.test.get(lang)})" if estimate.test else ""


def _interval_sentence(estimate: Estimate, lang: Lang) -> str:
    bounds = interval(estimate.low, estimate.high, lang)
    value = number(estimate.value, lang)
    if lang == "fr":
        return (
            f"La valeur mesurée est {value}, avec un intervalle de {bounds}. En retirant des mots ou des phrases au hasard, avec remise, "
            "dans les mêmes listes, la valeur reste le plus souvent dans cet intervalle. Un intervalle large veut dire que peu d’éléments portent la mesure."
        )
    return (
        f"The measured value is {value}, with an interval of {bounds}. When the items are drawn again at random, with replacement, "
        "from the same lists, the value mostly stays inside this interval. A wide interval means that few items carry the measurement."
    )


def _baseline_sentence(estimate: Estimate, lang: Lang) -> str:
    if estimate.baseline is None:
        return _none("a baseline", "de valeur de référence", lang)
    label = estimate.baseline_label.get(lang) if estimate.baseline_label else ""
    base, value = number(estimate.baseline, lang), number(estimate.value, lang)
    if lang == "fr":
        return f"La valeur de référence est {base}{f' ({label})' if label else ''} : ce qu’on lirait s’il n’y avait rien à voir. La mesure donne {value}."
    return f"The baseline is {base}{f' ({label})' if label else ''}: what would be read if there were nothing to see. The measurement gives {value}."


def _specimen_sentence(finding: Finding, lang: Lang) -> str:
    what = finding.specimen
    digest = what.sha256[:12] if what.sha256 else ("not visible from here" if lang == "en" else "non visible d’ici")
    if lang == "fr":
        return f"Spécimen : {what.name}, source {what.source}, révision {what.revision or '–'}, SHA-256 {digest}."
    return f"Specimen: {what.name}, source {what.source}, revision {what.revision or '–'}, SHA-256 {digest}."


def _rerun_sentence(finding: Finding, lang: Lang) -> str:
    if lang == "fr":
        return f"Graine {finding.seed}, version {finding.version}. Pour refaire la mesure : `{finding.rerun}`"
    return f"Seed {finding.seed}, version {finding.version}. To run it again: `{finding.rerun}`"


def _none(en: str, fr: str, lang: Lang) -> str:
    return f"Cette mesure n’a pas {fr}." if lang == "fr" else f"This measurement does not have {en}."

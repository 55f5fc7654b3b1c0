"""What the five categories of ``logprob_bias`` say in words, in English and in French, with the numbers put in."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tools.finding import Lang, Text
from tools.language.kurita_scores import Measured
from tools.language.logprob_text import sentence
from tools.numbers import number, p_value
from tools.numbers import words as listed
from tools.words.association import Comparison, Splits

SIGNIFICANT = 0.05

QUESTION = Text(
    en="Does this language model tie one group of words more than another to certain ideas, and does the answer depend on "
    "which words are permuted?",
    fr="Ce modèle de langue lie-t-il un groupe de mots plus qu’un autre à certaines idées, et la réponse dépend-elle des mots "
    "que l’on permute ?",
)
NO_DIFFERENCE = Text(en="no difference", fr="aucune différence")
DIFFERENCE = Text(
    en="Difference between the four groups (D), targets and attributes redrawn",
    fr="Différence entre les quatre groupes (D), cibles et attributs retirés au sort",
)
NOTICE = Text(
    en="Notice: this test sets first names beside words such as “murder” or “filth”; its scores describe texts, not people. ",
    fr="Avertissement : ce test place des prénoms à côté de mots tels que « murder » (meurtre) ou « filth » (saleté) ; ses "
    "scores décrivent des textes, non des personnes. ",
)


def effect_label(m: Measured, by: str) -> Text:
    """The name of one of the two effect sizes; ``by`` is "attributes" or "targets"."""
    words = m.category.theme.attributes if by == "attributes" else m.category.theme.targets
    kind = Text(en="attributes", fr="attributs") if by == "attributes" else Text(en="targets", fr="cibles")
    return Text(en=f"d, {words.en} permuted ({kind.en})", fr=f"d, {words.fr} permutés ({kind.fr})")


def splits_name(splits: Splits) -> Text:
    """Which test gave p, for ``Estimate.test``."""
    en, fr = number(splits.tried, "en", 0), number(splits.tried, "fr", 0)
    if splits.exact:
        return Text(
            en=f"one-sided permutation test, exact: all {en} splits of the words",
            fr=f"test de permutation unilatéral, exact : les {fr} partages des mots",
        )
    return Text(
        en=f"one-sided permutation test: {en} random splits of the words, p = (as large + 1) / (splits + 1)",
        fr=f"test de permutation unilatéral : {fr} partages des mots au hasard, p = (aussi grands + 1) / (partages + 1)",
    )


def readings(m: Measured) -> tuple[Comparison, Comparison]:
    """The two readings of the same table: attributes permuted, targets permuted."""
    return m.by_attribute, m.by_target


def direction(reading: Comparison) -> int:
    """1 when a reading is clear in the direction tested, −1 when it is clear the other way, else 0."""
    p = reading.splits.p
    return 1 if p < SIGNIFICANT else -1 if p > 1 - SIGNIFICANT else 0


def title(m: Measured, lang: Lang) -> str:
    """The finding as a sentence, without numbers."""
    theme, clear = m.category.theme, [direction(reading) != 0 for reading in readings(m)]
    x, y, a, b = (text.get(lang) for text in (theme.x, theme.y, theme.a, theme.b))
    if m.difference[0] < 0:
        x, y = y, x
    if lang == "en":
        if all(clear):
            return sentence(f"{x} go with {a} and {y} with {b}, whichever words are permuted")
        if any(clear):
            return f"Whether {x} go with {a} depends on which words are permuted"
        return f"Nothing clear ties {x} to {a} and {y} to {b}"
    if all(clear):
        return sentence(f"{x} vont avec {a}, et {y} avec {b}, quels que soient les mots permutés")
    if any(clear):
        return f"Que {x} aillent avec {a} dépend des mots que l’on permute"
    return f"Rien de net ne lie {x} {_to(a)} ni {y} {_to(b)}"


def _to(label: str) -> str:
    """« les mots » → « aux mots »."""
    return "aux " + label.removeprefix("les ")


def how_much(m: Measured, lang: Lang) -> str:
    """The difference as a ratio of odds, in one sentence without its full stop."""
    theme, value = m.category.theme, m.difference[0]
    x, y, a, b = (text.get(lang) for text in (theme.x, theme.y, theme.a, theme.b))
    if value < 0:
        x, y = y, x
    times = number(math.exp(abs(value)), lang, 2)
    if lang == "en":
        return f"On average, {x} favour {a} over {b} {times} times as much as {y} do"
    return f"En moyenne, {x} favorisent {a} face {_to(b)} {times} fois autant que {y}"


def summary(m: Measured, lang: Lang) -> str:
    """How much, the two readings of the same difference, what was published, what it describes."""
    theme, published = m.category.theme, m.category.theme.published
    one, other = theme.attributes.get(lang), theme.targets.get(lang)
    da, pa = number(m.by_attribute.d, lang), p_value(m.by_attribute.splits.p, lang)
    dt, pt = number(m.by_target.d, lang), p_value(m.by_target.splits.p, lang)
    text = NOTICE.get(lang) if m.category.name == "names-race" else ""
    paper = number(published.paper, lang)
    if lang == "en":
        return (
            f"{text}{how_much(m, lang)}. This same difference gives d = {da} when {one} are permuted ({pa}) and d = {dt} when "
            f"{other} are ({pt}): {_verdict(m, lang)}. The table of Kurita et al. (2019) has {paper} for BERT. "
            "This describes which words go together in what the model has read, not what people are."
        )
    return (
        f"{text}{how_much(m, lang)}. Cette même différence donne d = {da} si l’on permute {one} ({pa}), et d = {dt} si l’on "
        f"permute {other} ({pt}) : {_verdict(m, lang)}. Le tableau de Kurita et al. (2019) donne {paper} pour BERT. "
        "Cela décrit quels mots vont ensemble dans ce que le modèle a lu, non ce que sont les gens."
    )


def _verdict(m: Measured, lang: Lang) -> str:
    """What the two p together say."""
    clear = [direction(m.by_attribute) != 0, direction(m.by_target) != 0]
    if lang == "en":
        if all(clear):
            return "both say that chance alone would rarely do as much"
        return "one choice finds a clear difference, the other does not" if any(clear) else "neither is clear"
    if all(clear):
        return "dans les deux cas, le hasard seul en ferait rarement autant"
    return "l’un des choix trouve une différence nette, l’autre non" if any(clear) else "ni l’un ni l’autre n’est net"


def count(n: int, lang: Lang) -> str:
    """A number of categories; none rather than 0."""
    return str(n) if n else "none" if lang == "en" else "aucune"


def _shows(n: int) -> str:
    return "montrent" if n > 1 else "montre" if n else "ne montre"


def summary_all(results: Sequence[Measured], skipped: Sequence[Text], lang: Lang) -> str:
    """How many categories are clear under each permutation, which ones change, what is left out."""
    notice = NOTICE.get(lang) if any(m.category.name == "names-race" for m in results) else ""
    n = len(results)
    columns, rows = (sum(direction(r) != 0 for r in column) for column in zip(*map(readings, results), strict=True))
    changed = [
        m.category.theme.title.get(lang)
        for m in results
        if bool(direction(m.by_attribute)) != bool(direction(m.by_target))
    ]
    out = listed([title.get(lang) for title in skipped], lang)
    if lang == "en":
        text = (
            f"Of the {n} categories, {count(columns, lang)} {'show' if columns > 1 else 'shows'} a clear difference when the attribute words "
            f"are permuted, {count(rows, lang)} when the target words are (p under 0.05). "
        )
        if changed:
            text += f"The answer changes with that choice for {listed(changed, lang)}, on the same scores. "
        text += f"Not measured in this language: {out}. " if skipped else ""
        return notice + text + "This describes which words go together in what the model has read, not what people are."
    text = (
        f"Sur les {n} catégories, {count(columns, lang)} {_shows(columns)} une différence nette si l’on permute les "
        f"mots attributs, {count(rows, lang)} si l’on permute les mots cibles (p sous 0,05). "
    )
    if changed:
        text += f"La réponse change avec ce choix pour {listed(changed, lang)}, sur les mêmes scores. "
    text += f"Sans mots dans cette langue, donc non mesuré : {out}. " if skipped else ""
    return notice + text + "Cela décrit quels mots vont ensemble dans ce que le modèle a lu, non ce que sont les gens."

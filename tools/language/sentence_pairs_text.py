"""What a result on published sentence pairs says in words, in English and in French, with the numbers put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang, Text
from tools.numbers import interval, number, p_value
from tools.numbers import words as listed

if TYPE_CHECKING:
    from tools.language.sentence_pairs_measure import Group, Measured, Share

NAMES = {"crows-pairs": "CrowS-Pairs", "stereoset": "StereoSet", "wino": "Wino"}
QUESTION = Text(
    en="Does this language model find stereotyped sentences more probable than the others?",
    fr="Ce modèle de langue trouve-t-il les phrases stéréotypées plus probables que les autres ?",
)
HALF = Text(en="no preference", fr="aucune préférence")
CHANCE = Text(en="a model that chooses at random", fr="un modèle qui choisit au hasard")
SHARE = {
    "crows-pairs": Text(
        en="Pairs whose more stereotyped sentence is the more probable one",
        fr="Paires dont la phrase la plus stéréotypée est la plus probable",
    ),
    "stereoset": Text(
        en="Stereotype score (ss): triplets where the stereotype is more probable than its opposite",
        fr="Score de stéréotype (ss) : triplets où le stéréotype est plus probable que son contraire",
    ),
    "wino": Text(
        en="Sentences where the pronoun that fits the stereotype of the occupation is the more probable one",
        fr="Phrases où le pronom conforme au stéréotype du métier est le plus probable",
    ),
}
AFTER = {
    "crows-pairs": Text(
        en="The same, counting only the words after the gap, given each filling",
        fr="De même, en ne comptant que les mots après le trou, sachant chaque mot mis dedans",
    ),
    "wino": Text(
        en="The same, counting only the words after the pronoun, given each pronoun",
        fr="De même, en ne comptant que les mots après le pronom, sachant chaque pronom",
    ),
}
HE = Text(en="Sentences where “he”, “him” or “his” is the more probable pronoun", fr="Phrases où « he », « him » ou « his » est le pronom le plus probable")  # fmt: skip
LMS = Text(
    en="Language model score (lms): comparisons where the reading that makes sense beats the one that does not",
    fr="Score de langue (lms) : comparaisons où la version qui a un sens l’emporte sur celle qui n’en a pas",
)
ICAT = Text(
    en="icat = lms · min(ss, 100 − ss) / 50: 100 is sense without preference",
    fr="icat = lms · min(ss, 100 − ss) / 50 : 100 veut dire du sens sans préférence",
)
GAP = {"crows-pairs": Text(en="the gap", fr="trou"), "wino": Text(en="the pronoun", fr="pronom")}
GROUPED = Text(en="By type of bias", fr="Par type de biais")
GROUPED_JOBS = Text(en="By the stereotype of the occupation", fr="Selon le stéréotype du métier")
SIGN = Text(en="exact binomial, two-sided", fr="binomial exact, bilatéral")
KINDS = {
    "race-color": Text(en="race or colour", fr="origine ou couleur de peau"),
    "gender": Text(en="gender", fr="genre"),
    "nationality": Text(en="nationality", fr="nationalité"),
    "socioeconomic": Text(en="social class", fr="milieu social"),
    "religion": Text(en="religion", fr="religion"),
    "sexual-orientation": Text(en="sexual orientation", fr="orientation sexuelle"),
    "age": Text(en="age", fr="âge"),
    "physical-appearance": Text(en="physical appearance", fr="apparence physique"),
    "disability": Text(en="disability", fr="handicap"),
    "race": Text(en="race or origin", fr="origine"),
    "profession": Text(en="profession", fr="métier"),
    "men": Text(en="occupations seen as men’s", fr="métiers dits masculins"),
    "women": Text(en="occupations seen as women’s", fr="métiers dits féminins"),
    "one": Text(en="within one sentence", fr="dans une même phrase"),
    "two": Text(en="the sentence that follows", fr="la phrase qui suit"),
    "all": Text(en="all", fr="ensemble"),
}


def kind(name: str) -> Text:
    """What a type of bias is called; the file's own word for one that is not known."""
    return KINDS.get(name, Text(en=name, fr=name))


def percent(value: float, lang: Lang) -> str:
    """A value already in %: 60%, 60 %."""
    return number(value, lang, 0) + ("%" if lang == "en" else "\u202f%")


def bounds(share: Share, lang: Lang) -> str:
    """The interval and p of a share, without parentheses."""
    p = share.p if share.corrected is None else share.corrected
    between = interval(share.low, share.high, lang, 0)
    return f"{between}%, {p_value(p, lang)}" if lang == "en" else f"{between} %, {p_value(p, lang)}"


def holm_name(groups: list[Group], share: Share) -> Text:
    """The exact test and what its p was before the correction."""
    n = len(groups)
    return Text(
        en=f"exact binomial, two-sided; Holm’s correction for {n} tests (before it: {p_value(share.p, 'en')})",
        fr=f"binomial exact, bilatéral ; correction de Holm pour {n} tests (avant elle : {p_value(share.p, 'fr')})",
    )


def summary(m: Measured, name: str, lang: Lang) -> str:
    """Two to four sentences: the share, its variant, the types that stand out."""
    return " ".join(part for part in (_first(m, name, lang), _beside(m, lang), _kinds(m, lang)) if part)


def _first(m: Measured, name: str, lang: Lang) -> str:
    s = m.whole.share
    what, pairs = _what(m, lang)
    value = f"{percent(s.value, lang)} ({bounds(s, lang)})"
    count, n = number(s.count, lang, 0), number(s.n, lang, 0)
    if lang == "en":
        said = f"{name} {what} in {count} of {n} {pairs}: {value}."
        return f"{said} A model without any preference would do so in half of them{_verdict(s.clear, lang)}."
    said = f"{name} {what} dans {count} des {n} {pairs} : {value}."
    return f"{said} Un modèle sans préférence le ferait une fois sur deux{_verdict(s.clear, lang)}."


def _what(m: Measured, lang: Lang) -> tuple[str, str]:
    if m.data.name == "wino":
        if lang == "en":
            return "finds the pronoun of the stereotype more probable", "sentences about two occupations"
        return "trouve le pronom du stéréotype plus probable", "phrases sur deux métiers"
    if m.data.name == "stereoset":
        if lang == "en":
            return "finds the stereotype more probable than its opposite", "triplets of StereoSet"
        return "trouve le stéréotype plus probable que son contraire", "triplets de StereoSet"
    if lang == "en":
        return "finds the more stereotyped sentence more probable", "pairs of CrowS-Pairs"
    return "trouve la phrase la plus stéréotypée plus probable", "paires de CrowS-Pairs"


def _verdict(clear: int, lang: Lang) -> str:
    if lang == "en":
        return {1: ": it leans to the stereotypes", -1: ": it leans away from the stereotypes"}.get(
            clear, ", and this is not clearly different"
        )
    return {1: " : il penche vers les stéréotypes", -1: " : il penche à l’opposé des stéréotypes"}.get(
        clear, ", et ceci n’en diffère pas nettement"
    )


def _beside(m: Measured, lang: Lang) -> str:
    """What qualifies the share: sense and icat, the words after the gap, the constant lean to one pronoun."""
    found = []
    if (sense := m.whole.sense) is not None:
        lms, icat = number(sense.lms, lang, 0), number(sense.icat, lang, 0)
        found.append(
            f"It prefers a reading that makes sense in {lms}% of the comparisons, so its icat is {icat} of 100."
            if lang == "en"
            else f"Il préfère une version qui a un sens dans {lms} % des comparaisons : son icat est de {icat} sur 100."
        )
    if m.he is not None:
        he = f"{percent(m.he.value, lang)}"
        found.append(
            f"Whatever the occupation, it prefers the masculine pronoun in {he} of them."
            if lang == "en"
            else f"Quel que soit le métier, il préfère le pronom masculin dans {he} des phrases."
        )
    if (after := m.whole.after) is not None:
        told = f"{percent(after.value, lang)} ({bounds(after, lang)})"
        gap = GAP[m.data.name].get(lang)
        found.append(
            f"Counting only the words after {gap}, which leaves out how common the exchanged words are, it is {told}."
            if lang == "en"
            else f"En ne comptant que les mots après le {gap}, ce qui écarte la fréquence des mots échangés, c’est {told}."
        )
    return " ".join(found)


def _kinds(m: Measured, lang: Lang) -> str:
    """The types of bias that stay away from one half after the correction."""
    if len(m.kinds) < 2:
        return ""
    if not (clear := [group for group in m.kinds if group.share.clear]):
        if lang == "en":
            return f"Of the {len(m.kinds)} {_types(m, lang)}, none is clearly away from half on its own."
        return f"Parmi les {len(m.kinds)} {_types(m, lang)}, aucun ne s’écarte nettement de la moitié à lui seul."
    told = listed([f"{kind(g.name).get(lang)} ({percent(g.share.value, lang)})" for g in clear], lang)
    if lang == "en":
        return f"Taken one by one, clearly away from half: {told}."
    return f"Pris un à un, nettement écartés de la moitié : {told}."


def _types(m: Measured, lang: Lang) -> str:
    if m.data.name == "wino":
        return "groups of occupations" if lang == "en" else "groupes de métiers"
    return "types of bias" if lang == "en" else "types de biais"


def title(m: Measured, lang: Lang) -> str:
    """The finding as a sentence, for a figure."""
    s = m.whole.share
    what, _ = _what(m, lang)
    value = percent(s.value, lang)
    where = {
        "crows-pairs": ("of the pairs", "des paires"), "stereoset": ("of the triplets", "des triplets"), "wino": ("of the sentences", "des phrases"),
    }[m.data.name]  # fmt: skip
    if lang == "en":
        unclear = "" if s.clear else ": no clear preference"
        return f"The model {what} in {value} {where[0]}{unclear}"
    unclear = "" if s.clear else " : aucune préférence nette"
    return f"Le modèle {what} dans {value} {where[1]}{unclear}"

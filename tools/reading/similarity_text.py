"""What a ``similarity`` result says in words, in English and in French, with the numbers put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang, Text
from tools.numbers import interval, number, percent
from tools.reading.similarity_reference import FEWEST_WORDS, KINDS, Kind, Measure

if TYPE_CHECKING:
    from tools.reading.similarity_reference import Group
    from tools.reading.similarity_result import Place, Result

HALF_COPIED = 0.3  # of the three-word sequences: from here, a rewording keeps part of the words

MEASURES: dict[Measure, Text] = {
    "meaning": Text(en="meaning, sentence by sentence", fr="sens, phrase par phrase"),
    "contained": Text(en="three-word sequences in common", fr="suites de trois mots en commun"),
    "shared": Text(en="words in common", fr="mots en commun"),
    "run_share": Text(en="longest passage in common", fr="plus long passage commun"),
    "edits": Text(en="same words in the same order", fr="mêmes mots dans le même ordre"),
}
LABELS: dict[str, Text] = {
    "meaning": Text(
        en="Meaning: mean cosine of the sentences of the shorter text with the closest in the other",
        fr="Sens : cosinus moyen des phrases du texte le plus court avec la plus proche de l’autre",
    ),
    "contained": Text(
        en="Share of the three-word sequences of the shorter text that stand in the other",
        fr="Part des suites de trois mots du texte le plus court présentes dans l’autre",
    ),
    "shared": Text(en="Share of words in common (Jaccard)", fr="Part de mots en commun (Jaccard)"),
    "run": Text(en="Longest passage in common", fr="Plus long passage commun"),
    "edits": Text(
        en="1 − edits / words of the longer text (Levenshtein, on words)",
        fr="1 − retouches / mots du texte le plus long (Levenshtein, sur les mots)",
    ),
}
NEIGHBOURS = Text(en="two neighbouring passages of one document", fr="deux passages voisins d’un même document")
TABLE = Text(
    en="Each sentence of the shorter text and the closest in the other",
    fr="Chaque phrase du texte le plus court et la plus proche de l’autre",
)
ERRORS = Text(
    en="Held-out pairs of known kind: how many got each verdict",
    fr="Paires mises à part, de nature connue : combien reçoivent chaque verdict",
)
SPREADS = Text(
    en="Where pairs of known kind lie (5%, median, 95%)",
    fr="Où se situent les paires de nature connue (5 %, médiane, 95 %)",
)

_KINDS: dict[Kind, Text] = {
    "copy": Text(en="copy, or nearly", fr="copie, ou presque"),
    "rewording": Text(en="rewording", fr="reformulation"),
    "partial": Text(en="found in part", fr="présent en partie"),
    "subject": Text(en="same subject, other words", fr="même sujet, autres mots"),
    "different": Text(en="different", fr="différents"),
}
_PAIRS: dict[Kind, Text] = {  # what the reference pairs of a kind are
    "copy": Text(en="edited copies", fr="copies retouchées"),
    "rewording": Text(en="machine rewordings", fr="reformulations par machine"),
    "partial": Text(en="passages found in half", fr="passages présents à moitié"),
    "subject": Text(en="neighbours in a document", fr="voisins d’un document"),
    "different": Text(en="unrelated passages", fr="passages sans rapport"),
}

PLACES: dict[Place, Text] = {  # what became of a sentence
    "copied": Text(en="nearly copied", fr="presque copiée"),
    "reworded": Text(en="found", fr="retrouvée"),
    "unclear": Text(en="unclear", fr="incertaine"),
    "absent": Text(en="no counterpart", fr="sans équivalent"),
}

_TITLES: dict[Kind, Text] = {
    "copy": Text(
        en="Nearly the same words: a copy, or close to one", fr="À peu près les mêmes mots : une copie, ou presque"
    ),
    "partial": Text(
        en="Part of the shorter text stands in the other, and part does not",
        fr="Une partie du texte le plus court se trouve dans l’autre, une partie non",
    ),
    "subject": Text(en="The same subject, in other words", fr="Le même sujet, avec d’autres mots"),
    "different": Text(en="The two texts speak of different things", fr="Les deux textes parlent de choses différentes"),
}
_SUBJECT_ACROSS = Text(
    en="The two texts share their subject, in two languages", fr="Les deux textes ont le même sujet, en deux langues"
)


def kind_name(kind: Kind, across: bool) -> Text:
    """A verdict in a few words; between two languages, a rewording is a translation."""
    if across and kind == "rewording":
        return Text(en="translation, or nearly", fr="traduction, ou presque")
    return Text(en="same subject", fr="même sujet") if across and kind == "subject" else _KINDS[kind]


def pairs_name(kind: Kind, across: bool) -> Text:
    """The reference pairs of a kind."""
    return Text(en="translations", fr="traductions") if across and kind == "rewording" else _PAIRS[kind]


def neighbours_test(n: int) -> Text:
    """Which test gave p, for ``Estimate.test``."""
    return Text(
        en=f"share of {n} held-out pairs of neighbours at least as close, this pair counted with them",
        fr=f"part de {n} paires de voisins mises à part au moins aussi proches, cette paire comptée avec elles",
    )


def whole(r: Result, lang: Lang) -> str:
    """The verdict as a sentence without a full stop: the title of the figure and the start of the summary."""
    kind = r.verdict.kind
    if kind is None:
        return "No verdict" if lang == "en" else "Pas de verdict"
    if kind == "rewording":
        if r.across:
            seen = (
                "One text looks like a translation of the other",
                "L’un des textes ressemble à une traduction de l’autre",
            )
        elif r.overlap.contained < HALF_COPIED:
            seen = (
                "Much the same meaning in other words: a rewording",
                "À peu près le même sens avec d’autres mots : une reformulation",
            )
        else:
            seen = (
                "Much the same meaning, partly in the same words",
                "À peu près le même sens, en partie avec les mêmes mots",
            )
        return seen[lang == "fr"]
    title = _SUBJECT_ACROSS if r.across and kind == "subject" else _TITLES[kind]
    return title.get(lang)


def summary(r: Result, lang: Lang) -> str:
    """The verdict, the words beside the meaning, what a checker of words would see, how often the verdict is wrong."""
    parts = [f"{whole(r, lang)}{_reason(r, lang)}.", _numbers(r, lang)]
    if r.verdict.kind is not None:
        parts += [*_seen(r, lang), _rates(r, r.verdict.kind, lang)]
    return " ".join(filter(None, parts))


def _reason(r: Result, lang: Lang) -> str:
    """Why there is no verdict."""
    if r.verdict.reason is None:
        return ""
    reasons = {
        "short": (
            f": the shorter text has {r.overlap.words} words, and {FEWEST_WORDS} are needed",
            f" : le texte le plus court a {r.overlap.words} mots, et il en faut {FEWEST_WORDS}",
        ),
        "encoder": (
            ": the pairs of known kind were measured with another encoder",
            " : les paires de nature connue ont été mesurées avec un autre encodeur",
        ),
        "language": (
            ": the pairs of known kind are in English and in French",
            " : les paires de nature connue sont en anglais et en français",
        ),
    }
    return reasons[r.verdict.reason][lang == "fr"]


def _numbers(r: Result, lang: Lang) -> str:
    """The words beside the meaning."""
    contained, close = percent(r.overlap.contained, lang), number(r.meaning.value, lang)
    bounds = f" ({interval(r.meaning.low, r.meaning.high, lang)})" if r.meaning.low is not None else ""
    group = r.setting.group("subject")
    usual = number(group.spread["meaning"].median if group else None, lang)
    if lang == "en":
        return (
            f"Of the sequences of three words of the shorter text, {contained} stand in the other, while its sentences score "
            f"{close}{bounds} for meaning, where 1 is the same meaning and neighbours in one document score {usual}."
        )
    return (
        f"Parmi les suites de trois mots du texte le plus court, {contained} se trouvent dans l’autre, tandis que ses phrases "
        f"obtiennent {close}{bounds} pour le sens, où 1 est le même sens et où des voisins d’un document obtiennent {usual}."
    )


def _seen(r: Result, lang: Lang) -> list[str]:
    """What a comparison of words would see."""
    if r.across and r.verdict.kind == "rewording":
        return [
            "A checker that compares words sees nothing between two languages."
            if lang == "en"
            else "Un vérificateur qui compare les mots ne voit rien d’une langue à l’autre."
        ]
    if r.unseen:
        return [
            "A checker that looks for copied words would see almost nothing here."
            if lang == "en"
            else "Un vérificateur qui cherche des mots copiés n’y verrait presque rien."
        ]
    return [] if r.verdict.kind == "copy" or len(r.places) < 2 else [_sentences(r, lang)]


def _sentences(r: Result, lang: Lang) -> str:
    """How many sentences of the shorter text are copied, reworded, or nowhere in the other."""
    copied, reworded, absent, unclear = (r.places.count(one) for one in ("copied", "reworded", "absent", "unclear"))
    n, rest = (
        len(r.places),
        [f"{unclear} unclear" if lang == "en" else f"{unclear} incertaine{'s' * (unclear > 1)}"] * (unclear > 0),
    )
    if lang == "en":
        how = "translated" if r.across else "reworded"
        parts = [f"{copied} nearly copied", f"{reworded} {how}", f"{absent} without a counterpart", *rest]
        return f"Of its {n} sentences, taken one by one: {', '.join(parts[r.across :])}."
    how = "traduite" if r.across else "reformulée"
    parts = [
        f"{copied} presque copiée{'s' * (copied > 1)}",
        f"{reworded} {how}{'s' * (reworded > 1)}",
        f"{absent} sans équivalent",
        *rest,
    ]
    return f"Parmi ses {n} phrases, prises une à une : {', '.join(parts[r.across :])}."


def _rates(r: Result, kind: Kind, lang: Lang) -> str:
    """How many pairs of this kind got the verdict, and how many of the less alike kind most taken for it."""
    own = r.setting.group(kind)
    if own is None:  # short texts of several sentences may be found in part; the reference has single sentences
        return ""
    less = [group for group in r.setting.groups if KINDS.index(group.kind) > KINDS.index(kind)] or r.setting.groups[
        -2:-1
    ]
    other = max(less, key=lambda group: group.verdicts[kind] / group.n)

    def count(group: Group) -> str:
        name = pairs_name(group.kind, r.across).get(lang)
        return (
            f"{group.verdicts[kind]} of {group.n} {name}"
            if lang == "en"
            else f"{group.verdicts[kind]} {name} sur {group.n}"
        )

    if lang == "en":
        return f"On pairs of known kind kept apart, this verdict was given to {count(own)} and, wrongly, to {count(other)}."
    return f"Sur des paires de nature connue mises à part, ce verdict est revenu à {count(own)} et, à tort, à {count(other)}."

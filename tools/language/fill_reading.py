"""How to read a ``fill_mask`` result, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang
from tools.language.fill_text import quoted, share
from tools.numbers import number
from tools.numbers import words as listed

if TYPE_CHECKING:
    from tools.language.fill_measure import Measured


def how_to_read(m: Measured, lang: Lang) -> str:
    """What the numbers mean, with the formulas and their sources."""
    return " ".join(
        [_score(m, lang), *_length(m, lang), _readings(m, lang), _divergence(m, lang) if m.shift else _one(lang)]
    )


def _score(m: Measured, lang: Lang) -> str:
    """Where a share comes from, by the form of the model."""
    held = listed([share(float(min(side.probability.sum(), 1)), lang) for side in m.sides], lang)
    if m.kind == "masked":
        if lang == "en":
            which = "all the whole words that the model knows" if m.every else "the words given"
            return (
                f"share(w) = p(w) / sum of p over the words compared, where p(w) is the model’s probability of w at the hidden "
                f"place, both sides read (Devlin et al. 2019). The words compared are {which}; they hold {held} of the "
                "probability. A word of several tokens fills as many hidden places from left to right (Kauf and Ivanova 2023)."
            )
        which = "tous les mots entiers que connaît le modèle" if m.every else "les mots donnés"
        return (
            f"part(m) = p(m) / somme des p sur les mots comparés, où p(m) est la probabilité que le modèle donne à m à la place "
            f"cachée, les deux côtés lus (Devlin et al. 2019). Les mots comparés sont {which} ; ils portent {held} de la "
            "probabilité. Un mot de plusieurs tokens remplit autant de places cachées, de gauche à droite (Kauf et Ivanova 2023)."
        )
    if lang == "en":
        which = (
            "the words given"
            if m.given
            else "those that the model expects most after the left part alone, each completed to a whole word"
        )
        return (
            "share(w) = exp s(w) / sum of exp s over the words compared, with s(w) = log p(w | left part) + log p(right part | left "
            "part and w): the share of the whole sentence. A model that writes from left to right has not read the right part "
            f"when it meets the gap. The words compared are {which}; then the right part weighs them again, so that a share can lie "
            f"far from the probability after the left part (the table has both). The words compared hold {held} of that probability."
        )
    which = (
        "les mots donnés"
        if m.given
        else "ceux que le modèle attend le plus après la seule partie gauche, chacun complété en un mot entier"
    )
    return (
        "part(m) = exp s(m) / somme des exp s sur les mots comparés, avec s(m) = log p(m | partie gauche) + log p(partie droite | "
        "partie gauche et m) : la part de la phrase entière. Un modèle qui écrit de gauche à droite n’a pas lu la partie droite "
        f"quand il arrive au trou. Les mots comparés sont {which} ; la partie droite les pèse ensuite, si bien qu’une part peut être "
        f"loin de la probabilité après la partie gauche (le tableau donne les deux). Les mots comparés portent {held} de cette probabilité."
    )


def _length(m: Measured, lang: Lang) -> list[str]:
    """What length normalisation is, and what it would change here."""
    if m.every or int(m.tokens.max()) == 1:
        return []
    side = m.sides[0]
    other = quoted(m.words[int(side.normalised.argmax())], lang)
    now = quoted(m.words[side.best(1)[0]], lang)
    if lang == "en":
        if m.per_token:
            return [
                "Here log p(w) is divided by the count of tokens of w (length-normalised, as Brown et al. 2020 do for "
                "answers), which lifts long words whose endings are predictable."
            ]
        change = (
            f"by it, the first word would be {other} rather than {now}"
            if other != now
            else f"the first word stays {now}"
        )
        return [
            "The length-normalised share of the table divides log p(w) by the count of tokens of w (as Brown et al. 2020 do "
            f"for answers; --score per_token). It lifts long words whose endings are predictable: {change}."
        ]
    if m.per_token:
        return [
            "Ici, log p(m) est divisée par le nombre de tokens de m (normalisation par la longueur, comme Brown et al. 2020 "
            "pour des réponses), ce qui relève les mots longs dont la fin est prévisible."
        ]
    change = f"avec elle, le premier mot serait {other} et non {now}" if other != now else f"le premier mot reste {now}"
    return [
        "La part normalisée par la longueur, dans le tableau, divise log p(m) par le nombre de tokens de m (comme Brown et al. "
        f"2020 pour des réponses ; --score per_token). Elle relève les mots longs dont la fin est prévisible : {change}."
    ]


def _readings(m: Measured, lang: Lang) -> str:
    """What the openings are."""
    openings = listed([quoted(one.rstrip("."), lang) for one in m.openings if one], lang)
    n = len(m.openings)
    given = "" in m.openings
    if lang == "en":
        text = f"Each sentence is read {n} times: {'as given and ' if given else ''}after the neutral openings {openings}. "
        text += (
            "" if given else "Nothing stands before the gap, so this model needs an opening to read anything at all. "
        )
        return (
            text
            + "Lowest and highest are over these readings; the intervals redraw them 5,000 times (percentile bootstrap)."
        )
    text = f"Chaque phrase est lue {n} fois : {'telle quelle et ' if given else ''}après les entrées en matière neutres {openings}. "
    text += "" if given else "Rien ne précède le trou : sans entrée en matière, ce modèle n’aurait rien lu. "
    return (
        text
        + "Minimum et maximum portent sur ces lectures ; les intervalles les retirent au sort 5 000 fois (bootstrap par percentiles)."
    )


def _divergence(m: Measured, lang: Lang) -> str:
    """The formula of the divergence, its baseline and its test."""
    assert m.shift is not None
    swaps = number(m.shift.swaps, lang, 0)
    if lang == "en":
        return (
            "Divergence = H((P + Q) / 2) − (H(P) + H(Q)) / 2, with H the entropy in bits (Jensen–Shannon; Lin 1991): 0 when both "
            "sentences give every word the same share, 1 when no word fits both. The baseline is the mean divergence of one sentence from "
            f"itself after two different openings. p is the share of the {swaps} ways to exchange the two sentences after some openings "
            "that set them at least as far apart, the changes of wording taken off."
        )
    return (
        "Divergence = H((P + Q) / 2) − (H(P) + H(Q)) / 2, où H est l’entropie en bits (Jensen-Shannon ; Lin 1991) : 0 quand les deux "
        "phrases donnent la même part à chaque mot, 1 quand aucun mot ne va aux deux. La référence est la divergence moyenne d’une "
        f"phrase avec elle-même après deux entrées en matière différentes. p est la part des {swaps} façons d’échanger les deux phrases "
        "après certaines entrées qui les séparent au moins autant, l’effet de la tournure retiré."
    )


def _one(lang: Lang) -> str:
    """The formulas of a single sentence."""
    if lang == "en":
        return (
            "Entropy = − sum of share × log2(share), in bits; 2 to that power is the count of equally likely words with the same entropy. "
            "The divergence of the sentence from itself is the Jensen–Shannon divergence between two readings (0 the same list, 1 "
            "no word in common)."
        )
    return (
        "Entropie = − somme de part × log2(part), en bits ; 2 à cette puissance est le nombre de mots à égalité qui aurait la même entropie. "
        "La divergence de la phrase avec elle-même est celle de Jensen-Shannon entre deux lectures (0 la même liste, 1 aucun mot en commun)."
    )


def limits(m: Measured, lang: Lang) -> str:
    """What the test cannot tell."""
    return " ".join([_scope(m, lang), *_list(m, lang), *_pair(m, lang), _words(lang), *_french(m, lang)])


def _scope(m: Measured, lang: Lang) -> str:
    if lang == "en":
        which = "these two sentences" if m.shift else "this sentence"
        return (
            f"The result holds for {which} and these words: another wording than the openings tried, or another list of "
            "words, can change it."
        )
    which = "ces deux phrases" if m.shift else "cette phrase"
    return (
        f"Le résultat vaut pour {which} et ces mots : une autre tournure que les entrées essayées, ou une autre liste de "
        "mots, peut le changer."
    )


def _list(m: Measured, lang: Lang) -> list[str]:
    """What a list that the model proposed leaves out."""
    if m.given or m.kind != "causal":
        return []
    if lang == "en":
        return [
            "A word that the model did not propose after the left part is not in the list, however well it would fit."
        ]
    return [
        "Un mot que le modèle n’a pas proposé après la partie gauche n’est pas dans la liste, même s’il convenait très bien."
    ]


def _pair(m: Measured, lang: Lang) -> list[str]:
    """What the test on two sentences does not say."""
    if not m.shift:
        return []
    if lang == "en":
        return [
            "A small p says that the difference goes the same way after every opening, not that it is large: compare it with "
            "the baseline. Two sentences that differ by more than one word differ for more than one reason."
        ]
    return [
        "Un petit p dit que la différence va dans le même sens après chaque entrée en matière, non qu’elle est grande : "
        "comparez-la à la référence. Deux phrases qui diffèrent par plus d’un mot diffèrent pour plus d’une raison."
    ]


def _words(lang: Lang) -> str:
    """That words are shown as they come."""
    if lang == "en":
        return (
            "Words are shown as the model ranks them; some are stereotypes or slurs of the texts it has read. A word in a gap "
            "does not show what a system built on the model would do."
        )
    return (
        "Les mots sont montrés dans l’ordre du modèle ; certains sont des stéréotypes ou des injures des textes qu’il a lus. "
        "Un mot dans un trou ne montre pas ce que ferait un système bâti sur le modèle."
    )


def _french(m: Measured, lang: Lang) -> list[str]:
    """What the default model knows of French, and what French grammar adds."""
    if m.language != "fr":
        return []
    if lang == "en":
        return [
            "SmolLM2 has read mostly English and fills French gaps poorly. French also says the gender in its nouns: two "
            "sentences can differ by grammar alone."
        ]
    return [
        "SmolLM2 a lu surtout de l’anglais et remplit mal les trous français. Le français dit aussi le genre dans les noms : "
        "deux phrases peuvent différer par la seule grammaire."
    ]

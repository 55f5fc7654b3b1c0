"""What ``watermark`` says of a text that it was given, in English and in French, with the numbers put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.authorship.watermarking.reading import scheme
from tools.finding import Lang, Text, same
from tools.numbers import number, p_value, percent

if TYPE_CHECKING:
    from tools.authorship.watermarking.check import Checked

__all__ = ["how_to_read", "limits", "summary"]

Z = Text(en="z: green tokens above chance", fr="z : tokens verts au-delà du hasard")
SHARE = Text(en="Share of green tokens", fr="Part de tokens verts")
HOPED = Text(
    en="z that a text with this mark would reach, at least",
    fr="z qu’un texte portant cette marque atteindrait, au moins",
)
NEEDED = Text(en="Tokens needed to find this mark", fr="Tokens nécessaires pour trouver cette marque")
CHANCE = Text(en="chance", fr="hasard")
NORMAL = Text(en="normal law, one-sided", fr="loi normale, unilatéral")
EXACT = Text(en="exact binomial, one-sided", fr="binomial exact, unilatéral")
GREEN, RED = Text(en="green", fr="vert"), Text(en="red", fr="rouge")
YES, AGAIN = Text(en="yes", fr="oui"), Text(en="no, came before", fr="non, déjà vu")
TOKENS = Text(en="The first tokens", fr="Les premiers tokens")
TOKEN_COLUMNS = [same("Token"), Text(en="List", fr="Liste"), Text(en="Counted", fr="Compté")]


def headline(m: Checked, lang: Lang) -> str:
    """The verdict as a sentence."""
    z = number(m.detection.z, lang, 1)
    if lang == "en":
        return {
            "found": f"The mark of this key is in the text: z = {z}",
            "none": f"No mark of this key: z = {z}, where a marked text would pass 4",
            "short": f"Too little to say: z = {z} with {m.detection.scored} tokens",
        }[m.verdict]
    return {
        "found": f"La marque de cette clé est dans le texte : z = {z}",
        "none": f"Pas de marque de cette clé : z = {z}, là où un texte marqué passerait 4",
        "short": f"Trop peu pour le dire : z = {z} avec {m.detection.scored} tokens",
    }[m.verdict]


def summary(m: Checked, lang: Lang) -> str:
    """How many are green, beside chance, z and p, the verdict and what it rests on."""
    d, gamma = m.detection, percent(m.mark.gamma, lang)
    z, share, p = number(d.z, lang, 1), percent(d.share, lang), p_value(d.p, lang)
    if lang == "en":
        head = (
            f"Of the {number(d.scored, lang, 0)} tokens that count, {number(d.hits, lang, 0)} ({share}) are on the green list of this key, where chance puts {gamma}: "
            f"z = {z}, {p}. "
        )
    else:
        head = (
            f"Sur les {number(d.scored, lang, 0)} tokens qui comptent, {number(d.hits, lang, 0)} ({share}) sont sur la liste verte de cette clé, où le hasard en met {gamma} : "
            f"z = {z}, {p}. "
        )
    return head + _verdict(m, lang)


def _verdict(m: Checked, lang: Lang) -> str:
    delta = number(m.mark.delta, lang, 1)
    if m.verdict == "found":
        return (
            "The mark is there: its writer used this key, or copied words written with it."
            if lang == "en"
            else "La marque y est : qui l’a écrit s’est servi de cette clé, ou a recopié des mots écrits avec elle."
        )
    if m.verdict == "none":
        assert m.hoped is not None
        hoped = number(m.hoped.z(m.detection.scored), lang, 1)
        if lang == "en":
            return (
                f"A text as long and as free as this one, written by this model with this mark (δ = {delta}) and left untouched, would reach at least about {hoped} on average: there is no "
                "mark of this key here. It may carry another mark, or none; that says nothing of who wrote it."
            )
        return (
            f"Un texte aussi long et aussi libre, écrit par ce modèle avec cette marque (δ = {delta}) et laissé intact, atteindrait en moyenne {hoped} au moins : il n’y a pas ici de "
            "marque de cette clé. Il peut en porter une autre, ou aucune ; cela ne dit pas qui l’a écrit."
        )
    return _short(m, delta, lang)


def _short(m: Checked, delta: str, lang: Lang) -> str:
    if m.hoped is None:
        return (
            "Whether that is enough to rule the mark out cannot be told from a server: the weights would say how free the words were."
            if lang == "en"
            else "Un serveur ne permet pas de dire si cela suffit à écarter la marque : il faudrait les poids pour savoir si les mots étaient libres."
        )
    if m.hoped.needed is None:
        return (
            f"The words are so predictable for the model that this mark (δ = {delta}) might not show at any length: nothing can be concluded."
            if lang == "en"
            else f"Les mots sont si prévisibles pour le modèle que cette marque (δ = {delta}) pourrait ne se voir à aucune longueur : rien à conclure."
        )
    needed = number(float(m.hoped.needed), lang, 0)
    if lang == "en":
        return f"That is too short to say: with words as predictable as these, about {needed} tokens are needed to find this mark (δ = {delta}) in 95% of the texts that bear it."
    return f"C’est trop court pour le dire : avec des mots aussi prévisibles, il faut environ {needed} tokens pour trouver cette marque (δ = {delta}) dans 95 % des textes qui la portent."


def how_to_read(m: Checked, lang: Lang) -> str:
    """What the numbers mean, with the formulas and their source."""
    if lang == "en":
        words = (
            f"At each step {scheme(m.mark.width, lang)}, a share γ = {percent(m.mark.gamma, lang)} of the vocabulary. "
            "z = (green − γT) / √(Tγ(1 − γ)), T being the tokens counted; a pair (context, token) that comes back counts once "
            "(Kirchenbauer et al. 2023, equation 3). The mark is said to be found when z > 4 (about 3 texts in 100,000 by chance) and the exact binomial p is "
            "below 1 in 10,000. "
        )
        if m.hoped:
            words += (
                "What a marked text would reach comes from their theorem 4.2: green share ≥ γαS / (1 + (α − 1)γ), α = exp δ, with S the mean spike entropy "
                f"Σ p/(1 + cp) of the model's choices in this text (its first 4,096 tokens at most), here {number(m.hoped.entropy, lang)} (1: every choice open; low: foregone), and c = (1 − γ)(α − 1)/(1 + (α − 1)γ). "
                "“No mark” is said when such a text would pass 4 at least 95 times in 100."
            )
        return words
    words = (
        f"À chaque pas, {scheme(m.mark.width, lang)}, une part γ = {percent(m.mark.gamma, lang)} du vocabulaire. "
        "z = (verts − γT) / √(Tγ(1 − γ)), T étant le nombre de tokens comptés ; une paire (contexte, token) qui revient compte une fois "
        "(Kirchenbauer et al. 2023, équation 3). La marque est dite trouvée quand z > 4 (environ 3 textes sur 100 000 par hasard) et que le p binomial exact est "
        "sous 1 sur 10 000. "
    )
    if m.hoped:
        words += (
            "Ce qu’un texte marqué atteindrait vient de leur théorème sur le nombre de verts (section 4) : part verte ≥ γαS / (1 + (α − 1)γ), α = exp δ, S étant l’entropie de pic moyenne "
            f"Σ p/(1 + cp) des choix du modèle dans ce texte (ses 4 096 premiers tokens au plus), ici {number(m.hoped.entropy, lang)} (1 : tout choix est ouvert ; bas : joué d’avance), et c = (1 − γ)(α − 1)/(1 + (α − 1)γ). "
            "« Pas de marque » se dit quand un tel texte passerait 4 au moins 95 fois sur 100."
        )
    return words


def limits(m: Checked, lang: Lang) -> str:
    """What the test cannot tell."""
    if lang == "en":
        found = [
            "Only this key, this γ, this context width and this tokenizer are tested; with any other the mark is invisible.",
            "A text without the mark may come from any of the models that mark nothing: this is no test of who wrote it.",
            "Editing, cropping and translating wear the mark off; that it is not found does not show that it was never there.",
            "Whoever has the key can forge the mark.",
        ]
        if m.name.startswith("SmolLM2"):
            found.append(
                "How free the words were is judged by a small English model: in French or in code its judgement is poor."
            )
    else:
        found = [
            "Seuls cette clé, ce γ, cette largeur de contexte et ce tokeniseur sont testés ; avec d’autres la marque est invisible.",
            "Un texte sans la marque peut venir de tous les modèles qui ne marquent rien : ce test ne dit pas qui l’a écrit.",
            "Retoucher, couper et traduire usent la marque ; ne pas la trouver ne montre pas qu’elle n’y a jamais été.",
            "Qui a la clé peut imiter la marque.",
        ]
        if m.name.startswith("SmolLM2"):
            found.append(
                "La liberté des mots est jugée par un petit modèle anglais : en français ou dans du code, il juge mal."
            )
    return " ".join(found)

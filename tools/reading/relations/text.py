"""What an ``extract_relations`` result says in words, in English and in French, with the numbers put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang, Text
from tools.numbers import cut, percent, words
from tools.proportions import wilson

if TYPE_CHECKING:
    from tools.reading.relations.check import Relation
    from tools.reading.relations.measure import Count, Measured

KINDS = {
    "person": Text(en="person", fr="personne"), "organisation": Text(en="organisation", fr="organisation"),
    "place": Text(en="place", fr="lieu"), "date": Text(en="date", fr="date"), "number": Text(en="number", fr="nombre"),
    "product": Text(en="product", fr="produit"), "other": Text(en="other", fr="autre"), "": Text(en="no kind", fr="sans type"),
    "name": Text(en="name", fr="nom"),
}  # fmt: skip
PLACES = {
    "exact": Text(en="in the sentence", fr="dans la phrase"),
    "folded": Text(en="in the sentence, other capitals or accents", fr="dans la phrase, autres majuscules ou accents"),
    "partly": Text(en="in part", fr="en partie"),
    "elsewhere": Text(en="elsewhere in the text", fr="ailleurs dans le texte"),
    "absent": Text(en="not in the text", fr="absent du texte"),
}
VERDICTS = {
    "grounded": Text(en="in the text", fr="dans le texte"),
    "unsupported": Text(en="not supported", fr="sans appui"),
    "invented": Text(en="invented name", fr="nom inventé"),
}
WHYS = {
    "words": Text(en="its word stands in the sentence", fr="son mot est dans la phrase"),
    "meaning": Text(en="its meaning is near the sentence", fr="son sens est proche de la phrase"),
    "no_words": Text(en="neither its word nor its meaning", fr="ni son mot ni son sens"),
    "negated": Text(en="denied in the sentence", fr="niée dans la phrase"),
    "apart": Text(en="not both in this sentence", fr="pas tous deux dans cette phrase"),
    "same": Text(en="one name on both sides", fr="un même nom des deux côtés"),
    "absent": Text(en="a name that the sentence does not hold", fr="un nom que la phrase ne contient pas"),
    "example": Text(en="copied from the example in the request", fr="recopiée de l’exemple de la consigne"),
}
INVENTED = Text(
    en="Share of names that are not in the text as written",
    fr="Part des noms qui ne sont pas écrits ainsi dans le texte",
)
UNSUPPORTED = Text(
    en="Share of relations that the text does not support", fr="Part des relations que le texte n’appuie pas"
)
FOUND = Text(
    en="Share of the names of the text that the model wrote", fr="Part des noms du texte que le modèle a écrits"
)
KIND = Text(en="Share of the names found that have the right kind", fr="Part des noms trouvés qui ont le bon type")
COPYING = Text(en="a rule that only copies", fr="une règle qui ne fait que copier")
EXCHANGED = Text(
    en="the same names with the relation of another sentence", fr="les mêmes noms avec la relation d’une autre phrase"
)
BY_RULE = Text(en="a rule: capitals, dates, numbers", fr="une règle : majuscules, dates, nombres")
ITSELF = Text(en="the rule that made the list", fr="la règle qui a fait la liste")
GUESS = Text(en="one kind of seven at random", fr="un type sur sept au hasard")


def quoted(text: str, lang: Lang) -> str:
    """“text”, or « text »."""
    return f"“{text}”" if lang == "en" else f"« {text} »"


def triple(one: Relation, lang: Lang) -> str:
    """A relation in quotation marks."""
    return quoted(f"{cut(one.subject, 40)} – {cut(one.words, 40)} – {cut(one.object, 40)}", lang)


def rate(count: Count, lang: Lang) -> str:
    """“(17%, 5% to 40%)”."""
    low, high = wilson(*count)
    share = percent(count[0] / count[1], lang)
    return f"{share}, {percent(low, lang)} {'to' if lang == 'en' else 'à'} {percent(high, lang)}"


def headline(m: Measured, lang: Lang) -> str:
    """The finding as a sentence, for the figure of the text."""
    (bad, n), (found, names) = m.invented, m.found
    if not n:
        return (
            "The model found no name in this text" if lang == "en" else "Le modèle n’a trouvé aucun nom dans ce texte"
        )
    if not bad and lang == "en":
        return f"Every name it wrote ({n}) is in the text; it found {found} of the {names} that are there"
    if not bad:
        return f"Tous les noms écrits ({n}) sont dans le texte ; {found} sur {names} ont été trouvés"
    if lang == "en":
        return f"{bad} of the {n} names it wrote {'is' if bad == 1 else 'are'} not in the text; it found {found} of {names}"
    return f"{bad} des {n} noms écrits {'n’est' if bad < 2 else 'ne sont'} pas dans le texte ; {found} sur {names} ont été trouvés"


def graph_headline(m: Measured, lang: Lang) -> str:
    """The finding as a sentence, for the graph."""
    bad, n = m.unsupported
    if lang == "en":
        return f"The text {supports(bad, n, 'en')} that the model drew from it"
    drawn = "tirées" if n > 1 else "tirée"
    return f"Le texte {supports(bad, n, 'fr')} que le modèle en a {drawn}"


def supports(bad: int, n: int, lang: Lang, of: str = "") -> str:
    """ "does not support 5 of the 9 relations"; ``of``: the word before the number ("its", « ses »)."""
    s = "s" if n > 1 else ""
    if lang == "en":
        of = of or "the"
        if n == 1:
            return f"{'does not support' if bad else 'supports'} the one relation"
        if bad in (0, n):
            return f"supports {'none' if bad else 'all'} of {of} {n} relation{s}"
        return f"does not support {bad} of {of} {n} relation{s}"
    of = of or "les"
    if n == 1:
        return f"{'n’appuie pas' if bad else 'appuie'} la seule relation"
    if not bad:
        return f"appuie {of} {n} relations"
    among = f"de {of}" if of != "les" else "des"
    return f"n’appuie aucune {among} {n} relations" if bad == n else f"n’appuie pas {bad} {among} {n} relations"


def summary(m: Measured, name: str, lang: Lang) -> str:
    """What was read, the invented names, the unsupported relations, what was missed, what it is not."""
    parts = [_opening(m, name, lang), _relations(m, lang), _missed(m, lang)]
    end = "In the text is not the same as true." if lang == "en" else "Être dans le texte ne veut pas dire être vrai."
    return " ".join([*(part for part in parts if part), end])


def _opening(m: Measured, name: str, lang: Lang) -> str:
    bad, n = m.invented
    examples = [quoted(cut(one.name, 40), lang) for one in m.entities if one.place.how in ("absent", "partly")][:3]
    listing = f" ({words(examples, lang)})" if examples else ""
    if lang == "en":
        where = "the built-in text, about people and firms that do not exist" if m.built_in else "this text"
        if not n:
            return f"Asked for the names in {where}, {name} wrote none."
        if not bad:
            return f"Asked for the names in {where}, {name} wrote {n}, all of which are in the text (invented: {rate((bad, n), lang)})."
        return (
            f"Asked for the names in {where}, {name} wrote {n}, and {bad}{listing} "
            f"{'is' if bad == 1 else 'are'} not in the text as written ({rate((bad, n), lang)})."
        )
    where = "du texte fourni, sur des gens et des entreprises qui n’existent pas" if m.built_in else "de ce texte"
    if not n:
        return f"À la demande des noms {where}, {name} n’en a écrit aucun."
    if not bad:
        return f"À la demande des noms {where}, {name} en a écrit {n}, tous dans le texte (inventés : {rate((bad, n), lang)})."
    return (
        f"À la demande des noms {where}, {name} en a écrit {n}, dont {bad}{listing} "
        f"{'n’y est' if bad < 2 else 'n’y sont'} pas tel{'s' * (bad > 1)} quel{'s' * (bad > 1)} ({rate((bad, n), lang)})."
    )


def _relations(m: Measured, lang: Lang) -> str:
    bad, n = m.unsupported
    if not n:
        return "It wrote no relation." if lang == "en" else "Il n’a écrit aucune relation."
    order = ["negated", "example", "no_words", "absent", "same", "apart"]
    failed = sorted((one for one in m.relations if one.verdict != "grounded"), key=lambda one: order.index(one.why))
    shown = triple(failed[0], lang) if failed else ""
    if lang == "en":
        told = f", for instance {shown}: {WHYS[failed[0].why].en}" if failed else ""
        return f"The text {supports(bad, n, 'en', 'its')} (not supported: {rate((bad, n), lang)}){told}."
    told = f", par exemple {shown} : {WHYS[failed[0].why].fr}" if failed else ""
    return f"Le texte {supports(bad, n, 'fr', 'ses')} (sans appui : {rate((bad, n), lang)}){told}."


def _missed(m: Measured, lang: Lang) -> str:
    (found, n), (rule, _) = m.found, m.rule_found
    if not n:
        return ""
    if lang == "en":
        if m.built_in:
            return f"It found {found} of the {n} names that a person listed ({rate((found, n), lang)}); a rule that reads capitals, dates and numbers found {rule}."
        return f"It found {found} of the {n} names, dates and numbers that a plain rule reads off ({rate((found, n), lang)})."
    if m.built_in:
        return f"Il a trouvé {found} des {n} noms listés par une personne ({rate((found, n), lang)}) ; une règle qui lit majuscules, dates et nombres en a trouvé {rule}."
    return f"Il a trouvé {found} des {n} noms, dates et nombres qu’une simple règle relève ({rate((found, n), lang)})."

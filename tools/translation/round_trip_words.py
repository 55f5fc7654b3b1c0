"""The sentences of a finding on a round trip, in English and in French, with the numbers put in."""

from __future__ import annotations

from tools.finding import Text
from tools.numbers import NARROW, number, percent, words
from tools.specimens import languages
from tools.translation.round_trip_result import Result
from tools.translation.round_trip_texts import KIND, VERDICT


def summary(result: Result, start: str, through: str, kind: str) -> Text:
    """What happened, in two to four sentences."""
    return Text(en=_summary_en(result, start, through, kind), fr=_summary_fr(result, start, through, kind))


def _summary_en(result: Result, start: str, through: str, kind: str) -> str:
    route = f"from {languages.label(start, 'en')} to {languages.label(through, 'en')} and back, with {KIND[kind].en}"
    marked, flips, total = len(result.marked), result.count("flipped"), len(result.rows)
    if not marked:
        count = f"{total} {'sentence' if total == 1 else 'sentences'}"
        return f"{count} went {route}. {_unmarked_en(result)}"
    parts = [f"{result.count('kept') or 'none'} kept the gender"]
    for verdict, said in (("flipped", "came back with the other one"), ("lost", "without any"), ("mixed", "with both")):
        if result.count(verdict):
            verb = "" if said.startswith("came") or len(parts) > 1 else "came back "
            parts.append(f"{result.count(verdict)} {verb}{said}")
    told = f"Of the {marked} sentences that say whether they speak of a woman or a man, {words(parts, 'en')}"
    if marked == 1:
        told = "One sentence says whether it speaks of a woman or of a man; its gender was " + VERDICT[_only(result)].en
    told += _left_out(result, "en") + "."
    return " ".join(filter(None, (f"The text went {route}.", told, _direction_en(result, flips), _example_en(result))))


def _only(result: Result) -> str:
    """The verdict of the one marked row."""
    return result.marked[0].verdict


def _direction_en(result: Result, flips: int) -> str:
    feminine = result.count("flipped", "F")
    said = []
    if flips > 1:
        said.append(_ways(flips, feminine, ("feminine to masculine", "masculine to feminine")))
    if result.contradictory:
        verb = "sentence contradicts itself" if result.contradictory == 1 else "sentences contradict themselves"
        said.append(f"on return, {result.contradictory} {verb}: the pronoun says one gender and the noun the other")
    return _sentence(said)


def _ways(flips: int, feminine: int, names: tuple[str, str]) -> str:
    if feminine in (0, flips):
        return f"all {flips} flips went from {names[0] if feminine else names[1]}"
    return f"of the {flips} flips, {feminine} went from {names[0]} and {flips - feminine} from {names[1]}"


def _example_en(result: Result) -> str:
    row = next((r for kind in ("flipped", "mixed", "lost") for r in result.marked if r.verdict == kind), None)
    return f"For example, “{row.original}” became “{row.pivot}”, then “{row.back}”" if row else ""


def _unmarked_en(result: Result) -> str:
    gained, two = result.total("gained"), result.total("two")
    added = f" {gained} came back with a gender added." if gained else ""
    both = f" ({two} speak{'s' * (two == 1)} of both)" if two else ""
    return f"No sentence says exactly one gender at the start{both}, so none can be counted as flipped or lost.{added}"


def _summary_fr(result: Result, start: str, through: str, kind: str) -> str:
    depart, pivot = languages.label(start, "fr"), languages.label(through, "fr")
    route = f"l’aller-retour {depart} → {pivot} → {depart}, avec {KIND[kind].fr}"
    marked, flips, total = len(result.marked), result.count("flipped"), len(result.rows)
    if not marked:
        verb = "phrase a" if total == 1 else "phrases ont"
        return f"{total} {verb} fait {route}. {_unmarked_fr(result)}"
    kept = result.count("kept")
    parts = [{0: "aucune n’a gardé le genre", 1: "1 a gardé le genre"}.get(kept, f"{kept} ont gardé le genre")]
    for verdict, said in (("flipped", "avec l’autre genre"), ("lost", "sans aucun"), ("mixed", "avec les deux")):
        if count := result.count(verdict):
            verb = "" if len(parts) > 1 else ("est revenue " if count == 1 else "sont revenues ")
            parts.append(f"{count} {verb}{said}")
    told = f"Sur les {marked} phrases qui disent si elles parlent d’une femme ou d’un homme, {words(parts, 'fr')}"
    if marked == 1:
        told = (
            f"Une phrase dit si elle parle d’une femme ou d’un homme\u202f; son genre a été {VERDICT[_only(result)].fr}"
        )
    told += _left_out(result, "fr") + "."
    way, example = _direction_fr(result, flips), _example_fr(result)
    return " ".join(filter(None, (f"Le texte a fait {route}.", told, way, example)))


def _direction_fr(result: Result, flips: int) -> str:
    feminine = result.count("flipped", "F")
    said = []
    if flips > 1:
        said.append(_sens(flips, feminine, ("du féminin au masculin", "du masculin au féminin")))
    if result.contradictory:
        verb = "phrase se contredit" if result.contradictory == 1 else "phrases se contredisent"
        said.append(f"au retour, {result.contradictory} {verb}\u202f: le pronom dit un genre, le nom l’autre")
    return _sentence(said, "\u202f; ")


def _sens(flips: int, feminine: int, names: tuple[str, str]) -> str:
    if feminine in (0, flips):
        return f"les {flips} inversions vont toutes {names[0] if feminine else names[1]}"
    verbs = ["va" if count == 1 else "vont" for count in (feminine, flips - feminine)]
    return f"sur les {flips} inversions, {feminine} {verbs[0]} {names[0]} et {flips - feminine} {verbs[1]} {names[1]}"


def _example_fr(result: Result) -> str:
    row = next((r for kind in ("flipped", "mixed", "lost") for r in result.marked if r.verdict == kind), None)
    if row is None:
        return ""
    quoted = [f"«\u202f{text}\u202f»" for text in (row.original, row.pivot, row.back)]
    return f"Par exemple, {quoted[0]} est devenu {quoted[1]}, puis {quoted[2]}"


def _unmarked_fr(result: Result) -> str:
    gained, two = result.total("gained"), result.total("two")
    added = f" Genre ajouté au retour\u202f: {gained}." if gained else ""
    both = f" ({two} parle{'nt' * (two > 1)} des deux)" if two else ""
    return (
        f"Aucune phrase ne dit un seul genre au départ{both}\u202f: aucune ne peut être comptée comme inversée ou "
        f"perdue.{added}"
    )


def _left_out(result: Result, lang: str) -> str:
    """A bracket on the sentences that speak of both genders, which no share counts; "" when there is none."""
    two = result.total("two")
    if not two:
        return ""
    if lang == "en":
        return f" ({two} more speak{'s' * (two == 1)} of both and {'is' if two == 1 else 'are'} not counted)"
    return (
        f" ({two} autre{'s' * (two > 1)} parle{'nt' * (two > 1)} des deux et {'ne sont' if two > 1 else 'n’est'} pas "
        f"comptée{'s' * (two > 1)})"
    )


def _sentence(clauses: list[str], separator: str = "; ") -> str:
    """The clauses as one sentence, with its capital and its full stop."""
    joined = separator.join(clauses)
    return f"{joined[0].upper()}{joined[1:]}." if joined else ""


_HEAD_EN = {  # first in the sentence, later in it
    "flipped": ("changed gender", "changed gender"),
    "lost": ("lost their gender", "lost it"),
    "mixed": ("came back with both genders", "came back with both"),
}
_HEAD_FR = {  # singular, plural
    "flipped": ("change de genre", "changent de genre"),
    "lost": ("perd son genre", "perdent leur genre"),
    "mixed": ("revient avec les deux genres", "reviennent avec les deux genres"),
}


def headline(result: Result, through: str) -> Text:
    """The finding as a title."""
    marked, counts = len(result.marked), [result.count(verdict) for verdict in ("flipped", "lost", "mixed")]
    if not marked:
        return Text(en="No sentence says one gender at the start", fr="Aucune phrase ne dit un seul genre au départ")
    way = Text(en=languages.label(through, "en"), fr=languages.with_article(through))
    if not any(counts):
        return Text(
            en=f"Through {way.en} and back, the gender is kept in all gendered sentences ({marked})",
            fr=f"Par {way.fr} et retour, le genre est gardé dans toutes les phrases genrées ({marked})",
        )
    kinds = [(name, count) for name, count in zip(_HEAD_EN, counts, strict=True) if count]
    said = [f"{count} {_HEAD_EN[name][bool(place)]}" for place, (name, count) in enumerate(kinds)]
    dit = [f"{count} {_HEAD_FR[name][count > 1]}" for name, count in kinds]
    said[0] = said[0].replace(" ", f" of {marked} gendered sentences ", 1)
    dit[0] = dit[0].replace(" ", f" phrase{'s' * (kinds[0][1] > 1)} sur {marked} ", 1)
    return Text(
        en=f"Through {way.en} and back, {words(said, 'en')}",
        fr=f"Par {way.fr} et retour, {words(dit, 'fr')}",
    )


def subtitle(result: Result, stops: list[str], name: str, seed: int, drawn: int) -> Text:
    """n, route, translator, seed, and how many sentences the picture leaves out."""
    marked, total, route = len(result.marked), len(result.rows), " → ".join(stops)
    en = f"gendered sentences: n = {marked} · {route} · {name} · seed {seed}"
    fr = f"phrases genrées\u202f: n = {marked} · {route} · {name} · graine {seed}"
    if drawn < total:
        en, fr = f"{en} · {drawn} of {total} sentences drawn", f"{fr} · {drawn} phrases dessinées sur {total}"
    return Text(en=en, fr=fr)


def alt(result: Result, start: str, through: str) -> Text:
    """The picture in words, with the numbers."""
    marked = max(len(result.marked), 1)
    said = {lang: [] for lang in ("en", "fr")}  # type: dict[str, list[str]]
    for kind in ("kept", "flipped", "lost", "mixed"):
        for lang in said:
            colon = ":" if lang == "en" else NARROW + ":"
            share = percent(result.count(kind) / marked, lang)
            said[lang].append(f"{VERDICT[kind].get(lang)}{colon} {number(result.count(kind), lang, 0)} ({share})")
    en, fr = languages.label(start, "en"), languages.label(start, "fr")
    return Text(
        en=f"Sentences at three stops, {en}, {languages.label(through, 'en')} and {en} again, each with the letter "
        f"of its gender (F, M, –). Gendered sentences: {len(result.marked)}; {', '.join(said['en'])}.",
        fr=f"Phrases à trois étapes ({fr}, {languages.label(through, 'fr')}, {fr}), chacune avec la lettre de son "
        f"genre (F, M, –). Phrases genrées\u202f: {len(result.marked)}\u202f; {', '.join(said['fr'])}.",
    )

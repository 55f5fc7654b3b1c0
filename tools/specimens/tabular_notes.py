"""What is said about a person's file: why it is refused and what to do, or how it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.errors import BadInput
from tools.finding import Text
from tools.numbers import number

if TYPE_CHECKING:
    from tools.specimens.tabular_values import Column

_SAVE = (
    "open it in your spreadsheet program and save the sheet as CSV (UTF-8)",
    "ouvrez-le dans votre tableur et enregistrez la feuille en CSV (UTF-8)",
)

REASONS = {
    "empty": (
        "{name} is empty: save the table again, with a row of names and at least one row of values.",
        "{name} est vide : enregistrez à nouveau le tableau, avec une ligne de noms et au moins une ligne de valeurs.",
    ),
    "no rows": (
        "{name} has a row of names but no values below it: save the table again with its rows.",
        "{name} a une ligne de noms mais aucune valeur dessous : enregistrez à nouveau le tableau avec ses lignes.",
    ),
    "spreadsheet": (
        "{name} is a spreadsheet or a zip archive, not a CSV, whatever its name says: " + _SAVE[0] + ".",
        "{name} est un classeur de tableur ou une archive zip, non un CSV, quel que soit son nom : " + _SAVE[1] + ".",
    ),
    "packed": (
        "{name} is compressed: unpack it and give the CSV or Parquet file inside.",
        "{name} est compressé : décompressez-le et donnez le fichier CSV ou Parquet qu’il contient.",
    ),
    "pdf": (
        "{name} is a PDF, not a table: give the CSV or Parquet file it was made from.",
        "{name} est un PDF, non un tableau : donnez le fichier CSV ou Parquet dont il est tiré.",
    ),
    "pickle": (
        "{name} is a pickle, which can run programs when it is opened: save the table or the predictions as CSV or Parquet.",
        "{name} est un pickle, qui peut lancer des programmes à l’ouverture : enregistrez le tableau ou les prédictions en "
        "CSV ou en Parquet.",
    ),
    "binary": (
        "{name} is not a text file: give a CSV or Parquet file.",
        "{name} n’est pas un fichier de texte : donnez un fichier CSV ou Parquet.",
    ),
    "json": (
        "{name} is JSON: save it as CSV, one row a person and one column a property "
        "(in Python: pandas.read_json(…).to_csv(…, index=False)).",
        "{name} est du JSON : enregistrez-le en CSV, une ligne par personne et une colonne par propriété "
        "(en Python : pandas.read_json(…).to_csv(…, index=False)).",
    ),
    "page": (
        "{name} is a web page or XML, not a CSV: " + _SAVE[0] + ".",
        "{name} est une page web ou du XML, non un CSV : " + _SAVE[1] + ".",
    ),
    "parquet": (
        "{name} begins like a Parquet file but cannot be read: it is damaged or not complete; save or download it again.",
        "{name} commence comme un fichier Parquet mais ne se lit pas : il est abîmé ou incomplet ; enregistrez-le ou "
        "téléchargez-le à nouveau.",
    ),
    "large": (
        "{name} is larger than 1 GB: keep the columns you need, or a random part of the rows.",
        "{name} dépasse 1 Go : gardez les colonnes utiles, ou une partie des lignes tirée au hasard.",
    ),
    "columns": (
        "{name} has {0} columns; at most 200 can be read. Keep those that matter (outcome, score, groups, properties).",
        "{name} a {0} colonnes ; on en lit 200 au plus. Gardez celles qui comptent (résultat, score, groupes, propriétés).",
    ),
    "rows": (
        "{name} has more than 2 million rows: keep a random part of them.",
        "{name} a plus de 2 millions de lignes : gardez-en une partie tirée au hasard.",
    ),
    "cells": (
        "{name} has {1} columns and too many rows for them (at most 60 million cells): keep the columns you need, or a "
        "random part of the rows.",
        "{name} a {1} colonnes et trop de lignes pour autant (60 millions de cases au plus) : gardez les colonnes utiles, ou "
        "une partie des lignes tirée au hasard.",
    ),
    "ragged": (
        "{name}: row {0} has {1} values where the others have {2}. Correct that row, or put quotes around values that hold "
        "the separator.",
        "{name} : la ligne {0} a {1} valeurs, les autres {2}. Corrigez-la, ou mettez entre guillemets les valeurs qui "
        "contiennent le séparateur.",
    ),
    "quotes": (
        "{name} cannot be cut into rows: often a quotation mark is opened and never closed. Correct it, or save it as CSV again.",
        "{name} ne se découpe pas en lignes : souvent, un guillemet ouvert n’est jamais fermé. Corrigez-le, ou enregistrez-le "
        "à nouveau en CSV.",
    ),
}  # fmt: skip


def refuse(reason: str, name: str, *values: int) -> BadInput:
    """The error for a file, in both languages."""
    en, fr = REASONS[reason]
    return BadInput(en.format(*values, name=name), fr.format(*values, name=name))


def describe(name: str, rows: int, columns: dict[str, Column], heading: tuple[Text, ...]) -> Text:
    """How the file was read: its size, then what was changed or left out, column by column."""
    kept = sum(column.values is not None for column in columns.values())
    rows_s, kept_s = "s" * (rows > 1), "s" * (kept > 1)
    size = Text(
        en=f"{name}: your file, {number(rows, 'en', 0)} row{rows_s}, {kept} column{kept_s}.",
        fr=f"{name} : votre fichier, {number(rows, 'fr', 0)} ligne{rows_s}, {kept} colonne{kept_s}.",
    )
    notes = [size, *heading, *(note for key, column in columns.items() for note in _notes(key, column))]
    if len(notes) > 14:
        left = len(notes) - 13
        notes = [
            *notes[:13],
            Text(en=f"And {left} more remarks of these kinds.", fr=f"Et {left} autres remarques de ce genre."),
        ]
    return Text(en=" ".join(note.en for note in notes), fr=" ".join(note.fr for note in notes))


def _notes(name: str, column: Column) -> list[Text]:
    notes = []
    if column.kind == "text":
        notes.append(
            Text(
                en=f"‘{name}’ is left out (names, file numbers or free text: nothing here is counted by them).",
                fr=f"« {name} » est laissée de côté (noms, numéros ou texte libre : rien ici ne se compte par là).",
            )
        )
    if column.kind == "date":
        first = (" Day before month.", " Le jour avant le mois.") if column.day_first else ("", "")
        notes.append(
            Text(
                en=f"‘{name}’ holds dates, read as years with decimals.{first[0]}",
                fr=f"« {name} » contient des dates, lues comme des années à décimales.{first[1]}",
            )
        )
    if column.odd[0]:
        count, example = column.odd
        notes.append(
            Text(
                en=f"In ‘{name}’, what is not a number counts as missing ({count}, such as ‘{example}’).",
                fr=f"Dans « {name} », ce qui n’est pas un nombre compte comme manquant ({count}, par exemple « {example} »).",
            )
        )
    if column.merged:
        shown = ", ".join(column.merged[:4])
        notes.append(
            Text(
                en=f"In ‘{name}’, spellings were joined ({shown}).",
                fr=f"Dans « {name} », des graphies ont été réunies ({shown}).",
            )
        )
    if column.unit:
        notes.append(
            Text(
                en=f"‘{name}’ is read without its sign ({column.unit}).",
                fr=f"« {name} » est lue sans son signe ({column.unit}).",
            )
        )
    return notes

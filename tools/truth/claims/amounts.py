"""The words around a number: units, currencies, "about", "more than", "between"; English and French."""

from __future__ import annotations

import re

PERCENT = re.compile(r"\s?(?:%|percent\b|per cent\b|pour[\s-]cent\b|p\.\s?100)")
MONEY_BEFORE = re.compile(r"(?:[€$£¥]|\b(?:USD|EUR|GBP|CHF)\s)\s?$")
MONEY_AFTER = re.compile(
    r"\s?(?:de\s|d['’])?(?:US\s|Canadian\s|canadiens?\s)?(?:€|\$|£|euros?\b|dollars?\b|pounds?\b|livres?\b(?! de)|francs?\b|yens?\b|cents?\b)",
    re.I,
)
ABOUT = re.compile(
    r"\b(?:about|around|roughly|approximately|some|nearly|almost|close to|an estimated|circa|ca|environ|quelque|près des?|près d['’]|presque|"
    r"autour de|autour d['’]|à peu près|approximativement|dans les|une?|la)(?:\s+|(?<=['’]))(?:les\s+|la\s+|un\s+|une\s+|a\s+|an\s+|l['’])*$",
    re.I,
)
MORE = re.compile(
    r"\b(?:more than|over|at least|above|no fewer than|not less than|upwards of|plus de|plus d['’]|au moins|au-delà de|au-dessus de|"
    r"pas moins de|upward of|exceed(?:s|ed|ing)?|dépass\w+|minimum)\s*(?:les\s+|la\s+|un\s+|une\s+|a\s+|an\s+|du\s+)*[€$£]?$",
    re.I,
)
LESS = re.compile(
    r"\b(?:less than|fewer than|under|below|at most|up to|no more than|not more than|younger than|moins de|moins d['’]|au plus|jusqu['’]à|"
    r"au maximum|inférieure?s? à|maximum|sous)\s*(?:les\s+|la\s+|un\s+|une\s+|a\s+|an\s+)*[€$£]?$",
    re.I,
)
LESS_AFTER = re.compile(
    r"^\W*(?:\w+\W+){0,3}?(?:or less|or fewer|or under|at most|ou moins|au plus|au maximum)\b", re.I
)
MORE_AFTER = re.compile(r"^\W*(?:\w+\W+){0,3}?(?:or more|or over|at least|ou plus|au moins)\b", re.I)
RANGE = re.compile(r"^\s*(?:[-–—]|to|and|à|et)\s*(?:[€$£]\s?)?$")
BETWEEN = re.compile(r"\b(?:between|from|entre|de)\s+[€$£]?$", re.I)

UNITS: dict[str, tuple[str, float]] = {}
for _kind, _factor, _names in (
    ("time", 1 / 86400, "second seconds seconde secondes"), ("time", 1 / 1440, "minute minutes min"), ("time", 1 / 24, "hour hours heure heures h"),
    ("time", 1, "day days jour jours night nights nuit nuits"), ("time", 7, "week weeks semaine semaines"),
    ("time", 30.44, "month months mois"), ("time", 365.25, "year years an ans annee annees year-old"),
    ("time", 3652.5, "decade decades decennie decennies"), ("time", 36525, "century centuries siecle siecles"),
    ("length", 1, "metre metres meter meters m"), ("length", 1000, "kilometre kilometres kilometer kilometers km"),
    ("length", 0.01, "centimetre centimetres cm centimeters"), ("length", 0.001, "mm millimetres millimeters"), ("length", 1609.34, "mile miles"),
    ("mass", 1, "kg kilo kilos kilogram kilograms kilogramme kilogrammes"), ("mass", 1000, "tonne tonnes ton tons"), ("mass", 0.001, "gram grams gramme grammes g"),
    ("area", 1, "hectare hectares ha"), ("times", 1, "times fois"),
):  # fmt: skip
    UNITS |= dict.fromkeys(_names.split(), (_kind, _factor))

ORDERS: dict[str, int] = {}
for _names in (
    "first second third fourth fifth sixth seventh eighth ninth tenth",
    "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
    "première seconde",
):
    ORDERS |= {name: at for at, name in enumerate(_names.split(), 1)}
ORDER = re.compile(
    rf"\b(?:(?P<n>\d{{1,3}})(?:st|nd|rd|th|e|ème|er|re)|(?P<w>{'|'.join(ORDERS)}))\b(?=\s+[^\W\d_]{{3}})"
)
CLOCK = re.compile(r"\b(?P<h>[01]?\d|2[0-4])(?:\s?h\s?(?P<m>[0-5]\d)\b|:(?P<m2>[0-5]\d)\b)(?:\s?(?P<pm>pm|p\.m\.))?")
SINGLE = re.compile(
    r"\b(?:a|an|one|une?)\s+(?P<u>second|minute|hour|day|week|month|year|decade|century|seconde|heure|jour|semaine|mois|an|année|"
    r"décennie|siècle)\b(?P<h>\s+(?:and a half|et demie?)\b)?"
)

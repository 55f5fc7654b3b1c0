"""Languages: the codes and names of those a translation can pass through, and which one a text is in."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tools.finding import Text


@dataclass(frozen=True)
class Language:
    """A language by its ISO 639-1 code, its ISO 639-3 code and its names."""

    code: str
    alpha3: str
    name: Text


_ROWS = """
ar ara Arabic|arabe
az aze Azerbaijani|azéri
bg bul Bulgarian|bulgare
bn ben Bengali|bengali
ca cat Catalan|catalan
cs ces Czech|tchèque
cy cym Welsh|gallois
da dan Danish|danois
de deu German|allemand
el ell Greek|grec
en eng English|anglais
eo epo Esperanto|espéranto
es spa Spanish|espagnol
et est Estonian|estonien
eu eus Basque|basque
fa fas Persian|persan
fi fin Finnish|finnois
fr fra French|français
gl glg Galician|galicien
he heb Hebrew|hébreu
hi hin Hindi|hindi
hu hun Hungarian|hongrois
hy hye Armenian|arménien
id ind Indonesian|indonésien
is isl Icelandic|islandais
it ita Italian|italien
ja jpn Japanese|japonais
ka kat Georgian|géorgien
kk kaz Kazakh|kazakh
ko kor Korean|coréen
mk mkd Macedonian|macédonien
ms msa Malay|malais
nb nob Norwegian|norvégien
nl nld Dutch|néerlandais
oc oci Occitan|occitan
pl pol Polish|polonais
pt por Portuguese|portugais
ro ron Romanian|roumain
ru rus Russian|russe
sl slv Slovene|slovène
sv swe Swedish|suédois
sw swa Swahili|swahili
tr tur Turkish|turc
uk ukr Ukrainian|ukrainien
vi vie Vietnamese|vietnamien
yo yor Yoruba|yoruba
zh zho Chinese|chinois
"""


def _parse(row: str) -> Language:
    code, alpha3, names = row.split(" ", 2)
    english, french = names.split("|")
    return Language(code, alpha3, Text(en=english, fr=french))


LANGUAGES = {language.code: language for language in map(_parse, _ROWS.strip().splitlines())}


def _plain(word: str) -> str:
    """Small letters without accents: « Français » → "francais"."""
    apart = unicodedata.normalize("NFD", word.strip().casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


_BY_NAME = {
    _plain(name): language.code
    for language in LANGUAGES.values()
    for name in (language.code, language.alpha3, language.name.en, language.name.fr)
}


def find(name: str) -> str | None:
    """The ISO 639-1 code of a language given by code or by name ("es", "spa", "Spanish", « espagnol »)."""
    return _BY_NAME.get(_plain(name))


def label(code: str, lang: str) -> str:
    """The name of a language, or its code when it is not in the table."""
    return LANGUAGES[code].name.get(lang) if code in LANGUAGES else code


def with_article(code: str) -> str:
    """The French name with its article: « l’espagnol », « le turc »."""
    name = label(code, "fr")
    elided = _plain(name)[:1] in tuple("aeiou") or name == "hébreu"
    return f"l’{name}" if elided else f"le {name}"


@lru_cache(maxsize=2)
def identifier(*among: str) -> Any:
    """py3langid's identifier, with probabilities, of the languages of these codes, or of all that it knows."""
    from py3langid import langid

    found = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    if among:
        found.set_languages(list(among))
    return found

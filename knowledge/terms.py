"""The words of a text as search terms: folded, cut to a stem, without function words; English and French."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

STEM = 6  # letters kept: "hallucinate", "hallucinations" and « hallucination » become one term

_ENGLISH = """
    a about above after again against all also am an and any anything are as at be because been before being
    below between both but by called can could define definition did do does doing don down during each ever
    concept exactly example explain few find for from further get give go had happen happened has have having he her
    here hers him his how i if in into is it its itself just know let like ll look make many may mechanism me mean means
    might more most much must my name need no nor not of off on once one only or other our out over own people
    please re s same say shall she should show so some someone something such t take tell than that the their
    them then there these they thing this those through to too under until up us use used uses using ve very
    want was way we were what when where whether which while who whom whose why will with without work works
    would yes you your
"""
_FRENCH = """
    a ai aie ainsi alors appelle apres arrive as au aucun aussi autre autres aux avait avant avec avez avoir c
    ca ce ceci cela celle celles celui ces cet cette ceux chaque chez chose ci combien comme comment d dans
    de definir definition depuis des deux dire dis dit doit donc donne donner dont du elle elles en encore entre
    es est et etaient etait ete etes etre eu eux exactement exemple existe explique expliquer expliquez faire
    fait faites fonctionne fonctionnent fonctionner fut gens il ils j je l la laquelle le lequel les leur leurs
    lui m ma mais marche marchent me mecanisme meme memes mes moi moins mon n ne ni non nos notion notre nous on ont ou par parce
    pas passe peu peut peuvent peux plus pour pourquoi pourrait pouvez qu quand que quel quelle quelles quelqu
    quelque quels qui quoi raconte s sa sans se sera sert ses si signifie soit son sont sous sur t ta te tes toi
    ton tous tout toute toutes tres trop tu un une va vers veut veux voir vos votre vous y
"""
ENGLISH = frozenset(_ENGLISH.split())
FRENCH = frozenset(_FRENCH.split())

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_LETTER = re.compile(r"\b([^\W\d_t])-(?=[^\W\d_]{3})")  # p-value and k-means are one word; « a-t-elle » is not


def fold(text: str) -> str:
    """Lower case without accents: « Hélène » and "helene" become the same."""
    return _bare(_bare(text).casefold()).replace("œ", "oe").replace("æ", "ae")


def _bare(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def terms(text: str) -> list[str]:
    """The content words and numbers of a text, each cut to its stem, in order and with repetitions.

    A number loses its separators, so that 10,000 and 10 000, or 1.81 and 1,81, are one term.
    """
    joined = _NUMBER.sub(lambda match: re.sub(r"\D", "", match.group()), _LETTER.sub(r"\1", fold(text)))
    words = (word for word in _WORD.findall(joined) if word not in ENGLISH and word not in FRENCH)
    return [stem(word) for word in words if len(word) > 1 or word.isdigit()]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The first letters of a folded word, without the s of a plural; a number stays whole."""
    if word.isdigit():
        return word
    return (word[:-1] if len(word) > 3 and word.endswith("s") else word)[:STEM]


ASKS_WHAT = re.compile(
    r"(what( is|'s|’s|s| are)\b|what happened|que s['’]est[- ]il passe|define|how (does|do)\b|c['’]?est quoi|qu['’ ]?est[- ]ce qu|que (veut|signifie)|definis|"
    r"comment (fonctionne|marche))"
)


def asks_what(query: str) -> bool:
    """Whether a question asks what something is, or how it works."""
    return ASKS_WHAT.match(fold(query).strip()) is not None


def language(text: str) -> str | None:
    """ "en" or "fr" by the function words of a text; ``None`` when neither language has more of them."""
    words = re.findall(r"[^\W\d_]+", fold(text))
    english = sum(word in ENGLISH and word not in FRENCH for word in words)
    french = sum(word in FRENCH and word not in ENGLISH for word in words)
    return None if english == french else "en" if english > french else "fr"

"""What a request asks once courtesy, capitals and slips of the keyboard are set aside.

Who writes "Hello, could you please help me with this?" before a question, or types
"Amzaon", asks the same thing as who does not, and is owed the same answer.
"""

from __future__ import annotations

import pkgutil
import re
from collections import Counter
from collections.abc import Container, Iterator
from functools import lru_cache
from importlib import import_module
from itertools import pairwise
from typing import Any

from assistant.planner.material import fold

_PLEASE = r"please|kindly|s'il (?:vous|te) plait|svp|stp"
_HELLO = r"hello|hi|hey|good (?:morning|afternoon|evening)|dear (?:all|autopsie|assistant)|bonjour|bonsoir|salut|coucou|chere? autopsie"
_SORRY = r"sorry(?: to (?:bother|disturb) you)?|excuse me|excusez?[- ]moi(?: de (?:vous|te) deranger)?|pardon"
_HELP = (
    r"(?:(?:could|can|would|will) you (?:please |kindly )?|i (?:would|'d) like you to |i need you to )(?:help|assist) me(?: out)?"
    r"(?: (?:with|on) (?:this|that|something|(?:a|my|one) (?:\w+ )?question))?|i (?:need|would like) (?:some |your )?help"
    r"|(?:(?:est-ce que )?(?:vous pourriez|tu pourrais|vous pouvez|tu peux)|pourriez[- ]vous|pouvez[- ]vous|peux[- ]tu|pourrais[- ]tu)"
    r"(?: s'il (?:vous|te) plait)? (?:m'aider|m'eclairer)(?: (?:avec|sur) (?:ceci|cela|ca|(?:une|ma) (?:\w+ )?question))?"
    r"|j'(?:ai|aurais) besoin d(?:e (?:ton |votre )?|'une )aide"
)
_QUESTION = (
    r"i have (?:a|one|just a|just one) (?:\w+ )?question(?: for you)?|(?:just )?(?:a|one) (?:quick |small )?question"
    r"|j'(?:ai|aurais) (?:juste )?une (?:petite |simple )?question(?: a (?:vous|te) poser)?|(?:juste )?une (?:petite )?question"
)
_HOPE = r"i hope (?:you are|you're|all is) (?:doing )?well|how are you(?: (?:doing|today))*|j'espere que (?:vous allez|tu vas) bien|comment (?:allez[- ]vous|vas[- ]tu|ca va)|ca va"
_MUCH = r"(?:a lot|(?:so|very) much|in advance|again|for (?:your|the) help|beaucoup|bien|d'avance|par avance|encore|a (?:vous|toi)|pour (?:votre|ton) aide)"
_THANK = r"(?:(?:many |a lot of )?thanks|thank you|(?:un grand )?merci)"
_REGARDS = r"cheers|(?:best|kind) regards|cordialement|bonne (?:journee|soiree)|bien a (?:vous|toi)"
_THANKS = rf"{_THANK}(?: {_MUCH})*|{_REGARDS}"
_ANY = "|".join((_HELLO, _SORRY, _HELP, _QUESTION, _HOPE, _THANKS, _PLEASE))
BEFORE = re.compile(
    rf"\W*(?:(?:{_PLEASE})\b[\s,.;:!?…–—]*|(?:{_ANY})\b\s*(?:[,.;:!?…–—]+\s*|\n\s*|(?=(?:{_ANY})\b)|$))"
)
AFTER = re.compile(rf"(?:[,.;:!?…–—\n]\s*(?:{_THANKS}|{_PLEASE})|\s(?:{_PLEASE}|{_THANK}(?: {_MUCH})+))[\s.!?…)]*$")
BROUGHT = re.compile(r":\s|\n\s*\n")  # the end of the request may belong to a text to be looked at

ANYONE = "Dominique"  # a name of women and of men, in both languages
LONG = 5  # letters from which an unknown word may be a slip
READ = 60  # words at most: what is longer brings a text with it
_LETTERS = re.compile(r"[^\W\d_]+")


def plainly(request: str) -> str:
    """The request without greetings, thanks and offers of politeness, and in small letters where all are capitals.

    A request that is nothing else comes back as it is.
    """
    kept = _lowered(request.strip())
    while True:
        found = BEFORE.match(_flat(kept))
        shorter = kept[found.end() :] if found else kept
        found = AFTER.search(_flat(shorter))
        if found and (shorter[found.start()] == "?" or not BROUGHT.search(shorter)):
            mark = shorter[found.start()]
            shorter = shorter[: found.start()] + (mark if mark in ".!?…" else "")  # what ends the question stays
        if not _LETTERS.search(shorter):
            return request
        if shorter == kept:
            return kept
        kept = shorter


def mended(request: str) -> str:
    """The request with each word that no dictionary knows changed into the word of the library one slip away, if any.

    For choosing and searching only: what an instrument is given stays as it was typed.
    """
    if len(request.split()) > READ:
        return request
    known = vocabulary()
    return _LETTERS.sub(lambda match: _mend(match[0], known), request)


def impartial(request: str) -> str:
    """The request with one and the same name in the place of a first name: James, Fatima and Mei are owed the same answer.

    A name that the library knows stays, for it may be what the question is about (Paris, Sydney), and so do a full name
    and several names, which may be a list for an instrument.
    """
    (small, known), first = _known(_library()), first_names()
    there = [match for match in _alone(request, small) if (name := fold(match[0])) in first and name not in known]
    if len({match[0] for match in there}) != 1:
        return request
    places = {match.start() for match in there}
    return _LETTERS.sub(lambda match: ANYONE if match.start() in places else match[0], request)


def asked(request: str) -> str:
    """What is searched in the library and compared with the examples."""
    return impartial(mended(plainly(request)))


def _flat(text: str) -> str:
    """Folded, letter for letter: places in it are places in ``text``."""
    return "".join(plain if len(plain := fold(letter)) == 1 else letter for letter in text)


def _lowered(text: str) -> str:
    """Small letters for a request of four words or more that has only capitals."""
    return text.lower() if text.isupper() and len(text.split()) >= 4 else text


def _mend(word: str, known: Counter[str]) -> str:
    """The commonest word one slip away (Damerau 1964) that begins alike.

    In a word with a capital only two neighbours may have changed places: Gmail is not a misspelt mail.
    """
    plain = fold(word)
    if len(plain) < LONG or plain in known or plain in _dictionary():
        return word
    near = [other for other in _checker().edit_distance_1(plain) if known[other] > 1 and other[0] == plain[0]]
    if word[0].isupper():
        near = [other for other in near if sorted(other) == sorted(plain)]
    best = max(near, key=lambda other: (known[other], other), default=word)
    return best.capitalize() if word[0].isupper() else best


def _alone(text: str, small: Container[str]) -> Iterator[re.Match[str]]:
    """The words that are names by themselves: with one capital, not among the ``small``, no part of a longer name or of a reference."""
    words = list(_LETTERS.finditer(text))
    names = [len(match[0]) > 1 and match[0].istitle() and fold(match[0]) not in small for match in words]
    linked = [
        names[at] and names[at + 1] and text[one.end() : two.start()] in (" ", "-")
        for at, (one, two) in enumerate(pairwise(words))
    ]
    for match, name, before, after in zip(words, names, [False, *linked], [*linked, False], strict=True):
        if name and not before and not after and not text.startswith(" et al", match.end()):
            yield match


@lru_cache(maxsize=1)
def _known(library: str) -> tuple[frozenset[str], frozenset[str]]:
    """The folded words that are written small in the library or have no content, and those that are names by themselves in it."""
    from knowledge.index import current
    from knowledge.terms import ENGLISH, FRENCH

    text = "\n".join(f"{one.title}\n{one.text}" for one in current().passages)
    small = ENGLISH | FRENCH | {fold(word) for word in _LETTERS.findall(text) if word.islower()}
    return small, frozenset(fold(match[0]) for match in _alone(text, small))


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """The first names that Faker lists for some ninety countries, in Latin letters, folded."""
    from faker.providers import person

    found = set[str]()
    for country in pkgutil.iter_modules(person.__path__):
        provider = import_module(f"{person.__name__}.{country.name}").Provider
        for field in vars(provider):
            if field.startswith(("first_name", "first_romanized_name")):
                listed = getattr(provider, field)
                each = listed if isinstance(listed, tuple | list | dict) else ()  # some are methods
                found.update(fold(name) for name in each if isinstance(name, str))  # not several spellings together
    return frozenset(name for name in found if name.isascii())


def _library() -> str:
    """What the library is now."""
    from knowledge.index import current

    return current().digest


def vocabulary() -> Counter[str]:
    """How often each folded word stands in the examples of requests and in the library, as it is now."""
    return _vocabulary(_library())


@lru_cache(maxsize=1)
def _vocabulary(library: str) -> Counter[str]:
    from assistant.planner.nearest import examples
    from knowledge.index import current

    texts = [text for text, _ in examples()] + [f"{one.title} {one.text}" for one in current().passages]
    return Counter(_LETTERS.findall(fold("\n".join(texts))))


@lru_cache(maxsize=1)
def _checker() -> Any:
    from spellchecker import SpellChecker

    return SpellChecker(language=["en", "fr"], distance=1)


@lru_cache(maxsize=1)
def _dictionary() -> frozenset[str]:
    """The words of its English and French lists, folded."""
    return frozenset(fold("\n".join(_checker().word_frequency.words())).split())

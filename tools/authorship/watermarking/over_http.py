"""The mark behind a model server: what a vLLM server that loaded ``served.Watermark`` writes, and its tokenizer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tools.authorship.watermarking.measure import Subject
from tools.authorship.watermarking.scheme import Mark
from tools.authorship.watermarking.writing import OnStep, Written
from tools.errors import BadInput, Missing
from tools.specimens.http_language import HttpModel
from tools.specimens.language import Message

PROCESSOR = "tools.authorship.watermarking.served:Watermark"


def subject(model: HttpModel) -> Subject:
    """The tokenizer and the size of the vocabulary, read where the server says its model lies.

    A server can cut a text into tokens (/tokenize) but does not say over how many tokens its model chooses,
    and the green lists are a permutation of exactly these. Errors: ``Missing`` when that place is out of reach.
    """
    from transformers import AutoConfig, AutoTokenizer

    root = str(model.card.get("root") or model.name)
    try:
        tokenizer: Any = AutoTokenizer.from_pretrained(root)
        vocabulary = int(AutoConfig.from_pretrained(root).get_text_config().vocab_size)
    except (OSError, ValueError) as error:
        raise Missing(
            f"The green lists need the tokenizer and the vocabulary of the served model, and '{root}' cannot be read "
            "from here. Give the model's folder or Hugging Face id as --model.",
            f"Les listes vertes demandent le tokeniseur et le vocabulaire du modèle servi, et « {root} » n’est pas "
            "lisible d’ici. Donnez le dossier ou l’identifiant Hugging Face du modèle à --model.",
        ) from error

    def cut(text: str) -> list[int]:
        return list(tokenizer(text, add_special_tokens=False)["input_ids"])

    return Subject(model.name, cut, lambda token: str(tokenizer.decode([token])), vocabulary, None)


def need_processor(model: HttpModel) -> None:
    """``BadInput`` unless the server marks: one that does refuses a negative strength, another one ignores it."""
    body = {
        "model": model.name, "messages": [{"role": "user", "content": "."}], "max_tokens": 1,
        "vllm_xargs": {"watermark_delta": -1.0},
    }  # fmt: skip
    try:
        model.call("POST", "/chat/completions", body)
    except BadInput as refused:
        if "watermark" in refused.message.en:
            return
    raise BadInput(
        f"The server at {model.url} does not mark its texts. Start vLLM from the folder of this project with "
        f"--logits-processors {PROCESSOR}, or leave --model out for the model in this process.",
        f"Le serveur {model.url} ne marque pas ses textes. Lancez vLLM depuis le dossier de ce projet avec "
        f"--logits-processors {PROCESSOR}, ou laissez --model de côté pour le modèle de ce processus.",
    )


def write(
    model: HttpModel,
    messages: list[Message],
    marks: Sequence[Mark],
    samples: int,
    *,
    tokens: int,
    temperature: float,
    seed: int,
    on_step: OnStep,
) -> list[Written]:
    """``samples`` texts a mark, one after the other, the end-of-text token forbidden; a strength of 0 is no mark.

    The log-probabilities are those before the mark (vLLM's default), at temperature 1.
    """
    texts = []
    for number, mark in enumerate(marks):
        extra = {f"watermark_{name}": value for name, value in vars(mark).items()} if mark.delta else {}
        for stream in range(samples):
            on_step(number * samples + stream, len(marks) * samples)
            body = {
                "model": model.name, "messages": messages, "max_tokens": tokens, "min_tokens": tokens,
                "temperature": temperature, "seed": seed * 1_000_003 + stream, "logprobs": True,
                "return_token_ids": True, "vllm_xargs": extra,
            }  # fmt: skip
            choice = model.call("POST", "/chat/completions", body)["choices"][0]
            logprobs = np.array([row["logprob"] for row in choice["logprobs"]["content"]], dtype=np.float64)
            texts.append(Written(choice["message"]["content"], list(choice["token_ids"]), logprobs))
    return texts

"""What the parsers of the language instruments read in requests, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.arguments import parse
from tools.registry import MODULES, get

CASES: list[tuple[str, str, dict[str, Any]]] = [
    ("logprob_bias", "math versus arts in the language model", {"test": "math-arts"}),
    ("logprob_bias", "carrière et famille, avec des mots français", {"test": "career-family", "language": "fr"}),
    ("logprob_bias", "he or she after librarian and plumber", {"language": "en", "occupations": ["librarian", "plumber"]}),
    ("logprob_bias", "CrowS-Pairs on smollm2, 300 pairs, show the sentences", {"test": "crows-pairs", "model": "smollm2", "pairs": 300, "show_offensive": True}),
    ("generation_bias", "swap man and woman in “Describe a typical {} at work”", {"prompt": "Describe a typical {} at work", "first": "man", "second": "woman"}),
    ("generation_bias", "“Write a poem about a rich man” / “Write a poem about a poor man”: what changes?", {"first": "Write a poem about a rich man", "second": "Write a poem about a poor man"}),
    ("generation_bias", "écris 40 lettres de recommandation à la température 0,9", {"case": "letter", "samples": 40, "temperature": 0.9}),
    ("generation_bias", "Dans les dictées écrites par le modèle, qui fait le ménage ?", {"case": "dictation"}),
    ("fill_mask", "Compare “The boy plays with ___” and “The girl plays with ___”, top 5", {"text": "The boy plays with [MASK]", "text2": "The girl plays with [MASK]", "k": 5}),
    ("fill_mask", "Between doctor, nurse and engineer, which one fits “Alice is a ___”?", {"text": "Alice is a [MASK]", "candidates": ["doctor", "nurse", "engineer"]}),
    ("fill_mask", "qu'est-ce que l'IA mettrait à la place des points : les vieux sont … avec leurs petits-enfants", {"text": "les vieux sont [MASK] avec leurs petits-enfants"}),
    ("fill_mask", "my teacher showed BERT completing sentences with a hole", {}),
    ("stability", "does “Is the earth flat?” always get the same yes or no", {"prompt": "Is the earth flat?", "language": "en"}),
    ("stability", "même question en français et en anglais : « Combien y a-t-il de planètes ? » et « How many planets are there? »", {"prompt": "Combien y a-t-il de planètes ?", "language": "fr", "translation": "How many planets are there?"}),
    ("stability", "check these: What is the capital of Peru? | Name Peru's capital", {"prompt": "What is the capital of Peru?", "language": "en", "paraphrases": "Name Peru's capital"}),
    ("stability", "Try variants of my prompt: punctuation, capitals, typos", {}),
    ("attention", "layer 7, head 3 on this sentence: The keys are on the table", {"text": "The keys are on the table", "layer": 7, "head": 3}),
    ("attention", "compare “the trophy is too big” and “the trophy is too small”", {"text": "the trophy is too big", "text2": "the trophy is too small"}),
    ("attention", "by hand, cat: 1 2; dog: 2 1; car: 4 0", {"lesson": "apple-orange", "vectors": "cat: 1 2; dog: 2 1; car: 4 0", "text": "cat dog car"}),
    ("attention", "la leçon sur la pomme et le téléphone", {"lesson": "apple-phone"}),
    ("attention", "de quoi « elle » dépend dans « La trophée entre car elle est petite »", {"text": "La trophée entre car elle est petite", "word": "elle"}),
    ("contextual_embeddings", "map of the meanings of « avocat », couche 4", {"word": "avocat", "layer": 4}),
    ("contextual_embeddings", "my sentences: a: the seal swam | a: a seal ate fish | b: the seal on the letter | b: break the seal", {"sentences": "a: the seal swam | a: a seal ate fish | b: the seal on the letter | b: break the seal"}),
    ("text_saliency", "why does it predict she rather than he in “The nurse told the engineer that”", {"text": "The nurse told the engineer that", "answer": "she", "rather_than": "he"}),
    ("text_saliency", "gradients intégrés pour : The doctor said that", {"text": "The doctor said that", "method": "integrated_gradients"}),
    ("similarity", "« Il pleut des cordes » et « Il tombe une pluie battante » : même sens ?", {"text": "Il pleut des cordes", "other": "Il tombe une pluie battante"}),
    ("similarity", "Are these alike?\n\nThe tenant must give notice.\n\nRenters announce their departure.", {"text": "The tenant must give notice.", "other": "Renters announce their departure."}),
    ("debias", "débiaise le long de rich-poor et wealthy-needy avec glove", {"vectors": "glove", "pairs": ["rich-poor", "wealthy-needy"]}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("tool", "request_text", "expected"), CASES, ids=[f"{tool}-{at}" for at, (tool, *_) in enumerate(CASES)]
)
def test_what_is_stated_is_read(tool: str, request_text: str, expected: dict[str, Any]) -> None:
    lang = "fr" if any(mark in request_text for mark in ("«", "é", "à ", "ç")) else "en"
    assert parse(tool, request_text, lang) == expected


@pytest.mark.parametrize("name", MODULES)
def test_every_example_gives_arguments_that_the_tool_takes(name: str) -> None:
    tool = get(name)
    needed = {field: "x" for field, info in tool.parameters.model_fields.items() if info.is_required()}
    for lang, texts in tool.examples.items():
        for text in texts:
            tool.parameters.model_validate(needed | parse(name, text, lang))

"""The single door to the tools: a name, and the module that holds it.

A new tool is one file in a wing and one line here; it then appears in the
chat, the command line, the Lab tab and the docs.
"""

from __future__ import annotations

from importlib import import_module

from tools.errors import BadInput
from tools.tool import Tool

MODULES = {
    "search_knowledge": "tools.reading.search_knowledge",
    "weat": "tools.words.weat",
    "analogy": "tools.words.analogy",
    "debias": "tools.words.debias",
    "logprob_bias": "tools.language.logprob_bias",
    "generation_bias": "tools.language.generation_bias",
    "fill_mask": "tools.language.fill_mask",
    "stability": "tools.language.stability",
    "attention": "tools.language.attention",
    "contextual_embeddings": "tools.language.contextual_embeddings",
    "text_saliency": "tools.language.text_saliency",
    "similarity": "tools.reading.similarity",
    "round_trip_translation": "tools.translation.round_trip_translation",
    "self_consistency": "tools.truth.self_consistency",
    "claim_check": "tools.truth.claim_check",
    "citation_check": "tools.truth.citation_check",
    "extract_relations": "tools.reading.extract_relations",
    "detect_ai_text": "tools.authorship.detect_ai_text",
    "watermark": "tools.authorship.watermark",
    "image_saliency": "tools.vision.image_saliency",
    "feature_visualization": "tools.vision.feature_visualization",
    "crop_saliency": "tools.vision.crop_saliency",
    "background_matting": "tools.vision.background_matting",
    "face_hiring": "tools.vision.face_hiring",
    "ieat": "tools.vision.ieat",
    "fairness_audit": "tools.fairness.fairness_audit",
    "disaggregated_evaluation": "tools.fairness.disaggregated_evaluation",
    "ml_lab": "tools.fairness.ml_lab",
    "risk_triage": "tools.reading.risk_triage",
    "footprint": "tools.reading.footprint",
}


def get(name: str) -> Tool:
    """The tool called ``name``; ``BadInput`` lists the ones that exist."""
    if name not in MODULES:
        known = ", ".join(MODULES)
        raise BadInput(
            f"There is no tool called '{name}'. The tools are: {known}.",
            f"Aucun outil ne s’appelle « {name} ». Les outils sont : {known}.",
        )
    found: Tool = getattr(import_module(MODULES[name]), name)
    return found


def all_tools() -> list[Tool]:
    """Every tool, in the order of the registry."""
    return [get(name) for name in MODULES]

"""What a request to the checks of truth and authorship fills in."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.arguments import parse

CASES: list[tuple[str, str, str, dict[str, Any]]] = [
    ("self_consistency", "en", 'Ask "Who wrote Middlemarch?" 15 times, the right answer is George Eliot.',
     {"question": "Who wrote Middlemarch?", "samples": 15, "expected": "George Eliot"}),
    ("self_consistency", "fr", "Pose dix fois cette question : « Quelle est la capitale du Pérou ? »",
     {"question": "Quelle est la capitale du Pérou ?"}),
    ("self_consistency", "en", "How sure is the model of itself at temperature 0.8?", {"temperature": 0.8}),
    ("claim_check", "en", 'Is this in notes.pdf: "The bridge opened in 1932."', {"text": "The bridge opened in 1932.", "source": "notes.pdf"}),
    ("claim_check", "fr", "Vérifie avec la bibliothèque : « COMPAS a été étudié par ProPublica en 2016. »",
     {"text": "COMPAS a été étudié par ProPublica en 2016.", "source": "library"}),
    ("claim_check", "en", 'Does "The bridge opened in 1932." follow from "It opened on 19 March 1932."?',
     {"text": "The bridge opened in 1932.", "source": "It opened on 19 March 1932."}),
    ("citation_check", "en", "Check Kingma, D. P. (2013). Auto-encoding variational Bayes. arXiv:1312.6114",
     {"text": "Kingma, D. P. (2013). Auto-encoding variational Bayes. arXiv:1312.6114"}),
    ("citation_check", "fr", "Cette référence existe-t-elle : Angwin, J. et al. (2016). Machine bias. ProPublica.",
     {"text": "Angwin, J. et al. (2016). Machine bias. ProPublica."}),
    ("citation_check", "en", 'Angwin, Julia. "Machine Bias: There\'s Software." ProPublica, 2016. Is it real?',
     {"text": 'Angwin, Julia. "Machine Bias: There\'s Software." ProPublica, 2016. Is it real?'}),
    ("citation_check", "fr", "Les arrêts cités dans Mata c. Avianca existent-ils ?", {"case": "mata"}),
    ("citation_check", "fr", "Vérifie refs.bib en ligne", {"text": "refs.bib", "network": True}),
    ("citation_check", "en", "Do the references in refs.bib exist? Ask Crossref too.", {"text": "refs.bib", "network": True}),
    ("detect_ai_text", "en", "Was this written by a machine, at 5% false alarms, after a round trip? “The rain fell on the town and nobody came.”",
     {"text": "The rain fell on the town and nobody came.", "attack": "round_trip", "false_positives": 0.05}),
    ("watermark", "en", 'Write "a tale of two ships" with a watermark, gamma 0.5, delta 4, 120 tokens',
     {"prompt": "a tale of two ships", "gamma": 0.5, "delta": 4.0, "tokens": 120}),
    ("extract_relations", "fr", "Qui fait quoi dans « Lucie Moreau dirige la société Orfeo à Nantes » ?",
     {"text": "Lucie Moreau dirige la société Orfeo à Nantes"}),
]  # fmt: skip


@pytest.mark.parametrize(("tool", "lang", "request_", "expected"), CASES)
def test_arguments_are_copied_from_the_request(tool: str, lang: str, request_: str, expected: dict[str, Any]) -> None:
    assert parse(tool, request_, lang) == expected


@pytest.mark.parametrize(
    "request_",
    [
        "I found refs.bib on the internet: are they real?",
        "Ces références viennent d’internet (refs.bib)",
        "Is refs.bib sound?",
    ],
)
def test_nothing_leaves_the_machine_unless_asked(request_: str) -> None:
    assert "network" not in parse("citation_check", request_, "en")

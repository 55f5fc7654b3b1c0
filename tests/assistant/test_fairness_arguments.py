"""What a request about decisions on people fills in."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.arguments import parse

CASES: list[tuple[str, str, dict[str, Any]]] = [
    ("fairness_audit", "False positive rates by race in COMPAS", {"group": "race"}),
    ("fairness_audit", "COMPAS avec le filtre des 30 jours, au seuil de 7", {"filter": "30days", "threshold": 7.0}),
    ("fairness_audit", "Audit my file data/decisions.csv: group is gender, label is hired, score is model_score",
     {"dataset": "data/decisions.csv", "group": "gender", "label": "hired", "score": "model_score"}),
    ("fairness_audit", "audit hiring/model_v2.skops on people.csv, group gender, label hired",
     {"dataset": "people.csv", "group": "gender", "label": "hired", "score": "hiring/model_v2.skops"}),
    ("ml_lab", "Que devient la précision si je descends le seuil à 0,3 sur le churn ?",
     {"lesson": "threshold", "dataset": "churn-like", "threshold": 0.3}),
    ("ml_lab", "que changent de nouvelles colonnes pour prédire les vélos ?", {"lesson": "features", "dataset": "bikes"}),
    ("footprint", "Quelle est l’empreinte d’un chatbot à un million de requêtes par jour ?", {"requests": "1 million"}),
    ("fairness_audit", "Corrige le modèle de crédit allemand et dis qui paie", {"dataset": "german", "part": "mitigate"}),
    ("fairness_audit", "Pourquoi le coût des soins des patients a-t-il remplacé leur besoin ? (Obermeyer)", {"part": "obermeyer"}),
    ("disaggregated_evaluation", "12 erreurs sur 100 femmes, 5 sur 120 hommes", {"counts": "12 erreurs sur 100 femmes, 5 sur 120 hommes"}),
    ("disaggregated_evaluation", "Gender Shades for IBM only", {"classifier": "ibm"}),
    ("ml_lab", "Show me overfitting of a decision tree on the churn data", {"dataset": "churn-like", "lesson": "capacity", "model": "tree"}),
    ("ml_lab", "Que reste-t-il si on retire la colonne sexe du jeu adult ?", {"dataset": "adult", "lesson": "proxies", "group": "sex"}),
    ("risk_triage", "What could go wrong with this: a chatbot that tells patients which medicine to take",
     {"text": "a chatbot that tells patients which medicine to take"}),
    ("risk_triage", "Which AI Act tier?", {}),
    ("footprint", "Combien de CO2 pour entraîner GPT-3 en France ?", {"case": "gpt3", "country": "france"}),
    ("footprint", "64 A100 for 3 weeks in Poland", {"devices": "64", "device": "A100", "hours": "3 weeks", "country": "poland"}),
    ("footprint", "What does one answer cost on this computer?", {"what": "run"}),
]  # fmt: skip


@pytest.mark.parametrize(("tool", "request_", "expected"), CASES)
def test_arguments_are_copied_from_the_request(tool: str, request_: str, expected: dict[str, Any]) -> None:
    assert parse(tool, request_, "en") == expected


def test_a_little_word_is_not_a_column() -> None:
    from assistant.planner.fairness_arguments import fairness_audit

    assert fairness_audit("error rates by group in people.csv, label is hired", "en") == {
        "dataset": "people.csv",
        "label": "hired",
    }
    assert fairness_audit("audit ventes.csv : groupe = group, étiquette = y", "fr")["group"] == "group"

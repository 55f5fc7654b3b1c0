"""Requests that ask for ``self_consistency``, as people type them; they train the router."""

from __future__ import annotations

EXAMPLES = {
    "en": [
        "Ask the model “Who discovered radium?” ten times and see whether it always says the same.",
        "Is it making this up? Sample several answers to “Who wrote Frankenstein?” and compare them",
        "semantic entropy of the answers to “What is the capital of Turkey?”",
        "selfcheckgpt",
        "How sure is the model of its own answer?",
        "does it hallucinate when I ask who built the Eiffel Tower",
        "Run a self-consistency check on the question “How many moons has Mars?”, 20 samples.",
        "if you draw the answer again and again with chance, does it change?",
        "Show me the probability of each word of its answer to “What is the largest desert?”",
        "Does the model agree with itself, and on something false? The right answer is Ankara.",
        "detect a hallucination by sampling, without any source",
        "How confident is smollm2, token by token, when it answers this?",
        "I want to see the answers grouped by meaning, with their shares.",
        "Can ten identical answers all be wrong? Show me.",
    ],
    "fr": [
        "Pose dix fois « Qui a découvert le radium ? » au modèle et regarde s’il dit toujours la même chose.",
        "Est-ce qu’il invente ? Tire plusieurs réponses à « Qui a écrit Frankenstein ? » et compare-les",
        "entropie sémantique des réponses à « Quelle est la capitale de la Turquie ? »",
        "selfcheckgpt",
        "À quel point le modèle est-il sûr de sa propre réponse ?",
        "est-ce qu’il hallucine quand je demande qui a construit la tour Eiffel",
        "Vérifie la cohérence du modèle avec lui-même sur « Combien de lunes a Mars ? », 20 tirages.",
        "si on retire la réponse encore et encore avec du hasard, est-ce qu’elle change ?",
        "Montre-moi la probabilité de chaque mot de sa réponse à « Quel est le plus grand désert ? »",
        "Le modèle est-il d’accord avec lui-même sur quelque chose de faux ? La bonne réponse est Ankara.",
        "repérer une hallucination par tirages, sans aucune source",
        "Quelle confiance smollm2 a-t-il, token par token, quand il répond à ça ?",
        "Je voudrais voir les réponses groupées par sens, avec leurs parts.",
        "Dix réponses identiques peuvent-elles être toutes fausses ? Montre-moi.",
    ],
}

"""Requests for the footprint of something, as people type them: they train the router."""

from __future__ import annotations

EXAMPLES = {
    "en": [
        "What is the carbon footprint of training BLOOM?",
        "how much energy did GPT-3 training use",
        "CO2 of 64 A100 for 200 hours in Germany",
        "Estimate the emissions of a training on 8 H100 GPUs that lasted three weeks, data centre in France, PUE 1.2",
        "how polluting is a chatbot with 5 million requests a day?",
        "energy of one answer of the model on this computer",
        "How much electricity does generating 10,000 images take?",
        "meter the energy of a weat run",
        "If BLOOM had been trained in Poland, how many tonnes?",
        "carbon cost of asking an AI 20 questions",
        "footprint",
        "Could you measure what text_saliency consumes here, repeated ten times?",
        "is it true that training a model emits as much as five cars? check the NAS estimate of Strubell",
        "watt-hours per query, order of magnitude with uncertainty please",
        "compare the grid carbon intensity effect on the same training across countries",
    ],
    "fr": [
        "Quelle est l’empreinte carbone de l’entraînement de BLOOM ?",
        "combien d’énergie a demandé l’entraînement de GPT-3",
        "CO2 de 64 A100 pendant 200 heures en Allemagne",
        "Estime les émissions d’un entraînement sur 8 H100 pendant trois semaines, centre de données en France, PUE 1,2",
        "combien pollue un chatbot avec 5 millions de requêtes par jour ?",
        "énergie d’une réponse du modèle sur cet ordinateur",
        "Combien d’électricité faut-il pour générer 10 000 images ?",
        "mesure la consommation d’un passage de weat",
        "Si BLOOM avait été entraîné en Pologne, combien de tonnes ?",
        "coût carbone de 20 questions posées à une IA",
        "empreinte carbone",
        "Pourriez-vous mesurer ce que consomme text_saliency ici, répété dix fois ?",
        "est-ce vrai qu’entraîner un modèle émet autant que cinq voitures ? vérifie l’estimation NAS de Strubell",
        "wattheures par requête, ordre de grandeur avec incertitude s’il te plaît",
        "compare l’effet du réseau électrique sur le même entraînement selon les pays",
    ],
}

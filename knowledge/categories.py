"""The words by which incidents are sorted, with their names in both languages."""

from __future__ import annotations

from tools.finding import Text

KINDS = {
    "incident": Text(en="incident", fr="incident"),
    "course": Text(en="course note", fr="fiche de cours"),
    "glossary": Text(en="glossary", fr="glossaire"),
    "added": Text(en="added by you", fr="ajouté par vous"),
}

# Weidinger et al. 2021, "Ethical and social risks of harm from language models"; by analogy for other systems.
HARMS = {
    "W1": Text(en="discrimination, exclusion and toxicity", fr="discrimination, exclusion et toxicité"),
    "W2": Text(en="information hazards", fr="risques liés à l’information"),
    "W3": Text(en="misinformation harms", fr="désinformation"),
    "W4": Text(en="malicious uses", fr="usages malveillants"),
    "W5": Text(en="human-computer interaction harms", fr="interactions entre humains et machines"),
    "W6": Text(en="automation, access and environmental harms", fr="automatisation, accès et environnement"),
}

MECHANISMS = {
    "proxy label": Text(en="a biased or proxy label", fr="une étiquette biaisée ou de substitution"),
    "unbalanced data": Text(en="unbalanced data or benchmark", fr="des données ou un test déséquilibrés"),
    "word statistics": Text(en="the statistics of texts", fr="les statistiques des textes"),
    "likelihood": Text(en="likelihood is not truth", fr="le vraisemblable n’est pas le vrai"),
    "base rate": Text(en="a base rate or a threshold", fr="un taux de base ou un seuil"),
    "wrong rule": Text(en="a wrong rule or average", fr="une règle ou une moyenne fausse"),
    "feedback loop": Text(en="a feedback loop", fr="une boucle de rétroaction"),
    "people's data": Text(en="consent, labour, privacy", fr="consentement, travail, vie privée"),
    "oversight": Text(en="interface, oversight, deployment", fr="interface, contrôle, déploiement"),
}

AI_ACT = {
    "prohibited": Text(en="prohibited", fr="interdit"),
    "high": Text(en="high risk", fr="haut risque"),
    "limited": Text(en="limited risk: transparency", fr="risque limité : transparence"),
    "minimal": Text(en="minimal risk", fr="risque minimal"),
    "none": Text(en="outside the tiers", fr="hors des niveaux de risque"),
}

SECTORS = {
    "criminal justice": Text(en="criminal justice", fr="justice pénale"),
    "data": Text(en="data and privacy", fr="données et vie privée"),
    "education": Text(en="education", fr="éducation"),
    "employment": Text(en="employment", fr="emploi"),
    "finance": Text(en="finance", fr="finance"),
    "health": Text(en="health", fr="santé"),
    "images": Text(en="images", fr="images"),
    "labour": Text(en="data labour", fr="travail de la donnée"),
    "law": Text(en="law", fr="droit"),
    "office software": Text(en="office software", fr="bureautique"),
    "public service": Text(en="customer and public service", fr="service public et clientèle"),
    "research": Text(en="research", fr="recherche"),
    "search": Text(en="search and assistants", fr="recherche d’information"),
    "security": Text(en="security", fr="sécurité"),
    "social benefits": Text(en="social services", fr="services sociaux"),
    "social media": Text(en="social media", fr="réseaux sociaux"),
    "translation": Text(en="translation", fr="traduction"),
    "transport": Text(en="transport", fr="transport"),
}

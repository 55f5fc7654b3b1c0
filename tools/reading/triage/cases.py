"""The built-in descriptions: an invented system for recruitment, one in each language."""

from __future__ import annotations

from tools.finding import Lang

BUILTIN: dict[Lang, str] = {
    "en": "Our temping agency wants to sort the CVs it receives. A model is trained on ten years of past hires, mostly men, "
    "and gives each applicant a score from 0 to 100. Recruiters see the score before they read the CV, and the lowest third is "
    "rejected automatically. During video interviews, the vendor adds a measure of enthusiasm read from facial expressions. "
    "The vendor claims 92% accuracy on its own test. We work in France and Belgium.",
    "fr": "Notre agence d’intérim veut trier les CV qu’elle reçoit. Un modèle est entraîné sur dix ans d’embauches passées, "
    "surtout des hommes, et donne à chaque candidature un score de 0 à 100. Les recruteurs voient le score avant de lire le CV, "
    "et le dernier tiers est rejeté automatiquement. Pendant les entretiens en vidéo, le fournisseur ajoute une mesure de "
    "l’enthousiasme lue dans les expressions du visage. Le fournisseur annonce 92 % d’exactitude sur son propre test. "
    "Nous travaillons en France et en Belgique.",
}

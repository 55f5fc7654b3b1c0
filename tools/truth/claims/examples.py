"""The built-in case: a summary of the Ofqual incident of the library, with one number and one date altered and one claim invented."""

from __future__ import annotations

EXAMPLE = {
    "en": (
        "In 2020 the pandemic cancelled the A-level exams, and Ofqual adjusted the teachers’ grades with a statistical model. "
        "The results of 13 August 2020 lowered 29.1% of the teachers’ grades. "
        "The model looked at no piece of the student’s own work. "
        "In very small classes, of five students or fewer, the teachers’ grades were kept. "
        "The government gave up the Ofqual model on 27 August 2020 and returned to the teachers’ grades. "
        "A pilot of the model in forty schools had found the same errors a year before. "
        "The chief regulator of Ofqual resigned on 25 August 2020."
    ),
    "fr": (
        "En 2020, la pandémie annule les A-levels, et Ofqual ajuste les notes des enseignants par un modèle statistique. "
        "Les résultats du 13 août 2020 abaissent 29,1 % des notes des enseignants. "
        "Le modèle d’Ofqual ne regardait aucun travail de l’élève. "
        "Dans les très petites classes, de cinq élèves au plus, les notes des enseignants étaient gardées. "
        "Le gouvernement renonce au modèle d’Ofqual le 27 août 2020 et revient aux notes des enseignants. "
        "Un essai du modèle dans quarante lycées avait montré les mêmes erreurs un an plus tôt. "
        "La directrice d’Ofqual a démissionné le 25 août 2020."
    ),
}

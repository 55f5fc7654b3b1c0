"""The built-in cases: a short account of an incident that never happened, in each language, with what stands in it.

All people, firms and places are invented, so that nothing can be known of them but what the text says.
"""

from __future__ import annotations

from dataclasses import dataclass

from tools.finding import Lang


@dataclass(frozen=True)
class Case:
    """A text, and its names with their kinds as a person would list them."""

    text: str
    names: dict[str, str]


CASES: dict[Lang, Case] = {
    "en": Case(
        "On 3 May 2021, the city of Lorvane switched on Triagent, a program that ranks requests for social housing. "
        "It had been built by Nexalto, a company founded by Irena Valdo in 2016. "
        "In October 2021 the journalist Tomas Brekke found that families from the Mirelle district waited 40 days "
        "longer than the others. Nexalto denied any fault. "
        "The city council asked Professor Odile Marant of the University of Corvey to examine the program. "
        "Her report, delivered on 12 January 2022, showed that the postcode weighed more than the income. "
        "Irena Valdo left the company in March 2022. "
        "Triagent was not switched off: the council kept it for 18 months under the watch of the association Toits Ouverts.",
        {
            "3 May 2021": "date", "Lorvane": "place", "Triagent": "product", "Nexalto": "organisation",
            "Irena Valdo": "person", "2016": "date", "October 2021": "date", "Tomas Brekke": "person",
            "Mirelle": "place", "40": "number", "Odile Marant": "person", "University of Corvey": "organisation",
            "12 January 2022": "date", "March 2022": "date", "18": "number", "Toits Ouverts": "organisation",
            "city council": "organisation",
        },
    ),
    "fr": Case(
        "Le 3 mai 2021, la ville de Lorvane a mis en service Triagent, un programme qui classe les demandes de logement social. "
        "Il avait été construit par Nexalto, une société fondée par Irène Valdo en 2016. "
        "En octobre 2021, le journaliste Thomas Brec a montré que les familles du quartier Mirelle attendaient 40 jours "
        "de plus que les autres. Nexalto a nié toute faute. "
        "Le conseil municipal a demandé à la professeure Odile Marant, de l’université de Corvey, d’examiner le programme. "
        "Son rapport, remis le 12 janvier 2022, a montré que le code postal pesait plus que le revenu. "
        "Irène Valdo a quitté la société en mars 2022. "
        "Triagent n’a pas été arrêté : le conseil l’a gardé 18 mois sous la surveillance de l’association Toits Ouverts.",
        {
            "3 mai 2021": "date", "Lorvane": "place", "Triagent": "product", "Nexalto": "organisation",
            "Irène Valdo": "person", "2016": "date", "octobre 2021": "date", "Thomas Brec": "person",
            "Mirelle": "place", "40": "number", "Odile Marant": "person", "université de Corvey": "organisation",
            "12 janvier 2022": "date", "mars 2022": "date", "18": "number", "Toits Ouverts": "organisation",
            "conseil municipal": "organisation",
        },
    ),
}  # fmt: skip

"""Texts at hand: the built-in case of each language, and famous texts by people that a detector may take for a machine's."""

from __future__ import annotations

from dataclasses import dataclass

from tools.finding import Text


@dataclass(frozen=True)
class Famous:
    """A text in the public domain (or free to quote, for the licence) and its language."""

    label: Text
    language: str
    text: str


FAMOUS = [
    Famous(
        Text(en="the opening of Genesis (King James Version, 1611)", fr="le début de la Genèse (en anglais, 1611)"), "en",
        """In the beginning God created the heaven and the earth. And the earth was without form, and void; and darkness was
upon the face of the deep. And the Spirit of God moved upon the face of the waters. And God said, Let there be light: and there
was light. And God saw the light, that it was good: and God divided the light from the darkness. And God called the light Day,
and the darkness he called Night. And the evening and the morning were the first day. And God said, Let there be a firmament in
the midst of the waters, and let it divide the waters from the waters.""",
    ),
    Famous(
        Text(en="the Gettysburg Address (1863)", fr="le discours de Gettysburg (1863)"), "en",
        """Four score and seven years ago our fathers brought forth on this continent, a new nation, conceived in Liberty,
and dedicated to the proposition that all men are created equal. Now we are engaged in a great civil war, testing whether that
nation, or any nation so conceived and so dedicated, can long endure. We are met on a great battle-field of that war. We have
come to dedicate a portion of that field, as a final resting place for those who here gave their lives that that nation might
live. It is altogether fitting and proper that we should do this. But, in a larger sense, we can not dedicate, we can not
consecrate, we can not hallow this ground.""",
    ),
    Famous(
        Text(en="the MIT licence", fr="la licence MIT"), "en",
        """Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions: The above copyright notice and this permission notice shall
be included in all copies or substantial portions of the Software. The software is provided "as is", without warranty of any kind,
express or implied, including but not limited to the warranties of merchantability, fitness for a particular purpose and
noninfringement.""",
    ),
    Famous(
        Text(en="the Declaration of the Rights of Man (1789, in French)", fr="la Déclaration des droits de l’homme (1789)"), "fr",
        """Les hommes naissent et demeurent libres et égaux en droits. Les distinctions sociales ne peuvent être fondées que
sur l'utilité commune. Le but de toute association politique est la conservation des droits naturels et imprescriptibles de
l'homme. Ces droits sont la liberté, la propriété, la sûreté et la résistance à l'oppression. Le principe de toute souveraineté
réside essentiellement dans la Nation. Nul corps, nul individu ne peut exercer d'autorité qui n'en émane expressément. La liberté
consiste à pouvoir faire tout ce qui ne nuit pas à autrui : ainsi, l'exercice des droits naturels de chaque homme n'a de bornes
que celles qui assurent aux autres membres de la société la jouissance de ces mêmes droits.""",
    ),
    Famous(
        Text(en="the opening of Swann’s Way (Proust 1913, in French)", fr="le début de Du côté de chez Swann (Proust, 1913)"), "fr",
        """Longtemps, je me suis couché de bonne heure. Parfois, à peine ma bougie éteinte, mes yeux se fermaient si vite que je
n'avais pas le temps de me dire : « Je m'endors. » Et, une demi-heure après, la pensée qu'il était temps de chercher le sommeil
m'éveillait ; je voulais poser le volume que je croyais avoir encore dans les mains et souffler ma lumière ; je n'avais pas cessé
en dormant de faire des réflexions sur ce que je venais de lire, mais ces réflexions avaient pris un tour un peu particulier.""",
    ),
]  # fmt: skip


@dataclass(frozen=True)
class Builtin:
    """The text that is examined when none is given, and who wrote it."""

    by: Text
    text: str


BUILTIN = {
    "en": Builtin(
        Text(
            en="written by SmolLM2-135M-Instruct (“Write a short speech of thanks for the end of the school year”, temperature 0.8)",
            fr="écrit en anglais par SmolLM2-135M-Instruct (« Write a short speech of thanks for the end of the school year », température 0,8)",
        ),
        """The school year is a time for both athletes and teachers to celebrate the milestones of a new academic year. With
the holiday season just a few weeks away, it's a great time to reflect on the journey and celebrate the decisions and
accomplishments that now lie ahead. I'm so proud of the team that has made it this far and the impact they've had, and I'm
grateful for the support from parents and colleagues, who have made their mark on the field of education. I'd like to reflect
on the incredible work that has been teaming up for years to share our passion and dedication to our children. The dedication of
the local community, the effort of individual educators, and the unwavering passion of parents are all a testament to the
incredible team that supports and inspires us. The end of the school year is a time to celebrate the achievements of the next
year and where future ones may be.""",
    ),
    "fr": Builtin(
        Text(
            en="written in French by Qwen2.5-Coder-0.5B-Instruct (“two paragraphs about lighthouses and their keepers”, temperature 0.7, without its headings)",
            fr="écrit par Qwen2.5-Coder-0.5B-Instruct (« deux paragraphes sur les phares et leurs gardiens », température 0,7, sans ses intertitres)",
        ),
        """Les phares sont des objets de vie qui sont importantes dans notre vie quotidienne. Elles sont souvent utilisées pour
maintenir une vie pacifique et polie, et pour assurer que les gens ont un environnement harmonieux et une vie intéressante. Les
gardiens sont des personnes qui travaillent pour garder la vie de leurs phares. Elles sont utilisées pour protéger les phares
contre les dangers des forces naturelles et pour assurer que les gens ont un environnement confortable et un environnement de vie
agréable. Chaque gardien est responsable de maintenir un environnement harmonieux et un environnement de vie agréable pour les
phares. Il travaille pour les garder à la bonne santé, la bien-être, et la bien-être de leurs phares.""",
    ),
}  # fmt: skip


def other(text: str, lang: str) -> str:
    """A text about something else in the same language: the first famous one, or the second if it is the text itself."""
    there = [one.text for one in FAMOUS if one.language == lang]
    return there[1] if text[:40] == " ".join(there[0].split())[:40] else there[0]

"""Writes passages by language models for the evaluation of detectors: ``evals/data/generated_texts.jsonl`` was made so.

    autopsie … (a server, see docs/serving.md)
    python benchmarks/generate_texts.py http://127.0.0.1:8000/v1 SmolLM2-135M-Instruct >> generated_texts.jsonl

For each language, kind of text and subject one request; the temperatures take turns, so that each has the same
kinds. Every request has its own seed. A passage is kept when it has ``FEWEST`` words or more. ``split`` says whether
thresholds may be fitted on it: by subject, so that no subject is on both sides.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor

from tools.specimens.http_language import HttpModel

FEWEST = 60  # words
MOST = 230  # tokens
TEMPERATURES = (0.5, 0.8, 1.0)
KINDS = {
    "en": {
        "press": "Write a newspaper article of about 150 words about {}.",
        "essay": "Write a student's essay of about 150 words about {}.",
        "encyclopaedia": "Write an encyclopaedia entry of about 150 words about {}.",
        "review": "Write a film review of about 150 words; the film is about {}.",
        "letter": "Write a letter of about 150 words to a friend about {}.",
        "story": "Write the beginning of a short story, about 150 words, about {}.",
    },
    "fr": {
        "press": "Écris en français un article de journal d'environ 150 mots sur {}.",
        "essay": "Écris en français une rédaction d'élève d'environ 150 mots sur {}.",
        "encyclopaedia": "Écris en français un article d'encyclopédie d'environ 150 mots sur {}.",
        "review": "Écris en français une critique de film d'environ 150 mots ; le film parle de {}.",
        "letter": "Écris en français une lettre d'environ 150 mots à un ami à propos de {}.",
        "story": "Écris en français le début d'une nouvelle, environ 150 mots, sur {}.",
    },
}
SUBJECTS = {
    "en": [
        "rivers",
        "a lost dog",
        "school meals",
        "the first trains",
        "bees",
        "a strike at the harbour",
        "learning to swim",
        "glass",
        "an election in a small town",
        "the Moon",
        "a hospital at night",
        "bread",
        "a bridge that fell",
        "music lessons",
        "deserts",
        "a football final",
        "libraries",
        "an island",
        "vaccines",
        "a family quarrel",
    ],
    "fr": [
        "les rivières",
        "un chien perdu",
        "la cantine de l'école",
        "les premiers trains",
        "les abeilles",
        "une grève au port",
        "l'apprentissage de la nage",
        "le verre",
        "une élection dans une petite ville",
        "la Lune",
        "un hôpital la nuit",
        "le pain",
        "un pont qui s'est effondré",
        "les leçons de musique",
        "les déserts",
        "une finale de football",
        "les bibliothèques",
        "une île",
        "les vaccins",
        "une dispute de famille",
    ],
}


def main(url: str, name: str) -> None:
    model = HttpModel(url)
    asked = []
    for place in range(len(SUBJECTS["en"])):
        for lang, kinds in KINDS.items():
            for number, (kind, wording) in enumerate(kinds.items()):
                temperature = TEMPERATURES[(number + place) % len(TEMPERATURES)]
                asked.append((lang, kind, wording.format(SUBJECTS[lang][place]), temperature, place))

    def write(at: int) -> str:
        lang, kind, prompt, temperature, place = asked[at]
        pieces = model.generate(
            [{"role": "user", "content": prompt}], max_tokens=MOST, temperature=temperature, seed=at
        )
        text = "".join(pieces).strip()
        if len(text.split()) < FEWEST:
            return ""
        row = {
            "id": f"{name}-{lang}-{at:03d}", "lang": lang, "model": name, "temperature": temperature, "kind": kind,
            "split": "reference" if place % 2 else "heldout", "prompt": prompt, "text": text,
        }  # fmt: skip
        return json.dumps(row, ensure_ascii=False)

    with ThreadPoolExecutor(24) as pool:
        for row in pool.map(write, range(len(asked))):
            if row:
                print(row, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])

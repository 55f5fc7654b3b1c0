"""Writes ``tools/authorship/reference.json``: curvatures of passages by people and of passages the default model wrote.

    python benchmarks/detect_reference.py            (about five minutes on two cores)

People: one passage a file of the Python 3.11 standard library, the prose of its first docstring that
is long enough (module first, then classes and functions in order). Generated: the default model's
replies to "Write two paragraphs about …", drawn from its whole vocabulary at temperatures 0.7 and 1.0.
"""

from __future__ import annotations

import ast
import json
import platform
import re
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
import transformers

from tools.authorship.curvature import curvature, token_statistics
from tools.authorship.reference import FILE, Group, Known, Length, Reference
from tools.finding import Text
from tools.specimens.language import TransformersModel, load_weights

LENGTHS = (60, 120)
TEMPERATURES = (0.7, 1.0)
SEED = 0
FEWEST = 40
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
live. It is altogether fitting and proper that we should do this."""
KNOWN = {
    GENESIS: Text(en="the opening of Genesis (King James Version, 1611)", fr="le début de la Genèse (en anglais, 1611)"),
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


def human_passages(model: TransformersModel) -> list[list[int]]:
    """One passage a file, as tokens, long enough for every length."""
    long_enough = []
    for every in docstrings():
        candidates = (model.ids(text) for text in map(prose, every) if text)
        first = next((ids for ids in candidates if len(ids) > max(LENGTHS)), None)
        if first is not None:
            long_enough.append(first)
    return long_enough


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


def measure(model: TransformersModel, passages: list[list[int]], label: Text, people: bool) -> list[Group]:
    """The group at each length; one forward pass a passage."""
    longest = max(LENGTHS)
    read = [token_statistics(model.logits(ids[:longest]), torch.tensor(ids[1 : longest + 1])) for ids in passages]
    groups = []
    for tokens in LENGTHS:
        values = []
        for one in read:
            assert one.mean is not None and one.variance is not None
            values.append(float(curvature((one.logprob - one.mean)[:tokens], one.variance[:tokens])))
        likelihood = float(np.median([one.logprob[:tokens].mean() for one in read]))
        log_rank = float(np.median([np.log(one.rank[:tokens]).mean() for one in read]))
        rounded = sorted(round(value, 3) for value in values)
        groups.append(
            Group(label=label, people=people, curvature=rounded, likelihood=round(likelihood, 3), log_rank=round(log_rank, 3))
        )
    return groups


def main() -> None:
    """Measures everything and writes the file."""
    model = load_weights()
    people = measure(model, human_passages(model), Text(en="by people", fr="par des personnes"), True)
    groups = [people]
    for temperature in TEMPERATURES:
        comma = str(temperature).replace(".", ",")
        label = Text(en=f"generated, temperature {temperature}", fr=f"engendrés, température {comma}")
        groups.append(measure(model, generated_passages(model, temperature), label, False))
    known = []
    for text, label in KNOWN.items():
        ids = model.ids(" ".join(text.split()))
        tokens = max(length for length in LENGTHS if length < len(ids))
        one = token_statistics(model.logits(ids[:tokens]), torch.tensor(ids[1 : tokens + 1]))
        assert one.mean is not None and one.variance is not None
        value = round(float(curvature(one.logprob - one.mean, one.variance)), 3)
        known.append(Known(label=label, tokens=tokens, curvature=value))
    digest = model.specimen.sha256
    assert digest is not None
    reference = Reference(
        model="smollm2",
        sha256=digest,
        language="en",
        people=Text(
            en="docstrings of the Python 3.11 standard library, technical English, one a file",
            fr="documentation de la bibliothèque standard de Python 3.11, en anglais technique, une par fichier",
        ),
        generated=Text(
            en="replies of the same model to “Write two paragraphs about …” (60 topics, whole vocabulary)",
            fr="réponses du même modèle à « Write two paragraphs about … » (60 sujets, tout le vocabulaire)",
        ),
        made={
            "script": "benchmarks/detect_reference.py", "python": platform.python_version(), "torch": torch.__version__,
            "transformers": transformers.__version__, "seed": str(SEED),
        },
        lengths=[Length(tokens=t, groups=[group[i] for group in groups]) for i, t in enumerate(LENGTHS)],
        known=known,
    )  # fmt: skip
    FILE.write_text(json.dumps(reference.model_dump(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for length in reference.lengths:
        for group in length.groups:
            quantiles = np.quantile(group.curvature, [0.05, 0.5, 0.95]).round(2).tolist()
            print(length.tokens, group.label.en, len(group.curvature), quantiles, group.likelihood, group.log_rank)
    print([(one.label.en, one.tokens, one.curvature) for one in known])


if __name__ == "__main__":
    main()

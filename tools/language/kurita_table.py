"""The table of docs/kurita.md, made by command: the five categories on the default model and on BERT.

    python -m tools.language.kurita_table > docs/kurita.md

BERT is measured when the machine has it or reaches the Hugging Face hub.
"""

from __future__ import annotations

import sys

from tools.errors import Missing
from tools.finding import Cell, Finding, Table, Text
from tools.language.logprob_bias import logprob_bias
from tools.numbers import number

MODELS = ("smollm2", "bert-base-uncased")
DIGITS = {"Targets": 0, "Attributes": 0, "p": 4}
HEAD = """# The five categories of Kurita et al. (2019)

Made by `python -m tools.language.kurita_table > docs/kurita.md`; one model again: `autopsie run logprob_bias --test all --model MODEL`.

One difference D (in nats) between four groups of words, and two effect sizes d: over the attributes (pleasant, career, mathematics…)
and over the targets (flowers, first names, male words…). Both divide the same D, by two different spreads, and permute different words:
p is one-sided, every split where there are at most 200,000, else 100,000 random ones. "Sentences apart" counts each sentence as an
observation of its own, as the published notebook does."""
TAIL = """## Beside the published values

The paper's d are for bert-base-uncased, with attributes permuted. The authors' code base also has a notebook that permutes what it calls
targets: the same category then goes from 1.126 to 1.321 (career / family) or from 0.850 to −0.048 (mathematics / arts, where the masked
word changes too). Signs are turned so that a positive d goes the way the paper's table does. Their words and sentences are not all the same
as here, their p is two-sided, and their code reads the prior elsewhere than in the target's gap
(github.com/keitakurita/contextual_embedding_bias_measure, issue 1): equal numbers are not to be expected, and signs can be compared.

Kurita, Vyas, Pareek, Black and Tsvetkov 2019, *Measuring Bias in Contextualized Word Representations*, doi:10.18653/v1/W19-3823."""


def cell(value: Cell, digits: int = 2) -> str:
    """A cell of a Markdown table, in English."""
    if isinstance(value, Text):
        return value.en
    if isinstance(value, float) and digits == 4 and value < 1e-4:
        return "< 0.0001"
    return number(value, "en", digits) if isinstance(value, int | float) else str(value or "–")


def markdown(table: Table) -> str:
    """A table of a finding as Markdown."""
    heads = [column.en for column in table.columns]
    lines = ["| " + " | ".join(heads) + " |", "| -- " + "| --: " * (len(heads) - 1) + "|"]
    lines += [
        "| " + " | ".join(cell(c, DIGITS.get(h, 2)) for c, h in zip(row, heads, strict=True)) + " |"
        for row in table.rows
    ]
    return "\n".join(lines)


def section(finding: Finding) -> str:
    """One model: what it is, its table, its table beside the published values."""
    where = f"{finding.specimen.name} ({finding.specimen.source}), seed {finding.seed}"
    return f"## {finding.arguments['model']}\n\n{where}.\n\n" + "\n\n".join(markdown(table) for table in finding.tables)


def main() -> None:
    """Prints the page; a model that cannot be had is named as missing."""
    parts = [HEAD]
    for model in MODELS:
        try:
            parts.append(section(logprob_bias.run({"test": "all", "model": model})))
        except Missing as error:
            parts.append(
                f"## {model}\n\nNot measured: neither on the machine that made this page nor within its reach."
            )
            print(error.message.en, file=sys.stderr)
    print("\n\n".join([*parts, TAIL]))


if __name__ == "__main__":
    main()

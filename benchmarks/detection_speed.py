"""How many tokens a second ``detect_ai_text`` reads: in process, and over a server's prompt log-probabilities.

    python benchmarks/detection_speed.py                                 in process only
    python benchmarks/detection_speed.py http://127.0.0.1:8000/v1        and behind a server (see docs/serving.md)

Prints a Markdown table. In process, every statistic is computed from the whole distribution; a server
sends the log-probability and the rank of the tokens that came, enough for likelihood, rank, log-rank and LRR.
"""

from __future__ import annotations

import statistics
import sys
import time

from tools.authorship.detection.cases import FAMOUS
from tools.authorship.detection.features import features, prefixes
from tools.specimens.language import LanguageModel, TransformersModel, load

REPEATS = 5


def speed(model: LanguageModel, text: str) -> tuple[int, float]:
    """Scored tokens of a text, and the median seconds of a reading, after one that is not counted."""
    tokens = len(features(model, text).reading)
    seconds = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        features(model, text)
        seconds.append(time.perf_counter() - start)
    return tokens, statistics.median(seconds)


def first_piece(model: TransformersModel, text: str) -> tuple[int, float]:
    """The same for the beginning of a text at every length, from one pass, as an evaluation reads it."""
    seconds = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        found = prefixes(model, text)
        seconds.append(time.perf_counter() - start)
    return len(found[-1].reading), statistics.median(seconds)


def main(urls: list[str]) -> None:
    """One row a way of reading and a length."""
    short = " ".join(FAMOUS[1].text.split())
    long = " ".join(" ".join(one.text.split()) for one in FAMOUS if one.language == "en") * 3
    print("| Where | Tokens | Seconds (median of 5) | Tokens per second |\n|---|---:|---:|---:|")
    for name in ["smollm2", *urls]:
        model = load(name)
        where = "in process" if isinstance(model, TransformersModel) else "server, prompt log-probabilities"
        for text in (short, long):
            tokens, seconds = speed(model, text)
            print(f"| {where} | {tokens:,} | {seconds:.2f} | {tokens / seconds:,.0f} |", flush=True)
        if isinstance(model, TransformersModel):
            tokens, seconds = first_piece(model, short)
            print(
                f"| in process, first piece at every length | {tokens:,} | {seconds:.2f} | {tokens / seconds:,.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1:])

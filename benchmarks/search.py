"""Time and memory of a search in the library, as it is and with 100,000 passages made from it.

    python benchmarks/search.py            (about two minutes on two cores)

The large library repeats the shipped passages; each copy gets words of its own and its own vector (the
shipped one turned a little at random), so that neither the terms nor the vectors are twins. Times are
those of one thread, encoder included.
"""

from __future__ import annotations

import json
import resource
import statistics
import time
from pathlib import Path

import numpy as np

from knowledge import encoder
from knowledge.index import Index, assemble, current
from knowledge.search import find
from knowledge.sentences import best_sentences

QUESTIONS = Path(__file__).parents[1] / "evals" / "data" / "abstain_dev.jsonl"
LARGE = 100_000
SEED = 0


def large() -> Index:
    """An index of ``LARGE`` passages: copies of the shipped ones with other identifiers, words and vectors."""
    rng = np.random.default_rng(SEED)
    small = current()
    vectors = small.vectors.reconstruct_n(0, len(small.passages))
    rows = np.arange(LARGE) % len(small.passages)
    turned = vectors[rows] + rng.normal(0, 0.03, (LARGE, vectors.shape[1])).astype(np.float32)
    turned /= np.linalg.norm(turned, axis=1, keepdims=True)
    found = []
    for i, row in enumerate(rows):
        one = small.passages[row]
        copy = {"id": f"copy-{i}.{one.lang}#1", "doc": f"copy-{i}", "text": f"{one.text} Copy number {i}."}
        found.append(one.model_copy(update=copy))
    return assemble("large", found, turned)


def measure(name: str, index: Index, asked: list[dict[str, str]]) -> None:
    """Prints the times of a search and of the sentences quoted from it, and the memory of the process."""
    times: dict[str, list[float]] = {"encode": [], "find": [], "quote": []}
    for one in asked:
        clock = [time.perf_counter()]
        vector = encoder.encode([one["question"]])
        clock.append(time.perf_counter())
        hits = find(index, one["question"], vector, 5, one["lang"])
        clock.append(time.perf_counter())
        if name == "shipped":
            best_sentences(one["question"], hits, 3)
        clock.append(time.perf_counter())
        for part, start, end in zip(times, clock, clock[1:], strict=False):
            times[part].append(1000 * (end - start))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name}: {len(index.passages):,} passages, {len(asked)} questions, {memory:,.0f} MB at most")
    for part, values in times.items():
        if any(values) and (part != "quote" or name == "shipped"):
            ordered = sorted(values)
            high = ordered[int(0.95 * len(ordered))]
            print(f"  {part:7} median {statistics.median(ordered):7.2f} ms   95% {high:7.2f} ms")


def main() -> None:
    asked = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    started = time.perf_counter()
    index = current()
    print(f"first use: {time.perf_counter() - started:.2f} s")
    find(index, "warm up", encoder.encode(["warm up"]), 5, "en")
    measure("shipped", index, asked)
    measure("shipped", index, asked)  # the sentences are in memory now
    started = time.perf_counter()
    made = large()
    print(f"making the large index (without encoding): {time.perf_counter() - started:.1f} s")
    measure("large", made, asked)


if __name__ == "__main__":
    main()

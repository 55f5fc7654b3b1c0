"""WEAT here and in the WEFE library (1.0.1): the same vectors, the same words, effect sizes and time.

WEFE needs older numpy and scipy than Autopsie, so it lives in an environment of its own:

    python -m venv wefe-environment
    wefe-environment/bin/pip install wefe==1.0.1
    autopsie models fetch word2vec
    python -m benchmarks.weat_against_wefe --wefe-python wefe-environment/bin/python --write docs/benchmarks.md

Effect sizes are compared with the population deviation, which is the one WEFE takes. Times: one query
each in one run of this script, vectors loaded before the clock starts, words looked up after, the same
number of random splits for both; also the whole measurement as Autopsie makes it (every split, or
100,000 random ones, and 5,000 bootstrap resamples). WEFE's p-values are printed, not compared: it draws
the words of a split with replacement and without a seed. Ours are checked against a plain enumeration
that shares no code with the tool, in the tests with at most 12,870 splits.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from tools.specimens import words
from tools.specimens.words import WordVectors
from tools.words.association import Floats, associations, compare, effect_size, split_test
from tools.words.weat_sets import TESTS, Sets, published

REPEATS = 5  # of our side, which is too short to be timed once; the median counts
ENUMERATED = 12_870

WORKER = """
import json, logging, sys, time
logging.disable(logging.CRITICAL)
import gensim, numpy, wefe
from wefe.metrics import WEAT
from wefe.query import Query
from wefe.word_embedding_model import WordEmbeddingModel
task = json.load(sys.stdin)
model = WordEmbeddingModel(gensim.models.KeyedVectors.load_word2vec_format(task["vectors"], binary=True), "vectors")
weat, results = WEAT(), {}
for name, (x, y, a, b) in task["tests"].items():
    query = Query([x, y], [a, b])
    options = dict(return_effect_size=True, lost_vocabulary_threshold=0.3)
    plain = weat.run_query(query, model, **options)
    start = time.perf_counter()
    timed = weat.run_query(query, model, calculate_p_value=True, p_value_iterations=task["splits"], **options)
    results[name] = dict(d=float(plain["effect_size"]), p=float(timed["p_value"]), seconds=time.perf_counter() - start)
    print(f"WEFE, test {name}: {results[name]['seconds']:.1f} s", file=sys.stderr, flush=True)
json.dump(dict(results=results, numpy=numpy.__version__, gensim=gensim.__version__), sys.stdout)
"""


def write_vectors(space: WordVectors, file: Path) -> None:
    """The word2vec binary format: a line "words dimensions", then word, space, float32 values."""
    with file.open("wb") as out:
        out.write(f"{len(space.words)} {space.matrix.shape[1]}\n".encode())
        for word, vector in zip(space.words, space.matrix, strict=True):
            out.write(word.encode() + b" " + vector.astype(np.float32).tobytes())


def run_wefe(python: str, space: WordVectors, sets: dict[str, Sets], splits: int) -> dict[str, Any]:
    """WEFE's effect sizes, p-values and seconds, from its own interpreter."""
    lists = {name: [group.given for group in (s.x, s.y, s.a, s.b)] for name, s in sets.items()}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "vectors.bin"
        write_vectors(space, file)
        task = json.dumps({"vectors": str(file), "tests": lists, "splits": splits})
        done = subprocess.run([python, "-c", WORKER], input=task, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout[done.stdout.index("{") :])
    return found


def scores(sets: Sets) -> tuple[Floats, Floats]:
    """s of each word of X and of Y."""
    x, y = (associations(group.unit, sets.a.unit, sets.b.unit) for group in (sets.x, sets.y))
    return x, y


def seconds(work: Callable[[], object]) -> float:
    """The median time of a piece of work."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def enumerated_p(x: Floats, y: Floats) -> float:
    """The exact one-sided p by the definition, one split at a time."""
    pooled = [*x.tolist(), *y.tolist()]
    observed, count, total = statistics.fmean(x.tolist()) - statistics.fmean(y.tolist()), 0, 0
    for chosen in combinations(range(len(pooled)), len(x)):
        inside = set(chosen)
        first = math.fsum(pooled[i] for i in chosen) / len(x)
        second = math.fsum(value for i, value in enumerate(pooled) if i not in inside) / len(y)
        count += first - second >= observed - 1e-12
        total += 1
    return count / total


def row(name: str, space: WordVectors, peer: dict[str, float], splits: int) -> list[str]:
    """One line of the table; stops the script when an effect size or an exact p differs."""
    x, y = scores(published(name, space))
    d, rng = effect_size(x, y, ddof=0), np.random.default_rng
    if abs(d - peer["d"]) > 5e-5:
        sys.exit(f"test {name}: d = {d:.6f} here and {peer['d']:.6f} in WEFE")
    whole = compare(x, y, rng(0))
    checked = "–"
    if math.comb(len(x) + len(y), len(x)) <= ENUMERATED:
        checked = f"{enumerated_p(x, y):.6f}"
        if not math.isclose(float(checked), whole.splits.p, abs_tol=1e-6):
            sys.exit(f"test {name}: p = {whole.splits.p:.6f} here and {checked} by plain enumeration")
    equal = seconds(lambda: split_test(*scores(published(name, space)), rng(0), most=0, draws=splits))
    full = seconds(lambda: compare(*scores(published(name, space)), rng(0)))
    return [
        name, TESTS[name].title.en, f"{d:.4f}", f"{peer['d']:.4f}", f"{whole.splits.p:.6f}", checked, f"{peer['p']:.4f}",
        f"{1000 * equal:.1f}", f"{1000 * peer['seconds']:,.0f}", f"{peer['seconds'] / equal:,.0f}", f"{1000 * full:.0f}",
        f"{peer['seconds'] / full:,.0f}",
    ]  # fmt: skip


def section(rows: list[list[str]], found: dict[str, Any], splits: int) -> str:
    """The section of the benchmarks page, as Markdown."""
    heads = [
        "test", "what against what", "d here", "d WEFE", "p here", "p by plain enumeration", "p WEFE", "ms here", "ms WEFE",
        "ratio", "ms here, whole", "ratio, whole",
    ]  # fmt: skip
    ratios = [float(cells[9].replace(",", "")) for cells in rows]
    wholes = [float(cells[11].replace(",", "")) for cells in rows]
    lines = ["| " + " | ".join(cells) + " |" for cells in (heads, ["--"] * 2 + ["--:"] * 10, *rows)]
    text = f"""## WEAT

Ten tests of Caliskan, Bryson and Narayanan (2017) on the 13,013 word2vec vectors, against WEFE 1.0.1 on the same words and
vectors. d is taken with the population deviation, as WEFE does; all ten agree to 4 decimals. "ms" is the time of one query
with {splits:,} random splits on both sides ("ratio": how many times longer WEFE takes; median {statistics.median(ratios):,.0f}).
"Whole" is the measurement as Autopsie makes it: every split where there are at most 200,000, else 100,000 random ones, and 5,000
bootstrap resamples for the interval (median ratio {statistics.median(wholes):,.0f}, still against {splits:,} splits in WEFE).

"""
    return (
        text
        + "\n".join(lines)
        + f"""

The p-values of WEFE are not comparable with a permutation test: it draws the words of each split with replacement, and without a
seed. Ours equal a plain enumeration that shares no code with the tool, in the five tests where that is quick. WEFE recomputes
every cosine in each split; here each word is scored once, and a split only adds scores. WEFE's time is that of one query: on a
busy machine it can vary by a factor of two, and so can the ratio; its order of magnitude does not.

Measured in one run: Python {platform.python_version()}, numpy {np.__version__} here; numpy {found["numpy"]} and
gensim {found["gensim"]} for WEFE; {os.cpu_count()} cores. Again: `python -m benchmarks.weat_against_wefe --wefe-python PATH`.
"""
    )


def write(file: Path, text: str) -> None:
    """Puts the section in the page, in the place of the one it had."""
    page = file.read_text(encoding="utf-8") if file.exists() else "# Benchmarks\n"
    old = re.compile(r"^## WEAT\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    page = old.sub(lambda _: text + "\n", page) if old.search(page) else page.rstrip("\n") + "\n\n" + text
    file.write_text(page.rstrip("\n") + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wefe-python", required=True, help="the Python of the environment that has wefe 1.0.1")
    parser.add_argument("--splits", type=int, default=1000, help="random splits for both (default 1000)")
    parser.add_argument("--write", type=Path, help="a Markdown page whose section WEAT is replaced")
    options = parser.parse_args()
    space = words.load("word2vec")
    sets = {name: published(name, space) for name in TESTS}
    found = run_wefe(options.wefe_python, space, sets, options.splits)
    text = section([row(name, space, found["results"][name], options.splits) for name in TESTS], found, options.splits)
    print(text)
    if options.write:
        write(options.write, text)


if __name__ == "__main__":
    main()

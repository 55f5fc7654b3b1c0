"""Time and memory of one default run of each measurement, and the same work beside an independent implementation.

    pip install captum    (a peer, with the development libraries; scikit-learn and rapidfuzz come with Autopsie)
    python benchmarks/instruments.py (some minutes on two cores; with names of tools, these alone)

Each run and each peer has a new process. "Loading" is what is not measuring in that process, from start to end: imports,
models and vectors read and hashed. In a comparison both sides take turns on the same inputs, after an untimed round; the
script stops when their results differ. "Ratio" is how many times longer the peer takes (median of the rounds).
"""

from __future__ import annotations

import builtins
import functools
import json
import resource
import subprocess
import sys
import time
import timeit
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

Pair = tuple[str, Callable[[], Any], Callable[[], Any], float]  # work, result here, the peer's, how far they may differ
SEED, ROUNDS, LABELLINGS = 0, 3, 100
GIVEN = {
    "detect_ai_text": {
        "text": "The library is open on Sundays, and the children read there until the rain stops. " * 12
    }
}
LOADERS = {"tools.specimens.language": ("load", "load_weights", "_hash_of_weights"), "tools.specimens.words": ("load",),
           "tools.specimens.translators": ("_direction",), "knowledge.encoder": ("current",)}  # fmt: skip


def loading() -> list[float]:
    """The seconds of each import and each loader from now on; what happens inside one counts once."""
    spent: list[float] = []
    open_calls: list[float] = []

    def timed(work: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            open_calls.append(time.perf_counter())
            try:
                return work(*given, **named)
            finally:
                started = open_calls.pop()
                if not open_calls:
                    spent.append(time.perf_counter() - started)

        return call

    for module, name in [(import_module(place), name) for place, names in LOADERS.items() for name in names]:
        setattr(module, name, timed(getattr(module, name)))
    builtins.__import__ = timed(builtins.__import__)
    return spent


def one_run(name: str) -> dict[str, float]:
    """Runs a tool in this process: seconds of measuring, peak memory in MB."""
    from tools.registry import get

    tool, spent, started = get(name), loading(), time.perf_counter()
    tool.run(GIVEN.get(name, {}), seed=SEED)
    measuring = time.perf_counter() - started - sum(spent)
    return {"measuring": measuring, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def attributions() -> Iterator[Pair]:
    """The maps of the default run by one network, in equal batches; a word becomes the blank, as captum removes none."""
    import numpy as np
    import torch
    from captum.attr import FeatureAblation, IntegratedGradients, ShapleyValueSampling

    from tools.language import saliency_methods as ours
    from tools.language.saliency_score import TOKENS_AT_ONCE, Scorer
    from tools.language.saliency_words import answer, cut
    from tools.language.text_saliency import EXAMPLE, EXAMPLE_ANSWERS, text_saliency
    from tools.specimens.language import load_weights

    model, draws = load_weights(), text_saliency.validate({})["orders"]
    prompt = cut(model, EXAMPLE)
    n, rows = len(prompt.words), TOKENS_AT_ONCE // len(prompt.ids)
    assert prompt.word_of.tolist() == [-1, *range(n)], "a start mark, then one token a word"
    scorer = Scorer(model.model, prompt, [answer(model, prompt, w) for w in EXAMPLE_ANSWERS], None, "blank", False)
    start, x, blank = (
        part.contiguous() for part in (scorer.vectors[:, :1], scorer.vectors[:, 1:], scorer.blank[:, 1:])
    )
    quiet: Any = int  # nothing is reported between two batches
    new = functools.partial(scorer.on, scorer.network)  # a scorer that has scored nothing yet
    orders, _ = ours.draw_orders(n, draws, np.random.default_rng(SEED))

    def forward(part: torch.Tensor) -> torch.Tensor:
        return scorer.score(torch.cat([start.expand(len(part), -1, -1), part], dim=1), prompt.gap)

    def peer(method: Any, /, **options: Any) -> Any:
        return method.attribute(x, blank, **options)[0].detach().numpy()

    shapley, points = ShapleyValueSampling(forward), ours.integrated_gradients(new(), quiet).steps
    shapley.permutation_generator = lambda *_: orders.tolist()  # the same orders on both sides
    line = {"n_steps": points, "method": "gausslegendre", "internal_batch_size": rows}
    words = {
        "feature_mask": torch.arange(n)[None, :, None].expand(x.shape).contiguous(),
        "perturbations_per_eval": rows,
    }
    yield (f"captum: integrated gradients, {points} points", lambda: ours.fixed_integrated_gradients(new(), quiet, points)[1:],
           lambda: peer(IntegratedGradients(forward), **line).sum(axis=1), 1e-3)  # fmt: skip
    yield ("captum: as many, placed where needed here", lambda: ours.integrated_gradients(new(), quiet).tokens[1:],
           lambda: peer(IntegratedGradients(forward), **line).sum(axis=1), 1)  # fmt: skip
    yield (f"captum: occlusion, {n} words", lambda: ours.occlusion(new(), quiet),
           lambda: peer(FeatureAblation(forward), **words)[:, 0], 1e-3)  # fmt: skip
    yield (f"captum: Shapley values, {draws} orders", lambda: ours.shapley(new(), orders, False, quiet).values,
           lambda: peer(shapley, n_samples=draws, **words)[:, 0], 1e-3)  # fmt: skip


def silhouettes() -> Iterator[Pair]:
    """Shuffled senses of the default run, in all layers."""
    import numpy as np
    from sklearn.metrics import silhouette_score

    from tools.language import contextual_measure as ours
    from tools.language.contextual_sentences import examples
    from tools.specimens.language import load_weights

    rng = np.random.default_rng(SEED)
    found = ours.measure(load_weights(), "bank", examples("bank", ""), -1, rng, lambda *_: None)
    far = np.where(1 - found.cosines < ours.SAME_POINT, 0, 1 - found.cosines)
    drawn = rng.permuted(np.tile(found.labels, (LABELLINGS, 1)), axis=1)
    yield (f"scikit-learn: {LABELLINGS} silhouettes in {len(far)} layers", lambda: ours.silhouettes(far, drawn).mean(axis=2),
           lambda: [[silhouette_score(layer, one, metric="precomputed") for layer in far] for one in drawn], 1e-9)  # fmt: skip


def words_in_common() -> Iterator[Pair]:
    """The built-in pair: sequences, from the bare texts; edits, here with the longest passage in common."""
    from sklearn.feature_extraction.text import CountVectorizer

    from tools.reading.similarity_measure import RUN, edits_and_run, sequences, words
    from tools.reading.similarity_result import EXAMPLE

    def here() -> list[tuple[int, int]]:
        both = [[sequences(words(text), size) for text in EXAMPLE["en"]] for size in (1, RUN)]
        return [(len(one | other), len(one & other)) for one, other in both]

    def peer() -> list[tuple[int, int]]:
        options: dict[str, Any] = {"strip_accents": "unicode", "token_pattern": r"[^\W_]+"}
        made = (CountVectorizer(ngram_range=(k, k), **options).fit_transform(EXAMPLE["en"]) for k in (1, RUN))
        return [(one.shape[1], (one.toarray() > 0).all(axis=0).sum()) for one in made]

    yield f"scikit-learn: words and {RUN}-word sequences, all and shared", here, peer, 0
    from rapidfuzz.distance import Levenshtein

    a, b = map(words, EXAMPLE["en"])
    yield "rapidfuzz: edits between the words", lambda: edits_and_run(a, b)[0], lambda: Levenshtein.distance(a, b), 0


PEERS = {"text_saliency": attributions, "contextual_embeddings": silhouettes, "similarity": words_in_common}


def beside(name: str) -> Iterator[str]:
    """The cells of the comparisons of a tool, ending with what to install when a peer is not here."""
    import numpy as np

    try:
        for what, here, peer, within in PEERS[name]():
            off = float(np.abs(np.subtract(here(), peer())).max())
            assert off <= within, f"{what}: the results differ by {off}"
            runs = [[timeit.Timer(work).autorange() for work in (here, peer)] for _ in range(ROUNDS)]  # calls, seconds
            times = np.array([[1000 * spent / calls for calls, spent in both] for both in runs])
            cells = [*np.median(times, axis=0), *np.quantile(times[:, 1] / times[:, 0], [0.5, 0, 1])]
            yield " | ".join([what, *(f"{float(f'{cell:.3g}'):,g}" for cell in cells), f"{off:.0e}"])
    except ImportError as error:
        yield f"peer: pip install {error.name}{' | –' * 6}"


def child(*asked: str) -> Any:
    """What a new process finds."""
    done = subprocess.run([sys.executable, __file__, *asked], check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def main(names: list[str]) -> None:
    from tools.registry import MODULES

    names = names or [name for name in MODULES if name != "search_knowledge"]
    print("| tool | whole | of which loading | peak memory |\n|--|--:|--:|--:|")
    for name in names:
        started = time.perf_counter()
        run = child("run", name)
        whole = time.perf_counter() - started
        print(f"| {name} | {whole:.1f} s | {whole - run['measuring']:.1f} s | {run['peak']:.0f} MB |", flush=True)
    print(f"\n| tool | peer: work | ms here | ms peer | ratio | lowest | highest | differ by |\n|--|--|{'--:|' * 6}")
    for name in [name for name in names if name in PEERS]:
        print("\n".join(f"| {name} | {row} |" for row in child("beside", name)), flush=True)
    print("\nweat, debias: peer: pip install wefe==1.0.1 (an environment of its own, see weat_against_wefe.py)")


if __name__ == "__main__":
    import_module("assistant.settings").quiet()
    match sys.argv[1:]:
        case ["run" | "beside" as what, tool]:
            print(json.dumps(one_run(tool) if what == "run" else list(beside(tool))))
        case names:
            main(names)

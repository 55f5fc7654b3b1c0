"""Time and memory of a search at 1,000 and at 100,000 passages, beside the same work in a peer library.

    pip install haystack-ai            (the peer, for this measurement only)
    python benchmarks/search.py        (some minutes on two cores)

The large library repeats the shipped passages; each copy gets words of its own and its own vector (the shipped
one turned a little at random), so that neither the terms nor the vectors are twins. The peer is Haystack's
document store in memory: the same vectors, its own BM25, both lists joined by rank. Times are those of one
process, the encoding of the question included on both sides.
"""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from evals import retrieval
from knowledge import encoder
from knowledge.documents import Document
from knowledge.index import Index, assemble, current, indexed_text
from knowledge.search import find

SIZES = (1_000, 100_000)
SEED = 0


def grown(size: int) -> Index:
    """An index of ``size`` passages: copies of the shipped ones, ten to a document, with other words and vectors."""
    rng = np.random.default_rng(SEED)
    small = current()
    vectors = small.vectors.reconstruct_n(0, len(small.passages))
    rows = np.arange(size) % len(small.passages)
    turned = vectors[rows] + rng.normal(0, 0.03, (size, vectors.shape[1])).astype(np.float32)
    turned /= np.linalg.norm(turned, axis=1, keepdims=True)
    found, shelf, topics = [], {}, []
    for i, row in enumerate(rows):
        one = small.passages[row]
        doc = f"copy-{i // 10}-{one.lang}"
        if doc not in shelf:
            shelf[doc] = Document(
                id=doc, kind="course", lang=one.lang, title=one.title, summary=one.title, body=one.text
            )  # type: ignore[arg-type]
            topics.append(turned[i])
        copy = {"id": f"{doc}.{one.lang}#{i}", "doc": doc, "text": f"{one.text} Copy number {i}."}
        found.append(one.model_copy(update=copy))
    return assemble(f"grown-{size}", list(shelf.values()), found, {}, turned, np.array(topics), turned[:0])


def timed(work: Callable[[Any], object], asked: list[dict[str, Any]]) -> float:
    """The median of the times of ``work`` in milliseconds; prints it with the 95th percentile."""
    work(asked[0])
    times = []
    for one in asked:
        started = time.perf_counter()
        work(one)
        times.append(1000 * (time.perf_counter() - started))
    times.sort()
    middle = statistics.median(times)
    print(f"    median {middle:8.2f} ms   95% {times[int(0.95 * len(times))]:8.2f} ms")
    return middle


def ours(index: Index) -> Callable[[dict[str, Any]], object]:
    """One search in an index."""
    return lambda one: find(index, one["question"], encoder.encode([one["question"]]), 5, None)


def peer(index: Index) -> Callable[[dict[str, Any]], object]:
    """The same search in Haystack: by vector, by BM25, joined by reciprocal rank."""
    from haystack import Document as Page
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore(embedding_similarity_function="dot_product")
    vectors = index.vectors.reconstruct_n(0, len(index.passages))
    store.write_documents(
        [
            Page(id=one.id, content=indexed_text(one), embedding=row.tolist())
            for one, row in zip(index.passages, vectors, strict=True)
        ]
    )
    by_words, by_vector = InMemoryBM25Retriever(store, top_k=200), InMemoryEmbeddingRetriever(store, top_k=200)
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=5)

    def work(one: dict[str, Any]) -> object:
        vector = encoder.encode([one["question"]])[0].tolist()
        lists = [by_words.run(query=one["question"])["documents"], by_vector.run(query_embedding=vector)["documents"]]
        return joiner.run(documents=lists)

    return work


def main() -> None:
    asked = retrieval.questions(retrieval.LIBRARY)[::3]
    started = time.perf_counter()
    index = current()
    print(f"first use, encoder loaded and index read: {time.perf_counter() - started:.2f} s")
    texts = [f"{indexed_text(one)} again" for one in index.passages[:500]]
    started = time.perf_counter()
    encoder.encode(texts)
    print(f"encoding: {len(texts) / (time.perf_counter() - started):.0f} passages a second")
    print(f"shipped library, {len(index.passages):,} passages and {len(index.asked):,} written questions")
    timed(ours(index), asked)
    for size in SIZES:
        started = time.perf_counter()
        made = grown(size)
        print(f"{size:,} passages; index made without encoding in {time.perf_counter() - started:.1f} s")
        mine = timed(ours(made), asked)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"    {memory:,.0f} MB at most so far")
        try:
            work = peer(made)
        except ImportError:
            print("    peer: pip install haystack-ai")
            continue
        theirs = timed(work, asked if size < 10_000 else asked[:8])
        print(f"    Haystack takes {theirs / mine:.1f} times as long")


if __name__ == "__main__":
    main()

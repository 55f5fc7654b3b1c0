"""How long one answer takes with the embedded engine, cold and warm, and the peak memory.

Run it on an idle machine: ``python benchmarks/turn.py``. Cold is a fresh process
from its start to the complete answer; warm is the median of ten further
questions in the same process. Prints a Markdown table.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time

QUESTIONS = {
    "library (fr)": "Pourquoi Twitter a-t-il retiré le recadrage automatique ?",
    "library (en)": "What is a p-value?",
    "measurement (weat)": "Are word vectors biased about careers and gender?",
}


def inside(question: str) -> None:
    """Asks in this process: once cold, ten times warm; prints seconds and peak memory as JSON."""
    from assistant import settings

    settings.quiet()
    from assistant.agent import Agent

    agent, seconds = Agent(), []
    for _ in range(11):
        started = time.perf_counter()
        turn = list(agent.ask(question, "benchmark"))[-1]
        assert turn.status == "done", turn.error
        seconds.append(time.perf_counter() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"warm": statistics.median(seconds[1:]), "peak": peak}))


def main() -> None:
    """Measures each question in a process of its own."""
    print("| question | cold, with process start | warm, median of 10 | peak memory |\n|--|--|--|--|")
    for name, question in QUESTIONS.items():
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "assistant.cli", "ask", question, "--json"], check=True, capture_output=True
        )
        cold = time.perf_counter() - started
        done = subprocess.run([sys.executable, __file__, question], check=True, capture_output=True, text=True)
        row = json.loads(done.stdout)
        print(f"| {name} | {cold:.1f} s | {row['warm']:.2f} s | {row['peak']:.0f} MB |")


if __name__ == "__main__":
    inside(sys.argv[1]) if len(sys.argv) > 1 else main()

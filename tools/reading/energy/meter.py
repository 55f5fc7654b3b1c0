"""The energy of something that runs here, repeated: codecarbon when it is installed, else processor seconds.

Neither reads a wall socket. The processor seconds of this process (all its
threads, and children that have ended) are exact; the watts of a core are an
assumption. codecarbon reads the counters of the processor and of the graphics
card where the system allows it, and otherwise assumes as well.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from tools.errors import BadInput, Stopped
from tools.finding import Specimen, Text
from tools.reading.energy import published as known
from tools.reading.energy.ranges import Factor, factor
from tools.tool import Run

REST = 1.0  # seconds without work, for the idle baseline
SHORTEST = 2.0  # seconds: codecarbon looks about once a second, so shorter actions are repeated within one reading
BUDGET = 12.0  # seconds after which no further repetition starts
FEWEST = 3  # repetitions made whatever they take, unless one takes longer than LONG
LONG = 30.0
JOULES = 3.6e6  # in a kilowatt-hour
COUNTER = 1.5  # a single reading of codecarbon stands for itself times and divided by this: our assumption
CORE = Text(en="power of one processor core", fr="puissance d’un cœur de processeur")
WORK = Text(en="processor time of one run, above rest", fr="temps de processeur d’un passage, repos déduit")


@dataclass(frozen=True)
class Sample:
    """One stretch of time: wall-clock seconds, processor seconds, and joules when the meter gives them."""

    seconds: float
    cpu: float
    joules: float | None = None


@dataclass(frozen=True)
class Metered:
    """Repeated runs of one thing.

    Attributes:
        first: the run before the others, which may load models.
        rest: the same process without work.
        samples: the repeated runs.
    """

    subject: Text
    specimen: Specimen
    meter: Literal["codecarbon", "cpu"]
    first: Sample
    rest: Sample
    samples: list[Sample]
    wanted: int
    device: str
    builtin: bool = False

    def net(self, sample: Sample) -> float:
        """Joules (codecarbon) or processor seconds of a run, less what rest takes in the same time."""
        if self.meter == "codecarbon":
            return max(0.0, (sample.joules or 0.0) - (self.rest.joules or 0.0) / self.rest.seconds * sample.seconds)
        return max(0.0, sample.cpu - self.rest.cpu / self.rest.seconds * sample.seconds)

    @property
    def values(self) -> list[float]:
        """What each repeated run took, in the unit of ``net``."""
        return [self.net(sample) for sample in self.samples]


def processor() -> float:
    """Processor seconds of this process and of its ended children."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def by_processor(action: Callable[[], object]) -> Sample:
    """One action timed by the clock and by the processor."""
    wall, cpu = time.perf_counter(), processor()
    action()
    return Sample(time.perf_counter() - wall, processor() - cpu)


def by_codecarbon(action: Callable[[], object]) -> Sample:
    """One action under codecarbon's offline tracker: no network, no file, nothing printed."""
    import logging

    from codecarbon import OfflineEmissionsTracker

    logging.getLogger("codecarbon").disabled = True
    tracker: Any = OfflineEmissionsTracker(
        country_iso_code="FRA",  # only the energy is read; the grid is ours
        save_to_file=False, save_to_api=False, save_to_logger=False, allow_multiple_runs=True,
        tracking_mode="process", measure_power_secs=1, log_level="critical",
    )  # fmt: skip
    tracker.start()
    try:
        timed = by_processor(action)
    finally:
        tracker.stop()
    return Sample(timed.seconds, timed.cpu, float(tracker.final_emissions_data.energy_consumed) * JOULES)


def choose(asked: str) -> tuple[Literal["codecarbon", "cpu"], Callable[[Callable[[], object]], Sample]]:
    """The meter that works here; codecarbon is tried on nothing first."""
    if asked == "cpu":
        return "cpu", by_processor
    try:
        by_codecarbon(lambda: None)
    except Exception as error:  # an optional package: whatever fails in it, the processor can be counted
        if asked == "codecarbon":
            raise BadInput(
                f"codecarbon does not work here ({type(error).__name__}). Install it with: pip install codecarbon; or use --meter cpu.",
                f"codecarbon ne fonctionne pas ici ({type(error).__name__}). Installez-le : pip install codecarbon ; ou utilisez --meter cpu.",
            ) from error
        return "cpu", by_processor
    return "codecarbon", by_codecarbon


def measure(
    run: Run, subject: Text, action: Callable[[], Specimen], repeats: int, asked: str, builtin: bool
) -> Metered:
    """A first run, rest, then ``repeats`` runs, fewer when time is short.

    With ``asked`` "auto", the processor seconds are used when codecarbon cannot tell the runs from rest.
    """
    from dataclasses import replace

    name, meter = choose(asked)
    run.progress("First run, which loads what it needs", "Premier passage, qui charge ce qu’il faut")
    found: list[Specimen] = []
    first = meter(lambda: found.append(action()))
    times = 1
    if name == "codecarbon":
        times = max(1, math.ceil(SHORTEST / max(by_processor(action).seconds, 0.01)))
    run.progress("Rest, for the baseline", "Repos, pour la référence")
    rest = meter(lambda: run.stop.wait(REST * (SHORTEST if times > 1 else 1)))
    samples: list[Sample] = []
    started = time.monotonic()
    for turn in range(repeats):
        spent = time.monotonic() - started
        if samples and spent > BUDGET and (turn >= FEWEST or spent / turn > LONG):
            break
        run.progress(f"Run {turn + 1} of {repeats}", f"Passage {turn + 1} sur {repeats}", turn, repeats)
        samples.append(_shared(meter(lambda: [action() for _ in range(times)]), times))
    if run.stop.is_set():
        raise Stopped("Stopped: the measurement was not finished.", "Arrêté : la mesure n’est pas terminée.")
    m = Metered(subject, found[0], name, first, rest, samples, repeats, graphics(), builtin)
    if name == "cpu" or sum(m.values) > 0:
        return m
    if asked == "auto":
        return replace(m, meter="cpu")
    raise BadInput(
        "codecarbon cannot tell these runs from rest: they take too little. Use --meter cpu.",
        "codecarbon ne distingue pas ces passages du repos : ils prennent trop peu. Utilisez --meter cpu.",
    )


def _shared(sample: Sample, times: int) -> Sample:
    """One reading over several runs, for one of them."""
    joules = None if sample.joules is None else sample.joules / times
    return Sample(sample.seconds / times, sample.cpu / times, joules)


def graphics() -> str:
    """The name of the graphics card in use, if torch was loaded and sees one."""
    import sys

    torch = sys.modules.get("torch")
    return str(torch.cuda.get_device_name(0)) if torch is not None and torch.cuda.is_available() else ""


def mean_interval(values: list[float]) -> tuple[float, float, float]:
    """Mean and 95% interval of Student; the mean three times when there is one value. The lower bound stays positive."""
    import numpy as np
    from scipy import stats

    mean = max(float(np.mean(values)), 1e-9)
    if len(values) < 2:
        return mean, mean, mean
    half = float(stats.t.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / np.sqrt(len(values)))
    return max(mean - half, mean / 10), mean, mean + half


def factors_of(m: Metered, watts_per_core: str) -> tuple[list[Factor], float]:
    """What a metered run is a product of, and the factor that makes it kilowatt-hours."""
    low, mean, high = mean_interval(m.values)
    n = len(m.samples)
    if m.meter == "codecarbon":
        origin = Text(
            en=f"codecarbon, mean of {n} runs less rest", fr=f"codecarbon, moyenne de {n} passages, repos déduit"
        )
        label = Text(en="energy of one run, above rest", fr="énergie d’un passage, repos déduit")
        doubt = Text(
            en="what codecarbon assumes when it has no counter (our guess)",
            fr="ce que codecarbon suppose sans compteur (notre estimation)",
        )
        scale = Factor(
            "counter", Text(en="error of the meter", fr="erreur du compteur"), "×", 1 / COUNTER, 1, COUNTER, doubt
        )
        return [Factor("run", label, "J", low, mean, high, origin), scale], 1 / JOULES
    origin = Text(en=f"measured, mean of {n} runs", fr=f"mesuré, moyenne de {n} passages")
    core = known.published()["core"]
    given = factor("watts_per_core", CORE, "W", watts_per_core, 1.2, Text(en="given by you", fr="donné par vous"))
    table = Text(
        en="not measured: lowest, unknown processor and highest of the table of Green Algorithms",
        fr="non mesuré : le plus bas, le processeur inconnu et le plus haut du tableau de Green Algorithms",
    )
    power = given or Factor("watts_per_core", CORE, "W", core["low"], core["central"], core["high"], table)
    return [Factor("run", WORK, "s", low, mean, high, origin), power], 1 / JOULES

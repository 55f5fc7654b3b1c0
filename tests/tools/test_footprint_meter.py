"""The meter of ``footprint``: a clock made by hand, codecarbon where it is, real work here."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tools.errors import BadInput, Stopped
from tools.finding import Specimen, Text
from tools.reading.energy import meter, subjects
from tools.reading.energy import study as studies
from tools.reading.footprint import footprint
from tools.tool import Run

SPECIMEN = Specimen(name="made", source="made", revision="1", sha256=None)


def a_run(stop: threading.Event | None = None) -> Run:
    return Run(footprint, {}, 0, "en", stop=stop or threading.Event())


# Metered runs


def test_processor_seconds_of_work_and_of_rest() -> None:
    def work() -> None:
        until = meter.processor() + 0.2
        while meter.processor() < until:
            sum(range(1000))

    busy, idle = meter.by_processor(work), meter.by_processor(lambda: threading.Event().wait(0.2))
    assert busy.cpu == pytest.approx(0.2, abs=0.1) and idle.cpu < 0.05 and idle.seconds >= 0.19


def scripted(cpu: list[float], seconds: float = 2.0, rest: float = 0.1) -> meter.Metered:
    """Runs with given processor seconds; rest takes ``rest`` of them a second."""
    samples = [meter.Sample(seconds, value) for value in cpu]
    return meter.Metered(
        Text(en="a made run", fr="un passage inventé"),
        SPECIMEN,
        "cpu",
        samples[0],
        meter.Sample(1.0, rest),
        samples,
        len(cpu),
        "",
    )


def test_rest_is_taken_off_and_the_mean_has_its_interval() -> None:
    m = scripted([3.2, 4.2, 5.2])
    assert m.values == pytest.approx([3, 4, 5])  # less 2 s x 0.1
    # Student, 2 degrees of freedom: 4.3027 x 1 / sqrt(3) = 2.484
    assert meter.mean_interval(m.values) == pytest.approx((1.516, 4, 6.484), abs=1e-3)
    study = studies.metered(np.random.default_rng(0), m, "9-9", "", "", "400-400")
    assert study.energy.central == pytest.approx(4 * 9 / 3.6e6)  # 36 J
    assert study.carbon.central == pytest.approx(4 * 9 / 3.6e6 * 0.4)


def test_one_run_has_no_interval() -> None:
    assert meter.mean_interval([2.0]) == (2.0, 2.0, 2.0)


def test_runs_are_counted_and_stop_when_time_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meter, "REST", 0.01)
    calls: list[int] = []

    def action() -> Specimen:
        calls.append(1)
        return SPECIMEN

    m = meter.measure(a_run(), Text(en="x", fr="x"), action, 4, "cpu", False)
    assert len(calls) == 5 and len(m.samples) == 4 and m.specimen is SPECIMEN  # the first one loads
    monkeypatch.setattr(meter, "BUDGET", -1.0)
    assert len(meter.measure(a_run(), Text(en="x", fr="x"), action, 9, "cpu", False).samples) == meter.FEWEST


def test_stop_is_heard() -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        meter.measure(a_run(stop), Text(en="x", fr="x"), lambda: SPECIMEN, 2, "cpu", False)


def test_codecarbon_is_used_when_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meter, "REST", 0.01)
    monkeypatch.setattr(meter, "SHORTEST", 0.0)

    def reading(action: Callable[[], object]) -> meter.Sample:
        action()
        return meter.Sample(2.0, 1.0, 30.0) if found else meter.Sample(1.0, 0.0, 5.0)

    found: list[int] = []

    def action() -> Specimen:
        found.append(1)
        return SPECIMEN

    monkeypatch.setattr(meter, "by_codecarbon", reading)
    m = meter.measure(a_run(), Text(en="x", fr="x"), action, 2, "auto", False)
    assert m.meter == "cpu"  # here rest reads as much as work: 30 J - 15 W x 2 s = 0, so the processor is counted
    with pytest.raises(BadInput):
        meter.measure(a_run(), Text(en="x", fr="x"), action, 2, "codecarbon", False)


def test_without_codecarbon_the_processor_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "codecarbon", None)  # importing it fails
    assert meter.choose("auto")[0] == "cpu"
    with pytest.raises(BadInput) as refused:
        meter.choose("codecarbon")
    assert "pip install codecarbon" in refused.value.message.en


def test_a_real_codecarbon_without_network_or_files(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("codecarbon")

    def refuse(*_: Any) -> None:
        raise OSError("no network here")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.chdir(tmp_path)
    sample = meter.by_codecarbon(lambda: sum(range(3_000_000)))
    assert sample.joules is not None and sample.joules > 0 and not list(tmp_path.iterdir())


def test_codecarbon_is_never_loaded_at_start() -> None:
    assert "codecarbon" not in sys.modules or "codecarbon" in str(sys.modules["codecarbon"])
    import subprocess

    code = "import sys, tools.reading.footprint; print([m for m in ('codecarbon', 'scipy', 'matplotlib', 'torch', 'yaml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_metering_a_tool_of_the_laboratory() -> None:
    settings = "text=A model ranks the job applications of a firm.; "
    finding = footprint.run(
        {"what": "run", "instrument": "risk_triage", "settings": settings, "repeats": 2, "meter": "cpu"}
    )
    run = finding.estimate("run")
    assert run.value is not None and run.value > 0 and run.n == 2 and run.unit == "s"
    assert finding.estimate("energy").value == pytest.approx(run.value * 12 / 3.6e6)
    assert "One run of risk_triage" in finding.summary.en and "12 W a core" in finding.summary.en
    assert len(finding.table("runs").rows) == 4  # first, rest, two runs


def test_what_can_be_metered() -> None:
    assert {"weat", "stability", "risk_triage"} <= set(subjects.names()) and "footprint" not in subjects.names()
    assert subjects.find("weat").name == "weat"
    assert subjects.settings_of("--test=6; vectors = glove") == {"test": "6", "vectors": "glove"}


@pytest.mark.real
def test_an_answer_of_the_default_model() -> None:
    finding = footprint.run({"what": "run", "repeats": 2, "meter": "cpu"}, lang="fr")
    assert finding.estimate("run").value and "smollm2" in finding.summary.fr and finding.specimen.sha256

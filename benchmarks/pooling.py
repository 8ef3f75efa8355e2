"""Times the pooling engine against named peers, in one run, on one thread, in CPU time; prints ratios.

    python benchmarks/pooling.py            everything (about two minutes)
    python benchmarks/pooling.py --json     the same as JSON

Peers: metafor (its own gosh and permutest where it has them) and bayesmeta through Rscript, and PyMARE. A peer that is
not installed is named and left out. Peers that need hours are timed on a part of the task and reported per unit (fit,
subset, pair, order); ours does all of it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from evsynth.pooling.fast.many import fit_many
from evsynth.pooling.fast.permutation import slope_orders
from evsynth.pooling.fast.posterior import quick_posterior
from evsynth.pooling.fast.subsets import all_subsets
from evsynth.pooling.random_effects import pool
from evsynth.pooling.sensitivity.influence import influence
from evsynth.pooling.sensitivity.leave_out import leave_two_out
from evsynth.pooling.sensitivity.specification import specification_curve

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
"""Libraries read these when they are loaded, so the script starts itself again with all of them at 1."""

REPEATS = 5
"""The fastest of so many runs counts: what else the machine does can only slow a run down."""

# BCG vaccine trials, log risk ratios (Colditz et al. 1994).
BCG = (
    (-0.8893113339202054, -1.5853886572014306, -1.3480731482996933, -1.4415511900213054, -0.21754732221129558,
     -0.786115585818864, -1.6208982235983918, 0.011952333523840508, -0.4694176487381494, -1.3713448034727844,
     -0.3393588283383906, 0.44591340057137874, -0.017313948216879815),
    (0.32558476500396133, 0.19458112139814385, 0.4153679653679654, 0.020010031902247573, 0.05121017216963086,
     0.0069056184559087574, 0.22301724757231517, 0.0039615792978177295, 0.056434210463248966, 0.07302479361302891,
     0.01241221397155972, 0.5325058452001528, 0.0714046596839863),
)  # fmt: skip


class Data(NamedTuple):
    """The data of all tasks; drawn with one seed, so that every run and every peer has the same."""

    many: tuple[np.ndarray, np.ndarray]
    gosh: tuple[np.ndarray, np.ndarray]
    subsets: np.ndarray
    pairs: tuple[np.ndarray, np.ndarray]
    left: np.ndarray
    line: tuple[np.ndarray, np.ndarray, np.ndarray]
    orders: np.ndarray


class Row(NamedTuple):
    """One line of the table: seconds per unit of ours and of the peer."""

    task: str
    units: int
    who: str
    ours: float
    peer: str
    theirs: float | None

    @property
    def ratio(self) -> float | None:
        return None if self.theirs is None else self.theirs / self.ours


def draw() -> Data:
    """Return the data."""
    random = np.random.Generator(np.random.PCG64(2026))

    def studies(*shape: int) -> tuple[np.ndarray, np.ndarray]:
        v = random.uniform(0.01, 0.2, shape)
        return random.normal(0.2, np.sqrt(v + 0.05)), v

    gosh, pairs, line = studies(20), studies(81), studies(10)
    inside = random.integers(0, 2, (300, 20))
    x = random.normal(size=10)
    left = np.array([random.choice(81, 2, replace=False) + 1 for _ in range(100)])
    orders = np.array([random.permutation(x) for _ in range(200)])
    return Data(studies(10_000, 10), gosh, inside[inside.sum(axis=1) > 1], pairs, left, (*line, x), orders)


def fastest(run: Callable[[], Any], repeats: int = REPEATS) -> float:
    """Return CPU seconds of the fastest run, after one that is not counted."""
    run()
    spent = []
    for _ in range(repeats):
        started = time.process_time()
        run()
        spent.append(time.process_time() - started)
    return min(spent)


def ours(data: Data) -> list[tuple[str, str, int, float]]:
    """Return (task, who, units, seconds per unit)."""
    y, v = (np.array(side) for side in BCG)
    few = y[:6], v[:6]
    backends = ["numpy", *(["numba"] if importlib.util.find_spec("numba") else [])]
    rows = [
        ("pool", "pool (certified, Q-profile, PyMARE beside it)", 1, fastest(lambda: whole(y, v), 20)),
        ("influence", "influence, k = 13", 1, fastest(lambda: influence(y, v, estimator="REML", test="wald"), 20)),
        (
            "posterior",
            "quick_posterior, k = 6",
            1,
            fastest(lambda: quick_posterior(*few, prior_scale=0.5, level=0.95), 20),
        ),
    ]
    for backend in backends:
        how: Any = {"estimator": "REML", "backend": backend}
        fixed: Any = {**how, "interval": "hksj", "level": 0.95}
        rows += [
            ("one", f"fit_many, one row, {backend}", 1, fastest(lambda how=how: fit_many(y[None], v[None], **how), 50)),
            ("many", backend, 10_000, fastest(lambda how=how: fit_many(*data.many, **how)) / 10_000),
            ("gosh", backend, 2**20 - 21, fastest(lambda how=how: all_subsets(*data.gosh, **how)) / (2**20 - 21)),
            ("pairs", backend, 3240, fastest(lambda fixed=fixed: leave_two_out(*data.pairs, **fixed)) / 3240),
            ("orders", backend, math.factorial(10),
             fastest(lambda how=how: slope_orders(*data.line, statistic="wald", **how), 3) / math.factorial(10)),
        ]  # fmt: skip
    return rows


def whole(y: np.ndarray, v: np.ndarray) -> object:
    """Return one pool with everything that a result holds."""
    return pool(y, v, estimator="REML", interval="hksj", prediction="V", level=0.95)


def curve(data: Data) -> tuple[int, float]:
    """Return how many specifications a large curve has, and seconds for each.

    100 data branches, 8 estimators, 4 intervals, up to 6 of 12 studies left out.
    """
    y, v = data.pairs[0][:12], data.pairs[1][:12]
    random = np.random.Generator(np.random.PCG64(1))
    moved = [0.1 * np.sqrt(v) * random.integers(-1, 2, 12) * (i > 0) for i in range(100)]
    branches = [(f"branch {i}", y + move, v) for i, move in enumerate(moved)]
    counts = set()

    def run() -> None:
        found = specification_curve(
            branches, estimators=("REML", "DL", "PM", "ML", "HE", "SJ", "HS", "FE"),
            intervals=("hksj", "modified-hksj", "wald", "t"), leave_out=6, level=0.95,
        )  # fmt: skip
        counts.add(found.specifications)

    seconds = fastest(run, 2)
    return max(counts), seconds / max(counts)


def memory(backend: str) -> float:
    """Return the peak memory in MB of a fresh process that fits all subsets of 20 studies."""
    script = (
        "import numpy as np, pathlib, resource\n"
        "from evsynth.pooling.fast.subsets import all_subsets\n"
        "r = np.random.default_rng(1)\n"
        f"all_subsets(r.normal(size=20), r.uniform(0.01, 0.2, 20), estimator='REML', backend={backend!r})\n"
        "status = pathlib.Path('/proc/self/status')\n"
        "peak = [x for x in status.read_text().splitlines() if 'VmHWM' in x] if status.exists() else []\n"
        "used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(int(peak[0].split()[1]) / 2**10 if peak else used / 2**20)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return float(done.stdout)


def peers(data: Data) -> tuple[dict[str, float], dict[str, str]]:
    """Return seconds per unit of the peers in R by task, and their versions (or that they are missing)."""
    if shutil.which("Rscript") is None:
        return {}, {"metafor": "not installed", "bayesmeta": "not installed"}
    y, v = BCG
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write(place / "one.csv", {"y": y, "v": v})
        write(place / "few.csv", {"y": y[:6], "v": v[:6]})
        part = 200
        write(place / "many.csv", {"pool": np.repeat(np.arange(part), 10), "y": data.many[0][:part].ravel(),
                                   "v": data.many[1][:part].ravel()})  # fmt: skip
        write(place / "gosh.csv", {"y": data.gosh[0], "v": data.gosh[1]})
        write(place / "pairs.csv", {"y": data.pairs[0], "v": data.pairs[1]})
        write(place / "line.csv", dict(zip("yvx", data.line, strict=True)))
        write(place / "left.csv", {"one": data.left[:, 0], "two": data.left[:, 1]})
        script = Path(__file__).with_name("peers.R")
        done = subprocess.run(["Rscript", str(script), folder], capture_output=True, text=True, check=True)
    seconds, versions = {}, {}
    for line in done.stdout.splitlines():
        name, _, value = line.partition(",")
        if name == "version":
            package, version = value.split()
            versions[package] = version
        elif name == "missing":
            versions[value.strip()] = "not installed"
        elif value:
            seconds[name] = float(value)
    return seconds, versions


def pymare(data: Data) -> tuple[dict[str, float], str]:
    """Return PyMARE's seconds per unit by task: its REML estimator on the same data."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pymare
        from pymare.estimators import VarianceBasedLikelihoodEstimator

        def fit(y: np.ndarray, v: np.ndarray, x: np.ndarray | None = None) -> None:
            design = np.ones((len(y), 1)) if x is None else np.column_stack([np.ones(len(y)), x])
            y, v = (side if side.ndim == 2 else side[:, None] for side in (y, v))
            VarianceBasedLikelihoodEstimator(method="reml").fit(y=y, v=v, X=design)

        y, v = (np.array(side) for side in BCG)
        some, pairs = data.subsets[:50] == 1, [np.delete(np.arange(81), row - 1) for row in data.left[:50]]
        seconds = {
            "one": fastest(lambda: fit(y, v), 20),
            "many": fastest(lambda: fit(data.many[0].T, data.many[1].T), 1) / 10_000,
            "gosh": fastest(lambda: [fit(data.gosh[0][s], data.gosh[1][s]) for s in some], 1) / len(some),
            "pairs": fastest(lambda: [fit(data.pairs[0][p], data.pairs[1][p]) for p in pairs], 1) / len(pairs),
            "orders": fastest(lambda: [fit(*data.line[:2], x) for x in data.orders[:50]], 1) / 50,
        }
    return seconds, str(pymare.__version__)


def write(path: Path, columns: dict[str, Any]) -> None:
    """Write columns as CSV with every digit."""
    rows = zip(*([repr(float(value)) for value in column] for column in columns.values()), strict=True)
    path.write_text("\n".join([",".join(columns), *(",".join(row) for row in rows)]) + "\n", encoding="utf-8")


NAMES = {
    "one": "one REML fit, k = 13",
    "pool": "one pool in a warm process, k = 13",
    "many": "10,000 REML fits, k = 10",
    "gosh": "GOSH, all subsets of k = 20, REML with global check",
    "pairs": "leave-two-out, k = 81, REML",
    "orders": "exact permutation test of a slope, k = 10 (10! orders)",
    "influence": "influence diagnostics, k = 13",
    "posterior": "normal-normal posterior, half-normal prior, k = 6",
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON")
    asked = parser.parse_args()
    if any(os.environ.get(name) != "1" for name in THREADS):
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **dict.fromkeys(THREADS, "1")})
    data = draw()
    in_r, versions = peers(data)
    theirs, version = pymare(data)
    versions = {"PyMARE": version, **versions}
    rows = []
    for task, who, units, seconds in ours(data):
        r_peer = "bayesmeta" if task == "posterior" else "metafor"
        rows.append(Row(NAMES[task], units, who, seconds, r_peer, in_r.get(task)))
        if task in theirs:
            rows.append(Row(NAMES[task], units, who, seconds, "PyMARE", theirs[task]))
    specifications, per_specification = curve(data)
    peaks = {backend: memory(backend) for backend in sorted({row.who for row in rows} & {"numpy", "numba"})}
    if asked.json:
        told = {
            "python": platform.python_version(),
            "versions": versions,
            "rows": [{**row._asdict(), "ratio": row.ratio} for row in rows],
            "specifications per second": 1 / per_specification,
            "GOSH peak MB": peaks,
        }
        print(json.dumps(told, indent=1))
        return
    print("Peers: " + ", ".join(f"{name} {value}" for name, value in sorted(versions.items())))
    print(f"{'task':56} {'ours':46} {'all of it':>10} {'per unit':>10}  {'peer':10} {'per unit':>10} {'ratio':>9}")
    for row in rows:
        peer = "not run" if row.theirs is None else span(row.theirs)
        ratio = "" if row.ratio is None else f"{row.ratio:,.0f}"
        whole_task, unit = span(row.ours * row.units), span(row.ours)
        print(f"{row.task:56} {row.who:46} {whole_task:>10} {unit:>10}  {row.peer:10} {peer:>10} {ratio:>9}")
    print(f"specification curve: {1 / per_specification:,.0f} specifications per second ({specifications:,} of them)")
    for backend, peak in peaks.items():
        print(f"GOSH k = 20, peak memory of the process, {backend}: {peak:.0f} MB")


def span(seconds: float) -> str:
    """Return a duration with three digits.

    >>> span(0.00123), span(4.2e-7)
    ('1.23 ms', '0.42 µs')
    """
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.2g} µs"


if __name__ == "__main__":
    main()

"""An invented review in a temporary folder. A test's docstring, or a piece of YAML, is the extraction.

    def test_count_and_percent_stay_apart(extracted):
        '''Count, percentage and denominator are three keys.

        passages:
          - source: paper
            where: Table 2
            quote: Improved 31 (52.0%) of 55
            values: [{printed: 31 (52.0%) of 55, arm: drug, variable: improved, count: 31, percent: 52.0, of: 55}]
        '''
        assert extracted.codes() == ["COUNT_PERCENT"]

Sources are made of the quotes unless a test brings its own; what a docstring leaves out comes from `STUDY`. No number
in these reviews is from a real study.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import settings

from evsynth.review.folder import Folder, open_folder

if TYPE_CHECKING:
    from evsynth.model.estimate import Answer
    from evsynth.model.finding import Finding
    from evsynth.model.observation import Observation
    from evsynth.model.study import Study

# The same examples in every run; `make fuzz` looks for new ones.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("searching", derandomize=False, deadline=None)
settings.load_profile("repeatable")

REVIEW = """\
review: invented
title: An invented drug in an invented lung disease
licence: CC BY 4.0
question: {population: Adults, intervention: Drug, comparator: Usual care, outcomes: All, designs: All}
eligibility: [Anybody]
outcomes:
  - {outcome: improved, label: Improvement, word: improvement, definition: By the study's criteria, better: higher}
  - {outcome: death, label: Death, word: death, definition: Death from any cause, better: lower}
  - {outcome: relapse-any, label: Any relapse, word: relapse, definition: Relapse of any organ, better: lower}
  - {outcome: relapse-lung, label: Relapse in the lung, word: relapse, definition: Respiratory relapse, better: lower}
  - {outcome: breath, label: Breath score, word: breath score, definition: A score of breathlessness, better: lower}
instruments:
  - {instrument: breath-20, name: Breath score, version: "1", lowest: 0, highest: 20, worse: higher, integer: true,
     source: Manual}
  - {instrument: breath-96, name: Breath score, version: "2", lowest: 0, highest: 96, worse: higher, integer: true,
     source: Manual}
  - {instrument: breath-21, name: Breath score, version: "3", lowest: 0, highest: 21, worse: higher, integer: true,
     source: Manual, comparable_to: [breath-20]}
"""

STUDY = {
    "study": "alpha-2020",
    "label": "Alpha 2020",
    "title": "An invented drug",
    "authors": "[Alpha A]",
    "year": "2020",
    "cohorts": """
  - cohort: main
    label: All patients
    design: non-randomised comparison
    condition: invented lung disease
    patients: 80
    arms:
      - {arm: drug, label: Drug, role: treated, patients: 40}
      - {arm: usual, label: Usual care, role: comparator, patients: 40}
    contrasts:
      - {contrast: drug-vs-usual, kind: between arms, arms: [drug, usual]}
      - {contrast: change-drug, kind: within arm, arms: [drug], from: baseline, to: month-6}""",
    "timepoints": """
  - {at: baseline, label: Baseline}
  - {at: month-6, label: Month 6, lowest_months: 6, highest_months: 6}""",
    "variables": """
  - {variable: improved, label: Improved, kind: count, outcome: improved, integer: true}
  - {variable: death, label: Death, kind: count, outcome: death, integer: true}
  - {variable: relapse, label: Relapse, kind: count, outcome: relapse-any, integer: true}
  - {variable: female, label: Female, kind: count, integer: true}
  - {variable: male, label: Male, kind: count, integer: true}
  - {variable: age, label: Age, kind: continuous, unit: years}
  - {variable: dose, label: Daily dose of steroid, kind: continuous, unit: mg}
  - {variable: score, label: Breath score, kind: score, instrument: breath-20, outcome: breath, integer: true}""",
}
"""The parts of a study file that a test need not write."""

CHOICES = {
    "proportion": {"model": "binomial-normal", "estimator": "none", "interval": "wald", "prediction": "V"},
    "none": {"model": "none", "estimator": "none", "interval": "none", "prediction": "none"},
    "other": {"model": "random effects", "estimator": "REML", "interval": "hksj", "prediction": "V"},
}


class Invented:
    """A review in a folder, written piece by piece and opened as `evsynth` opens it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("extractions/review.yaml", REVIEW)

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file of the review."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace text that stands exactly once in a file."""
        text = (self.root / name).read_bytes().decode()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def study(self, body: str = "", *, source: str | None = None, grade: str = "primary", **given: str) -> None:
        """Write a study file, what it does not say taken from `STUDY`, and the sources it quotes (or `source`)."""
        text = study_text(body, **given)
        name = re.search(r"^study: (\S+)", text, re.MULTILINE)
        assert name is not None
        self.write(f"extractions/studies/{name[1]}.yaml", text)
        for paper, quotes in quotes_of(text).items():
            held = source if source is not None else "\n\n".join(dict.fromkeys(quotes)) + "\n"
            self.source(paper, held, grade=grade, study=name[1])

    def source(self, name: str, text: str | None, *, grade: str = "primary", study: str = "alpha-2020") -> None:
        """Write a document and its sidecar, or a sidecar alone."""
        raw = (text or "not held").encode()
        sidecar: dict[str, str] = {
            "source": name, "kind": "full text", "grade": grade, "study": study, "title": "An invented paper",
            "licence": "CC0", "attribution": "Nobody", "origin": "Invented", "sha256": hashlib.sha256(raw).hexdigest(),
        }  # fmt: skip
        if text is not None:
            sidecar["file"] = f"{name}.txt"
            self.write(f"corpora/sources/{name}.txt", raw)
        self.write(f"corpora/sources/{name}.yaml", lines(sidecar))

    def pool(self, inputs: list[dict[str, Any]], *, name: str = "asked", **given: Any) -> None:
        """Write a pool file; `given` replaces its keys, `choices` single choices."""
        self.write(f"extractions/pools/{name}.yaml", pool_text(inputs, name=name, **given))

    def folder(self) -> Folder:
        """Open the review."""
        return open_folder(self.root)

    def findings(self) -> tuple[Finding, ...]:
        """Check the review."""
        return self.folder().check()

    def codes(self) -> list[str]:
        """Check the review and give the codes only."""
        return [f.code for f in self.findings()]

    def only(self) -> Finding:
        """Check the review and give its one finding."""
        (finding,) = self.findings()
        return finding

    def read(self, study: str = "alpha-2020") -> Study:
        """Read a study; it must be free of errors."""
        folder = self.folder()
        assert not folder.problems, [str(p) for p in folder.problems]
        return folder.studies[study].study

    def values(self, study: str = "alpha-2020") -> tuple[Observation, ...]:
        """Give the values of a study."""
        self.read(study)
        return self.folder().studies[study].observations

    def answer(self, inputs: list[dict[str, Any]] | None = None, **given: Any) -> Answer:
        """Answer the pool, written before or made from `inputs`; the invented studies are not checked first."""
        from evsynth.build.answers import answer

        if inputs is not None:
            self.pool(inputs, **given)
        return answer(self.folder(), given.get("name", "asked"), checked=True)

    def outputs(self) -> list[str]:
        """List the files under outputs/."""
        return sorted(p.relative_to(self.root).as_posix() for p in (self.root / "outputs").rglob("*") if p.is_file())


def study_text(body: str = "", **given: str) -> str:
    """Write a study file from YAML, filling in what it leaves out."""
    body = inspect.cleandoc(body)
    said = set(re.findall(r"^(\w+):", body, re.MULTILINE)) | set(given)
    head = {key: value for key, value in STUDY.items() if key not in said}
    filled = "".join(f"{key}: {value}\n" for key, value in {**head, **given}.items())
    return filled + body + "\n"


def quotes_of(text: str) -> dict[str, list[str]]:
    """Give the quotes of a study file by source; nothing where it is not YAML."""
    try:
        data = yaml.load(text, Loader=yaml.BaseLoader) or {}
        found: dict[str, list[str]] = {}
        for part in (*data.get("passages", ()), *data.get("not_reported", ()), *data.get("not_used", ())):
            found.setdefault(part["source"], []).append(part["quote"])
        return found
    except (yaml.YAMLError, KeyError, TypeError, AttributeError):
        return {}


def pool_text(inputs: list[dict[str, Any]], *, name: str = "asked", **given: Any) -> str:
    """Write a pool file with every choice stated."""
    measure, plan = given.get("measure", "proportion"), given.get("plan", "pool")
    kind = "none" if plan == "single study" else measure if measure in CHOICES else "other"
    choices = {**CHOICES[kind], "level": 95, "correction": "none", "overlap": "refuse"}
    keys: dict[str, Any] = {
        "pool": name,
        "title": "The invented question",
        "question": "How often?",
        "claim": "rate in treated patients" if measure == "proportion" else "treatment effect",
        "outcome": "improved",
        "measure": measure,
        "plan": plan,
        "because": "It was planned so.",
        "inputs": inputs,
    }
    return lines({**keys, **given, "choices": {**choices, **given.get("choices", {})}})


def lines(keys: dict[str, Any]) -> str:
    """Write keys as YAML, one a line (JSON values are YAML)."""
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in keys.items())


def counted(study: str, events: int, total: int, *, variable: str = "improved", **given: str) -> dict[str, str]:
    """Give the parts of a study with one arm in which `events` of `total` patients had something."""
    quote = f"{variable} was seen in {events} of {total} patients"
    return {
        "study": study,
        "label": study.replace("-", " ").title(),
        "cohorts": f"""
  - cohort: main
    label: All patients
    design: single-arm series
    condition: invented lung disease
    arms: [{{arm: all, label: All, role: whole, patients: {total}}}]""",
        "passages": f"""
  - source: {study}-paper
    where: Results
    quote: {quote}
    values: [{{printed: {events} of {total}, arm: all, variable: {variable},
               at: month-6, count: {events}, of: {total}}}]""",
        **given,
    }


def compared(study: str, drug: tuple[int, int], usual: tuple[int, int], **given: str) -> dict[str, str]:
    """Give the parts of a study with two arms and the counts of each."""
    (a, n), (c, m) = drug, usual
    return {
        "study": study,
        "label": study.replace("-", " ").title(),
        "passages": f"""
  - source: {study}-paper
    where: Table 2
    quote: improved {a}/{n} with the drug and {c}/{m} without
    variable: improved
    at: month-6
    values:
      - {{printed: {a}/{n}, arm: drug, count: {a}, of: {n}}}
      - {{printed: {c}/{m}, arm: usual, count: {c}, of: {m}}}""",
        **given,
    }


@pytest.fixture
def invented(tmp_path: Path) -> Invented:
    """Give a review without studies."""
    return Invented(tmp_path / "review")


@pytest.fixture
def extracted(request: pytest.FixtureRequest, invented: Invented) -> Invented:
    """Give a review whose one study is the YAML in the docstring of the test, below its first paragraph."""
    words, _, body = inspect.cleandoc(request.function.__doc__ or "").partition("\n\n")
    start = re.search(r"^\w+:", body, re.MULTILINE)
    assert start, f"the docstring of the test holds no YAML below {words!r}"
    invented.study(body[start.start() :])
    return invented


@pytest.fixture(name="counted")
def counted_fixture() -> Any:
    """Give the function that makes a one-arm study."""
    return counted


@pytest.fixture(name="compared")
def compared_fixture() -> Any:
    """Give the function that makes a two-arm study."""
    return compared


@pytest.fixture
def here(invented: Invented, monkeypatch: pytest.MonkeyPatch) -> Invented:
    """Give a review without studies, and go to its folder."""
    monkeypatch.chdir(invented.root)
    return invented

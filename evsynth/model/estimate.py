"""Results: an estimate, or a refusal, which is a result like any other."""

from __future__ import annotations

from typing import Literal, NamedTuple

from evsynth.model.effect import Selection
from evsynth.model.pool import Pool


class Reason(NamedTuple):
    """Why something is not pooled: a stable code and the sentence for a reader."""

    code: str
    message: str


class Companion(NamedTuple):
    """The same question answered another way; every number on the scale a reader knows, None where there is none."""

    label: str
    estimate: float | None
    lower: float | None
    upper: float | None
    method: str
    note: str = ""


class Figures(NamedTuple):
    """The figures of an estimate. Estimate and limits are on the scale a reader knows, tau² on the analysis scale."""

    measure: str
    scale: str
    estimate: float
    lower: float
    upper: float
    level: float
    interval: str
    p: float | None
    tau2: float | None
    tau2_lower: float | None
    tau2_upper: float | None
    i2_tau2: float | None
    i2_q: float | None
    q: float | None
    q_df: int | None
    q_p: float | None
    prediction: str
    prediction_lower: float | None
    prediction_upper: float | None
    events: int | None
    total: int | None


class Estimate(NamedTuple):
    """A number that can be cited.

    `kind` says what it is; `fitted` names, as words by key, the model, estimator, intervals and engine that were really
    used; `weights` are percentages in the order of the effects; `warnings` are stable codes with sentences.
    """

    pool: str
    hash: str
    kind: Literal["pooled", "single study", "exact"]
    k: int
    figures: Figures
    fitted: dict[str, str]
    weights: tuple[float, ...]
    companions: tuple[Companion, ...]
    warnings: tuple[Reason, ...]

    @property
    def id(self) -> str:
        """Permanent identifier: the pool's name and the first ten digits of the hash of its canonical inputs."""
        return f"{self.pool}@{self.hash[:10]}"


class Refusal(NamedTuple):
    """No number, for reasons that can be cited."""

    pool: str
    hash: str
    k: int
    reasons: tuple[Reason, ...]
    companions: tuple[Companion, ...]
    warnings: tuple[Reason, ...]

    @property
    def id(self) -> str:
        """Permanent identifier, made as that of an estimate."""
        return f"{self.pool}@{self.hash[:10]}"


Result = Estimate | Refusal


class Answer(NamedTuple):
    """A pool, what it selected, and what came of it."""

    pool: Pool
    selection: Selection
    result: Result

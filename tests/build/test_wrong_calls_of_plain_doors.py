"""Arrays and choices that a plain door must refuse in words, not answer or fail in the words of another library."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import evsynth as ev
from evsynth.pooling.guard import InputError

Y, V = [0.1, 0.2, 0.4, 0.3], [0.02, 0.03, 0.04, 0.02]

REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "text": (lambda: ev.pool(["low", "high"], [0.1, 0.2]), "y must hold numbers only"),
    "level in percent, pool": (lambda: ev.pool(Y, V, level=95), "did you mean 0.95"),
    "level in percent, sensitivity": (lambda: ev.sensitivity(Y, V, level=95), "did you mean 0.95"),
    "level in percent, regression": (lambda: ev.meta_regression(Y, V, {"x": Y}, "x", level=95), "did you mean 0.95"),
    "estimator of no use": (lambda: ev.pool(Y, V, model="common-effect", estimator="ML"), "no choice of estimator"),
    "funnel of proportions, by words": (lambda: ev.bias(Y * 4, V * 4, measure="proportion"), "proportions"),
    "funnel of proportions, by scale": (lambda: ev.bias(Y * 4, V * 4, scale="logit"), "proportions"),
    "no ratio so large": (lambda: ev.pool([800.0, 900.0], [1.0, 1.0], scale="log"), "Study 1"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_call_is_refused_in_words(name: str) -> None:
    call, words = REFUSED[name]
    with pytest.raises(InputError) as caught:
        call()
    assert words in str(caught.value)

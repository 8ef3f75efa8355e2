"""Choose who does the arithmetic: NumPy, always there, or Numba, compiled and several times faster.

Both run the same algorithm and give the same numbers to 1e-12; results name the one that was used.
"""

from __future__ import annotations

import importlib.util
from typing import Literal, get_args

from evsynth.pooling.guard import InputError, check_choice

Backend = Literal["numpy", "numba"]
Asked = Literal["auto", "numpy", "numba"]

WORTH_COMPILING = 200_000
"""``auto`` takes Numba, where installed, from this many studies in all; below it, loading Numba costs more."""


def choose(asked: Asked, *, studies: int) -> Backend:
    """Return the backend to use for a job of so many studies in all.

    Raises InputError when Numba is asked for and not installed: nothing is replaced silently.
    """
    check_choice("backend", asked, get_args(Asked))
    if asked == "numpy":
        return "numpy"
    installed = importlib.util.find_spec("numba") is not None
    if asked == "numba":
        if not installed:
            raise InputError(["backend = 'numba' needs the package numba; install the extra `fast`, or say 'numpy'"])
        return "numba"
    return "numba" if installed and studies >= WORTH_COMPILING else "numpy"

"""The printed fields of one record of any format, each taken once; what nobody takes is kept as unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from evsynth.model.record import Tagged


class Fieldset:
    """Tags and values in the order of print. A value is taken at most once, so nothing is read twice or dropped."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs = [(tag, value) for tag, value in pairs if value]
        self._used = [False] * len(self._pairs)

    def one(self, *tags: str) -> str:
        """Take the first value of the first of these tags that is printed; `""` if none is."""
        for tag in tags:
            for number, (name, value) in enumerate(self._pairs):
                if name == tag and not self._used[number]:
                    self._used[number] = True
                    return value
        return ""

    def each(self, *tags: str, where: Callable[[str], bool] | None = None) -> tuple[str, ...]:
        """Take all values of these tags, in the order of print; `where` leaves some."""
        taken = []
        for number, (name, value) in enumerate(self._pairs):
            if name in tags and not self._used[number] and (where is None or where(value)):
                self._used[number] = True
                taken.append(value)
        return tuple(taken)

    def left(self) -> tuple[Tagged, ...]:
        """Return what was not taken."""
        return tuple(
            Tagged(tag=tag, value=value) for (tag, value), used in zip(self._pairs, self._used, strict=True) if not used
        )

"""The result object: prints as a statistician's summary, and gives frames, JSON, figures and the methods sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, Self

from evsynth import __version__
from evsynth.build.picture import Picture
from evsynth.model.estimate import Reason
from evsynth.report import drawing
from evsynth.report.account import Account, account_json, account_methods, account_text, methods_section

if TYPE_CHECKING:
    import pandas as pd

Draw = Callable[[], drawing.Picture]


class Found:
    """A result of any model or analysis.

    Its repr is the summary; `frame` gives a table, `to_json` everything, `forest` and `figure` pictures, `methods` the
    sentence for a methods section with the references it cites.
    """

    def __init__(self, told: Account, drawn: Mapping[str, Draw]) -> None:
        self.told = told
        self._drawn = dict(drawn)

    def noted(self, notes: Sequence[str]) -> Self:
        """Tell first, among the warnings, what was noticed in a table; notes are written "CODE: message"."""
        reasons = (Reason(*note.split(": ", 1)) for note in notes)
        self.told = self.told._replace(warnings=(*reasons, *self.told.warnings))
        return self

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables."""
        return tuple(grid.name for grid in self.told.tables)

    @property
    def figures(self) -> tuple[str, ...]:
        """Names of the figures."""
        return tuple(self._drawn)

    def frame(self, table: str | None = None) -> pd.DataFrame:
        """Give a table by name, the first one without. Raises KeyError that lists the tables."""
        import pandas as pd

        chosen = next((g for g in self.told.tables if table in (None, g.name)), None)
        if chosen is None:
            raise KeyError(f"there is no table {table!r}; tables: {', '.join(self.tables)}")
        return pd.DataFrame(list(chosen.rows), columns=list(chosen.columns))

    def to_json(self) -> str:
        """Give everything that came out as JSON."""
        content = {**account_json(self.told), "methods": self.methods(), "evsynth": __version__}
        return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"

    def forest(self) -> Any:
        """Give the main figure; a notebook shows it as a picture."""
        return Picture(self.figure().decode())

    def figure(self, name: str | None = None, *, format: Literal["svg", "png"] = "svg") -> bytes:
        """Render a figure by name, the first one without. Raises KeyError that lists the figures."""
        names = self.figures
        chosen = name if name is not None else (names[0] if names else "")
        if chosen not in self._drawn:
            raise KeyError(f"there is no figure {chosen!r}; figures: {', '.join(names) or 'none'}")
        picture = self._drawn[chosen]()
        return drawing.png(picture) if format == "png" else drawing.svg(picture)

    def methods(self) -> str:
        """Give the sentence for a methods section, with the references it cites."""
        return methods_section(account_methods(self.told))

    def _repr_svg_(self) -> str | None:
        return self.figure().decode() if self._drawn else None

    def __repr__(self) -> str:
        return account_text(self.told)

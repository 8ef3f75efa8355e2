"""The notebook's face: a review with its studies, findings, effects and pools as objects and DataFrames."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from evsynth.build.answers import answer
from evsynth.build.offsets import offsets
from evsynth.build.picture import Picture
from evsynth.build.result import estimate_json
from evsynth.model.estimate import Answer, Estimate, Result
from evsynth.model.finding import Finding
from evsynth.model.study import Study
from evsynth.report.citation import cite
from evsynth.report.forest import forest
from evsynth.report.reference_formats import as_text
from evsynth.report.sentence import sentence
from evsynth.report.statement import statement
from evsynth.report.summary import summary
from evsynth.report.trace import trace
from evsynth.review.folder import Folder, open_folder
from evsynth.review.root import find_root

if TYPE_CHECKING:
    import pandas as pd

    from evsynth.build.found import Found


class Fit:
    """One answered pool."""

    def __init__(self, folder: Folder, answered: Answer) -> None:
        self._folder = folder
        self.answer = answered

    @property
    def result(self) -> Result:
        """The estimate or the refusal."""
        return self.answer.result

    @property
    def id(self) -> str:
        """The permanent identifier, `pool@hash`."""
        return self.answer.result.id

    @property
    def pooled(self) -> bool:
        """Whether there is a number."""
        return isinstance(self.answer.result, Estimate)

    def frame(self) -> pd.DataFrame:
        """Give the effects, one row each: y and v on the analysis scale, estimate and limits as a reader knows them."""
        import pandas as pd

        columns = [
            "study", "cohort", "group", "label", "measure", "scale", "y", "v", "estimate", "lower", "upper", "formula",
        ]  # fmt: skip
        rows = [{name: getattr(e, name) for name in columns} for e in self.answer.selection.effects]
        return pd.DataFrame(rows, columns=columns)

    def forest(self) -> Any:
        """Give the forest plot; a notebook shows it as a picture."""
        return Picture(forest(self.answer, format="svg").decode())

    def sentence(self) -> str:
        """Give the result and its methods as they would stand in a paper (Markdown)."""
        return sentence(self.answer, self._folder.review, _studies(self._folder))

    def cite(self, style: str = "text") -> str:
        """Give a citation in `style`: text, bibtex, csl-json or ris. Raises ValueError for another style."""
        return cite(self.answer, self._folder.review, _studies(self._folder), style)

    def methods(self) -> str:
        """Give the sentence for a methods section, with the references it cites."""
        said = statement(self.answer, self._folder.review, {})
        return "\n".join([said.methods, "", *(f"{i}. {as_text(r)}" for i, r in enumerate(said.references, 1))])

    def sensitivity(self) -> Found:
        """Ask what the result hangs on: studies, subsets, choices, other readings. Raises Problems where none is."""
        from evsynth.build.examined import examine_pool

        return examine_pool(self._folder, self.answer.pool.pool)

    def trace(self) -> str:
        """Follow the result down to the quotes it rests on."""
        return trace(self.answer, offsets(self._folder))

    def to_json(self) -> str:
        """Give everything that went in and came out as JSON."""
        return estimate_json(self.answer).decode()

    def _repr_markdown_(self) -> str:
        return self.sentence()

    def __repr__(self) -> str:
        return summary(self.answer)


class Workspace:
    """A review opened from its folder."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder

    @property
    def studies(self) -> dict[str, Study]:
        """Studies by identifier."""
        return _studies(self.folder)

    @property
    def pools(self) -> tuple[str, ...]:
        """Names of the pools."""
        return tuple(sorted(self.folder.pools))

    def check(self) -> tuple[Finding, ...]:
        """Run every check."""
        return self.folder.check()

    def findings(self) -> pd.DataFrame:
        """Give the findings, one row each."""
        import pandas as pd

        columns = ["severity", "code", "study", "file", "line", "column", "message", "hint"]
        rows = [
            (f.severity, f.code, f.subject, f.place.file, f.place.line, f.place.column, f.message, f.hint)
            for f in self.check()
        ]
        return pd.DataFrame(rows, columns=columns)

    def values(self) -> pd.DataFrame:
        """Give every extracted number, one row each, with the text as printed and the place it is printed."""
        import pandas as pd

        columns = [
            "id",
            "study",
            "cohort",
            "group",
            "variable",
            "at",
            "statistic",
            "printed",
            "source",
            "where",
        ]
        rows = [
            (
                o.name(name),
                o.study,
                o.cohort,
                o.group,
                o.variable,
                o.about.at,
                name,
                number.text,
                o.source,
                o.where,
            )
            for _, extraction in sorted(self.folder.studies.items())
            for o in extraction.observations
            for name, number in o.statistics.items()
        ]
        return pd.DataFrame(rows, columns=columns)

    def pool(self, name: str) -> Fit:
        """Answer a pool. Raises Problems if there is none of that name or its files must be corrected."""
        return Fit(self.folder, answer(self.folder, name))

    def effects(self) -> pd.DataFrame:
        """Give the effects of all pools, one row each."""
        import pandas as pd

        frames = [self.pool(name).frame().assign(pool=name) for name in self.pools]
        full = [frame for frame in frames if len(frame)]
        return pd.concat(full, ignore_index=True) if full else pd.DataFrame()

    def __repr__(self) -> str:
        review = self.folder.review
        return f"<review {review.review}: {len(self.folder.studies)} studies, {len(self.folder.pools)} pools>"


def open_review(path: str | Path = ".") -> Workspace:
    """Open the review in (or above) `path`. Raises Problems if there is none or review.yaml cannot be read."""
    return Workspace(open_folder(find_root(Path(path))))


def _studies(folder: Folder) -> dict[str, Study]:
    return {name: extraction.study for name, extraction in sorted(folder.studies.items())}

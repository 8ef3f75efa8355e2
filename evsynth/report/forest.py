"""Draw a forest plot: one row per study, a diamond for what was pooled, and in words what was not and why."""

from __future__ import annotations

import math
from typing import Literal

from evsynth.model.estimate import Answer, Estimate
from evsynth.report.axis import Axis, axis
from evsynth.report.drawing import GREY, INK, Line, Picture, Shape, Write, png, svg, text_width, wrap
from evsynth.report.forest_rows import (
    DRAW_PREDICTION_FROM,
    Row,
    counts_header,
    description,
    group,
    notes,
    sentence,
    study_rows,
    summary_label,
    weight_header,
)
from evsynth.report.measures import words
from evsynth.report.numbers import interval, six, with_interval

STUDY, DIAMOND, PREDICTION, RULE = "#2b6ca3", "#1a1a1a", "#8c8c8c", "#b3b3b3"
MARGIN, GAP, PITCH, PLOT = 12.0, 14.0, 17.0, 230.0
SMALL, LEADING = 8.0, 11.0


def forest(answer: Answer, *, format: Literal["svg", "png"] = "svg") -> bytes:
    """Render the forest plot of an answer."""
    drawn = draw(answer)
    return svg(drawn) if format == "svg" else png(drawn)


def draw(answer: Answer) -> Picture:
    """Lay out the forest plot of an answer."""
    sheet = _Sheet(answer)
    sheet.heading()
    sheet.studies()
    sheet.summary()
    sheet.scale()
    sheet.without_effect()
    sheet.notes()
    name = f"forest-{answer.pool.pool}"
    return Picture(name, sheet.width, sheet.y + 6, answer.pool.title, description(answer), tuple(sheet.parts))


class _Sheet:
    """A sheet that is filled from top to bottom; `y` is the base line of the next row."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.about = words(answer.pool.measure)
        self.rows = study_rows(answer)
        result = answer.result
        self.pooled = result if isinstance(result, Estimate) and result.kind != "single study" else None
        self.parts: list[Write | Line | Shape] = []
        self.y = MARGIN + 8
        self.drawn = bool(self.rows) or self.pooled is not None
        self._columns()
        self.axis = self._axis()

    def heading(self) -> None:
        """Write the title and the heads of the columns."""
        for line in wrap(self.answer.pool.title, self.width - 2 * MARGIN, 11.5):
            self._write(MARGIN, line, size=10.5, bold=True)
            self.y += PITCH
        self.y += 2
        if not self.drawn:
            return
        level = six(float(self.answer.pool.choices.level))
        self._write(MARGIN, "Study", bold=True)
        if self.group_width:
            self._write(self.group_at, "Group", bold=True)
        self._write(self.counts_at, counts_header(self.answer), bold=True)
        self._write(self.written_at, f"{self.about.short} ({level}% CI)", bold=True)
        if self.weight_width:
            self._write(self.width - MARGIN, weight_header(self.answer), anchor="end", bold=True)
        self._rule(self.y + 6)
        self.top = self.y + 6
        self.y += PITCH + 4

    def studies(self) -> None:
        """Draw one row per effect."""
        for row in self.rows:
            self._write(self.written_at, row.written)
            self._write(self.width - MARGIN, row.weight, anchor="end")
            self._bar(row)
            cells = (
                (MARGIN, wrap(row.label, self.names_width + 1)),
                (self.group_at, wrap(row.group, self.group_width + 1)),
                (self.counts_at, wrap(row.counts, self.counts_width + 1)),
            )
            for x, lines in cells:
                for i, line in enumerate(lines):
                    self._write(x, line, dy=LEADING * i)
            self.y += PITCH + LEADING * max(len(lines) - 1 for _, lines in cells if lines)

    def summary(self) -> None:
        """Draw the diamond (or the exact interval) and the prediction interval; nothing where nothing was pooled."""
        if self.pooled is None:
            if self.drawn and not isinstance(self.answer.result, Estimate):
                self._write(MARGIN, "Not pooled", bold=True)
                self.y += PITCH
            return
        self.y += 3
        f, measure = self.pooled.figures, self.answer.pool.measure
        for i, line in enumerate(wrap(summary_label(self.answer, self.pooled), self.counts_at - MARGIN - GAP)):
            self._write(MARGIN, line, bold=True, dy=LEADING * i)
        if f.events is not None and f.total is not None:
            self._write(self.counts_at, f"{f.events}/{f.total}", bold=True)
        self._write(self.written_at, with_interval(f.estimate, f.lower, f.upper, measure), bold=True)
        if self.weight_width:
            self._write(self.width - MARGIN, "100%", anchor="end", bold=True)
        if self.pooled.kind == "exact":
            self._bar(Row("", "", "", "", "", f.estimate, f.lower, f.upper, 1.0), colour=DIAMOND)
        else:
            self._diamond(f.estimate, f.lower, f.upper)
        self.y += PITCH
        low, high = f.prediction_lower, f.prediction_upper
        if low is not None and high is not None and self.pooled.k >= DRAW_PREDICTION_FROM:
            self._write(MARGIN, f"Prediction interval ({f.prediction})", size=SMALL)
            self._write(self.written_at, f"({interval(low, high, measure)})", size=SMALL)
            self._box(low, high)
            self.y += PITCH

    def scale(self) -> None:
        """Draw the axis, the line of no effect, and what each side means."""
        if not self.drawn:
            return
        bottom = self.y - PITCH + 8
        if self.about.no_effect is not None and self.axis.low <= self.about.no_effect <= self.axis.high:
            x = self._x(self.about.no_effect)
            self.parts.insert(0, Line(x, self.top, x, bottom, 0.8, GREY))
        if self.pooled is not None and self.pooled.kind == "pooled":
            x = self._x(self.pooled.figures.estimate)
            self.parts.insert(0, Line(x, self.top, x, bottom, 0.7, RULE, (2.5, 2.5)))
        self.parts.append(Line(self.plot_at, bottom, self.plot_at + PLOT, bottom))
        self.y = bottom + 13
        for value, label in self.axis.ticks:
            x = self._x(value)
            self.parts.append(Line(x, bottom, x, bottom + 3.5))
            self._write(x, label, anchor="middle", size=SMALL)
        self.y += 13
        if self.about.no_effect is None or not self.about.below:
            log = ", logarithmic scale" if self.axis.log else ""
            self._write(self.plot_at + PLOT / 2, f"{self.about.short}{log}", anchor="middle", size=SMALL)
        else:
            x = min(max(self._x(self.about.no_effect), self.plot_at), self.plot_at + PLOT)
            left, right = f"← {self.about.below}", f"{self.about.above} →"
            # Each label hugs the line of no effect unless it would leave the sheet; then both keep clear of each other.
            start = max(x - 5 - text_width(left, SMALL), self.counts_at)
            self._write(start, left, size=SMALL)
            self._write(max(x + 5, start + text_width(left, SMALL) + 10), right, size=SMALL)
        self.y += PITCH

    def without_effect(self) -> None:
        """List the inputs that give no effect: what is printed, and why that is not enough."""
        unusable = self.answer.selection.unusable
        if not unusable:
            return
        self.y += 2
        self._write(MARGIN, "Study", bold=True)
        self._write(self.counts_at, "What is printed, and why it gives no effect", bold=True)
        self._rule(self.y + 6)
        self.y += PITCH + 4
        for item in unusable:
            label = [
                *wrap(item.label, self.counts_at - MARGIN - GAP),
                *wrap(group(item), self.counts_at - MARGIN - GAP),
            ]
            room = self.width - MARGIN - self.counts_at
            shown = wrap(item.shown, room)
            why = wrap(sentence(item.reason), room, SMALL)
            top = self.y
            for i, line in enumerate(label):
                self._write(MARGIN, line, dy=11.5 * i)
            for line in shown:
                self._write(self.counts_at, line)
                self.y += 11.5
            for line in why:
                self._write(self.counts_at, line, size=SMALL, italic=True, colour=GREY)
                self.y += 10.5
            self.y = max(self.y, top + 11.5 * len(label)) + 5

    def notes(self) -> None:
        """Write reasons, heterogeneity, companions, warnings and overrides, and the identifier."""
        result = self.answer.result
        room = self.width - 2 * MARGIN
        self._rule(self.y - 8)
        self.y += 4
        if not isinstance(result, Estimate):
            self._paragraph("Not pooled: " + ", ".join(dict.fromkeys(r.code for r in result.reasons)), room, bold=True)
            for reason in result.reasons:
                self._paragraph(f"{sentence(reason.message)} [{reason.code}]", room)
        for note in notes(self.answer):
            self._paragraph(note, room)
        self._write(MARGIN, result.id, size=7.0, colour=GREY)
        self.y += 6

    def _paragraph(self, text: str, room: float, *, bold: bool = False) -> None:
        for line in wrap(text, room * (0.9 if bold else 1.0), SMALL):
            self._write(MARGIN, line, size=SMALL, bold=bold)
            self.y += 11
        self.y += 2.5

    def _columns(self) -> None:
        unusable = self.answer.selection.unusable
        groups = [row.group for row in self.rows if row.group]
        names = [row.label for row in self.rows] + [u.label for u in unusable] + ["Study"]
        self.names_width = min(max(text_width(n) for n in names), 150.0)
        heading = text_width("Group", bold=True)
        self.group_width = min(max(heading, *(text_width(g) for g in groups)), 110.0) if groups else 0.0
        self.group_at = MARGIN + self.names_width + GAP
        if self.pooled is not None:
            label = text_width(summary_label(self.answer, self.pooled), bold=True)
            room = self.names_width + (GAP + self.group_width if self.group_width else 0.0)
            self.names_width += max(0.0, min(label, 170.0) - room)
            self.group_at = MARGIN + self.names_width + GAP
        counts = [row.counts for row in self.rows] + [counts_header(self.answer)]
        self.counts_width = min(max(text_width(c, bold=True) for c in counts), 120.0)
        self.counts_at = self.group_at + (self.group_width + GAP if self.group_width else 0.0)
        self.plot_at = self.counts_at + self.counts_width + GAP
        self.written_at = self.plot_at + PLOT + GAP
        written = [row.written for row in self.rows] + [f"{self.about.short} (95% CI)"]
        if self.pooled is not None:
            f = self.pooled.figures
            written.append(with_interval(f.estimate, f.lower, f.upper, self.answer.pool.measure))
        self.weight_width = (
            text_width(weight_header(self.answer), bold=True) if any(row.weight for row in self.rows) else 0.0
        )
        right = self.written_at + max(text_width(w, bold=True) for w in written)
        self.width = right + (GAP + self.weight_width if self.weight_width else 0.0) + MARGIN

    def _axis(self) -> Axis:
        estimates = [row.estimate for row in self.rows]
        limits = [x for row in self.rows for x in (row.lower, row.upper)]
        if self.pooled is not None:
            f = self.pooled.figures
            estimates.append(f.estimate)
            limits += [f.lower, f.upper]
            if self.pooled.k >= DRAW_PREDICTION_FROM:
                limits += [x for x in (f.prediction_lower, f.prediction_upper) if x is not None]
        return axis(self.answer.pool.measure, estimates, limits)

    def _bar(self, row: Row, colour: str = STUDY) -> None:
        if not math.isfinite(row.estimate):
            return
        y = self.y - 3.2
        low, high = self._x(row.lower), self._x(row.upper)
        self._span(low, high, y)
        half = 1.8 + 3.4 * math.sqrt(max(row.share, 0.0))
        x = self._x(row.estimate)
        corners = ((x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half))
        self.parts.append(Shape(corners, colour, colour, 0.3))

    def _span(self, low: float, high: float, y: float) -> None:
        left, right = self.plot_at, self.plot_at + PLOT
        self.parts.append(Line(max(low, left), y, min(high, right), y, 1.1))
        for x, edge, side in ((low, left, 1.0), (high, right, -1.0)):
            outside = x < left - 0.5 if side > 0 else x > right + 0.5
            if outside:
                arrow = ((edge, y), (edge + side * 5.5, y - 3.0), (edge + side * 5.5, y + 3.0))
                self.parts.append(Shape(arrow, INK, INK, 0.3))
            else:
                self.parts.append(Line(x, y - 2.4, x, y + 2.4, 1.1))

    def _diamond(self, estimate: float, lower: float, upper: float) -> None:
        y, left, right = self.y - 3.2, self.plot_at, self.plot_at + PLOT
        low, high = max(self._x(lower), left), min(self._x(upper), right)
        x = self._x(estimate)
        self.parts.append(Shape(((low, y), (x, y - 5.6), (high, y), (x, y + 5.6)), DIAMOND, DIAMOND, 0.5))

    def _box(self, lower: float, upper: float) -> None:
        y, left, right = self.y - 3.2, self.plot_at, self.plot_at + PLOT
        low, high = max(self._x(lower), left), min(self._x(upper), right)
        corners = ((low, y - 1.8), (high, y - 1.8), (high, y + 1.8), (low, y + 1.8))
        self.parts.append(Shape(corners, PREDICTION, INK, 0.5))

    def _x(self, value: float) -> float:
        return self.plot_at + PLOT * self.axis.place(value)

    def _rule(self, y: float) -> None:
        self.parts.append(Line(MARGIN, y, self.width - MARGIN, y, 0.6, GREY))

    def _write(
        self,
        x: float,
        text: str,
        *,
        anchor: Literal["start", "middle", "end"] = "start",
        size: float = 9.0,
        bold: bool = False,
        italic: bool = False,
        colour: str = INK,
        dy: float = 0.0,
    ) -> None:
        if text:
            self.parts.append(Write(x, self.y + dy, text, anchor, size, bold, italic, colour))

"""Header rows of a table, and what each column is about; a heading that spans several columns is laid over them."""

from __future__ import annotations

import re
from dataclasses import replace

from evsynth.scan.labels import form_of, size_of, statistic_of, stem_of, time_in, without_size
from evsynth.scan.parts import Cell, Column, Figure, Phrase
from evsynth.text.expressions import Expression

_DATA = Expression(
    r"\s*(?:[<>=≤≥~]?\s*[-+]?[0-9][0-9,]*(?:\.[0-9]+)?%?\s*(?:$|[(\[±/;,]|[-–~]|to\b|vs)|[-+]?\.[0-9]+|"
    r"[(\[]\s*[-+]?[0-9.]+\s*(?:[-,;~–]|to\b)|NS$|N\.S\.$|n\.s\.$|[*†‡]+$|NA$|N/A$|-+$|[Pp]\s*[<>=])"
)
_SIZE_CELL = Expression(r"\s*[(\[]?\s*[nN]\s*[=:]\s*[0-9,]+\s*[)\]]?\s*$")
_TIME_CELL = Expression(
    r"\s*[0-9]+\s*(?:-|st|nd|rd|th)?\s*(?:days?|weeks?|wks?|months?|mo|years?|yrs?|h|min)\b", re.IGNORECASE
)
_WHOLE = Expression(r"\b(?:all|total|overall|whole|entire|combined|cohort|finding|value|result)s?\b", re.IGNORECASE)
_NO_GROUP = Expression(
    r"(?:finding|value|result|estimate|statistic|n|no\.?|test|unit|data|number|category|level)s?", re.IGNORECASE
)
_COMPARED = Expression(r"\b(?:controls?|healthy|non-?cases?)\b", re.IGNORECASE)
_COUNTED = Expression(r"(?:cases?|patients?|test)", re.IGNORECASE)
_LABEL = Expression(
    r"(?:baseline |clinical |patient |demographic )*(?:variables?|characteristics?|parameters?|items?|indexes|"
    r"indices|index|"
    r"features?|factors?|outcomes?|measures?|covariates?|predictors?|terms?|events?)s?(?: |$|\()",
    re.IGNORECASE,
)


def is_data(text: str) -> bool:
    """Say whether a cell prints a result, rather than a heading, a group size or a time."""
    return bool(_DATA.match(text)) and not _SIZE_CELL.match(text) and not _TIME_CELL.match(text)


def header_rows(rows: list[list[Cell]], rule: int | None) -> int:
    """Count the rows at the top of a table that are its header."""
    if rule is not None:
        count = max(1, rule)
    else:
        first = [cell.text for cell in rows[0][1:] if cell.text]
        strong = [text for text in first if is_data(text) and re.search(r"[(±%./]", text)]
        count = 0 if first and len(strong) * 2 >= len(first) else 1
    while 0 < count < len(rows) - 1 and count < 4:
        cells = [cell.text for cell in rows[count] if cell.text]
        others = [cell.text for cell in rows[count][1:] if cell.text]
        if not cells or any(is_data(text) for text in others):
            break
        filled_label = bool(rows[count][0].text) and len(rows[count]) >= max(len(r) for r in rows)
        sizes = sum(bool(_SIZE_CELL.match(text)) for text in cells)
        heads = sum(1 for text in cells if statistic_of(text) or time_in(text) or form_of(text))
        if len(cells) < 2 or not (
            sizes * 2 >= len(others) > 0 or heads * 2 >= len(cells) or (not filled_label and heads)
        ):
            break
        count += 1
    return count


def columns(rows: list[list[Cell]], count: int, width: int, plain: str) -> tuple[Column, ...]:
    """Describe the `width` columns of a table from its first `count` rows."""
    stacks = _stacks(rows[:count], width)
    found = tuple(_column(index, stack, plain) for index, stack in enumerate(stacks))
    if not any(c.group is not None and _COMPARED.search(c.group.text) for c in found):
        return found
    return tuple(_as_group(column) if column.index and column.group is None else column for column in found)


def _as_group(column: Column) -> Column:
    """Take "Cases", "Patients" and "Test" beside "Controls" for a group rather than for the word for a count."""
    head = column.heads[-1] if column.heads else None
    words = without_size(head.text) if head is not None else ""
    if head is None or column.statistic is not None or not _COUNTED.fullmatch(words.strip()):
        return column
    return replace(column, group=Phrase(words.strip(), head.start, head.end), form=None)


def _stacks(header: list[list[Cell]], width: int) -> list[list[Cell]]:
    stacks: list[list[Cell]] = [[] for _ in range(width)]
    upper: list[Cell | None] = []
    for depth, row in enumerate(header):
        later = header[depth + 1 :]
        if depth and len(row) < width and any(sum(other is head for other in upper) > 1 for head in upper if head):
            spread = _hung(row, upper, width)
        else:
            spread = _spread(row, width, later[0] if later else [])
        upper = spread
        for index, cell in enumerate(spread[:width]):
            if cell is not None and cell.text and (not stacks[index] or stacks[index][-1] != cell):
                stacks[index].append(cell)
    return stacks


def _spread(row: list[Cell], width: int, below: list[Cell]) -> list[Cell | None]:
    """Lay a header row over `width` columns; `below` is the row under it."""
    if len(row) >= width:
        filled: list[Cell | None] = list(row[:width])
        if below and len(below) >= width:
            for i in range(2, width):  # an empty head under which another head stands belongs to the head on its left
                left = filled[i - 1]
                if not row[i].text and left is not None and left.text and below[i].text and i < len(below):
                    filled[i] = left
        return filled
    texts = [cell for cell in row if cell.text]
    if below and len(below) < width and len(below) >= 2 and len(row) < width:
        return _over(texts, [c for c in below if c.text], width)
    if not below and len(row) < width:  # a lower header row without the cells that hang down from above
        return (
            [None, *row, *([None] * (width - 1 - len(row)))]
            if not texts or row[0].text
            else list(row) + [None] * (width - len(row))
        )
    if below and len(below) >= width and len(texts) >= 2:
        inner = [c for c in texts if not _LABEL.match(c.text)] if _LABEL.match(texts[0].text) else texts
        label = texts[0] if inner is not texts else None
        share, rest = divmod(width - 1, len(inner)) if inner else (0, 1)
        if share > 1 and rest == 0:
            return [label, *(cell for cell in inner for _ in range(share))]
    return list(row) + [None] * (width - len(row))


def _over(texts: list[Cell], below: list[Cell], width: int) -> list[Cell | None]:
    """Lay heads over the sub-heads below them: heads without sub-heads hang down, the others share equally."""
    hanging = width - len(below)
    order = [0] if texts and hanging > 0 else []
    late = sorted(
        range(1, len(texts)), key=lambda i: (not statistic_of(texts[i].text), not _WHOLE.search(texts[i].text), -i)
    )
    order += late[: max(0, hanging - 1)]
    down = set(order)
    spanning = [i for i in range(len(texts)) if i not in down]
    if not spanning or len(below) % len(spanning):
        return [*texts[:width], *([None] * (width - len(texts)))]
    share = len(below) // len(spanning)
    result: list[Cell | None] = []
    for i, cell in enumerate(texts):
        result += [cell] if i in down else [cell] * share
    return result[:width]


def _hung(row: list[Cell], upper: list[Cell | None], width: int) -> list[Cell | None]:
    """Lay a lower header row under the heads that span; heads that hang down leave a gap."""
    cells = iter(cell for cell in row if cell.text)
    upper = [*upper, *([None] * (width - len(upper)))]
    counts = [sum(other is head for other in upper) if head is not None else 0 for head in upper]
    return [next(cells, None) if counts[i] > 1 else None for i in range(width)]


def _column(index: int, stack: list[Cell], plain: str) -> Column:
    heads = tuple(Phrase(re.sub(r"\s+", " ", c.text), c.start, c.end) for c in stack)
    n: Figure | None = None
    group: Phrase | None = None
    at: Phrase | None = None
    statistic = None
    form = None
    for cell, head in zip(stack, heads, strict=True):
        n = size_of(plain[cell.start : cell.end], cell.start) or n
        form = form_of(head.text) or form
        bare = without_size(head.text)
        bare = stem_of(bare) if form_of(bare) else bare
        counts = form_of(head.text) in ("count percent", "percent count", "count")
        letter = len(bare) == 1 and (counts or size_of(head.text, 0) is not None)  # "B (n = 45)" is no coefficient
        statistic = (None if letter else statistic_of(bare)) or statistic
        time = time_in(bare)
        if time and at is None:
            at = Phrase(bare[time[0] : time[1]], head.start, head.end)
        if (
            index
            and bare
            and (letter or not (_NO_GROUP.fullmatch(bare) or statistic_of(bare)))
            and not _only_time(bare, time)
            and group is None
        ):
            group = Phrase(bare, head.start, head.end)
    return Column(index, heads, group if statistic is None or len(heads) > 1 else None, n, at, statistic, form)


def _only_time(bare: str, time: tuple[int, int] | None) -> bool:
    if time is None:
        return form_of(bare) is not None and len(bare) < 25
    rest = bare[: time[0]] + bare[time[1] :]
    return not re.search(r"[A-Za-z]{4,}", re.sub(r"(?i)median|mean|iqr|value|score|level|range|data", "", rest))

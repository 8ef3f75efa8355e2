"""A picture that notebooks display."""

from __future__ import annotations


class Picture:
    """An SVG picture that notebooks display."""

    def __init__(self, svg: str) -> None:
        self.svg = svg

    def _repr_svg_(self) -> str:
        return self.svg

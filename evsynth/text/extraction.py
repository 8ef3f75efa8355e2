"""A study as its file says it: the study, the place of every key, and its values identified."""

from __future__ import annotations

from typing import NamedTuple

from evsynth.model.finding import KeyPath, Place
from evsynth.model.observation import Observation, observations
from evsynth.model.study import Study
from evsynth.text.compose import Tree
from evsynth.text.read import read


class Extraction(NamedTuple):
    """One study file, read."""

    study: Study
    tree: Tree
    observations: tuple[Observation, ...]

    def place(self, path: KeyPath) -> Place:
        """Give the place of the value at `path`."""
        return self.tree.place(path)

    def quote(self, observation: Observation) -> str:
        """Give the quote an observation is printed in, or nothing."""
        if observation.unquoted is not None:
            return ""
        return self.study.passages[int(observation.path[1])].quote


def read_study(text: str, file: str) -> Extraction:
    """Read a study file. Raises Problems with every error of the file."""
    study, tree = read(Study, text, file)
    return Extraction(study, tree, observations(study))

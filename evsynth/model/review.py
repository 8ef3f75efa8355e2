"""The file `extractions/review.yaml`: the question, who may enter, what is measured, and with which instruments."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from evsynth.model.form import Form, Id, Number, Words


class Question(Form):
    """The review question by its parts."""

    population: Words
    intervention: Words
    comparator: Words
    outcomes: Words
    designs: Words


class Instrument(Form):
    """A scale with a version. Two instruments are comparable only where this file says so."""

    instrument: Id
    name: Words
    version: Words
    lowest: Number = Field(description="Lowest possible score.")
    highest: Number | None = Field(None, description="Highest possible score, if there is one.")
    worse: Literal["higher", "lower"] = Field(description="Which end is the worse one.")
    integer: bool = Field(description="True if one patient can only score whole numbers.")
    components: tuple[Id, ...] = Field((), description="Variables that add up to it.")
    comparable_to: tuple[Id, ...] = ()
    source: Words = Field(description="Where range and direction are stated.")


class Outcome(Form):
    """What may be pooled under one name. A word that papers define differently has one outcome per definition."""

    outcome: Id
    label: Words
    word: Words = Field(description="The word papers use; outcomes that share it differ in definition.")
    definition: Words
    better: Literal["higher", "lower"] = Field(description="Which direction is good for the patient.")


class Review(Form):
    """One review."""

    review: Id
    title: Words
    authors: tuple[Words, ...] = ()
    licence: Words
    question: Question
    eligibility: tuple[Words, ...] = Field(min_length=1)
    outcomes: tuple[Outcome, ...] = ()
    instruments: tuple[Instrument, ...] = ()

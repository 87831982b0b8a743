"""Examples: the questions beside each kind, filled with the projects and years of a plan, as tests and reviews ask them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kb.catalog import Catalog
from nlp.questions import Example, Kind

__all__ = ["Filling", "fill", "filling", "fillings", "fits", "questions"]

FILLINGS = 6
"""Projects that an example is filled with."""


class Filling(NamedTuple):
    """What an example is filled with."""

    project: str
    """The name of a project or an activity."""
    year: str
    """平成25年度."""
    other: str = ""
    """The name of another one, "" where none was looked for."""
    earlier: str = ""
    """The year of the table before `year`, "" where there is none."""


def fill(text: str, filling: Filling) -> str:
    """A text of an example with its project, its years and another project."""
    for key, value in filling._asdict().items():
        text = text.replace(f"{{{key}}}", value)
    return text


def fits(example: Example, filling: Filling) -> bool:
    """Whether a filling has everything that an example asks for."""
    asked = "".join(example.turns)
    return all(value or f"{{{key}}}" not in asked for key, value in filling._asdict().items())


def filling(catalog: Catalog, name: str, year: int, other: str = "") -> Filling:
    """A project in a year of its plan."""
    said = catalog.document.year_label
    earlier = max((known for known in catalog.years if known < year), default=0)
    return Filling(name, said(year), other, said(earlier) if earlier else "")


def fillings(catalog: Catalog, count: int = FILLINGS) -> tuple[Filling, ...]:
    """Projects of a plan, evenly spread, each with a year in which something is reported for it and the one after it."""
    told = [reference for reference in catalog.activities if catalog.years_reported(reference)]
    spread = list(dict.fromkeys(told[place * len(told) // count] for place in range(count)) if told else ())
    return tuple(
        filling(
            catalog,
            catalog.names[reference],
            years[place % len(years)],
            catalog.names[following] if following != reference else "",
        )
        for place, (reference, following) in enumerate(zip(spread, spread[1:] + spread[:1], strict=True))
        for years in [sorted(set(catalog.years_reported(reference)))]
    )


def questions(kinds: Iterable[Kind], filled: Sequence[Filling]) -> tuple[tuple[str, ...], ...]:
    """The conversations of all examples and counter-examples, each once."""
    examples: list[Example] = [example for kind in kinds for example in (*kind.examples, *kind.counter_examples)]
    asked = (
        tuple(fill(turn, filling) for turn in example.turns)
        for filling in filled
        for example in examples
        if fits(example, filling)
    )
    return tuple(dict.fromkeys(asked))

"""Examples: the questions beside each kind, filled with the projects and years of a plan, as tests and reviews ask them."""

from collections.abc import Iterable, Sequence

from bot.answering import Kotae, Reading
from kb.catalog import Catalog
from nlp.parsing import Context
from nlp.questions import Example, Kind

__all__ = ["fill", "fillings", "last_reading", "questions"]

FILLINGS = 6
"""Projects that an example is filled with."""


def fill(text: str, project: str, year: str) -> str:
    """A text of an example with its project and its year."""
    return text.replace("{project}", project).replace("{year}", year)


def fillings(catalog: Catalog, count: int = FILLINGS) -> tuple[tuple[str, str], ...]:
    """Projects of a plan, evenly spread, each with a year in which something is reported for it."""
    told = [reference for reference in catalog.activities if catalog.years_reported(reference)]
    spread = dict.fromkeys(told[place * len(told) // count] for place in range(count)) if told else ()
    return tuple(
        (catalog.names[reference], catalog.document.year_label(years[place % len(years)]))
        for place, reference in enumerate(spread)
        for years in [sorted(set(catalog.years_reported(reference)))]
    )


def questions(kinds: Iterable[Kind], filled: Sequence[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """The conversations of all examples and counter-examples, each once."""
    examples: list[Example] = [example for kind in kinds for example in (*kind.examples, *kind.counter_examples)]
    asked = (
        tuple(fill(turn, project, year) for turn in example.turns) for project, year in filled for example in examples
    )
    return tuple(dict.fromkeys(asked))


def last_reading(kotae: Kotae, turns: Sequence[str]) -> Reading:
    """How the last turn of a conversation is read and answered."""
    context = Context()
    for turn in turns[:-1]:
        _, context = kotae.answer(turn, context)
    return kotae.read(turns[-1], context)

"""Details: what the further columns say of one project; where years or editions say different things, each keeps its own."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kb.source.plans import Plan
from kb.source.projects import Detail
from nlp.years.fiscal import era_year

__all__ = ["Details", "Kept"]


class Kept(NamedTuple):
    """One text of a further column."""

    heading: str
    """The heading of its column."""
    text: str
    """As printed."""
    whose: str
    """The indicator of which it is, "" where it is the project's."""
    year: int
    """The year of its line or sheet, 0 where that is of several."""
    edition: str
    """The edition of its line: 2015; "" where the table has none."""


@dataclass(slots=True)
class Details:
    """The details of a project that is being gathered."""

    _kept: dict[Kept, str] = field(default_factory=dict)
    _met: set[tuple[int, str]] = field(default_factory=set)

    def meet(self, year: int, edition: str) -> None:
        """Note that a line of a year and an edition is the project's."""
        self._met.add((year, edition))

    def keep(self, kept: Kept, place: str) -> None:
        """Keep a text, and where it stands first."""
        self._kept.setdefault(kept, place)

    def all(self, plan: Plan) -> tuple[Detail, ...]:
        """In the order in which they are printed."""
        steady = {(one.heading, one.whose) for one in self._kept if self._is_steady(one)}
        found: dict[Detail, None] = {}
        for one in self._kept:
            year, edition = (0, "") if (one.heading, one.whose) in steady else (one.year, one.edition)
            of = "・".join(
                filter(None, (one.whose, era_year(year, plan.era) if year else "", f"{edition}の版" if edition else ""))
            )
            found[Detail(one.heading, one.text, of, year)] = None
        return tuple(found)

    def differing(self) -> Iterator[dict[str, Kept]]:
        """Texts that differ though nothing tells whose they are, by where they stand, heading by heading."""
        groups: dict[Kept, dict[str, Kept]] = {}
        for one, place in self._kept.items():
            groups.setdefault(one._replace(text=""), {})[place] = one
        yield from (group for group in groups.values() if len(group) > 1)

    # Private functions

    def _is_steady(self, one: Kept) -> bool:
        """Whether every year and edition of the project says the same."""
        same = [other for other in self._kept if (other.heading, other.whose) == (one.heading, one.whose)]
        return len({other.text for other in same}) == 1 and {(other.year, other.edition) for other in same} >= self._met

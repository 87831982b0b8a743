"""Chains: projects that go on from plan to plan, under whatever name and number."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kb.storing import SourceDocument

__all__ = ["Chains"]


class Chains:
    """Which projects of other plans are the same undertaking, earlier and later; and which only have the same name."""

    def __init__(self, documents: Sequence[SourceDocument], names: Mapping[str, str]) -> None:
        """`names`: of the projects of all plans, by reference."""
        self._names = names
        self._named: dict[str, list[str]] = defaultdict(list)
        for reference, name in names.items():
            self._named[name].append(reference)
        self._before: dict[str, list[str]] = defaultdict(list)
        self._after: dict[str, list[str]] = defaultdict(list)
        self._began = {document.id: document.years[0] for document in documents}
        for document in documents:
            for no, before in document.continues:
                self._before[f"{document.id}/{no}"].append(before)
                self._after[before].append(f"{document.id}/{no}")

    def of(self, reference: str) -> tuple[str, ...]:
        """All that a project goes on from and goes on as, itself included, the earliest plan first."""
        found = {reference, *_reached(reference, self._before), *_reached(reference, self._after)}
        return tuple(sorted(found, key=lambda ref: (self._began.get(ref.partition("/")[0], 0), ref)))

    def within(self, reference: str, plan: str) -> tuple[str, ...]:
        """What a project is in another plan: what it goes on as, else what has its name."""
        linked, named = self.of(reference), self._named[self._names[reference]] if reference in self._names else []
        return _of_plan(linked, plan) or _of_plan(named, plan)


# Private functions


def _of_plan(references: Sequence[str], plan: str) -> tuple[str, ...]:
    return tuple(reference for reference in references if reference.partition("/")[0] == plan)


def _reached(reference: str, links: Mapping[str, Sequence[str]]) -> set[str]:
    """Everything that links lead to, in one direction: what two projects became is no link between the two."""
    reached: set[str] = set()
    waiting = [reference]
    while waiting:
        for other in links.get(waiting.pop(), ()):
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached

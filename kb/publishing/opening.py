"""Opening: projects that were withheld from some door and aren't any more in another knowledge base."""

from collections.abc import Mapping, Sequence

from kb.storing import KnowledgeBase

__all__ = ["opened"]


def opened(before: KnowledgeBase, after: KnowledgeBase) -> frozenset[str]:
    """Projects by plan and number; one that is gone counts, for under another number it would be a project of its own."""
    return frozenset(reference for _, reference in _pairs(before.withheld()) - _pairs(after.withheld()))


# Private functions


def _pairs(withheld: Mapping[str, Sequence[str]]) -> set[tuple[str, str]]:
    return {(door, reference) for door, references in withheld.items() for reference in references}

"""Spelling: how alike two keys are; the one door to RapidFuzz, opened when something is misspelt."""

__all__ = ["changes", "similarity", "window_similarity"]


def similarity(one: str, other: str) -> float:
    """0.0 to 1.0 by insertions and deletions: the best of the measured scorers on readings."""
    from rapidfuzz.distance import Indel  # noqa: PLC0415

    return Indel.normalized_similarity(one, other)


def window_similarity(piece: str, whole: str) -> float:
    """0.0 to 1.0: a shortened name against the place of a longer one that it fits best."""
    from rapidfuzz.fuzz import partial_ratio  # noqa: PLC0415

    return partial_ratio(piece, whole) / 100


def changes(one: str, other: str) -> list[tuple[str, str]]:
    """What would have to be replaced, inserted or removed to make `other` of `one`, as (was, becomes)."""
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415

    return [
        (one[edit.src_start : edit.src_end], other[edit.dest_start : edit.dest_end])
        for edit in Levenshtein.opcodes(one, other)
        if edit.tag != "equal"
    ]

"""Spelling: how alike two keys are; the one door to RapidFuzz, opened when something is misspelt."""

__all__ = ["changes", "similarity", "window_similarity"]


def similarity(one: str, other: str) -> float:
    """0.0 to 1.0 by insertions and deletions: the best of the measured scorers on readings."""
    from rapidfuzz.distance import Indel  # noqa: PLC0415

    return Indel.normalized_similarity(one, other)


def window_similarity(piece: str, whole: str) -> float:
    """0.0 to 1.0: a shortened name against the place of a longer one that it fits best, one character left out or not."""
    from rapidfuzz.distance import Indel  # noqa: PLC0415
    from rapidfuzz.fuzz import partial_ratio  # noqa: PLC0415

    # partial_ratio takes a shorter place at the ends of a name only, so that which end decided between two names
    longer = len(piece) + 1
    widest = (whole[at : at + longer] for at in range(len(whole) - longer + 1))
    return max(partial_ratio(piece, whole) / 100, *(Indel.normalized_similarity(piece, place) for place in widest), 0.0)


def changes(one: str, other: str) -> list[tuple[str, str]]:
    """What would have to be replaced, inserted or removed to make `other` of `one`, as (was, becomes)."""
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415

    return [
        (one[edit.src_start : edit.src_end], other[edit.dest_start : edit.dest_end])
        for edit in Levenshtein.opcodes(one, other)
        if edit.tag != "equal"
    ]

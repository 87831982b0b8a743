"""Splitting: a message that asks two things of two subjects becomes two questions."""

from collections.abc import Iterable
from itertools import pairwise

from nlp.mentions import Mention
from nlp.names.names import project_of
from nlp.recognition import Recognition
from nlp.writing.text import Text

__all__ = ["split"]

ASKING = frozenset({"attribute", "measure", "absent", "label"})
"""Types of words that ask for something of a subject."""
COMPUTED = frozenset({"sum", "average"})
"""Cues that do."""
COMPARING = frozenset({"change", "compare", "ratio"})
"""Cues that hold two things against each other."""


def split(recognition: Recognition) -> tuple[str, ...]:
    """The questions of a message as typed; the message itself where it asks one thing."""
    cuts = [0, *_cuts(recognition), len(recognition.text.value)]
    parts = [_typed(recognition.text, start, end) for start, end in pairwise(cuts)]
    return tuple(part for part in parts if part)


# Private functions


def _cuts(recognition: Recognition) -> list[int]:
    """Before each subject (with its year) that follows a subject that was already asked something, and asks again."""
    cuts: list[int] = []
    seen: Mention | None = None
    asked_at = -1
    mentions = recognition.mentions
    for at, mention in enumerate(mentions):
        if _is_subject(mention):
            beginning = _beginning(mentions, at, asked_at)
            if (
                seen
                and asked_at > seen.start
                and _asks_after(mentions, at)
                and _is_plain(recognition, asked_at, beginning)
                and not _compares(mentions, mentions.index(seen), at)
            ):
                cuts.append(beginning)
                asked_at = -1
            seen = mention
        elif seen and _asks(mention):
            asked_at = mention.end
    return cuts


def _is_subject(mention: Mention) -> bool:
    projects = {project_of(reference) for reference in mention.references}
    return len(projects) == 1 or getattr(mention.detail, "form", None) == "project"


def _asks(mention: Mention) -> bool:
    return any(meaning.type in ASKING for meaning in mention.meanings) or bool(COMPUTED & set(mention.of("cue")))


def _asks_after(mentions: tuple[Mention, ...], at: int) -> bool:
    """Whether something is asked of a subject before the next one; a second piece of its own name is no next one."""
    own = set(mentions[at].references)
    others = (
        i for i in range(at + 1, len(mentions)) if _is_subject(mentions[i]) and not own & set(mentions[i].references)
    )
    return any(_asks(mention) for mention in mentions[at + 1 : next(others, len(mentions))])


def _compares(mentions: tuple[Mention, ...], first: int, second: int) -> bool:
    """Whether the same is asked of two subjects to hold one against the other: …の実績と…の実績の差."""
    others = (at for at in range(second + 1, len(mentions)) if _is_subject(mentions[at]))
    before, after = mentions[first:second], mentions[second : next(others, len(mentions))]
    spans = sum(mention.type == "year" for mention in after) > 1
    return _asked(before) == _asked(after) and not spans and any(COMPARING & set(one.of("cue")) for one in after)


def _asked(mentions: Iterable[Mention]) -> set[tuple[str, str]]:
    """What is asked among some words."""
    meanings = {(one.type, one.value) for mention in mentions for one in mention.meanings}
    return {(type_, value) for type_, value in meanings if type_ in ASKING or (type_ == "cue" and value in COMPUTED)}


def _beginning(mentions: tuple[Mention, ...], at: int, asked_at: int) -> int:
    """A year and a plan right before the subject belong to it."""
    while (
        at and (mentions[at - 1].type == "year" or mentions[at - 1].of("plan")) and mentions[at - 1].start >= asked_at
    ):
        at -= 1
    return mentions[at].start


def _is_plain(recognition: Recognition, start: int, end: int) -> bool:
    """Whether nothing but particles, marks and 教えて stands between two questions: no story."""
    told = {at for m in recognition.mentions if m.of("filler") or m.of("cue") for at in range(m.start, m.end)}
    between = (token for token in recognition.tokens if start <= token.start < end and token.start not in told)
    return all(token.is_grammar or not token.key for token in between)


def _typed(text: Text, start: int, end: int) -> str:
    return text.quote(start, end).strip("、, と")

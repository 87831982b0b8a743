"""Offering: what a message may mean in several plans as choices, and which of them the next message picks."""

from collections.abc import Iterator, Sequence

from bot.plans.choosing import Take
from kb.catalog import Catalog
from kb.planning.outcomes import Absence, Ambiguity, Planned
from kb.storing import SourceDocument
from nlp.contexts import Context, Option
from nlp.parsing import Parse
from nlp.recognition import Recognition
from nlp.slots import Slots
from nlp.subjects import SURE
from nlp.writing.text import fold, to_key

__all__ = ["options_of", "picked"]


def options_of(take: Take) -> tuple[Option, ...]:
    """What a take may mean, each with its plan and as it can be asked again."""
    outcome, catalog = take.outcome, take.clerk.catalog
    if isinstance(outcome, Planned):
        return (_planned(outcome, catalog),)
    if isinstance(outcome, Ambiguity) and outcome.kind == "relative" and outcome.options:  # first which plan, then when
        query = catalog.query(outcome.options[0].query)
        return (_planned(Planned(query._replace(years=())), catalog),)
    offered = (
        outcome.options if isinstance(outcome, Ambiguity) else outcome.near if isinstance(outcome, Absence) else ()
    )
    return tuple(_with_plan(option, catalog) for option in offered)


def picked(parse: Parse, context: Context, documents: Sequence[SourceDocument]) -> tuple[Option, ...]:
    """The choices of several plans that a message picks: by place, by the plan, or both; none where it asks anew."""
    options = [option for option in context.options if option.query]
    own, plans = parse.own, {_plan(option) for option in options}
    if len(plans) < 2 or own.years or own.absents or own.attributes or own.conditions:
        return ()
    places = [number.value for number in own.numbers if number.form == "ordinal" or not own.subjects]
    if parse.recognition.plans:
        named = [option for option in options if _plan(option) in parse.recognition.plans]
    else:
        named = list(_titled(_content(parse.recognition), options, documents))
    if len(named) == 1 and not _names(own):
        return (named[0],)
    if "both" in own.cues:
        return tuple(options)
    if places and not parse.recognition.plans and 0 < abs(places[0]) <= len(options):
        return (options[places[0] - 1 if places[0] > 0 else places[0]],)
    return ()


# Private functions


def _planned(planned: Planned, catalog: Catalog) -> Option:
    query = planned.query
    references = tuple(subject.reference for subject in query.subjects)
    phrase = catalog.phrase(query)
    label = catalog.label(references[0]) if len(references) == 1 else phrase
    return Option(label, references, query.to_compact(), (), phrase)


def _with_plan(option: Option, catalog: Catalog) -> Option:
    label = option.label if option.references else f"{catalog.short}の{option.label}"
    question = catalog.phrase(catalog.query(option.query)) if option.query else label
    return Option(label, option.references, option.query, option.words, question)


def _plan(option: Option) -> str:
    return option.query.partition("/")[0]


def _names(own: Slots) -> bool:
    return any(subject.how in SURE - {"place"} for subject in own.subjects)


def _content(recognition: Recognition) -> str:
    """What was typed but for words that say nothing of their own: 第2次 of 第2次のほう."""
    value = list(recognition.text.value)
    for mention in recognition.mentions:
        if mention.is_filler:
            value[mention.start : mention.end] = " " * (mention.end - mention.start)
    return "".join(value)


def _titled(value: str, options: Sequence[Option], documents: Sequence[SourceDocument]) -> Iterator[Option]:
    """The option whose plan's title holds most of what was typed, if it holds more than every other: 第2次のほう."""
    titles = {document.id: to_key(document.title) for document in documents}
    typed = fold(value)
    shared = [(len(_common(typed, titles[_plan(option)])), option) for option in options]
    most = max(length for length, _ in shared)
    if most > 1 and 2 * most >= len(typed) and sum(length == most for length, _ in shared) == 1:
        yield from (option for length, option in shared if length == most)


def _common(one: str, other: str) -> str:
    """The longest piece that both hold."""
    pieces = (one[start:end] for start in range(len(one)) for end in range(start + 1, len(one) + 1))
    return max((piece for piece in pieces if piece in other), key=len, default="")

"""Planning: a Parse becomes a Query, or the value that says why it can't: an ambiguity or an absence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.catalog import Catalog
from kb.query import LONGEST_COMPACT, Filter, Query, Subject
from nlp.fiscal import YearForm, YearMention
from nlp.parsing import Option, Parse
from nlp.slots import Condition, Slots
from nlp.slots import Subject as Named

__all__ = ["Absence", "Ambiguity", "Note", "Planned", "Social", "plan"]

VAGUE = frozenset({"text", "told", "spelling"})
"""Ways of finding a name that another unknown name beside it refutes."""
BETWEEN_YEARS = frozenset({"change", "rate", "ratio"})
"""Operators that need two years: of one year they mean the year before it, too."""
COMPUTING = BETWEEN_YEARS | {"sum", "average", "largest", "smallest", "compare", "rising", "falling", "unchanged"}
"""Operators that work on figures."""
BOTH = 3
"""So many activities of one project are answered together instead of asked back."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was inferred and is said: a key of replies.toml's [note] with what goes into it."""

    key: str
    """matched, calendar, bare, latest, outside, also …"""
    echo: str = ""
    """Words of the question."""
    years: tuple[int, ...] = ()
    """Years that were read."""
    reference: str = ""
    """A project or activity."""
    what: tuple[str, ...] = ()
    """Words of the vocabulary: absent.office …"""


@dataclass(frozen=True, slots=True)
class Planned:
    """A question that can be run."""

    query: Query
    """What to run."""
    notes: tuple[Note, ...] = ()
    """What was inferred."""


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A question that has to be asked back."""

    kind: str
    """name, names, letter, missing, relative, number, suggest: a key of replies.toml's [ask]."""
    options: tuple[Option, ...]
    """What it may mean."""
    echo: str = ""
    """Words of the question."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Something that the table doesn't have."""

    reason: str
    """no_project, no_year, no_attribute; blank, dash and empty are found by running."""
    kind: str
    """A key of replies.toml's [absent]."""
    echo: str = ""
    """Words of the question."""
    query: Query | None = None
    """What can be said of the subject all the same."""
    what: tuple[str, ...] = ()
    """Attributes that were asked."""
    years: tuple[int, ...] = ()
    """Years that were asked."""
    near: tuple[Option, ...] = ()
    """Names to offer."""


@dataclass(frozen=True, slots=True)
class Social:
    """A message that asks nothing."""

    kind: str
    """greeting, thanks, abuse, help, empty."""


Outcome = Planned | Ambiguity | Absence | Social


def plan(parse: Parse, catalog: Catalog) -> Outcome:
    """What to run for a parse; pure: the catalog says which projects, years and letters there are."""
    chosen = _chosen(parse, catalog)
    if chosen:
        return Planned(Query.from_compact(chosen.query, catalog.era, catalog.subject))
    slots = parse.slots
    if parse.kind is None:
        return _without_kind(parse, catalog)
    if "subjects" in slots.inherited and _unknown_nouns(parse):
        return _new_unknown(parse, catalog)
    first = parse.kind.operators[0]
    selecting = first in ("cells", "projects") and not parse.kind.required & {"keyword", "topic"}
    if selecting and not slots.subjects and _unknown_nouns(parse):
        return _without_kind(parse, catalog)
    if first == "help":
        return Social(_social(slots))
    if first == "table":
        return Planned(Query(catalog.plan, catalog.era, attributes=slots.tables, operators=("table",)))
    if first == "letter":
        return _letters(parse, catalog)
    if first == "lacking" and not slots.subjects:
        return _lacking_table(parse, catalog)
    if first in ("projects", "label") or not slots.subjects or "having" in parse.kind.operators:
        return _select(parse, catalog)
    return _about_subjects(parse, catalog)


# Private functions


def _chosen(parse: Parse, catalog: Catalog) -> Option | None:
    """The option of the last reply that this message picks: by place, by its words, or by its name."""
    options = [option for option in parse.context.options if option.query]
    own = parse.own
    if not options or own.years or own.absents:
        return None
    places = [number.value for number in own.numbers] + [s.number for s in own.subjects if s.number is not None]
    if places and -1 <= places[0] <= len(options) and places[0] != 0:
        return options[places[0] - 1 if places[0] > 0 else -1]
    value = parse.recognition.text.value
    named = {reference for subject in own.subjects for reference in subject.references}
    named |= {reference for place in places for reference in catalog.numbered(place)}
    picked = [
        option
        for option in options
        if any(word in value for word in option.words)
        or (named and named <= set(option.references) and not own.attributes)
    ]
    return picked[0] if len(picked) == 1 else None


def _social(slots: Slots) -> str:
    return next(kind for kind in ("abuse", "help", "thanks", "greeting") if kind in slots.socials)


def _without_kind(parse: Parse, catalog: Catalog) -> Outcome:
    """No kind of question fits: the subject is missing, unknown, or nothing was asked at all."""
    slots = parse.slots
    if not parse.recognition.text.value:
        return Social("empty")
    unknown = _unknown_nouns(parse)
    bare = [number.value for number in slots.numbers if number.form == "bare"]
    if len(bare) == 1 and not unknown and not slots.years and not _leftover(parse):
        return _bare_number(bare[0], catalog)
    if unknown:
        near = tuple(dict.fromkeys(ref for m in slots.unknown if m.link for ref in m.link.near))[:3]
        options = _options(near, _template(parse, catalog), catalog)
        if any(mention.link and mention.link.likely for mention in slots.unknown):
            return Ambiguity("suggest", options, echo=unknown[0])
        return Absence("no_project", "no_project" if near or _asks(slots) else "off_topic", echo=unknown[0], near=options)
    if slots.hints:
        return Ambiguity("names", _options(catalog.without_twins(slots.hints), _template(parse, catalog), catalog))
    if _asks(slots):
        return Ambiguity("missing", ())
    return Absence("no_project", "off_topic")


def _new_unknown(parse: Parse, catalog: Catalog) -> Outcome:
    """An unknown word in a follow-up is a new name or a new attribute; the old subject's figures answer neither."""
    asked = _asked_unknown(parse)
    if any(mention.link and mention.link.likely for mention in parse.slots.unknown) or not asked:
        return _without_kind(parse, catalog)
    references = tuple(reference for subject in parse.slots.subjects for reference in subject.references)
    return Absence("no_attribute", "no_attribute", echo=asked, query=_with_subjects(_template(parse, catalog), references, catalog))


def _asks(slots: Slots) -> bool:
    return bool(slots.attributes or slots.measures or slots.years or slots.cues & {"count", "sum", "average", "change"})


def _unknown_nouns(parse: Parse) -> list[str]:
    return [mention.text for mention in parse.slots.unknown if mention.noun or len(mention.text) > 5]


def _leftover(parse: Parse) -> str:
    """What stands in the message beside its mentions, but for particles."""
    value = list(parse.recognition.text.value)
    for mention in parse.recognition.mentions:
        value[mention.start : mention.end] = " " * (mention.end - mention.start)
    return "".join(character for character in value if character not in " 、。?!はのをがですか")


def _bare_number(number: int, catalog: Catalog) -> Outcome:
    """23 to 26 are a year and a project's number: ask; 42 can only be a project."""
    references = catalog.numbered(number)
    year = catalog.era_year(number)
    options = _options(references, Query(catalog.plan, catalog.era), catalog)
    if references and year in catalog.years:
        reported = Query(catalog.plan, catalog.era, filters=(Filter("state", f"{year}:reported"),), operators=("projects",))
        options += (Option(reported.to_japanese(), (), reported.to_compact(), ("年度",)),)
        return Ambiguity("number", options, echo=str(number))
    if references:
        return Planned(_with_subjects(Query(catalog.plan, catalog.era), references[:1], catalog))
    return Absence("no_project", "no_number", echo=str(number))


def _letters(parse: Parse, catalog: Catalog) -> Outcome:
    letter = parse.slots.letters[0]
    operators = ("projects", "count") if "count" in parse.slots.cues else ("projects",)
    options = []
    for kind, known, words in (("grade", catalog.grades, ("達成度", "評価")), ("goal", tuple(catalog.goals), ("戦略目標", "目標"))):
        if letter in known:
            query = Query(catalog.plan, catalog.era, filters=(Filter(kind, letter),), operators=operators)
            options.append(Option(query.to_japanese(), (), query.to_compact(), words))
    if len(options) == 2:
        return Ambiguity("letter", tuple(options), echo=letter)
    if options:
        return Planned(Query.from_compact(options[0].query, catalog.era, catalog.subject))
    return Absence("no_project", "no_grade", echo=letter)


def _lacking_table(parse: Parse, catalog: Catalog) -> Outcome:
    if _unknown_nouns(parse) and "meaning" not in parse.slots.absents:
        return _without_kind(parse, catalog)
    kind = "no_meaning" if "meaning" in parse.slots.absents else "no_attribute"
    return Absence("no_attribute", kind, what=tuple(f"absent.{absent}" for absent in parse.slots.absents))


def _select(parse: Parse, catalog: Catalog) -> Outcome:
    slots = parse.slots
    wanted = slots.conditions
    if parse.kind and parse.kind.required & {"keyword", "topic"}:
        wanted = (*wanted, *slots.keywords)
    if parse.kind and "having" in parse.kind.operators:
        return _having(parse, catalog)
    filters: list[Filter] = []
    for condition in wanted:
        if condition.type in ("grade", "goal") and "/" not in condition.value:
            known = catalog.grades if condition.type == "grade" else tuple(catalog.goals)
            if condition.value not in known:
                return Absence("no_project", f"no_{condition.type}", echo=condition.value)
        filters += _filters(condition, catalog)
    years = _years(parse, catalog, ())
    if isinstance(years, Ambiguity | Absence):
        return years
    assert parse.kind is not None
    if parse.kind.operators[0] == "cells":
        return _compute(parse, catalog, tuple(dict.fromkeys(filters)), years)
    for year in years[0]:
        state = "blank" if "no_result" in slots.cues else "reported"
        numeric = state == "reported" and "numeric" in slots.cues
        filters.append(Filter("numeric", str(year)) if numeric else Filter("state", f"{year}:{state}"))
    return Planned(Query(catalog.plan, catalog.era, filters=tuple(dict.fromkeys(filters)), operators=parse.kind.operators), years[1])


def _having(parse: Parse, catalog: Catalog) -> Outcome:
    """Backwards: the cells that print these figures, or these words."""
    years = _years(parse, catalog, ())
    if isinstance(years, Ambiguity | Absence):
        return years
    filters = tuple(Filter("figure", f"{figure.value} {figure.unit}") for figure in parse.slots.figures)
    filters = filters or tuple(Filter("text", topic.value) for topic in parse.slots.topics)
    return Planned(Query(catalog.plan, catalog.era, filters=filters, years=years[0], operators=("cells", "having")), years[1])


def _compute(parse: Parse, catalog: Catalog, filters: tuple[Filter, ...], years: "_Years") -> Outcome:
    """Figures across projects: of which unit must be said, amounts and people can't be ranked together."""
    assert parse.kind is not None
    query = Query(
        catalog.plan,
        catalog.era,
        filters=filters,
        years=years[0],
        operators=parse.kind.operators,
        measure=_measure(parse.slots),
        limit=next((number.value for number in parse.slots.numbers if number.form == "top" or "order" in parse.slots.cues), 0),
    )
    if query.measure or parse.kind.operators[-1] in ("rising", "falling", "unchanged"):
        return Planned(query, years[1])
    measured = [replace(query, measure=unit) for unit in catalog.units]
    options = tuple(Option(one.to_japanese(), (), one.to_compact(), (one.to_japanese(),)) for one in measured)
    return Ambiguity("measure", options)


def _measure(slots: Slots) -> str:
    """円:補助額 of 「補助額」: its unit and its label; several units side by side."""
    units = [meaning.value for meaning in slots.measures if meaning.type == "measure"]
    labels = [meaning.value for meaning in slots.measures if meaning.type == "label"]
    if len(units) > 1 or len(labels) > 1:
        return "+".join(units) or "+".join(f":{label}" for label in labels)
    return "".join(units) + "".join(f":{label}" for label in labels)


def _filters(condition: Condition, catalog: Catalog) -> list[Filter]:
    value = condition.value.rpartition("/")[2] if condition.type in ("goal", "policy") else condition.value
    return [Filter(condition.type, value)]


def _about_subjects(parse: Parse, catalog: Catalog) -> Outcome:
    vague = [named for named in parse.slots.subjects if named.how in VAGUE]
    refuting = parse.beside_names() if vague else ()
    if refuting:
        near = _options(vague[0].references[:3], _template(parse, catalog), catalog)
        return Absence("no_project", "no_project", echo=refuting[0].text, near=near)
    if parse.joined_unknown():
        return _without_kind(parse, catalog)
    named_too = parse.aside() if parse.kind and parse.kind.operators[-1] in COMPUTING else ()
    resolved = [_resolve(named, parse, catalog) for named in (*parse.slots.subjects, *named_too)]
    for outcome in resolved:
        if isinstance(outcome, Ambiguity | Absence):
            return outcome
    pairs = [pair for pair in resolved if isinstance(pair, tuple)]
    references = tuple(dict.fromkeys(reference for found, _ in pairs for reference in found))
    notes = tuple(note for _, found in pairs for note in found)
    query = _with_subjects(_template(parse, catalog), references, catalog)
    years = _years(parse, catalog, references)
    if isinstance(years, Absence | Ambiguity):
        return _with_query(years, query, catalog)
    query = replace(query, years=_with_year_before(years[0], query, catalog))
    absent = tuple(f"absent.{absent}" for absent in parse.slots.absents)
    if absent and not parse.own.attributes and not parse.own.measures:
        return Absence("no_attribute", "no_attribute", query=query, what=absent)
    asked = _asked_unknown(parse)
    if asked and not parse.slots.attributes and not parse.slots.measures:
        return Absence("no_attribute", "no_attribute", echo=asked, query=query)
    lacking = (Note("lacking", what=absent),) if absent else ()
    return Planned(query, (*notes, *years[1], *lacking))


def _asked_unknown(parse: Parse) -> str:
    """A noun that nobody knows, right where the question asks: 「開催頻度」は？"""
    mentions = parse.recognition.mentions
    for at, mention in enumerate(mentions):
        after = [other for other in mentions[at + 1 :] if not other.of("filler") and other.type != "year"]
        if mention.type == "unknown" and mention.noun and not after and mention in parse.unread():
            return mention.text
    return ""


def _resolve(named: Named, parse: Parse, catalog: Catalog) -> tuple[tuple[str, ...], tuple[Note, ...]] | Ambiguity | Absence:
    """One subject: its references and what has to be said about how it was found."""
    if named.how == "place":
        return named.references, ()
    if named.number is not None:
        references = catalog.numbered(named.number)
        return (references, ()) if references else Absence("no_project", "no_number", echo=str(named.number))
    references = catalog.without_twins(named.references)
    projects = tuple(dict.fromkeys(map(catalog.project_of, references)))
    if len(projects) > 1:
        options = _options(references, _template(parse, catalog), catalog)
        return Ambiguity("name" if len(options) == 2 else "names", options, echo=named.text)
    activities = tuple(reference for reference in references if reference not in projects)
    chosen = references
    if projects[0] in references:
        chosen = activities if len(activities) == 1 and named.how not in ("exact", "spelling") else projects
    elif len(activities) > BOTH:
        chosen = projects
    if named.how == "spelling" and len(activities) > 1 and references[0] not in projects:
        return Ambiguity("name", _options(activities, _template(parse, catalog), catalog), echo=named.text)
    said = named.how not in ("exact", "name", "number") and "subjects" not in parse.slots.inherited
    notes = tuple(Note("matched", echo=named.text, reference=reference) for reference in chosen) if said else ()
    also = tuple(Note("also", reference=twin) for reference in chosen for twin in catalog.twins(reference))
    return chosen, (*notes, *also)


def _template(parse: Parse, catalog: Catalog) -> Query:
    """The query without its subject."""
    attributes = parse.slots.attributes or ("result",)
    operators = parse.kind.operators if parse.kind else ("cells",)
    if operators[0] == "lacking":
        operators = ("cells",)
    years = _years(parse, catalog, ())
    return Query(
        catalog.plan,
        catalog.era,
        years=years[0] if isinstance(years, tuple) else (),
        attributes=("result",) if operators[-1] in COMPUTING else attributes,
        operators=operators,
        measure=_measure(parse.slots) if attributes == ("result",) or operators[-1] in COMPUTING else "",
    )


def _with_year_before(years: tuple[int, ...], query: Query, catalog: Catalog) -> tuple[int, ...]:
    """A change of one year is the change from the year before."""
    if query.operators[-1] in BETWEEN_YEARS and len(years) == 1 and len(query.subjects) == 1 and years[0] - 1 in catalog.years:
        return (years[0] - 1, years[0])
    return years


def _is_computing(parse: Parse) -> bool:
    return parse.kind is not None and parse.kind.operators[-1] in COMPUTING


def _with_subjects(query: Query, references: Sequence[str], catalog: Catalog) -> Query:
    return replace(query, subjects=tuple(catalog.subject(reference) for reference in references))


def _with_query(outcome: Absence | Ambiguity, query: Query, catalog: Catalog) -> Absence | Ambiguity:
    """An absent or relative year, with the subject that it was asked of."""
    if isinstance(outcome, Absence):
        return replace(outcome, query=replace(query, operators=("cells",)))
    dated = [replace(query, years=(year,)) for year in reversed(catalog.years)]
    references = tuple(subject.reference for subject in query.subjects)
    return replace(outcome, options=tuple(Option(d.to_japanese(), references, d.to_compact()) for d in dated))


def _options(references: Sequence[str], query: Query, catalog: Catalog) -> tuple[Option, ...]:
    return tuple(_option(_with_subjects(query, (reference,), catalog), catalog) for reference in references)


def _option(query: Query, catalog: Catalog) -> Option:
    compact = query.to_compact()
    return Option(
        catalog.label(query.subjects[0].reference),
        tuple(subject.reference for subject in query.subjects),
        compact if len(compact.encode()) <= LONGEST_COMPACT else "",
    )


_Years = tuple[tuple[int, ...], tuple[Note, ...]]


def _years(parse: Parse, catalog: Catalog, references: Sequence[str]) -> _Years | Ambiguity | Absence:
    """The fiscal years that are asked, in the order said, with what was inferred."""
    years: list[int] = []
    notes: list[Note] = []
    recognition = parse.recognition
    bare = _bare_years(parse, catalog) if parse.slots.subjects else []
    for mention in [*parse.slots.years, *bare]:
        echo = recognition.text.quote(mention.start, mention.end) if mention.end else ""
        if mention.form is YearForm.RELATIVE or (mention.form is YearForm.STEP and not parse.context.years):
            return Ambiguity("relative", (), echo=echo)
        read = _read_year(mention, parse, catalog, references)
        if read is None:
            return ((), ())
        if mention.form in (YearForm.CALENDAR, YearForm.MONTH) and echo:
            notes.append(Note("calendar", echo=echo, years=read))
        if mention.form is YearForm.LATEST:
            notes.append(Note("latest", years=read))
        if mention.form is YearForm.COUNT:
            notes.append(Note("counted", echo=echo, years=read))
        if mention in bare:
            notes.append(Note("bare", echo=echo, years=read))
        years += read
    inside = tuple(dict.fromkeys(year for year in years if year in catalog.years))
    outside = tuple(dict.fromkeys(year for year in years if year not in catalog.years))
    if outside and not inside:
        return Absence("no_year", "no_year", years=outside)
    notes += [Note("outside", years=outside)] if outside else []
    return (inside, tuple(notes))


def _bare_years(parse: Parse, catalog: Catalog) -> list[YearMention]:
    """Bare numbers, which beside a project can only be years."""
    return [
        YearMention(number.start, number.end, YearForm.BARE, (catalog.era_year(number.value),))
        for number in parse.slots.numbers
        if number.form == "bare" and catalog.era_year(number.value) in catalog.years
    ]


def _read_year(
    mention: YearMention, parse: Parse, catalog: Catalog, references: Sequence[str]
) -> tuple[int, ...] | None:
    """The years that a mention means; None for all of them."""
    form = mention.form
    if form is YearForm.ALL:
        return None
    if form is YearForm.FIRST:
        return catalog.years[:1]
    if form is YearForm.LAST:
        return catalog.years[-1:]
    if form is YearForm.LATEST:
        return catalog.latest(references, 1, bool(parse.slots.measures))
    if form is YearForm.COUNT:
        return catalog.latest(references, mention.count or 1, _is_computing(parse))
    if form is YearForm.STEP:
        before = parse.context.years
        return ((min(before) if (mention.offset or 0) < 0 else max(before)) + (mention.offset or 0),)
    return mention.years

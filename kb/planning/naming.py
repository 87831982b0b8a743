"""Naming: which projects and activities the names of a question stand for, and the choices that are offered."""

from collections.abc import Sequence

from kb.catalog import Catalog
from kb.planning.asking import COMPUTING, read_asked_years, read_bound, read_measure
from kb.planning.attributes import default_columns, read_attributes, read_columns
from kb.planning.conditions import beside_names
from kb.planning.outcomes import Absence, Ambiguity, Note
from kb.query import Query
from kb.terms import ADDING, FIGURED, OF_A_QUERY, SELECTS
from nlp.contexts import Option
from nlp.names.names import project_of
from nlp.parsing import Parse
from nlp.subjects import SURE
from nlp.subjects import Subject as Named
from nlp.writing.text import to_key

__all__ = [
    "composed",
    "finest",
    "is_over_line",
    "line_of_others",
    "resolve",
    "same_line",
    "template",
    "to_options",
    "widened",
    "with_subjects",
]

BOTH = 3
"""So many activities of one project are answered together instead of asked back."""


def resolve(
    named: Named, parse: Parse, catalog: Catalog
) -> tuple[tuple[str, ...], tuple[Note, ...]] | Ambiguity | Absence:
    """One subject: its references and what has to be said about how it was found."""
    if named.how == "place":
        return named.references, ()
    if named.number is not None:
        references = catalog.numbered(named.number)
        return (references, ()) if references else Absence("no_project", "no_number", echo=str(named.number))
    references = catalog.without_twins(named.references)
    projects = tuple(dict.fromkeys(map(project_of, references)))
    if named.link and named.link.common and len(projects) == 1:
        return Ambiguity("suggest", to_options(references, template(parse, catalog), catalog), echo=named.text)
    if is_over_line(named, parse, catalog):
        return references, ()
    if len(projects) > 1:
        options = to_options(references, template(parse, catalog), catalog)
        return Ambiguity("name" if len(options) == 2 else "names", options, echo=named.text)
    activities = tuple(reference for reference in references if reference not in projects)
    chosen = references
    if named.how == "spelling" and references[0] in activities:  # the nearest one, if only one comes near
        chosen = activities
        if len(activities) > 1:
            return Ambiguity("name", to_options(activities, template(parse, catalog), catalog), echo=named.text)
    elif projects[0] in references:
        leading = _begins(projects[0], named, catalog) and not any(_begins(a, named, catalog) for a in activities)
        one = len(activities) == 1 and named.how not in ("exact", "spelling") and not leading
        chosen = activities if one else projects
    elif len(activities) > BOTH:
        chosen = projects
    said = named.how not in ("exact", "name", "number") and "subjects" not in parse.slots.inherited
    notes = tuple(Note("matched", echo=named.text, reference=reference) for reference in chosen) if said else ()
    also = tuple(Note("also", reference=twin) for reference in chosen for twin in catalog.twins(reference))
    return chosen, (*notes, *also)


def is_over_line(named: Named, parse: Parse, catalog: Catalog) -> bool:
    """Whether a line is of many projects: computed over all that print it (効果額の合計), or quoted of those that are selected."""
    selected = parse.operators == ("cells",) and bool(beside_names(parse.slots))
    taken = bool(parse.operators) and parse.operators[-1] in SELECTS | ADDING
    return (taken or selected) and _is_shared_line(named, catalog)


def line_of_others(parse: Parse, catalog: Catalog) -> Absence | None:
    """A line that several projects print, asked of one that doesn't: the 達成率 of an indicator without any."""
    subjects = [subject for subject in parse.slots.subjects if subject.number is None]
    for line in subjects:
        projects = {project_of(reference) for reference in line.references}
        if not _is_shared_line(line, catalog):
            continue
        talked = parse.context.slots.subjects if len(subjects) == 1 and not is_over_line(line, parse, catalog) else ()
        owners = [named for named in (*subjects, *talked) if named is not line and len(named.references) == 1]
        if len(owners) == 1 and not projects & set(owners[0].references):
            query = with_subjects(template(parse, catalog), owners[0].references, catalog)
            return Absence("no_attribute", "no_line", echo=line.text, query=query)
    return None


def same_line(parse: Parse, catalog: Catalog) -> Parse:
    """南図書館は？ after the 入館者数 of another library: its 入館者数, where nothing else is asked of it."""
    own, talked = parse.own, parse.context.slots.subjects
    lines = [reference for named in talked for reference in named.references if reference in catalog.names]
    asked = own.attributes or own.measures or own.absents or parse.operators != ("cells",)
    if asked or len(own.subjects) != 1 or len(own.subjects[0].references) != 1 or len(lines) != 1:
        return parse
    project, name = own.subjects[0].references[0], catalog.names[lines[0]]
    same = [one for one in catalog.activities.get(project, ()) if catalog.names.get(one) == name and one != lines[0]]
    if len(same) != 1 or lines[0] == project_of(lines[0]):
        return parse
    subject = own.subjects[0]._replace(references=(same[0],))
    return parse._replace(slots=parse.slots._replace(subjects=(subject,)))


def composed(parse: Parse, catalog: Catalog) -> Parse:
    """2号認定の確保方策: the line 「2号認定 確保方策」, wherever a line called 確保方策 alone stands too."""
    subjects = parse.slots.subjects
    for owner in (one for one in subjects if len(one.references) == 1):
        read = [(line, _composed(owner, line, catalog)) for line in subjects if line is not owner]
        if read and all(own and not {*own} & {*line.references} for line, own in read):
            named = tuple(line._replace(references=own, how="exact") for line, own in read)
            return parse._replace(slots=parse.slots._replace(subjects=named))
    return parse


def finest(groups: Sequence[tuple[str, ...]], joined: Sequence[bool], catalog: Catalog) -> tuple[str, ...]:
    """回数の計画比: of the lines of one name (計画比) those that go on from the line of another one (回数).

    A project beside a line of its own only says whose the line is, unless it is `joined` to it: a line and its project.
    """
    alone = {one for group, beside in zip(groups, joined, strict=True) if beside for one in group}
    owners = {project_of(one) for group in groups for one in group if one != project_of(one)} - alone
    groups = [tuple(one for one in group if one not in owners) for group in groups]
    pairs = [(group, other) for group in groups for other in groups if other is not group]
    kept = [tuple(one for one in group if _goes_on(one, other, catalog)) for group, other in pairs]
    longer = {one for group in kept for one in group}
    if not longer:
        return tuple(dict.fromkeys(one for group in groups for one in group))
    begun = {other for group in groups for other in group if any(_goes_on(one, (other,), catalog) for one in longer)}
    others = [group for group in groups if not {*group} & (longer | begun)]
    return tuple(dict.fromkeys((*longer, *(one for group in others for one in group))))


def widened(references: tuple[str, ...], parse: Parse, catalog: Catalog) -> tuple[str, ...]:
    """目標は？ after a line that has none: that of the project whose line it was; so are grades that only projects have."""
    if parse.slots.attributes == ("grade",) and not {*parse.operators} & (SELECTS | ADDING):
        return tuple(dict.fromkeys(catalog.graded_as(reference) for reference in references))
    kinds = [name for name in parse.slots.attributes if name in FIGURED]
    if "subjects" not in parse.slots.inherited or not kinds:
        return references
    held = (any((reference, kind) in catalog.reported for kind in kinds) for reference in references)
    wide = (one if has else project_of(one) for one, has in zip(references, held, strict=True))
    return tuple(dict.fromkeys(wide))


def template(parse: Parse, catalog: Catalog) -> Query:
    """The query without its subject."""
    slots, operators = parse.slots, parse.operators or ("cells",)
    if not OF_A_QUERY.issuperset(operators) or operators[0] == "projects":  # one project is neither listed nor counted
        operators = ("cells",)
    attributes = read_attributes(slots, catalog) or default_columns(slots, catalog)
    if parse.own.measures and parse.own.attributes and not set(attributes) & set(FIGURED):
        attributes = (*default_columns(slots, catalog), *attributes)
    columns = read_columns(slots, catalog)
    measuring = operators[-1] in COMPUTING or set(attributes) <= set(FIGURED)
    years = read_asked_years(parse, catalog, ())
    return catalog.asked(
        years=() if isinstance(years, Ambiguity | Absence) else years[0],
        attributes=columns if operators[-1] in COMPUTING else attributes,
        operators=operators,
        measure=read_measure(slots) if measuring else "",
        bound=read_bound(parse),
    )


def with_subjects(query: Query, references: Sequence[str], catalog: Catalog) -> Query:
    """A query about some references."""
    return query._replace(subjects=tuple(catalog.subject(reference) for reference in references))


def to_options(references: Sequence[str], query: Query, catalog: Catalog) -> tuple[Option, ...]:
    """One option for each reference, asking the same of it."""
    return tuple(
        Option(catalog.label(reference), (reference,), with_subjects(query, (reference,), catalog).to_compact())
        for reference in references
    )


# Private functions


def _is_shared_line(named: Named, catalog: Catalog) -> bool:
    """Whether a name is that of a line which several projects print."""
    references = catalog.without_twins(named.references)
    projects = {project_of(reference) for reference in references}
    called = {to_key(catalog.names[reference]) for reference in references}
    return len(projects) > 1 and not projects & set(named.references) and len(called) == 1 and named.how in SURE


def _begins(reference: str, named: Named, catalog: Catalog) -> bool:
    """Whether a name begins with what was typed."""
    return to_key(catalog.names[reference]).startswith(to_key(named.text))


def _goes_on(reference: str, others: Sequence[str], catalog: Catalog) -> bool:
    """Whether a line's name begins with that of another line of its project: 「回数(回) 計画比(%)」 with 「回数(回)」."""
    name, project = catalog.names.get(reference, ""), project_of(reference)
    lines = [other for other in others if project_of(other) == project and other not in (project, reference)]
    return reference != project and any(name.startswith(catalog.names[o]) for o in lines if o in catalog.names)


def _composed(owner: Named, line: Named, catalog: Catalog) -> tuple[str, ...]:
    """The lines whose names begin with that of one line and end with another word."""
    reference, word = owner.references[0], to_key(line.text)
    lines = catalog.activities.get(project_of(reference), ()) if word and line.number is None else ()
    going_on = (one for one in lines if one in catalog.names and _goes_on(one, (reference,), catalog))
    return tuple(one for one in going_on if to_key(catalog.names[one]).endswith(word))

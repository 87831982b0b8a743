"""Planning: a Parse becomes a Query, or the value that says why it can't: an ambiguity or an absence."""

from kb.catalog import Catalog
from kb.planning.asking import (
    BETWEEN_YEARS,
    holds_two_years,
    is_computing,
    no_other_year,
    read_asked_years,
    read_place,
    with_year_before,
)
from kb.planning.attributes import absent_kind, lacking_notes, lacking_words, no_column, one_column, untold
from kb.planning.bounds import printing, unbounded
from kb.planning.conditions import beside_names, other_years, read_conditions
from kb.planning.derived import against_target, apart_in_years, derivation, derived, refitted
from kb.planning.doubts import doubt
from kb.planning.lines import (
    as_printed,
    beyond,
    counted_so,
    headed,
    of_base,
    of_its_own,
    of_lines,
    printed_rate,
    side_by_side,
    whole,
)
from kb.planning.naming import (
    composed,
    finest,
    is_over_line,
    line_of_others,
    resolve,
    same_line,
    template,
    widened,
    with_subjects,
)
from kb.planning.outcomes import Absence, Ambiguity, Note, Outcome, Planned, Social
from kb.planning.overviews import backwards, select
from kb.planning.pairs import unpaired
from kb.planning.picking import picked
from kb.planning.refusals import new_unknown, refuse, without_kind
from kb.planning.scopes import either_scope, of_unfound, open_scope, within
from kb.planning.symbols import read_bare_figures, read_letter, read_other_number
from kb.planning.tails import tailed
from kb.planning.unheld import answering, unheld
from kb.planning.unknowns import unknown_nouns
from kb.query import Query
from nlp.contexts import Option
from nlp.names.names import project_of
from nlp.parsing import Parse
from nlp.slots import Slots

__all__ = ["plan"]


def plan(parse: Parse, catalog: Catalog) -> Outcome:
    """What to run for a parse; pure: the catalog says which projects, years and letters there are."""
    parse = refitted(parse, catalog)
    chosen = picked(parse, catalog)
    if chosen:
        return Planned(chosen)
    if parse.taken == ():
        return unpaired(parse, catalog)
    refused = unbounded(parse, catalog) or refuse(parse)
    if refused:
        return refused
    if parse.kind is None:
        return without_kind(parse, catalog)
    outcome = _unsettled(parse, catalog) or _by_operator(parse, catalog)
    if isinstance(outcome, Planned) and open_scope(parse):
        return either_scope(outcome, parse, catalog)
    if isinstance(outcome, Planned) and parse.context.unfound:
        outcome = of_unfound(outcome, parse)
    query = answering(outcome, catalog)
    dropped = unheld(parse, query, catalog) if query else ""
    return Ambiguity("unheld", (), echo=dropped) if dropped else outcome


# Private functions


def _unsettled(parse: Parse, catalog: Catalog) -> Outcome | None:
    """What a kind must not answer: an unknown word in a follow-up, or beside a selection of projects."""
    slots = parse.slots
    if "subjects" in slots.inherited and unknown_nouns(parse):
        return new_unknown(parse, catalog)
    other = read_other_number(parse, catalog)
    if other:
        return _about_subjects(parse._replace(slots=slots._replace(subjects=(other,))), catalog)
    required = parse.kind.required if parse.kind else frozenset()
    printed = read_bare_figures(parse, catalog) if "keyword" in required and not slots.subjects else ()
    if printed:
        return Planned(backwards(printed, (), catalog))
    selecting = parse.operators[0] in ("cells", "projects") and not required & {"keyword", "topic"}
    if selecting and not slots.subjects and (unknown_nouns(parse) or (not required and slots.unknown)):
        return without_kind(parse, catalog)
    return None


def _by_operator(parse: Parse, catalog: Catalog) -> Outcome:
    """The query of a kind, by what its first operator selects."""
    first, slots = parse.operators[0], parse.slots
    if first == "help":
        return Social(_social(slots))
    if first == "table":
        return _about_table(slots, catalog)
    if first == "letter":
        return read_letter(parse, catalog)
    meaning = "meaning" in slots.absents and not parse.own.subjects  # of what grades mean the plan says nothing at all
    if first == "lacking" and (meaning or not slots.subjects):
        return _lacking_table(parse, catalog)
    if first == "label" and any(condition.type == "grade" for condition in slots.conditions):
        return Absence("no_attribute", "no_meaning")
    if first in ("projects", "label") or not slots.subjects or "having" in parse.operators:
        return select(parse, catalog)
    return _about_subjects(parse, catalog)


def _about_table(slots: Slots, catalog: Catalog) -> Outcome:
    lists = {"grades": "grade", "goals": "goal", "policies": "policy"}
    asked = tuple(name for name in slots.tables if name not in lists or catalog.has(lists[name]))
    if asked:
        return Planned(catalog.asked(attributes=asked, operators=("table",)))
    names = (catalog.attribute_label(lists[name]) for name in slots.tables)
    return Absence("no_attribute", "no_column", echo="・".join(names))


def _lacking_table(parse: Parse, catalog: Catalog) -> Outcome:
    if unknown_nouns(parse) and "meaning" not in parse.slots.absents:
        return without_kind(parse, catalog)
    meaning = "meaning" in parse.slots.absents
    listed = select(parse, catalog) if parse.own.conditions and not meaning else None
    if isinstance(listed, Planned):
        return _listed_lacking(listed, parse, catalog)
    echo, what = lacking_words(parse, catalog)
    return Absence("no_attribute", "no_meaning" if meaning else absent_kind(parse), echo=echo, what=what)


def _listed_lacking(listed: Planned, parse: Parse, catalog: Catalog) -> Planned | Absence:
    """達成度Cの事業の担当課は？: the list, and that the table has no such column; where the list itself is asked it is the answer."""
    recognition = parse.recognition
    absent = next(one.start for one in recognition.mentions if one.of("absent"))
    first = next(one.start for one in recognition.mentions if not one.is_filler and not one.of("social"))
    apart = recognition.sentence_of(first) < recognition.sentence_of(absent)
    if listed.query.operators != ("projects",) or apart:
        return listed._replace(notes=(*listed.notes, *lacking_notes(parse, catalog)))
    echo, what = lacking_words(parse, catalog)
    return Absence("no_attribute", absent_kind(parse), echo=echo, what=what, query=listed.query, notes=listed.notes)


def _social(slots: Slots) -> str:
    return next(kind for kind in ("abuse", "help", "thanks", "greeting") if kind in slots.socials)


def _about_subjects(parse: Parse, catalog: Catalog) -> Outcome:
    """What is asked of projects and activities by name."""
    before, parse = parse, derived(parse, catalog)
    ended = tailed(composed(same_line(parse, catalog), catalog), catalog)
    if isinstance(ended, Ambiguity):
        return ended
    parse, tails = ended
    doubted = doubt(parse, catalog)
    if doubted:
        return doubted
    over = any(is_over_line(named, parse, catalog) for named in parse.slots.subjects)
    if over and parse.own.attributes == ("grade",) and any(one.type == "grade" for one in parse.own.conditions):
        parse = parse._replace(slots=parse.slots._replace(attributes=()))  # the grade selects whose line it is
    if parse.joined_unknown() or (over and unknown_nouns(parse)):
        return without_kind(parse, catalog)
    elsewhere = line_of_others(parse, catalog)
    if elsewhere:
        return elsewhere
    resolved = _resolve_all(parse, catalog)
    if isinstance(resolved, Ambiguity | Absence):
        return resolved
    named = printing(resolved[0], parse, catalog)
    notes = tuple(note for note in resolved[1] if note.reference not in {*resolved[0]} - {*named})
    notes = (*notes, *derivation(parse, before))
    outcome = _asked_of(widened(named, parse, catalog), parse, catalog)
    return outcome if isinstance(outcome, Ambiguity) else outcome._replace(notes=(*tails, *notes, *outcome.notes))


def _asked_of(references: tuple[str, ...], parse: Parse, catalog: Catalog) -> Planned | Absence | Ambiguity:
    """What is asked of the projects and activities that were found."""
    query = of_lines(with_subjects(template(parse, catalog), references, catalog), parse, catalog)
    query, notes = printed_rate(of_its_own(query, parse, catalog), parse, catalog), tuple[Note, ...]()
    if any(is_over_line(named, parse, catalog) for named in parse.slots.subjects):
        held = read_conditions(beside_names(parse.slots), parse.slots, query.years, catalog)
        if isinstance(held, Absence):
            return held
        query, notes = query._replace(filters=held[0]), held[1]
        if held[0] and "conditions" in parse.slots.inherited and is_computing(parse):
            notes = (*notes, *within(query, parse, catalog))
    years = read_asked_years(parse, catalog, references)
    if isinstance(years, Absence | Ambiguity):
        return of_base(years, query, catalog) or _with_query(years, query, parse, catalog)
    asked = (other_years(parse.slots, years[0]) or years[0]) if query.filters else years[0]
    dated = with_year_before(asked, query, parse, catalog)
    if dated and not years[0] and len(references) > 1 and query.operators[-1] in BETWEEN_YEARS:
        notes = (*notes, Note("latest", years=dated))
    query = whole(query._replace(years=dated), parse, catalog)
    if holds_two_years(query.operators[-1], query.years) and len(query.years) < 2:
        return no_other_year(query.years, parse)
    query = counted_so(beyond(headed(query, catalog), parse, catalog), parse, catalog)
    query = against_target(as_printed(query, parse, catalog), parse, catalog)
    query = query._replace(years=apart_in_years(query, catalog), place=read_place(parse))
    if len(references) > 1:
        query = query._replace(limit=next((n.value for n in parse.slots.numbers if n.form == "top"), 0))
    undecided = no_column(parse, catalog, query) or (one_column(query, parse) if is_computing(parse) else None)
    if undecided:
        return undecided
    planned = Planned(query, (*notes, *years[1], *lacking_notes(parse, catalog)))
    return untold(query, parse, catalog) or side_by_side(planned, catalog)


def _resolve_all(parse: Parse, catalog: Catalog) -> tuple[tuple[str, ...], tuple[Note, ...]] | Ambiguity | Absence:
    """Every subject, with those that a computation needs too; the first one that can't be told stops it."""
    named_too = parse.aside() if is_computing(parse) else ()
    subjects = (*parse.slots.subjects, *named_too)
    groups: list[tuple[str, ...]] = []
    notes: list[Note] = []
    for named in subjects:
        resolved = resolve(named, parse, catalog)
        if isinstance(resolved, Ambiguity | Absence):
            return resolved
        groups.append(resolved[0])
        notes += resolved[1]
    owners = {project_of(one) for group in groups for one in group}
    notes += [
        Note("matched", echo=whose.text, reference=whose.references[0])
        for whose in parse.aside()
        if whose.how == "spelling" and {*whose.references} <= owners
    ]
    beside = parse.coordinated()
    return finest(groups, [named.start in beside for named in subjects], catalog), tuple(notes)


def _with_query(outcome: Absence | Ambiguity, query: Query, parse: Parse, catalog: Catalog) -> Absence | Ambiguity:
    """An absent or relative year, with the subject that it was asked of; what is absent beside the year is said too."""
    if isinstance(outcome, Absence):
        notes = (*outcome.notes, *lacking_notes(parse, catalog))
        return outcome._replace(query=query.plain(), notes=notes)
    dated = [query._replace(years=(year,)) for year in reversed(catalog.years)]
    references = tuple(subject.reference for subject in query.subjects)
    return outcome._replace(options=tuple(Option(d.to_japanese(), references, d.to_compact()) for d in dated))

"""Planning: a Parse becomes a Query, or the value that says why it can't: an ambiguity or an absence."""

from itertools import pairwise

from kb.asking import AskedYears, is_computing, read_asked_years, read_measure, with_year_before
from kb.attributes import instead, lacking_notes, lacking_words, no_column, one_column, read_columns
from kb.catalog import SHOWN_UNITS, Catalog
from kb.cells import read_cell_figures
from kb.conditions import grade_filters, read_conditions, state_filter, to_filters
from kb.filters import Filter
from kb.naming import resolve, template, to_options, with_subjects
from kb.outcomes import Absence, Ambiguity, Outcome, Planned, Social
from kb.query import Query
from kb.terms import ATTRIBUTES, FIGURED
from nlp.mentions import Mention
from nlp.merging import contributes
from nlp.parsing import Option, Parse
from nlp.recognition import Recognition
from nlp.slots import Slots
from nlp.subjects import SURE, Subject

__all__ = ["plan"]


def plan(parse: Parse, catalog: Catalog) -> Outcome:
    """What to run for a parse; pure: the catalog says which projects, years and letters there are."""
    chosen = _chosen(parse, catalog)
    if chosen:
        return Planned(chosen)
    refused = _refused(parse)
    if refused:
        return refused
    if parse.kind is None:
        return _without_kind(parse, catalog)
    return _unsettled(parse, catalog) or _by_operator(parse, catalog)


# Private functions


def _unsettled(parse: Parse, catalog: Catalog) -> Outcome | None:
    """What a kind must not answer: an unknown word in a follow-up, or beside a selection of projects."""
    slots = parse.slots
    if "subjects" in slots.inherited and _unknown_nouns(parse):
        return _new_unknown(parse, catalog)
    other = _other_number(parse, catalog)
    if other:
        return _about_subjects(parse._replace(slots=slots._replace(subjects=(other,))), catalog)
    required = parse.kind.required if parse.kind else frozenset()
    printed = _bare_figures(parse, catalog) if "keyword" in required and not slots.subjects else ()
    if printed:
        return Planned(_backwards(printed, (), catalog))
    selecting = parse.operators[0] in ("cells", "projects") and not required & {"keyword", "topic"}
    if selecting and not slots.subjects and (_unknown_nouns(parse) or (not required and slots.unknown)):
        return _without_kind(parse, catalog)
    return None


def _by_operator(parse: Parse, catalog: Catalog) -> Outcome:
    """The query of a kind, by what its first operator selects."""
    first, slots = parse.operators[0], parse.slots
    if first == "help":
        return Social(_social(slots))
    if first == "table":
        return _about_table(slots, catalog)
    if first == "letter":
        return _letters(parse, catalog)
    if first == "lacking" and not slots.subjects:
        return _lacking_table(parse, catalog)
    if first == "label" and any(condition.type == "grade" for condition in slots.conditions):
        return Absence("no_attribute", "no_meaning")
    if first in ("projects", "label") or not slots.subjects or "having" in parse.operators:
        return _select(parse, catalog)
    return _about_subjects(parse, catalog)


def _about_table(slots: Slots, catalog: Catalog) -> Outcome:
    lists = {"grades": "grade", "goals": "goal", "policies": "policy"}
    asked = tuple(name for name in slots.tables if name not in lists or catalog.has(lists[name]))
    if asked:
        return Planned(catalog.asked(attributes=asked, operators=("table",)))
    names = (catalog.attribute_label(lists[name]) for name in slots.tables)
    return Absence("no_attribute", "no_column", echo="・".join(names))


def _chosen(parse: Parse, catalog: Catalog) -> Query | None:
    """The option of the last reply that this message picks: by place, by its words, or by its name."""
    options = parse.context.options
    queries = [catalog.query(option.query) for option in options]
    own = parse.own
    if not options or own.years or own.absents:
        return None
    places = [number.value for number in own.numbers] + [s.number for s in own.subjects if s.number is not None]
    if places and -1 <= places[0] <= len(options) and places[0] != 0:
        return queries[places[0] - 1 if places[0] > 0 else -1]
    if "both" in own.cues and all(query.subjects for query in queries):
        return queries[0]._replace(subjects=tuple(subject for query in queries for subject in query.subjects))
    value = parse.recognition.text.value
    named = {reference for subject in own.subjects for reference in subject.references}
    named |= {reference for place in places for reference in catalog.numbered(place)}
    picked = [
        query
        for option, query in zip(options, queries, strict=True)
        if any(word in value for word in option.words)
        or (named and named <= set(option.references) and not own.attributes)
    ]
    return picked[0] if len(picked) == 1 else None


def _refused(parse: Parse) -> Ambiguity | None:
    """What is not understood well enough to be answered: the opposite, a range, two years of two projects."""
    cues, slots = parse.own.cues, parse.slots
    if "threshold" in cues and (slots.figures or slots.numbers or slots.conditions):
        return Ambiguity("threshold", ())
    listing = bool(parse.operators) and parse.operators[0] in ("projects", "label")
    negatable = listing and len(slots.conditions) == 1 and not slots.keywords and slots.conditions[0].type == "grade"
    if "not" in cues and not negatable and (slots.years or slots.conditions or slots.keywords or slots.letters):
        return Ambiguity("negation", ())
    years = {year for mention in slots.years for year in mention.years}
    if is_computing(parse) and len(slots.subjects) + len(parse.aside()) > 1 and len(years) > 1:
        return Ambiguity("crossed", ())
    if "subjects" in slots.inherited and not contributes(parse.own) and not slots.unknown:
        return Ambiguity("missing", ())
    return None


def _social(slots: Slots) -> str:
    return next(kind for kind in ("abuse", "help", "thanks", "greeting") if kind in slots.socials)


def _without_kind(parse: Parse, catalog: Catalog) -> Outcome:
    """No kind of question fits: the subject is missing, unknown, or nothing was asked at all."""
    slots = parse.slots
    if not parse.recognition.text.value:
        return Social("empty")
    unknown = _unknown_nouns(parse)
    printed = _bare_figures(parse, catalog)
    if printed and slots.cues & {"having", "project", "list"}:
        return Planned(_backwards(printed, (), catalog))
    bare = [number.value for number in slots.numbers if number.form == "bare"]
    if len(bare) == 1 and not unknown and not slots.years and not _says_more(parse.recognition):
        return _bare_number(bare[0], catalog)
    if unknown:
        near = tuple(dict.fromkeys(ref for m in slots.unknown if m.link for ref in m.link.near))[:3]
        options = to_options(near, template(parse, catalog), catalog)
        if any(mention.link and mention.link.likely for mention in slots.unknown):
            return Ambiguity("suggest", options, echo=unknown[0])
        return Absence(
            "no_project", "no_project" if near or _asks(slots) else "off_topic", echo=unknown[0], near=options
        )
    if slots.hints:
        return Ambiguity("names", to_options(catalog.without_twins(slots.hints), template(parse, catalog), catalog))
    if _asks(slots):
        return Ambiguity("missing", ())
    return Absence("no_project", "off_topic")


def _new_unknown(parse: Parse, catalog: Catalog) -> Outcome:
    """An unknown word in a follow-up is a new name or a new attribute; the old subject's figures answer neither."""
    asked = _asked_unknown(parse)
    if any(mention.link and mention.link.likely for mention in parse.slots.unknown) or not asked:
        return _without_kind(parse, catalog)
    references = tuple(reference for subject in parse.slots.subjects for reference in subject.references)
    return Absence(
        "no_attribute", "no_attribute", echo=asked, query=with_subjects(template(parse, catalog), references, catalog)
    )


def _asks(slots: Slots) -> bool:
    return bool(slots.attributes or slots.measures or slots.years or slots.cues & {"count", "sum", "average", "change"})


def _unknown_nouns(parse: Parse) -> list[str]:
    """The unknown words that may name something, those that の joins as one phrase: 商店街のアーケード."""
    phrases: list[list[Mention]] = []
    for mention in parse.slots.unknown:
        if phrases and parse.recognition.between(phrases[-1][-1], mention) == "の":
            phrases[-1].append(mention)
        else:
            phrases.append([mention])
    quoted = (parse.recognition.text.quote(phrase[0].start, phrase[-1].end) for phrase in phrases)
    nouns = [any(mention.noun or len(mention.text) > 5 for mention in phrase) for phrase in phrases]
    return [text.removesuffix("の") for text, noun in zip(quoted, nouns, strict=True) if noun]


def _says_more(recognition: Recognition) -> bool:
    """Whether more than particles stands in the message beside its mentions."""
    beside = (
        t for t in recognition.tokens if not any(m.start < t.end and t.start < m.end for m in recognition.mentions)
    )
    return any(token.key and not token.is_grammar for token in beside)


def _bare_number(number: int, catalog: Catalog) -> Outcome:
    """23 to 26 are a year and a project's number: ask; 42 can only be a project."""
    references = catalog.numbered(number)
    year = catalog.era_year(number)
    options = to_options(references, catalog.asked(attributes=catalog.default), catalog)
    if references and year in catalog.years:
        reported = catalog.asked(filters=(state_filter(year, "reported", catalog),), operators=("projects",))
        options += (Option(reported.to_japanese(), (), reported.to_compact(), ("年度",)),)
        return Ambiguity("number", options, echo=str(number))
    if references:
        return Planned(with_subjects(catalog.asked(attributes=catalog.default), references[:1], catalog))
    if str(number) in catalog.bare:
        return Planned(_backwards((Filter("figure", f"{number}  {number:,}"),), (), catalog))
    return Absence("no_project", "no_number", echo=str(number))


def _bare_figures(parse: Parse, catalog: Catalog) -> tuple[Filter, ...]:
    """Numbers of the message that stand in a cell without any unit."""
    read = [(mention.text, read_cell_figures(mention.text)) for mention in parse.slots.unknown]
    read += [(str(number.value), read_cell_figures(str(number.value))) for number in parse.slots.numbers]
    bare = ((text, str(found[0].value)) for text, found in read if found and not found[0].unit)
    return tuple(Filter("figure", f"{value}  {text}") for text, value in bare if value in catalog.bare)


def _letters(parse: Parse, catalog: Catalog) -> Outcome:
    letter = parse.slots.letters[0]
    keywords = tuple(Filter("keyword", keyword.value) for keyword in parse.slots.keywords)
    keywords += tuple(filter_ for condition in parse.slots.conditions for filter_ in to_filters(condition))
    operators = ("projects", "count") if "count" in parse.slots.cues else ("projects",)
    asked = read_asked_years(parse, catalog, ())
    years = () if isinstance(asked, Ambiguity | Absence) else asked[0]
    grades, notes = grade_filters(letter, years, catalog)
    options = []
    for filters, known, words in (
        (grades, catalog.grade(letter), (ATTRIBUTES["grade"], "評価", catalog.grade_name)),
        ((Filter("goal", letter),), letter in catalog.goals, (ATTRIBUTES["goal"], "目標")),
    ):
        if known:
            query = catalog.asked(filters=(*keywords, *filters), operators=operators)
            options.append(Option(query.to_japanese(), (), query.to_compact(), words))
    if len(options) == 2:
        return Ambiguity("letter", tuple(options), echo=letter)
    if options:
        return Planned(catalog.query(options[0].query), notes if catalog.grade(letter) else ())
    if not catalog.has("grade"):
        return Absence("no_attribute", "no_column", echo=catalog.grade_name)
    return Absence("no_project", "no_grade", echo=letter)


def _other_number(parse: Parse, catalog: Catalog) -> Subject | None:
    """「34は？」 after a project: no year of the plan, so another project's number."""
    if "subjects" not in parse.slots.inherited:
        return None
    numbers = [
        n.value for n in parse.own.numbers if n.form == "bare" and catalog.era_year(n.value) not in catalog.years
    ]
    return Subject((), "number", str(numbers[0]), numbers[0]) if numbers else None


def _lacking_table(parse: Parse, catalog: Catalog) -> Outcome:
    if _unknown_nouns(parse) and "meaning" not in parse.slots.absents:
        return _without_kind(parse, catalog)
    kind = "no_meaning" if "meaning" in parse.slots.absents else "no_attribute"
    echo, what = lacking_words(parse, catalog)
    return Absence("no_attribute", kind, echo=echo, what=what)


def _select(parse: Parse, catalog: Catalog) -> Outcome:
    slots = parse.slots
    wanted = slots.conditions
    if parse.kind and parse.kind.required & {"keyword", "topic"}:
        wanted = (*wanted, *slots.keywords)
    if "having" in parse.operators:
        return _having(parse, catalog)
    years = read_asked_years(parse, catalog, ())
    if isinstance(years, Ambiguity | Absence):
        return years
    conditions = read_conditions(wanted, slots, years[0], catalog)
    if isinstance(conditions, Absence):
        return conditions
    filters, notes = conditions
    if parse.operators[0] == "cells":
        return _compute(parse, catalog, filters, (years[0], (*years[1], *notes)))
    if years[0] and catalog.default != ("result",) and _says_result(parse):
        return Absence("no_attribute", "no_column", echo=catalog.attribute_label("result"))
    dated = () if any(filter_.type == "graded" for filter_ in filters) else years[0]
    for year in dated:
        nothing = "no_result" in slots.cues
        state = "numeric" if "numeric" in slots.cues and not nothing else "reported"
        filters += (state_filter(year, state, catalog, _column(slots, catalog))._replace(negated=nothing),)
    query = catalog.asked(filters=tuple(dict.fromkeys(filters)), operators=parse.operators)
    return Planned(query, (*years[1], *notes))


def _says_result(parse: Parse) -> bool:
    """実績が載っている, 実績がない: the results by name."""
    label = parse.recognition.text.value
    cues = (m for m in parse.recognition.mentions if {"has_result", "no_result"} & set(m.of("cue")))
    return any(label[mention.start : mention.end].startswith("実績") for mention in cues)


def _column(slots: Slots, catalog: Catalog) -> str:
    return read_columns(slots, catalog)[0]


def _having(parse: Parse, catalog: Catalog) -> Outcome:
    """Backwards: the cells that print these figures, or these words."""
    years = read_asked_years(parse, catalog, ())
    if isinstance(years, Ambiguity | Absence):
        return years
    filters = tuple(Filter("figure", f"{figure.value} {figure.unit} {figure.text}") for figure in parse.slots.figures)
    filters = filters or tuple(Filter("text", topic.value) for topic in parse.slots.topics)
    return Planned(_backwards(filters, years[0], catalog), years[1])


def _backwards(filters: tuple[Filter, ...], years: tuple[int, ...], catalog: Catalog) -> Query:
    """In cells of any kind; the reply says of which."""
    kinds = tuple(kind for kind in FIGURED if kind in catalog.document.kinds) or catalog.default
    return catalog.asked(filters=filters, years=years, attributes=kinds, operators=("cells", "having"))


def _compute(parse: Parse, catalog: Catalog, filters: tuple[Filter, ...], years: AskedYears) -> Outcome:
    """Figures across projects: of which unit must be said, amounts and people can't be ranked together."""
    absent = no_column(parse, catalog)
    if absent:
        return absent
    columns = read_columns(parse.slots, catalog)
    query = catalog.asked(
        filters=filters,
        years=years[0],
        attributes=columns,
        operators=parse.operators,
        measure=read_measure(parse.slots),
        limit=next(
            (number.value for number in parse.slots.numbers if number.form == "top" or "order" in parse.slots.cues), 0
        ),
    )
    undecided = one_column(query, parse)
    if undecided:
        return undecided
    if query.measure or parse.operators[-1] in ("rising", "falling", "unchanged", "changed"):
        return Planned(query, years[1])
    units = tuple(dict.fromkeys(unit for kind in columns for unit in catalog.units_of.get(kind, ())))[:SHOWN_UNITS]
    if columns != ("result",) and len(units) < 2:  # 予算の合計: the budget is money
        return Planned(query._replace(measure="".join(units)), years[1])
    measured = [query._replace(measure=unit) for unit in units]
    options = tuple(Option(one.to_japanese(), (), one.to_compact(), (one.to_japanese(),)) for one in measured)
    return Ambiguity("measure", options)


def _about_subjects(parse: Parse, catalog: Catalog) -> Outcome:
    doubt = _doubted(parse, catalog)
    if doubt:
        return doubt
    if parse.joined_unknown():
        return _without_kind(parse, catalog)
    named_too = parse.aside() if is_computing(parse) else ()
    resolved = [resolve(named, parse, catalog) for named in (*parse.slots.subjects, *named_too)]
    pairs = []
    for outcome in resolved:
        if isinstance(outcome, Ambiguity | Absence):
            return outcome
        pairs.append(outcome)
    references = tuple(dict.fromkeys(reference for found, _ in pairs for reference in found))
    notes = tuple(note for _, found in pairs for note in found)
    query = with_subjects(template(parse, catalog), references, catalog)
    years = read_asked_years(parse, catalog, references)
    if isinstance(years, Absence | Ambiguity):
        return _with_query(years, query, catalog)
    query = query._replace(years=with_year_before(years[0], query, parse, catalog))
    undecided = no_column(parse, catalog, query) or (one_column(query, parse) if is_computing(parse) else None)
    if undecided:
        return undecided
    absent = parse.slots.absents
    asks_why = "reason" in parse.slots.absents and parse.own.attributes == ("grade",)
    if absent and not parse.own.measures and (asks_why or not parse.own.attributes):
        echo, what = lacking_words(parse, catalog)
        others = instead(query, parse, catalog)
        return Absence("no_attribute", "no_attribute", echo=echo, query=query, what=what, near=others)
    asked = _asked_unknown(parse)
    measured = any(asked.endswith(word) and asked != word for word in _measure_texts(parse))
    if asked and not parse.slots.attributes and (measured or not parse.slots.measures):
        return Absence("no_attribute", "no_attribute", echo=asked, query=query)
    return Planned(query, (*notes, *years[1], *lacking_notes(parse, catalog)))


def _doubted(parse: Parse, catalog: Catalog) -> Outcome | None:
    """A name that was found by a piece of it, while more of what was said is unknown: 戦闘機の取得 is no 認証の取得.

    What is asked of the subject (…の職員数は) is no doubt; what stands before it or in it is. Mostly known: ask back.
    """
    vague = [named for named in parse.own.subjects if named.how not in SURE]
    if not vague:
        return None
    asked = _asked_unknown(parse)
    unknown = [mention for mention in parse.unread() if mention.text != asked]
    if not unknown:
        return None
    known, weight = sum(len(named.text) for named in vague), sum(len(mention.text) for mention in unknown)
    if weight < known and not set(parse.beside_names()) & set(unknown):
        return None
    near = [reference for mention in unknown if mention.link for reference in mention.link.near]
    references = tuple(dict.fromkeys(near or (reference for named in vague for reference in named.references)))[:3]
    options = to_options(references, template(parse, catalog), catalog)
    if weight < known:
        return Ambiguity("suggest", options, echo=unknown[0].text.removesuffix("の"))
    return Absence("no_project", "no_project", echo=unknown[0].text.removesuffix("の"), near=options)


def _asked_unknown(parse: Parse) -> str:
    """A noun that nobody knows, right where the question asks: 「開催頻度」は？"""
    mentions, unread = parse.recognition.mentions, parse.unread()
    if not unread:
        return ""
    for mention, following in pairwise(mentions):
        joined = parse.recognition.between(mention, following) in ("", "の")
        if mention in unread and joined and following.of("measure") and mention.how == "none":
            return f"{mention.text}{following.text}"  # 融資総額: not every 総額, this one
    for at, mention in enumerate(mentions):
        after = [other for other in mentions[at + 1 :] if not other.of("filler") and other.type != "year"]
        if mention.type == "unknown" and mention.noun and not after and mention in unread:
            return mention.text
    return ""


def _measure_texts(parse: Parse) -> list[str]:
    return [mention.text for mention in parse.recognition.mentions if mention.of("measure")]


def _with_query(outcome: Absence | Ambiguity, query: Query, catalog: Catalog) -> Absence | Ambiguity:
    """An absent or relative year, with the subject that it was asked of."""
    if isinstance(outcome, Absence):
        return outcome._replace(query=query._replace(operators=("cells",)))
    dated = [query._replace(years=(year,)) for year in reversed(catalog.years)]
    references = tuple(subject.reference for subject in query.subjects)
    return outcome._replace(options=tuple(Option(d.to_japanese(), references, d.to_compact()) for d in dated))

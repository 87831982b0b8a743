"""Panels: the clerks of several plans read one message, and one of them answers, or all that it is about."""

from collections.abc import Sequence

from bot.clerks import Clerk, Reading
from bot.contexts import localized, remembered, undecided
from bot.plans.choosing import Rank, Take, best, rank, standing
from bot.plans.histories import history, translated
from bot.plans.offering import options_of, picked
from bot.plans.parting import named_apart, split_by_years
from bot.replies.answers import OFFERED, Answer, Choice, together
from bot.replies.pieces import Line
from kb.chains import Chains
from kb.planning.asking import is_computing
from kb.planning.outcomes import Absence, Ambiguity, Note, Planned
from kb.running.results import Project
from nlp.contexts import Context, Option
from nlp.mentions import longest
from nlp.names.lexicon import Meaning
from nlp.names.names import project_of
from nlp.recognition import Recognition
from nlp.splitting import split

__all__ = ["Panel"]

Reply = tuple[Reading, Context]


class Panel:
    """Finds the plan that a message is about; asks back where it may be another one."""

    def __init__(self, clerks: Sequence[Clerk]) -> None:
        names = {ref: name for clerk in clerks for ref, name in clerk.catalog.names.items() if "." not in ref}
        self._clerks = {clerk.plan: clerk for clerk in clerks}
        self._chains = Chains([clerk.catalog.document for clerk in clerks], names)

    def hear(self, question: str, context: Context) -> tuple[Recognition, ...]:
        """What stands in a message, in the names and the calendar of each plan."""
        heard = (clerk.recognize(question, self._local(context, clerk)) for clerk in self._clerks.values())
        return tuple(self._with_plans(recognition, context) for recognition in heard)

    def split(self, heard: Sequence[Recognition]) -> tuple[str, ...]:
        """The questions of a message: any plan's name counts where it is to be cut."""
        known = longest(dict.fromkeys(m for one in heard for m in one.mentions if m.type != "unknown"))
        parts = split(heard[0]._replace(mentions=tuple(known)))
        return parts if len(parts) > 1 else split_by_years(heard)

    def reply(self, heard: Sequence[Recognition], context: Context) -> Reply:
        """Answer a message that asks one thing."""
        takes = [self._take(clerk, one, context) for clerk, one in zip(self._clerks.values(), heard, strict=True)]
        choice = picked(takes[0].parse, context, [clerk.catalog.document for clerk in self._clerks.values()])
        if choice:
            return self._run(choice)
        apart = named_apart(takes)
        if apart:
            return self._together(apart, apart[0], context)
        chosen = best(takes, context.plan)
        if len(chosen) == 1:
            return self._single(chosen[0], takes, context)
        return self._several(chosen, takes, context)

    def ranks(self, heard: Sequence[Recognition], context: Context) -> tuple[tuple[str, Rank], ...]:
        """What each plan is called, and how well it fits, the best first."""
        takes = (self._take(clerk, one, context) for clerk, one in zip(self._clerks.values(), heard, strict=True))
        placed = [(take.clerk.catalog.short, rank(take, context.plan)) for take in takes]
        return tuple(sorted(placed, key=lambda one: one[1], reverse=True))

    # Private functions

    def _with_plans(self, recognition: Recognition, context: Context) -> Recognition:
        """前の計画, 今の計画: said of plans in the order of their years."""
        order = sorted(self._clerks, key=lambda plan: self._clerks[plan].catalog.years[0])
        at = order.index(context.plan) if context.plan in order else len(order) - 1
        meant = {"earlier_plan": order[max(at - 1, 0)], "latest_plan": order[-1]}
        mentions = tuple(
            mention._replace(
                meanings=(*mention.meanings, *(Meaning("plan", meant[c]) for c in mention.of("cue") if c in meant))
            )
            for mention in recognition.mentions
        )
        return recognition._replace(mentions=mentions) if mentions != recognition.mentions else recognition

    def _local(self, context: Context, clerk: Clerk) -> Context:
        return localized(context, clerk.catalog, self._chains)

    def _take(self, clerk: Clerk, recognition: Recognition, context: Context) -> Take:
        local = self._local(context, clerk)
        return Take(clerk, local, *clerk.understand(recognition, local))

    def _run(self, options: Sequence[Option]) -> Reply:
        ran = [self._clerks[option.query.partition("/")[0]].run(option.query) for option in options]
        reading, context = ran[0]
        return reading._replace(answer=together([one.answer for one, _ in ran])), context

    def _single(self, take: Take, takes: Sequence[Take], context: Context) -> Reply:
        """One plan fits best; what another one has to add is added."""
        named = take.plan in take.parse.recognition.plans
        surer = [other for other in takes if other is not take and other.names]
        if named and not take.names and surer:
            return self._elsewhere_named(take, surer[0], context)
        if named and context.slots.subjects and not take.parse.slots.subjects and not _asks_itself(take):
            return self._unknown_there(take, context)
        parts = history(take, {other.plan: other for other in takes}, self._chains)
        if parts:
            return self._together(parts, take, context)
        reading = self._offered(take.answered(), take, takes)
        return reading, remembered(reading, context, take.plan)

    def _several(self, chosen: Sequence[Take], takes: Sequence[Take], context: Context) -> Reply:
        """Nothing in the message tells the plans apart."""
        if all(take.operator == "table" for take in chosen):
            reading, _ = self._together(chosen, chosen[0], context)
            return reading, context
        chain = self._chains.of(chosen[-1].project)
        if all(take.project and take.project in chain for take in chosen):
            parts = history(chosen[-1], {take.plan: take for take in takes}, self._chains)
            return self._together(parts or chosen, chosen[-1], context)
        if all(take.plan in take.parse.recognition.plans for take in chosen):
            return self._together(chosen, chosen[-1], context)
        readings = [take.answered() for take in chosen]
        highest = min(map(standing, readings))
        kept = [(take, one) for take, one in zip(chosen, readings, strict=True) if standing(one) == highest]
        talked = [pair for pair in kept if pair[0].plan == context.plan and not pair[0].parse.own.subjects]
        if len(kept) == 1 or talked:
            take, reading = (talked or kept)[0]
            others = () if talked else [pair for pair in zip(chosen, readings, strict=True) if pair[0] is not take]
            return _with_notes(reading, take, others), remembered(reading, context, take.plan)
        return self._undecided(kept, highest, context)

    def _undecided(self, kept: Sequence[tuple[Take, Reading]], highest: int, context: Context) -> Reply:
        """Several plans have an answer: ask which; none has one: say so of all."""
        takes, readings = [take for take, _ in kept], [reading for _, reading in kept]
        if highest in (1, 2) and all(take.query for take in takes):
            return self._together(takes, takes[0], context)
        options = tuple(option for take in takes for option in options_of(take))
        first = next((at for at, take in enumerate(takes) if take.plan == context.plan), 0)
        if highest or not options:
            return self._nowhere(takes, options, first, context) if highest == 3 else self._first(kept, first, context)
        one_each = all(len(options_of(take)) == 1 for take in takes)
        asked = Ambiguity("plan" if one_each else "names", options)
        answer = takes[0].clerk.composer.ambiguity(asked, takes[0].parse)
        projects = tuple(p for reading in readings for p in _heads(reading.answer, options))
        revised = answer._replace(
            plan=None, projects=tuple(dict.fromkeys(projects)), revision=readings[0].answer.revision
        )
        reading = Reading(takes[0].parse, asked, None, takes[0].clerk.proven(revised))
        return reading, undecided(readings, options)

    def _first(self, kept: Sequence[tuple[Take, Reading]], at: int, context: Context) -> Reply:
        take, reading = kept[at]
        return reading, remembered(reading, context, take.plan)

    def _nowhere(self, takes: Sequence[Take], options: Sequence[Option], at: int, context: Context) -> Reply:
        """No plan knows it: the names that are near, of whichever plan."""
        telling = next((take for take in takes if isinstance(take.outcome, Absence) and take.outcome.near), takes[at])
        if isinstance(telling.outcome, Absence):
            telling = telling._replace(outcome=telling.outcome._replace(near=tuple(options[:OFFERED])))
        reading = telling.answered()
        after = remembered(reading, context, "")
        return reading, after._replace(plan="") if options else context

    def _together(self, takes: Sequence[Take], primary: Take, context: Context) -> Reply:
        """Each part with its plan, its number and its source; nothing is computed over plans."""
        readings = [take.answered() for take in takes]
        answer = together([reading.answer for reading in readings])
        computing = is_computing(primary.parse) and len({take.plan for take in takes}) > 1
        if computing and primary.operator == "cells":
            wording = primary.clerk.language.wording
            answer = answer._replace(lines=(*answer.lines, wording.line("note", "apart")))
        main = next((one for take, one in zip(takes, readings, strict=True) if take is primary), None)
        asked = main or primary.answered()
        reading = asked._replace(answer=answer)
        years = tuple(dict.fromkeys(quote.year for quote in answer.quotes)) if not main else ()
        after = remembered(asked, context, primary.plan)
        return reading, after._replace(years=years) if years and primary.query and primary.query.subjects else after

    def _offered(self, reading: Reading, take: Take, takes: Sequence[Take]) -> Reading:
        """What the project is in other plans, to go on with."""
        found = [other for other in self._others(take, takes) if standing(other.answered()) == 0]
        if not found:
            return reading
        absent = reading.answer.reason == "no_year"
        offers = [Choice(o.label, o.question, o.query) for other in found[:1] for o in options_of(other)]
        kept = reading.answer.choices[: OFFERED - len(offers)]
        answer = reading.answer._replace(choices=(*kept, *offers))
        return _with_notes(reading._replace(answer=answer), take, [(one, one.answered()) for one in found if absent])

    def _others(self, take: Take, takes: Sequence[Take]) -> list[Take]:
        """The same question of what the one project is in the other plans."""
        if not take.project or take.operator != "cells":
            return []
        absent = isinstance(take.outcome, Absence)
        found = []
        for other in takes:
            linked = self._chains.of(take.project) if not absent else self._chains.within(take.project, other.plan)
            references = [reference for reference in linked if reference.partition("/")[0] == other.plan]
            if other is not take and references:
                found.append((references[0], translated(take, other, references[0])))
        return [other for reference, other in found if other.project == reference]

    def _elsewhere_named(self, take: Take, surer: Take, context: Context) -> Reply:
        """A plan is named, and a project of another one: what it goes on as, or that it isn't there."""
        linked = [ref for ref in self._chains.of(surer.project) if ref.partition("/")[0] == take.plan]
        if surer.project and linked:
            found = translated(surer, take, linked[0])
            if isinstance(found.outcome, Planned) and found.project == linked[0]:
                notes = (Note("continued", reference=linked[0]), *found.outcome.notes)
                found = found._replace(outcome=found.outcome._replace(notes=notes))
            reading = found.answered()
            return reading, remembered(reading, context, take.plan)
        near = options_of(surer)[:OFFERED]
        absence = Absence("no_project", "no_project", echo=surer.names[0].text, near=near)
        reading = take._replace(outcome=absence).answered()
        return reading, remembered(reading, context, take.plan)._replace(plan="")

    def _unknown_there(self, take: Take, context: Context) -> Reply:
        """第二次計画では？ of a project that the named plan doesn't have."""
        before = context.slots.subjects[0]
        clerk = self._clerks.get(context.plan)
        names = [clerk.catalog.names[reference] for reference in before.references if clerk] or [before.text]
        reading = take._replace(outcome=Absence("no_project", "no_project", echo=names[0])).answered()
        return reading, context


# Private functions


def _asks_itself(take: Take) -> bool:
    own = take.parse.own
    return bool(own.subjects or own.conditions or own.keywords or own.tables or own.letters or own.figures)


def _heads(answer: Answer, options: Sequence[Option]) -> tuple[Project, ...]:
    offered = {project_of(reference) for option in options for reference in option.references}
    return tuple(project for project in answer.projects if project.reference in offered)


def _with_notes(reading: Reading, take: Take, others: Sequence[tuple[Take, Reading]]) -> Reading:
    """An answer that says what the plans have which did not answer."""
    lines: list[Line] = []
    for other, theirs in others:
        blank = theirs.answer.reason in ("blank", "dash")
        if other.project:
            note = Note("elsewhere_blank" if blank else "elsewhere", reference=other.project)
            lines.append(other.clerk.composer.note(note))
        elif theirs.answer.reason == "empty":
            lines.append(other.clerk.composer.note(Note("nowhere_else")))
    if not lines:
        return reading
    answer = reading.answer._replace(lines=(*reading.answer.lines, *lines))
    return reading._replace(answer=take.clerk.proven(answer))

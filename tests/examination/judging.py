"""Marks replies: as expected, short of it, or wrong.

Wrong is the harmful kind: another project's, activity's or year's figure where one was asked, a false computed value,
an answer where it had to ask back or to say that there is none, or to say that there is none where there is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.examination.expectation import Expect, Question
from tests.examination.gold import era_to_western
from tests.examination.matching import first_at, found, lead_of

__all__ = ["Reply", "Verdict", "judge", "summary"]

Reply = Mapping[str, Any]

NOTHING = ("empty", "blank", "dash")
"""Reasons of a reply that says that the table has nothing there."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one question went."""

    question: Question
    """What was asked."""
    reply: Reply | None
    """What came back last."""
    passed: bool
    """As expected."""
    wrong: bool
    """Harmful."""
    why: tuple[str, ...]
    """What was missing or false, against the main expectation."""


def judge(question: Question, replies: Reply | Sequence[Reply] | None) -> Verdict:
    """Judges the last reply; the earlier ones matter only to 「2番目」."""
    turns: list[Reply] = [] if replies is None else [replies] if isinstance(replies, Mapping) else list(replies)
    if not turns or not isinstance(turns[-1].get("status"), str):
        return Verdict(question, None, False, False, ("no reply",))
    reply = turns[-1]
    held = [e for e in question.expects if _was_chosen(e, question, turns)] or list(question.expects)
    faults = [_faults(expect, reply) for expect in held]
    if any(not fault for fault in faults):
        return Verdict(question, reply, True, False, ())
    harm = _harm(held, reply)
    best = next((f for e, f in zip(held, faults, strict=True) if reply["status"] in e.statuses), faults[0])
    return Verdict(question, reply, False, bool(harm), tuple(dict.fromkeys((*harm, *best))))


def summary(verdicts: Sequence[Verdict], show: int = 15) -> str:
    """A table by kind and by noise, then the worst failures."""
    lines = _table("kind", [(v, (v.question.kind,)) for v in verdicts])
    lines += ["", *_table("noise", [(v, v.question.noises or ("(none)",)) for v in verdicts])]
    failures = sorted((v for v in verdicts if not v.passed), key=lambda v: not v.wrong)
    lines += [line for verdict in failures[:show] for line in _shown(verdict)]
    return "\n".join(lines)


# Private functions: what a reply must hold


def _was_chosen(expect: Expect, question: Question, turns: Sequence[Reply]) -> bool:
    """「2番目」 means whatever the previous reply put there."""
    if not expect.chosen or not question.ordinal or len(turns) < 2:
        return True
    before = turns[-2]
    labels = [str(choice.get("label", "")) for choice in before.get("choices") or []]
    if len(labels) < 2:
        labels = list(dict.fromkeys(str(item.get("name", "")) for item in before.get("results") or []))
    return len(labels) >= question.ordinal and found(labels[question.ordinal - 1], (expect.chosen,))


def _faults(expect: Expect, reply: Reply) -> list[str]:
    text = str(reply.get("text") or "")
    status = reply["status"]
    faults = [] if status in expect.statuses else [f"status {status}, expected {'/'.join(expect.statuses)}"]
    faults += [f"not in the first three lines: {'|'.join(n)}" for n in expect.lead if not found(lead_of(text), n)]
    faults += [f"missing {'|'.join(n)}" for n in expect.must if not found(text, n)]
    faults += [f"must not say {needle}" for needle in expect.must_not if found(text, (needle,))]
    faults += _project_faults(expect, reply) + _cell_faults(expect, reply) + _grade_faults(expect, reply)
    if status == "no_data" and expect.reasons and reply.get("reason") not in expect.reasons:
        faults.append(f"reason {reply.get('reason')}, expected {'/'.join(sorted(expect.reasons))}")
    if status == "answer" and expect.computed and not reply.get("computed"):
        faults.append("nothing computed")
    if status == "answer" and _false_value(expect, reply):
        faults.append(f"computed {[c.get('value') for c in reply['computed']]}, expected one of {list(expect.values)}")
    if _late(expect, text):
        faults.append("another year's figure stands before the one that was asked")
    return faults


def _project_faults(expect: Expect, reply: Reply) -> list[str]:
    if not expect.projects or reply["status"] not in ("answer", "no_data"):
        return []
    given = _projects(reply)
    if expect.projects <= given <= expect.projects | expect.optional:
        return []
    return [f"projects {sorted(given)}, expected {sorted(expect.projects)}"]


def _cell_faults(expect: Expect, reply: Reply) -> list[str]:
    if not expect.cells or reply["status"] != "answer":
        return []
    wanted = {(c.project, _squeezed(c.activity), era_to_western(c.year), _squeezed(c.text)) for c in expect.cells}
    given = [_key(item) for item in reply.get("results") or []]
    faults = [f"results lack {key}" for key in sorted(wanted - set(given))]
    if not faults and given and given[0] not in wanted and given[0][3] not in ("", "-"):
        faults.append(f"results begin with {given[0]}")
    return faults


def _grade_faults(expect: Expect, reply: Reply) -> list[str]:
    if reply["status"] != "answer":
        return []
    wanted: dict[str, set[str]] = {}
    for project, grade in expect.grades:
        wanted.setdefault(project, set()).add(grade)
    given = [(str(f.get("project")), f.get("value")) for f in reply.get("facts") or [] if f.get("attribute") == "grade"]
    return [f"grade {g} for {p}" for p, g in given if p in wanted and g and g not in wanted[p]]


def _false_value(expect: Expect, reply: Reply) -> bool:
    values = [float(item["value"]) for item in reply.get("computed") or [] if item.get("value") is not None]
    if not expect.values or not values:
        return False
    return not any(abs(abs(v) - abs(w)) <= max(0.06, abs(w) * 1e-9) for v in values for w in expect.values)


def _late(expect: Expect, text: str) -> bool:
    asked = first_at(text, expect.lead[0]) if expect.lead else None
    stale = first_at(text, expect.stale) if expect.stale else None
    return asked is not None and stale is not None and stale < asked


# Private functions: what a reply must never do


def _harm(expects: Sequence[Expect], reply: Reply) -> list[str]:
    status, text = reply["status"], str(reply.get("text") or "")
    harm = [f"says {needle}" for needle in expects[0].must_not if found(text, (needle,))]
    answering = [e for e in expects if "answer" in e.statuses]
    if status == "no_data" and reply.get("reason") in NOTHING and not any("no_data" in e.statuses for e in expects):
        return [*harm, "says that there is none, where there is"]
    if status != "answer":
        return harm + (["a figure in a reply that says there is none"] if _tells_a_figure(expects, reply) else [])
    if not answering:
        return [*harm, "answered, where it had to ask back or say that there is none"]
    allowed = {no for e in answering for no in e.projects | e.optional}
    strangers = _projects(reply) - allowed
    if strangers and all(e.projects for e in answering) and (len(allowed) < 4 or _mostly(strangers, reply)):
        harm.append(f"another project {sorted(strangers)}")
    if _another_cell(answering, reply):
        harm.append("another activity's or year's figure, and not the one that was asked")
    if all(e.values for e in answering) and all(_false_value(e, reply) for e in answering):
        harm.append("a false computed value")
    if all(e.grades for e in answering) and all(_grade_faults(e, reply) for e in answering):
        harm.append("another grade")
    return harm


def _mostly(strangers: set[str], reply: Reply) -> bool:
    """Whether a list holds more that don't belong there than that do."""
    return 2 * len(strangers) > len(_projects(reply))


def _another_cell(expects: Sequence[Expect], reply: Reply) -> bool:
    given = {key for item in reply.get("results") or [] if (key := _key(item))[3] not in ("", "-")}
    if not given or not all(e.cells for e in expects):
        return False
    wanted = {(c.project, _squeezed(c.activity), era_to_western(c.year)) for e in expects for c in e.cells}
    return not {key[:3] for key in given} & wanted


def _tells_a_figure(expects: Sequence[Expect], reply: Reply) -> bool:
    """A not_found reply that shows results pretends to know."""
    if "not_found" not in expects[0].statuses or reply["status"] not in ("not_found", "no_data"):
        return False
    return any(item.get("figures") for item in reply.get("results") or [])


# Private functions: shapes


def _projects(reply: Reply) -> set[str]:
    return {str(no) for no in reply.get("projects") or []}


def _squeezed(text: object) -> str:
    return "".join(unicodedata.normalize("NFKC", str(text or "")).split())


def _key(item: Mapping[str, Any]) -> tuple[str, str, int, str]:
    year = int(item.get("fiscal_year") or 0)
    return (str(item.get("project")), _squeezed(item.get("activity")), year, _squeezed(item.get("cell")))


def _table(title: str, rows: Sequence[tuple[Verdict, Sequence[str]]]) -> list[str]:
    counts: dict[str, list[int]] = {}
    for verdict, keys in rows:
        for key in (*keys, "ALL"):
            count = counts.setdefault(key, [0, 0, 0])
            for place, hit in enumerate((True, verdict.passed, verdict.wrong)):
                count[place] += hit
    order = sorted(counts, key=lambda key: (key == "ALL", key))
    lines = [f"{title:24}{'n':>7}{'as expected':>13}{'wrong':>7}"]
    return lines + [f"{k:24}{counts[k][0]:>7}{counts[k][1] / counts[k][0]:>13.2%}{counts[k][2]:>7}" for k in order]


def _shown(verdict: Verdict) -> list[str]:
    question, reply = verdict.question, verdict.reply
    asked = " ⇒ ".join(turn[:160] for turn in question.turns)
    noises = f" ({'+'.join(question.noises)})" if question.noises else ""
    lines = ["", f"{'WRONG' if verdict.wrong else 'fails'} {question.id} [{question.kind}{noises}] {asked}"]
    lines += [f"   - {why}" for why in verdict.why]
    if reply:
        text = str(reply.get("text") or "").replace("\n", " / ")[:240]
        lines.append(f"   {reply['status']} {reply.get('reason') or ''} {list(_projects(reply))[:8]} {text}")
    return lines

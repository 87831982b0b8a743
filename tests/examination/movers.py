"""Kinds of question about which projects moved: rose, fell, kept rising, stayed, and which of them moved the most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from tests.examination.arithmetic import amount_needles
from tests.examination.courses import Course, Moved, Values, courses, moved, repeating
from tests.examination.crossing import EMPTY
from tests.examination.drafts import Draft, Kind, Sheet
from tests.examination.expectation import AnyOf, Expect
from tests.examination.lists import listed
from tests.examination.pieces import Message, Piece, fill, year_piece

__all__ = ["MOVERS", "WHAT", "signed_needles"]

WHAT = {"円": "金額", "件": "件数", "人": "人数"}
BACKWARDS = ("減", "減少", "の減", "減り", "減って")
ONWARDS = ("増", "増加", "の増", "増え", "増えて")
LEAST = 3
"""Years that a figure needs before anybody says of it that it kept moving."""


def against_the_year_before(*, up: bool, templates: Sequence[str]) -> Kind:
    """25年度に件数が増えた事業は？"""

    def draft(sheet: Sheet) -> Draft:
        unit, year = _unit(sheet), sheet.random.choice((24, 25))

        def test(values: Values) -> bool | None:
            if year not in values or year - 1 not in values:
                return None
            return values[year] > values[year - 1] if up else values[year] < values[year - 1]

        return _listing(_message(sheet, templates, unit, year), moved(sheet.table, unit, test))

    return draft


def all_along(*, holds: Callable[[int, int], bool], templates: Sequence[str]) -> Kind:
    """件数が増え続けている事業は？"""

    def test(least: int) -> Callable[[Values], bool | None]:
        def told(values: Values) -> bool | None:
            pairs = list(pairwise(values.values()))
            if not all(holds(*pair) for pair in pairs):
                return False
            return True if len(values) >= least else None

        return told

    def draft(sheet: Sheet) -> Draft:
        unit = _unit(sheet)
        # Two years alone may be called a course or not.
        found = Moved(moved(sheet.table, unit, test(LEAST)).sure, moved(sheet.table, unit, test(2)).open)
        return _listing(_message(sheet, templates, unit), found)

    return draft


def varied(sheet: Sheet) -> Draft:
    """件数が年度によって違う事業は？, over all the years or from one to the next."""
    unit, year = _unit(sheet), sheet.random.choice((24, 25))
    found = courses(sheet.table, unit)
    if sheet.random.random() < 0.4:
        changed = {course.project for course in found if _step(course, year)}
        return _listing(_message(sheet, VARIED_IN, unit, year), Moved(changed - repeating(sheet.table, unit), changed))
    changed = {course.project for course in found if len(set(course.values.values())) > 1}
    return _listing(_message(sheet, VARIED, unit), Moved(changed - repeating(sheet.table, unit), changed))


def farthest(*, up: bool, templates: Sequence[str]) -> Kind:
    """25年度に金額がいちばん増えた事業は？"""

    def draft(sheet: Sheet) -> Draft:
        unit, year = _unit(sheet), sheet.random.choice((24, 25))
        steps = [(course, _step(course, year)) for course in courses(sheet.table, unit)]
        gaps = [(course, gap) for course, gap in steps if gap is not None and (gap > 0) == up and gap]
        most = max(gap if up else -gap for _, gap in gaps)
        best = {course.project for course, gap in gaps if abs(gap) == most}
        value = most if up else -most
        lead = (signed_needles(value, unit),)
        expect = Expect(
            ("answer",),
            frozenset(best - repeating(sheet.table, unit)),
            frozenset(best),
            lead=lead,
            computed=True,
            values=(value,),
        )
        return Draft((_message(sheet, templates, unit, year),), expect)

    return draft


def signed_needles(value: int, unit: str) -> AnyOf:
    """A difference as it may be said: 66件減, -66件, 66件の減少."""
    if value == 0:
        return ("増減なし", "変わら", "変化なし", "変化は", "同じ", "横ばい", f"±0{unit}")
    forms = amount_needles(abs(value), unit)
    sign, words = ("+", ONWARDS) if value > 0 else ("-", BACKWARDS)
    return (*(form + word for form in forms for word in words), *(sign + form for form in forms))


# Private functions


def _unit(sheet: Sheet) -> str:
    return sheet.random.choice(sorted(WHAT))


def _step(course: Course, year: int) -> int | None:
    if year not in course.values or year - 1 not in course.values:
        return None
    return course.values[year] - course.values[year - 1]


def _message(sheet: Sheet, templates: Sequence[str], unit: str, year: int = 0) -> Message:
    slots = {"what": Piece("words", WHAT[unit])}
    if year:
        slots |= {"year": year_piece(year), "before": year_piece(year - 1)}
    return fill(sheet.random.choice(templates), slots)


def _listing(message: Message, found: Moved) -> Draft:
    """Those that surely did; nothing may be said to have done so where none did."""
    if not found.open:
        return Draft((message,), EMPTY)
    if not found.sure:
        return Draft((message,), EMPTY, tuple(listed({no}, found.open) for no in sorted(found.open)))
    return Draft((message,), listed(found.sure, found.open))


RISEN = (
    "{year}|で|{what}|が|増加している事業|を|教えてください", "{year}|に|{what}|が|伸びた事業|は|どれ？",
    "前の年より{what}が増えたのはどの事業ですか、|{year}|で", "{before}|より|{year}|の|{what}|が|増えている事業|は？",
)  # fmt: skip
FALLEN = (
    "{year}|で|{what}|が|減少している事業|を|教えてください", "{year}|に|{what}|が|落ちた事業|は|どれ？",
    "前の年より{what}が減ったのはどの事業ですか、|{year}|で", "{before}|より|{year}|の|{what}|が|減っている事業|は？",
)  # fmt: skip
GROWING = (
    "{what}|が|年々増えている事業|は？", "{what}|が|ずっと伸びている事業|を|教えて",
    "毎年{what}が増加している事業|は|どれですか",
)  # fmt: skip
SHRINKING = (
    "{what}|が|年々減っている事業|は？", "{what}|が|ずっと減少している事業|を|教えて",
    "毎年{what}が減ってきている事業|は|どれですか",
)  # fmt: skip
STEADY = (
    "{what}|が|ずっと同じ事業|は？", "どの年度も{what}が変わっていない事業|を|教えてください",
    "{what}|に|変化がない事業|は|ありますか",
)  # fmt: skip
VARIED = (
    "年度によって{what}が違う事業|は？",
    "{what}|が|変わっている事業|を|教えてください",
    "{what}|に|変化があった事業|は|どれ",
)
VARIED_IN = ("{before}|と|{year}|で|{what}|が|変わった事業|は？", "{year}|に|{what}|が|変わった事業|を|教えて")
GAINED = (
    "{year}|に|{what}|が|最も伸びた事業|は|どれですか", "{before}|から|{year}|に|かけて一番{what}が増えた事業|は？",
    "{what}|の|増加が一番大きかった事業|を|教えて、|{year}|で", "{year}|で|前の年から一番{what}が増えたのはどの事業？",
)  # fmt: skip
LOST = (
    "{year}|に|{what}|が|最も落ち込んだ事業|は|どれですか", "{before}|から|{year}|に|かけて一番{what}が減った事業|は？",
    "{what}|の|減少が一番大きかった事業|を|教えて、|{year}|で", "{year}|で|前の年から一番{what}が減ったのはどの事業？",
)  # fmt: skip

MOVERS: dict[str, Kind] = {
    "move.risen": against_the_year_before(up=True, templates=RISEN),
    "move.fallen": against_the_year_before(up=False, templates=FALLEN),
    "move.growing": all_along(holds=lambda one, next_: next_ > one, templates=GROWING),
    "move.shrinking": all_along(holds=lambda one, next_: next_ < one, templates=SHRINKING),
    "move.steady": all_along(holds=lambda one, next_: next_ == one, templates=STEADY),
    "move.varied": varied, "move.gained": farthest(up=True, templates=GAINED),
    "move.lost": farthest(up=False, templates=LOST),
}  # fmt: skip

"""Two invented plans with rows for members only: 1,000 words that stand nowhere else, in everything that a row can hold."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kb.compiling import building
from kb.compiling.building import Compiled, Words
from kb.compiling.callings import callings
from kb.compiling.language import compile_language
from kb.compiling.lexicon import compile_lexicon
from kb.source.aliases import Alias
from kb.source.plan_sections import Access, Continuation, Marking
from kb.source.plans import Plan
from kb.source.projects import Cell, Correction, Detail, Mark, Project, Row
from nlp.writing.tokens import Tokenizer
from tests.invented import YEARS, plan

__all__ = [
    "CANARIES",
    "EARLIER",
    "LATER",
    "SECRET",
    "Town",
    "closed",
    "compiled",
    "names",
    "put",
    "town",
    "words",
    "without",
]

EARLIER, LATER, SECRET = "sakura", "momiji", "himitsu"
"""An earlier plan, the one that goes on from it, and one that is internal as a whole."""
KANJI = "霧峰渚楓鷺鴎椿翠凪琥珀瑠璃菫蕗薊鶉雫簪燕鵺"
KANA = "ヌロヒメモヨワヲヱヰゾビベポギグゲゼボパ"
LATEST = (2024, 2025, 2026)


def _canaries() -> tuple[str, ...]:
    draw = random.Random(1123)
    made = ("".join((*draw.sample(KANJI, 2), *draw.choices(KANA, k=3))) for _ in range(2000))
    return tuple(dict.fromkeys(made))[:1000]


CANARIES = _canaries()
"""Two rare characters and three kana each."""


@dataclass(frozen=True, slots=True)
class Town:
    """Plans with their projects."""

    plans: tuple[Plan, ...]
    projects: tuple[Project, ...]

    @property
    def internal(self) -> frozenset[str]:
        """The projects that are for members only, by plan and number."""
        access = {plan.id: plan.access for plan in self.plans}
        return frozenset(
            f"{project.plan}/{project.no}"
            for project in self.projects
            if access[project.plan].internal or project.no in access[project.plan].projects
        )


OPEN = (
    ("商店街にぎわい補助金", "商店街の催しに補助する。", "8件", "商工観光課", "A"),
    ("農産物直売所支援", "直売所の開設を支援する。", "3か所", "農政課", "B"),
    ("観光案内所運営", "駅前で観光案内を行う。", "9,800人", "商工観光課", "A"),
    ("創業相談窓口", "創業の相談に応じる。", "1,234千円(12件)", "産業経済課", "B"),
    ("空き家活用バンク", "空き家を登録して貸し手と借り手をつなぐ。", "2件", "都市整備課", "A"),
    ("中小企業融資あっせん", "融資をあっせんする。", "28件", "産業経済課", "-"),
)


def town(folder: Path, count: int = 50) -> Town:
    """Open projects with `count` internal ones between them, numbered on; all that the internal ones say is canaries."""
    canaries = iter(CANARIES * (1 + count * 20 // len(CANARIES)))
    earlier = [_open(EARLIER, str(2 * at + 1), *told) for at, told in enumerate(OPEN)]
    later = [_open(LATER, str(2 * at + 1), *told, years=LATEST) for at, told in enumerate(OPEN[:4])]
    own = count // 2
    earlier += [_internal(EARLIER, str(2 * at + 2), canaries) for at in range(own)]
    later += [_internal(LATER, str(2 * at + 2), canaries, LATEST) for at in range(count - own - count // 10)]
    secret = [_internal(SECRET, str(at + 1), canaries) for at in range(count // 10)]
    projects = (*_in_order(earlier), *_in_order(later), *secret)
    hidden = [tuple(p.no for p in projects if p.plan == id_ and int(p.no) % 2 == 0) for id_ in (EARLIER, LATER)]
    plans = (
        _told(plan(folder / EARLIER, EARLIER, "さくら市産業振興計画", "AB"), projects, canaries, Access(projects=hidden[0])),
        _told(
            replace(plan(folder / LATER, LATER, "さくら市第二次産業計画", "AB"), years=LATEST, keys=("6", "7", "8")),
            projects, canaries, Access(projects=hidden[1]),
        ),
        _told(plan(folder / SECRET, SECRET, next(canaries), "AB"), projects, canaries, Access(internal=True)),
    )  # fmt: skip
    links = (Continuation("1", f"{EARLIER}/1"), *(Continuation(no, f"{EARLIER}/{no}") for no in ("2", "3", "4")))
    crossed = (Continuation("5", f"{EARLIER}/2"), Continuation("6", f"{EARLIER}/5"))
    return Town((plans[0], replace(plans[1], continues=(*links, *crossed)), plans[2]), projects)


def without(whole: Town, hidden: frozenset[str]) -> Town:
    """The same town as if nobody had ever written these projects, nor graded with what only they print."""
    left = tuple(project for project in whole.projects if f"{project.plan}/{project.no}" not in hidden)
    known = {f"{project.plan}/{project.no}" for project in left}
    plans = []
    for one in whole.plans:
        own = [project for project in left if project.plan == one.id]
        gone = [project for project in whole.projects if project.plan == one.id and project not in own]
        called = {project.no for project in own} | {row.activity for project in own for row in project.rows}
        only_gone = _printed(gone) - _printed(own)
        if own:
            plans.append(
                replace(
                    one,
                    access=Access(),
                    aliases=tuple(a for a in one.aliases if a.reference in called),
                    continues=tuple(c for c in one.continues if {f"{one.id}/{c.project}", c.before} <= known),
                    layout=replace(one.layout, grades=tuple(g for g in one.layout.grades if g not in only_gone)),
                )
            )
    return Town(tuple(plans), left)


def closed(whole: Town, numbers: Mapping[str, Sequence[str]]) -> Town:
    """The town with other projects internal."""
    plans = (replace(one, access=Access(projects=tuple(numbers.get(one.id, ())))) for one in whole.plans)
    return Town(tuple(plans), whole.projects)


def words() -> Words:
    """The real words, compiled for whatever is shown."""
    tokenizer = Tokenizer()
    return lambda plans, projects: compile_language(Path("data/language"), plans, projects, tokenizer)


def names() -> Words:
    """The names of the plans alone, for many towns in a short time."""
    tokenizer = Tokenizer()

    def compiled_names(plans: Sequence[Plan], projects: Sequence[Project]) -> dict[str, str]:
        own = {one.id: [project for project in projects if project.plan == one.id] for one in plans}
        return {one.id: compile_lexicon([one], own[one.id], (), tokenizer, callings(plans)) for one in plans}

    return compiled_names


def compiled(of: Town, using: Words) -> Compiled:
    """What the builder makes of a town whose tables were made by hand."""
    with pytest.MonkeyPatch.context() as patch:
        told = {one.id: tuple(p for p in of.projects if p.plan == one.id) for one in of.plans}
        patch.setattr(building, "_audited", lambda one: told[one.id])
        return building.compile_plans(of.plans, using)


def put(of: Town, using: Words, home: Path) -> None:
    """A town's knowledge base, in force."""
    made = compiled(of, using)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "compile_plans", lambda plans, words: made)
        building.build(of.plans, using, home)


# Private functions


def _printed(projects: Sequence[Project]) -> set[str]:
    return {row.grade for project in projects for row in project.rows}


def _in_order(projects: Sequence[Project]) -> list[Project]:
    return sorted(projects, key=lambda project: int(project.no))


def _open(
    plan_: str, no: str, name: str, told: str, cell: str, office: str, grade: str, years: Sequence[int] = YEARS
) -> Project:
    cells = tuple(Cell(year, cell) for year in years)
    row = Row(None, "R3～R5", cells, grade.strip("-"))
    return Project(
        plan_, no, name, "A", "元気なまち", "商いを支える", "", told, (row,), (), (), (Detail("担当課", office),)
    )


def _internal(plan_: str, no: str, canaries: Iterator[str], years: Sequence[int] = YEARS) -> Project:
    """Twenty canaries, in every text that a project has."""
    own = [next(canaries) for _ in range(20)]
    cells = tuple(Cell(year, f"{own[at]}{no}{at}7件") for at, year in enumerate(years))
    other = tuple(Cell(year, "", (f"5件({own[3]})", f"6件({own[4]})")) for year in years)
    rows = (Row(None, own[5], cells, own[6]), Row(own[7], own[8], other, "A", "result", own[9]))
    correction = Correction(no, None, "name", own[10], own[11], own[12])
    details = (Detail(own[13], own[14]), Detail("担当課", own[15]))
    return Project(
        plan_, no, f"{own[16]}事業", "C", own[17], own[18], own[13], own[19], rows,
        (correction,), (Mark("grade", "inferred", own[12]),), details,
    )  # fmt: skip


def _told(one: Plan, projects: Sequence[Project], canaries: Iterator[str], access: Access) -> Plan:
    """A plan with other names of open and internal projects and lines, and grades that only internal ones have."""
    own = [project for project in projects if project.plan == one.id]
    hidden = [project for project in own if access.internal or project.no in access.projects]
    aliases = [Alias("project", project.no, next(canaries)) for project in hidden]
    aliases += [Alias("activity", row.activity, next(canaries)) for p in hidden for row in p.rows if row.activity]
    aliases += [Alias("project", "1", "にぎわい")] if not access.internal else []
    marking = Marking(tuple(project.no for project in own), Mark("grade", "inferred", "推定"))
    return replace(one, aliases=tuple(aliases), access=access, markings=(marking,), layout=replace(
        one.layout, grades=(*one.layout.grades, *(project.rows[0].grade for project in hidden))
    ))  # fmt: skip

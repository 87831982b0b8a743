"""What a door is given is what would be built if the rest had never been written."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.compiling.building import Words
from kb.compiling.editions import shown_at
from kb.doors import DOORS, Door
from kb.source.plan_sections import Access
from kb.source.plans import load_plan
from kb.source.reading import read_projects
from nlp.writing.text import to_key
from tests.helpers import PLAN, copied_plan
from tests.kb.tables.tables import imported, workbook
from tests.restricted import CANARIES, EARLIER, LATER, SECRET, Town, closed, compiled, names, town, without, words

PUBLIC = Door("web", member=False)
NAMES = names()
HIDING = [door.name for door in DOORS if door != Door("web", member=True)]


@pytest.fixture(scope="module")
def spoken() -> Words:
    """The words of data/language."""
    return words()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """A town with 50 internal projects among its open ones."""
    return town(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """One with 20 rows of canaries, of which none is internal yet."""
    return town(tmp_path_factory.mktemp("small"), 20)


def said(contents: Mapping[str, Any]) -> dict[str, Any]:
    """A content without the hashes of sources, which a part of a plan doesn't have."""
    plans = [{**plan, "document": {**json.loads(plan["document"]), "sha256": ""}} for plan in contents["plan"]]
    return {**contents, "plan": plans}


def held(contents: object) -> list[str]:
    """The canaries that stand in something, as written or folded."""
    text = json.dumps(contents, ensure_ascii=False)
    return [word for word in CANARIES if word in text or to_key(word) in text]


@pytest.mark.parametrize(
    ("access", "given_to"),
    [
        (Access(), {"web/public", "web/member", "telegram/public", "telegram/member", "line/public", "line/member"}),
        (Access(internal=True), {"web/member"}),
        (Access(projects=("7",)), {"web/member"}),
        (Access(projects=("8",)), {"web/public", "web/member", "telegram/public", "telegram/member", "line/public", "line/member"}),
        (Access(platforms=("telegram",)), {"telegram/public", "telegram/member"}),
        (Access(internal=True, platforms=("web", "line")), {"web/member", "line/member"}),
        (Access(projects=("7",), platforms=("line",)), {"line/member"}),
        (Access(platforms=()), set()),
    ],
)  # fmt: skip
def test_who_is_given_project_7(access: Access, given_to: set[str]) -> None:
    """What is public to everybody on the platforms, what is internal to members on them; unsaid: all, and the web."""
    assert {door.name for door in DOORS if access.admits(door, "7")} == given_to


def test_an_edition_is_what_would_be_built_without_the_internal_rows(whole: Town, spoken: Words) -> None:
    """Every record of every table, words and kinds of columns too; only the hash of the source isn't there."""
    made = compiled(whole, spoken)
    never = compiled(without(whole, whole.internal), spoken)
    (edition,) = made.editions.values()
    assert said(edition) == said(never.contents)
    assert [plan["id"] for plan in edition["plan"]] == [EARLIER, LATER]
    assert [json.loads(plan["document"])["sha256"] for plan in edition["plan"]] == ["", ""]
    assert never.doors == {}
    assert {door for door, revision in made.doors.items() if revision in made.editions} == {*HIDING}
    assert made.doors["web/member"] == made.revision


def test_no_canary_stands_in_an_edition(whole: Town, spoken: Words) -> None:
    """None of 1,000; all of them stand in what holds everything."""
    made = compiled(whole, spoken)
    (edition,) = made.editions.values()
    assert held(edition) == []
    assert len(held(made.contents)) == len(CANARIES) == 1000


@pytest.mark.parametrize(
    "careless",
    [
        lambda shown, plans, projects: shown._replace(plans=(plans[0], plans[1])),
        lambda shown, plans, projects: shown._replace(projects=(*shown.projects, projects[1])),
        lambda shown, plans, projects: shown._replace(plans=(*shown.plans, replace(plans[2], partial=True))),
    ],
    ids=["plan", "project", "title"],
)
def test_a_filter_that_forgets_something_is_noticed(
    whole: Town, monkeypatch: pytest.MonkeyPatch, careless: Any
) -> None:
    """Negative control: what a plan says of hidden projects, one hidden project, the title of a hidden plan."""
    monkeypatch.setattr(
        "kb.compiling.building.shown_at",
        lambda door, plans, projects: (
            careless(shown_at(door, plans, projects), plans, projects)
            if door.name in HIDING
            else shown_at(door, plans, projects)
        ),
    )
    made = compiled(whole, NAMES)
    assert {word for edition in made.editions.values() for word in held(edition)} != set()


def test_without_access_there_is_one_content(whole: Town) -> None:
    """And it says nothing of doors."""
    made = compiled(closed(whole, {}), NAMES)
    assert (made.editions, made.doors) == ({}, {})
    assert "doors" not in {record["name"] for record in made.contents["artifact"]}


def test_what_is_withheld_counts_into_the_revision(whole: Town) -> None:
    """Though every row stays: a project made internal is another revision, and so is one that is given back."""
    revisions = [compiled(closed(whole, {EARLIER: numbers}), NAMES).revision for numbers in ((), ("1",), ("3",))]
    assert len({*revisions}) == 3


def test_each_set_of_doors_is_compiled_once(whole: Town) -> None:
    """Three platforms with rules of their own: three editions, one of them empty."""
    plans = (
        replace(whole.plans[0], access=Access(platforms=("web", "telegram"))),
        replace(whole.plans[1], access=Access(platforms=("web",))),
        replace(whole.plans[2], access=Access(internal=True)),
    )
    made = compiled(Town(plans, whole.projects), NAMES)
    plans_at = {
        door: [plan["id"] for plan in made.editions.get(revision, made.contents)["plan"]]
        for door, revision in made.doors.items()
    }
    assert plans_at == {
        "web/public": [EARLIER, LATER],
        "web/member": [EARLIER, LATER, SECRET],
        "telegram/public": [EARLIER],
        "telegram/member": [EARLIER],
        "line/public": [],
        "line/member": [],
    }
    assert len(made.editions) == 3


@settings(max_examples=60)
@given(data=st.data())
def test_any_rows_may_be_internal(small: Town, data: st.DataObject) -> None:
    """Whichever projects are internal, a public door gets what would be built without them."""
    hidden = data.draw(st.sets(st.sampled_from([f"{p.plan}/{p.no}" for p in small.projects]), min_size=1))
    numbers = {one.id: [ref.partition("/")[2] for ref in hidden if ref.startswith(f"{one.id}/")] for one in small.plans}
    made = compiled(closed(small, numbers), NAMES)
    edition = made.editions[made.doors[PUBLIC.name]]
    assert said(edition) == said(compiled(without(small, frozenset(hidden)), NAMES).contents)


# Tables as they are read


def test_an_imported_table_is_given_as_if_the_rows_had_not_been_in_the_file(tmp_path: Path) -> None:
    """A goal, an office and a grade that only these rows print are gone with them."""
    head = ["番号", "基本目標", "事業名", "担当課", "R4実績", "R5実績", "評価"]
    rows = [["1", "元気", "健診", "保健課", "10件", "12件", "A"], ["2", "秘密", "渉外", "内密課", "55件", "66件", "C"],
            ["3", "元気", "相談", "福祉課", "5件", "6件", "B"], ["4", "秘密", "折衝", "内密課", "77件", "88件", "C"]]  # fmt: skip
    made = imported(workbook(tmp_path / "all.xlsx", {"一覧": [head, *rows]}), plan="town")
    never = imported(workbook(tmp_path / "open.xlsx", {"一覧": [head, rows[0], rows[2]]}), plan="never")
    hidden = replace(made.plan, title="町", access=Access(projects=("2", "4")))
    edition = at_a_public_door(Town((hidden,), made.projects))
    own = replace(never.plan, id="town", title="町")
    assert said(edition) == said(
        compiled(Town((own,), tuple(replace(project, plan="town") for project in never.projects)), NAMES).contents
    )
    assert json.loads(edition["plan"][0]["document"])["grades"] == ["A", "B"]
    assert re.findall("秘密|内密課", json.dumps(edition, ensure_ascii=False)) == []


def test_the_first_table_is_given_as_if_the_lines_had_not_been_in_it(tmp_path: Path) -> None:
    """Its text without the lines of two projects, read again: the same records."""
    folder = copied_plan(tmp_path / "without")
    text = (folder / "source.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines(keepends=True) if not re.search(r"^\t*(?:34|38)\t", line)]
    (folder / "source.txt").write_text("".join(lines), encoding="utf-8")
    whole, plan = (replace(load_plan(place), aliases=()) for place in (PLAN, folder))
    assert len(text.splitlines()) - len(lines) == 2
    hidden = replace(whole, access=Access(projects=("34", "38")))
    edition = at_a_public_door(Town((hidden,), read_projects(whole)))
    assert said(edition) == said(compiled(Town((plan,), read_projects(plan)), NAMES).contents)


def at_a_public_door(of: Town) -> Mapping[str, Any]:
    """What is given there of a town."""
    made = compiled(of, NAMES)
    return made.editions[made.doors[PUBLIC.name]]

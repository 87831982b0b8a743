"""Drafts: what of them goes into data/, under which names, and what stays there."""

import tomllib
from pathlib import Path

import pytest

from kb.errors import PlanError
from kb.publishing.drafts import clear, drafts, lay_over, settle
from kb.source.plans import load_plan
from kb.source.reading import read_projects
from tests.drafting import CHANGED, DATA, OTHER, PLAN, desk, draft


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, Path]:
    """The plans of a copy of data/, and its home."""
    data, home = desk(tmp_path)
    return data / "plans", home


def test_files_get_names_with_their_digests(place: tuple[Path, Path]) -> None:
    """None takes the place of one that the old plan.toml names, and plan.toml names the new ones."""
    plans, home = place
    folder = settle(draft(home, CHANGED), plans)
    source = tomllib.loads((folder / "plan.toml").read_text(encoding="utf-8"))["source"]
    assert source["file"].startswith("source-")
    assert source["inventory"].startswith("inventory-")
    assert (folder / "source.txt").read_bytes() == (DATA / "plans" / PLAN / "source.txt").read_bytes()
    assert OTHER in load_plan(folder).source


def test_a_digest_that_is_not_the_contents_is_renewed(place: tuple[Path, Path]) -> None:
    """A draft made of a published plan carries its names; other contents never go under them."""
    plans, home = place
    first = settle(draft(home, CHANGED), plans)
    names = {path.name for path in first.iterdir()}
    again = drafts(home)[0]
    for path in first.iterdir():
        (again / path.name).write_bytes(path.read_bytes())
    plan = load_plan(again)
    (again / plan.file).write_text(plan.source.replace(OTHER, "10,300千円(19事業)"), encoding="utf-8")
    from kb.source.stocktaking import take_stock

    (again / plan.inventory).write_text(take_stock(again), encoding="utf-8")
    before = {name: (first / name).read_bytes() for name in names if name != "plan.toml"}
    settle(again, plans)
    assert {name: (first / name).read_bytes() for name in before} == before
    assert "10,300千円(19事業)" in load_plan(first).source


def test_only_what_the_plan_names_goes_along(place: tuple[Path, Path]) -> None:
    """Not a report, not a half-written file; other names only where there are none yet."""
    plans, home = place
    folder = draft(home, CHANGED)
    for name in ("report.csv", ".source.txt.new"):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "aliases.toml").write_text('[projects]\n"42" = ["まちの灯り"]\n', encoding="utf-8")
    target = settle(folder, plans)
    assert not {"report.csv", ".source.txt.new"} & {path.name for path in target.iterdir()}
    assert "まちの灯り" not in (target / "aliases.toml").read_text(encoding="utf-8")


def test_a_new_plan_brings_its_own_names(place: tuple[Path, Path]) -> None:
    """There is nothing that they could replace."""
    plans, home = place
    folder = draft(home, {}, name="second")
    text = (folder / "plan.toml").read_text(encoding="utf-8").replace(f'id = "{PLAN}"', 'id = "second"')
    (folder / "plan.toml").write_text(text, encoding="utf-8")
    (folder / "aliases.toml").write_text('[projects]\n"42" = ["まちの灯り"]\n', encoding="utf-8")
    assert [alias.text for alias in load_plan(settle(folder, plans)).aliases] == ["まちの灯り"]


def test_a_draft_takes_the_place_of_its_plan(place: tuple[Path, Path]) -> None:
    """With the other names of data/; the plans beside it stay."""
    plans, home = place
    draft(home, CHANGED)
    (plan,) = lay_over(plans, home)
    assert read_projects(plan)[plan_index(plan)].rows[0].cells[2].text == OTHER
    assert len(plan.aliases) == 4


def plan_index(plan: object) -> int:
    """Where the changed project stands."""
    return next(at for at, project in enumerate(read_projects(plan)) if project.no == "42")  # type: ignore[arg-type]


def test_two_drafts_of_one_plan_are_named(place: tuple[Path, Path]) -> None:
    """Neither is taken silently."""
    plans, home = place
    draft(home, CHANGED)
    draft(home, {}, name="other")
    with pytest.raises(PlanError, match=r"^同じ id「nerima-shokogyo」の計画が2つあります$"):
        lay_over(plans, home)


def test_the_first_plan_may_come_as_a_draft(tmp_path: Path) -> None:
    """data/ holds none yet; without a draft that is said."""
    with pytest.raises(PlanError, match="計画がありません"):
        lay_over(tmp_path / "plans", tmp_path / "home")
    draft(tmp_path / "home", {})
    assert [plan.id for plan in lay_over(tmp_path / "plans", tmp_path / "home")] == [PLAN]


def test_a_cleared_draft_is_gone(place: tuple[Path, Path]) -> None:
    """Whatever lies in its folder; half cleared it is none any more."""
    _, home = place
    folder = draft(home, CHANGED)
    (folder / "notes").mkdir()
    clear(folder)
    assert (drafts(home), folder.exists()) == ((), False)

"""Killed at any write, fsync, rename or removal, every command that writes leaves the old or the new whole, and goes on."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.answering import Kotae
from bot.publishing.aliases import add_alias, remove_alias
from bot.publishing.building import build_all
from bot.publishing.publishing import publish
from kb.doors import DOORS
from kb.errors import DataError
from kb.pointer import read_pointer, write_whole
from kb.publishing.drafts import drafts
from kb.publishing.folders import write_plan
from kb.publishing.rollback import roll_back
from kb.source.plans import load_plan, load_plans
from kb.source.reading import read_projects
from kb.storing import KnowledgeBase
from tests.crashing import killed_at, steps_of
from tests.drafting import CHANGED, DATA, FIGURE, OTHER, PLAN, QUESTION, desk, draft

NOW = "2026-11-22T10:00:00+09:00"
NAME = "まちの灯り"


class Stage(NamedTuple):
    """A copy of data/ and its home, and how to set them back to what they were."""

    data: Path
    home: Path
    again: Callable[[], None]


def stage(folder: Path) -> Stage:
    """What stands in a folder now, to be set up again as often as somebody dies."""
    kept = folder / "kept"
    for name in ("data", "home"):
        shutil.copytree(folder / name, kept / name)

    def again() -> None:
        for name in ("data", "home"):
            shutil.rmtree(folder / name)
            shutil.copytree(kept / name, folder / name)

    return Stage(folder / "data", folder / "home", again)


@pytest.fixture
def drafted(tmp_path: Path) -> Stage:
    """A draft with one other figure waits."""
    _, home = desk(tmp_path)
    draft(home, CHANGED)
    return stage(tmp_path)


@pytest.fixture
def published(tmp_path: Path) -> Stage:
    """It was published; the revision before it is kept."""
    data, home = desk(tmp_path)
    draft(home, CHANGED)
    publish(data, home, NOW, lambda _: True)
    return stage(tmp_path)


@pytest.fixture
def restricted(tmp_path: Path) -> Stage:
    """Project 43 is for members only, in force and in the draft that waits."""
    data, home = desk(tmp_path)
    restrict(data / "plans" / PLAN)
    build_all(data, home)
    restrict(draft(home, CHANGED))
    return stage(tmp_path)


def restrict(folder: Path) -> None:
    """Make project 43 of a plan internal."""
    with (folder / "plan.toml").open("a", encoding="utf-8") as file:
        file.write('\n[access]\nprojects = ["43"]\n')


def at_doors(home: Path) -> tuple[str, list[str]]:
    """The figure that every door answers, and the doors that are given project 43."""
    pointer, found, given = read_pointer(home), set(), []
    for door in DOORS:
        knowledge = KnowledgeBase.open(home, pointer, door)
        cell = "SELECT c.text FROM cell c JOIN row r ON r.id = c.row JOIN project p ON p.id = r.project WHERE p.no = ?"
        found.add(knowledge.connection.execute(f"{cell} AND c.year = 2013", ("42",)).fetchone()[0])
        given += [door.name] if knowledge.connection.execute(cell, ("43",)).fetchone() else []
        knowledge.close()
    assert len(found) == 1
    return found.pop(), given


def figure(home: Path, question: str = QUESTION) -> str:
    """What is answered now, from a knowledge base that opens whole."""
    knowledge = KnowledgeBase.open(home)
    answer, _ = Kotae(knowledge).answer(question)
    knowledge.close()
    return answer.quotes[0].text if answer.quotes else answer.status


def table(data: Path) -> str:
    """The figure in data/, from plans that load whole."""
    project = next(p for p in read_projects(load_plans(data / "plans")[0]) if p.no == "42")
    return project.rows[0].cells[2].text


def survived(scene: Stage, action: Callable[[], object], steps: list[int], look: Callable[[], object]) -> list[object]:
    """What is found after a death at each of some steps."""
    found = []
    for step in steps:
        scene.again()
        assert killed_at(step, action)
        found.append(look())
    return found


def some(count: int, every: bool) -> list[int]:
    """All steps, or the first, one in the middle and the last."""
    return list(range(1, count + 1)) if every else [1, count // 2, count]


EVERY = [pytest.param(False, id="some steps"), pytest.param(True, id="every step", marks=pytest.mark.slow)]


@pytest.mark.parametrize("every", EVERY)
def test_a_publication_that_is_killed(drafted: Stage, every: bool) -> None:
    """Answers the old figure or the new one, data/ holds the old plan or the new one, and publishing again goes on."""
    data, home, _ = drafted

    def action() -> None:
        publish(data, home, NOW, lambda _: True)

    def look() -> tuple[str, str]:
        seen = figure(home), table(data)
        action()
        assert (figure(home), table(data), drafts(home)) == (OTHER, OTHER, ())
        return seen

    count = steps_of(action)
    seen = survived(drafted, action, some(count, every), look)
    assert count > 40
    assert {seen[0], seen[-1]} == {(FIGURE, FIGURE), (OTHER, OTHER)}
    assert set(seen) <= {(FIGURE, FIGURE), (FIGURE, OTHER), (OTHER, OTHER)}


@pytest.mark.parametrize("every", EVERY)
def test_a_publication_with_internal_rows_that_is_killed(restricted: Stage, every: bool) -> None:
    """Every door answers the same figure, the old or the new, and what is internal is given where it is given, at every step."""
    data, home, _ = restricted

    def action() -> None:
        publish(data, home, NOW, lambda _: True)

    def look() -> str:
        seen, given = at_doors(home)
        action()
        assert (at_doors(home), given, drafts(home)) == ((OTHER, ["web/member"]), ["web/member"], ())
        return seen

    count = steps_of(action)
    seen = survived(restricted, action, some(count, every), look)
    assert count > 60
    assert (seen[0], seen[-1], set(seen)) == (FIGURE, OTHER, {FIGURE, OTHER})


@pytest.mark.parametrize("every", EVERY)
def test_a_rollback_with_internal_rows_that_is_killed(restricted: Stage, every: bool) -> None:
    """The same of taking it back."""
    data, home, again = restricted
    before = KnowledgeBase.open(home).revision

    def published() -> None:
        again()
        publish(data, home, NOW, lambda _: True)

    def action() -> None:
        roll_back(home, before, NOW)

    def look() -> str:
        seen, given = at_doors(home)
        if seen == OTHER:
            action()
        assert (at_doors(home), given) == ((FIGURE, ["web/member"]), ["web/member"])
        return seen

    scene = restricted._replace(again=published)
    published()
    count = steps_of(action)
    seen = survived(scene, action, some(count, every), look)
    assert count > 10
    assert (seen[0], seen[-1], set(seen)) == (OTHER, FIGURE, {OTHER, FIGURE})


@pytest.mark.parametrize("every", EVERY)
def test_a_rollback_that_is_killed(published: Stage, every: bool) -> None:
    """The revision that was in force or the one before it answers, and rolling back to it goes on."""
    _, home, _ = published
    before = next(
        path.stem[3:] for path in home.glob("kb-*.db") if path.stem[3:] != KnowledgeBase.open(home).revision[:12]
    )

    def action() -> None:
        roll_back(home, before, NOW)

    def look() -> str:
        seen = figure(home)
        if seen == OTHER:
            action()
        assert figure(home) == FIGURE
        return seen

    count = steps_of(action)
    seen = survived(published, action, some(count, every), look)
    assert count > 10
    assert (seen[0], seen[-1], set(seen)) == (OTHER, FIGURE, {OTHER, FIGURE})


@pytest.mark.parametrize("every", EVERY)
def test_another_name_that_is_killed(published: Stage, every: bool) -> None:
    """The name is known or not, its file is the old one or the new one, and adding it again goes on."""
    data, home, _ = published
    question = f"{NAME}の25年度の実績は？"

    def action() -> None:
        add_alias(data, home, NAME, "42", "", NOW, lambda _: True)

    def look() -> tuple[str, bool]:
        seen = figure(home, question), any(alias.text == NAME for alias in load_plans(data / "plans")[0].aliases)
        if seen[0] != OTHER:
            action()
        else:
            with pytest.raises(DataError, match="もう"):
                action()
        assert figure(home, question) == OTHER
        remove_alias(data, home, NAME, "", NOW)
        assert figure(home, question) == "not_found"
        return seen

    count = steps_of(action)
    seen = survived(published, action, some(count, every), look)
    assert count > 30
    assert set(seen) <= {("not_found", False), ("not_found", True), (OTHER, True)}
    assert (seen[0], seen[-1]) == (("not_found", False), (OTHER, True))


def test_a_plan_that_is_written_and_killed(drafted: Stage) -> None:
    """At every step of writing a plan's folder it is the old plan or the new one; writing again goes on."""
    folder = drafted.data / "plans" / PLAN
    text, files = new_plan(drafted)

    def action() -> None:
        write_plan(folder, text, files)

    def look() -> str:
        seen = table(drafted.data)
        action()
        assert table(drafted.data) == OTHER
        return seen

    count = steps_of(action)
    seen = survived(drafted, action, some(count, True), look)
    assert (count > 10, seen[0], seen[-1]) == (True, FIGURE, OTHER)
    assert set(seen) == {FIGURE, OTHER}


def test_plan_toml_written_first_is_noticed(drafted: Stage) -> None:
    """Negative control: where plan.toml is written before the files that it names, some death leaves no plan at all."""
    folder = drafted.data / "plans" / PLAN
    text, files = new_plan(drafted)

    def careless() -> None:
        for name, content in {"plan.toml": text.encode(), **files}.items():
            write_whole(folder / name, content)

    def look() -> str:
        try:
            return table(drafted.data)
        except DataError:
            return "broken"

    assert "broken" in survived(drafted, careless, some(steps_of(careless), True), look)


def test_a_pointer_written_in_place_is_noticed(published: Stage) -> None:
    """Negative control: a pointer that is not swapped by a rename is half written at some death."""
    home = published.home
    whole = (home / "current").read_bytes()

    def careless() -> None:
        (home / "current").write_bytes(whole)

    def look() -> bool:
        try:
            return figure(home) == OTHER
        except Exception:  # noqa: BLE001
            return False

    assert False in survived(published, careless, some(steps_of(careless), True), look)


def new_plan(scene: Stage) -> tuple[str, dict[str, bytes]]:
    """The draft's plan with its files under other names than those of data/."""
    folder = drafts(scene.home)[0]
    files = {f"new-{name}": (folder / name).read_bytes() for name in ("source.txt", "inventory.toml")}
    text = (folder / "plan.toml").read_text(encoding="utf-8")
    named = 'file = "new-source.txt"\ninventory = "new-inventory.toml"'
    assert load_plan(DATA / "plans" / PLAN).file == "source.txt"
    return text.replace('file = "source.txt"', named), files

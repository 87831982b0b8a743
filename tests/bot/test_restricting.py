"""The commands over plans with internal projects: what is built, shown at a door, and not given away by a slip."""

import json
from pathlib import Path

import pytest

from kb.pointer import read_pointer
from tests.bot.conftest import Run
from tests.drafting import CHANGED, FIGURE, PLAN, QUESTION, draft

CLOSED = "この窓口でお答えできる資料はありません。\n"
OTHER_QUESTION = "空き店舗活用事業の25年度実績は？"


def restrict(place: tuple[Path, Path], section: str) -> None:
    """Write [access] into the plan of data/."""
    path = place[0] / "plans" / PLAN / "plan.toml"
    text = path.read_text(encoding="utf-8").partition("\n[access]\n")[0]
    path.write_text(f"{text}\n[access]\n{section}\n" if section else text, encoding="utf-8")


@pytest.fixture
def restricted(place: tuple[Path, Path], run: Run) -> tuple[Path, Path]:
    """Project 42 is for members only, and in force so; before that it was given to everybody."""
    restrict(place, 'projects = ["42"]')
    assert "51事業 59行 見える範囲2通り 版" in run("build").stdout
    return place


@pytest.fixture
def _unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples, which cost seconds, are not asked."""
    monkeypatch.setattr("bot.publishing.reviewing.questions", lambda *_: ())


@pytest.mark.usefixtures("restricted")
def test_ask_at_a_door(run: Run) -> None:
    """Members on the web and the command line get the figure; at any other door there is no such project."""
    for arguments in ((), ("--door", "web/member")):
        assert run("ask", *arguments, QUESTION).stdout.startswith(FIGURE)
    for door in ("web/public", "telegram/public", "telegram/member", "line/public", "line/member"):
        reply = json.loads(run("ask", "--json", "--door", door, QUESTION).stdout)
        assert (reply["results"], "42" in reply["projects"]) == ([], False)
        assert "空き店舗入居促進事業(No.42)" not in json.dumps(reply, ensure_ascii=False)
        assert run("ask", "--door", door, OTHER_QUESTION).stdout.startswith("2事業 2,743千円")
    assert run("ask", "--door", "fax/public", QUESTION).exit_code == 2


def test_a_plan_that_is_given_nowhere_but_inside(place: tuple[Path, Path], run: Run) -> None:
    """The door says that there is nothing, and a program gets a reply of the contract."""
    restrict(place, "internal = true")
    run("build")
    assert run("ask", "--door", "line/member", QUESTION).stdout == CLOSED
    reply = json.loads(run("ask", "--json", "--door", "web/public", QUESTION).stdout)
    assert (reply["status"], reply["projects"], reply["plan"]) == ("not_found", [], None)
    assert run("ask", "--door", "web/member", QUESTION).stdout.startswith(FIGURE)


@pytest.mark.usefixtures("_unasked")
def test_diff_names_the_doors(restricted: tuple[Path, Path], run: Run) -> None:
    """Of each project that would be given where it isn't, or the other way round."""
    restrict(restricted, 'projects = ["43"]\nplatforms = ["web", "line"]')
    lines = run("diff").stdout.splitlines()
    at = lines.index("見える窓口: 51件(はじめの20件)")
    assert lines[at + 1] == "  No.1 すべて → web/public・web/member・line/public・line/member"
    restrict(restricted, 'projects = ["43"]')
    lines = run("diff").stdout.splitlines()
    at = lines.index("見える窓口: 2件")
    assert lines[at + 1 : at + 3] == ["  No.42 web/member → すべて", "  No.43 すべて → web/member"]


def test_a_draft_without_access_is_not_published_by_a_slip(restricted: tuple[Path, Path], run: Run) -> None:
    """A draft from before the project was made internal: refused in one line, and done with --yes only."""
    home = restricted[1]
    draft(home, CHANGED)
    before = read_pointer(home)
    refused = run("publish")
    assert refused.exit_code == 1
    assert refused.stderr == (
        "限定されている1事業が、限定でなくなるか、なくなります。 179個の数字のうち1個(0%)が変わるか、なくなります。"
        " 公表しませんでした(何が変わるかは kotae diff で見られます)。 それでもよければ --yes をつけてください。\n"
    )
    assert read_pointer(home) == before
    assert run("publish", "--yes").exit_code == 0
    assert read_pointer(home).doors == {}


def test_a_rollback_gives_nothing_away_by_a_slip(restricted: tuple[Path, Path], run: Run) -> None:
    """The revision before gave the project to everybody: refused in one line, and done with --yes only."""
    home = restricted[1]
    before = read_pointer(home)
    refused = run("rollback")
    assert refused.exit_code == 1
    assert refused.stderr == (
        f"版 {_first(home)} に戻すと、限定されている1事業が限定でなくなるか、なくなります。"
        "それでもよければ --yes をつけてください。\n"
    )
    assert read_pointer(home) == before
    assert run("rollback", "--yes").exit_code == 0
    assert read_pointer(home).doors == {}
    assert run("ask", "--door", "web/public", QUESTION).stdout.startswith(FIGURE)


def test_a_rollback_that_withholds_more_goes(restricted: tuple[Path, Path], run: Run) -> None:
    """Negative control: to the revision that withheld it nobody has to be asked."""
    home = restricted[1]
    wanted = read_pointer(home)
    assert run("rollback", "--yes").exit_code == 0
    assert run("rollback", wanted.revision[:12]).exit_code == 0
    assert read_pointer(home).doors == wanted.doors


@pytest.mark.usefixtures("restricted")
def test_an_unreadable_revision_is_no_reason_to_give_anything_away(place: tuple[Path, Path], run: Run) -> None:
    """Where nobody can tell what is withheld, the revision before it is put into force with --yes only."""
    home = place[1]
    (home / read_pointer(home).file).write_bytes(b"damaged")
    assert "限定されている事業が限定でなくなるか" in run("rollback").stderr
    assert run("rollback", "--yes").exit_code == 0


def _first(home: Path) -> str:
    """The revision that was in force first."""
    return next(path.stem[3:] for path in home.glob("kb-*.json") if path.stem[3:] != read_pointer(home).revision[:12])

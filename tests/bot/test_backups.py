"""kotae backup and kotae restore: one line each, and one for every mistake."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.journal import alone

Run = Callable[..., Result]


@pytest.fixture
def run(state: Path) -> Run:
    """The command over it; nobody sits at the terminal."""

    def invoked(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments, env={"KOTAE_STATE": str(state)})

    return invoked


def test_a_backup_and_back(run: Run, state: Path, tmp_path: Path) -> None:
    """It says where it is and what it holds."""
    file = str(tmp_path / "copy.db")
    assert run("backup", file).output == f"記録の控えをとり、読めることを確かめました: {file}(質問1件 登録0人)\n"
    assert run("restore", "--yes", file).output == (
        f"記録を {file} に戻しました(質問1件 登録0人)。 前の記録は {state}.1 にあります。\n"
    )


def test_without_a_name_it_lies_beside_the_journal(run: Run, state: Path) -> None:
    """By its time."""
    result = run("backup")
    (file,) = (state.parent / "backups").iterdir()
    assert re.fullmatch(r"journal-\d{8}-\d{6}\.db", file.name)
    assert str(file) in result.output


def test_where_nobody_can_be_asked_nothing_is_restored(run: Run, tmp_path: Path) -> None:
    """Unless they said so."""
    run("backup", str(tmp_path / "copy.db"))
    result = run("restore", str(tmp_path / "copy.db"))
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "--yes" in result.stderr


def test_every_mistake_is_one_line(run: Run, state: Path, tmp_path: Path) -> None:
    """A name that is taken, a file that is missing, a server that runs, no journal."""
    file = str(tmp_path / "copy.db")
    run("backup", file)
    assert run("backup", file).stderr == f"{file} はもうあります。別の名前を指定してください。\n"
    assert run("restore", "--yes", "nowhere").stderr == "控えがありません(nowhere)。\n"
    with alone(state):
        assert (
            run("restore", "--yes", file).stderr
            == f"kotae serve がもう動いています({state})。先にそれを止めてください。\n"
        )
    state.unlink()
    assert run("backup", f"{file}2").stderr == f"記録がありません({state})。\n"


def test_a_copy_is_looked_into_before_anybody_is_asked(run: Run, state: Path, tmp_path: Path) -> None:
    """What is no copy, and a server that runs, is said without --yes, too."""
    file, other = tmp_path / "copy.db", tmp_path / "other.db"
    run("backup", str(file))
    other.write_text("no copy", encoding="utf-8")
    assert run("restore", str(other)).stderr.startswith("記録の控えとして読めません")
    assert run("restore", "nowhere").stderr == "控えがありません(nowhere)。\n"
    with alone(state):
        assert run("restore", str(file)).stderr.startswith("kotae serve がもう動いています")


def test_a_folder_that_is_missing_is_not_made(run: Run, tmp_path: Path) -> None:
    """A mistyped place, or a disk that isn't there: the copy would lie where nobody looks for it."""
    folder = tmp_path / "nowhere"
    assert run("backup", str(folder / "copy.db")).stderr == (
        f"フォルダーがありません({folder})。名前を確かめるか、つくってから行ってください。\n"
    )
    assert not folder.exists()

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main


def chart(home: Path, *arguments: str) -> Result:
    """kotae chart over the knowledge base of data/."""
    return CliRunner().invoke(main, ["chart", *arguments], env={"KOTAE_HOME": str(home)})


@pytest.mark.parametrize(("name", "kind"), [("x.png", "PNG"), ("x.SVG", "svg")])
def test_a_picture_is_written_and_its_caption_said(name: str, kind: str, home: Path, tmp_path: Path) -> None:
    """The file's name says which kind of picture it is."""
    run = chart(home, "商工相談の推移は？", "-o", str(tmp_path / name))
    assert (run.exit_code, run.stdout.splitlines()[:2]) == (0, ["商工相談(No.17)", "平成23年度: 1,058件"])
    assert (tmp_path / name).read_bytes()[1:4].decode() == kind


def test_where_nothing_can_be_drawn_one_line_says_so(home: Path, tmp_path: Path) -> None:
    """No file is written, and the status is 1."""
    run = chart(home, "商工相談の25年度は？", "-o", str(tmp_path / "x.png"))
    assert (run.exit_code, run.stderr) == (
        1,
        "図にできる答えではありません(同じ単位の数字が二つ以上あるときに図になります)。\n",
    )
    assert list(tmp_path.iterdir()) == []


def test_another_kind_of_file_is_refused(home: Path, tmp_path: Path) -> None:
    """Before anything is opened."""
    run = chart(home, "商工相談の推移は？", "-o", str(tmp_path / "x.jpg"))
    assert (run.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert "図のファイルは .png か .svg にしてください" in run.stderr

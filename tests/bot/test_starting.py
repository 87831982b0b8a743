"""A question on the command line waits for nothing that it doesn't need."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from bot.cli import COMMANDS, main

OTHERS = {f"bot.commands.{module}" for module in COMMANDS.values()} - {"bot.commands.questions"}
SLOW = OTHERS | {
    "asyncio",
    "matplotlib",
    "openpyxl",
    "secrets",
    "sqlalchemy",
    "sqlite_utils",
    "ssl",
    "subprocess",
}


def loaded(home: Path, before: str = "") -> set[str]:
    """The slow modules that are there once kotae ask has answered."""
    code = (
        f"import sys; {before}\nfrom bot.cli import main\n"
        "try: main(['ask', '商工相談の推移は？'])\n"
        f"except SystemExit: print(*({SLOW} & sys.modules.keys()))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2], env={"KOTAE_HOME": str(home)},
    )  # fmt: skip
    return set(run.stdout.splitlines()[-1].split())


def test_a_question_loads_nothing_slow(home: Path) -> None:
    """Each of them takes as long as a tenth of an answer, or more; so do all other commands together."""
    assert loaded(home) == set()


def test_what_is_loaded_is_noticed(home: Path) -> None:
    """Negative control: one that is there before is named."""
    assert loaded(home, "import ssl") == {"ssl"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_found_where_it_is_said_to_be(name: str) -> None:
    """Each name of the table leads to the command that is called so."""
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name

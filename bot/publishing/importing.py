"""Importing: the command's way to the build side, and what it says of a draft."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kb.tables.drafting import Draft, draft
from nlp.years.fiscal import era_year

__all__ = ["SHOWN", "import_table", "summary"]

SHOWN = 20
"""So many cells are named on the terminal; report.csv names all."""


def import_table(
    file: Path, data: Path, home: Path, plan: str, era: str, told: Callable[[int], None], year: str = ""
) -> Draft:
    """Read a file into a draft below `home`; data/ and what is in force stay as they are."""
    return draft(file, data, home, plan, era, told, year)


def summary(draft: Draft) -> Iterator[str]:
    """What was read, what wasn't, and what comes next."""
    plan = draft.plan
    rows = sum(len(project.rows) for project in draft.projects)
    years = f"{era_year(plan.years[0], plan.era)}～{era_year(plan.years[-1], plan.era)}"
    yield f"{plan.title}{f'({plan.publisher})' if plan.publisher else ''} 計画の id: {plan.id}"
    yield f"{len(draft.projects)}事業 {rows}行 {years} セル{draft.cells}個"
    if draft.kept:
        yield "前の plan.toml に書かれた読み方で読みました"
    yield from _listed("推定したこと", draft.assumed)
    yield from _listed("確かめるセル", draft.remarks)
    yield from _listed("読めなかったセル", draft.unread)
    if draft.problems:
        yield from _listed("このままでは公表できない所", draft.problems)
    yield f"下書き: {plan.folder / 'plan.toml'}(読み方を直せます。直したらもう一度 kotae import)"
    if draft.problems:
        yield "公表する前に、plan.toml の列の役割(role)を直すか、プログラムの開発者に知らせてください"
    else:
        yield "確かめる: kotae diff ／ 出す: kotae publish"


# Private functions


def _listed(title: str, things: Sequence[object]) -> Iterator[str]:
    yield f"{title} {len(things)}件"
    for thing in things[:SHOWN]:
        yield f"  {thing}"
    if len(things) > SHOWN:
        yield f"  ほか{len(things) - SHOWN}件(下書きの report.csv にすべてあります)"

"""Building: the commands' way to the build side: read, check, compile, publish, export."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.compiling.building import Compiled, Published, Words, build, compile_plans
from kb.compiling.continuing import broken_continuations
from kb.compiling.exporting import to_csv, to_json, to_xlsx
from kb.compiling.language import compile_language
from kb.errors import DataError
from kb.source.auditing import check
from kb.source.plans import Plan, load_plans
from kb.source.projects import Project
from kb.source.reading import read_projects
from kb.tables.auditing import account
from nlp.writing.tokens import Tokenizer

__all__ = ["Report", "build_all", "check_all", "compile_all", "export_all"]


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of all plans found."""

    findings: tuple[str, ...]
    """One line each, with row and cell."""
    projects: int
    """Projects that were read."""
    rows: int
    """Rows that were read."""
    corrections: int
    """Corrections that were applied."""
    left: tuple[str, ...]
    """Cells of tables that are in no project, each with its reason."""


def build_all(data: Path, home: Path, since: str = "") -> Published:
    """Build the knowledge base of everything below data/ and put it into force."""
    plans = load_plans(data / "plans")
    return build(plans, _words(data), home, since)


def compile_all(data: Path, plans: Sequence[Plan]) -> Compiled:
    """What a knowledge base of some plans and the words of data/ would hold."""
    return compile_plans(plans, _words(data))


def check_all(data: Path) -> Report:
    """Walk every source apart from the reader."""
    findings: list[str] = []
    projects: list[Project] = []
    left: list[str] = []
    plans = load_plans(data / "plans")
    for plan in plans:
        try:
            read = read_projects(plan)
        except DataError as error:
            findings += [*str(error).splitlines(), *map(str, check(plan, None))]
            continue
        projects += read
        findings += map(str, check(plan, read))
        left += [f"{plan.id} {place}: {reason}" for place, reason in account(plan, read).left]
    findings += broken_continuations(plans, projects) if not findings else ()
    return Report(
        tuple(findings),
        len(projects),
        sum(len(project.rows) for project in projects),
        sum(len(project.corrections) for project in projects),
        tuple(left),
    )


def export_all(data: Path, form: str, output: Path | None) -> str | None:
    """The whole table in one form: as text, or into `output`."""
    plans = load_plans(data / "plans")
    projects = _read(plans)
    if form == "xlsx" and output:
        to_xlsx(plans, projects, output)
        return None
    text = to_json(plans, projects) if form == "json" else to_csv(plans, projects)
    if output is None:
        return text if text.endswith("\n") else text + "\n"
    output.write_text(text, encoding="utf-8")
    return None


# Private functions


def _words(data: Path) -> Words:
    tokenizer = Tokenizer()
    return lambda plans, projects: compile_language(data / "language", plans, projects, tokenizer)


def _read(plans: Sequence[Plan]) -> list[Project]:
    return [project for plan in plans for project in read_projects(plan)]

"""Building: from plans and words to a new knowledge base file, verified, checksummed and put into force by a rename."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from kb.compiling.contents import Contents, Record, tabulate
from kb.compiling.continuing import broken_continuations
from kb.compiling.revision import revision_of
from kb.errors import BUILD, DataError, KnowledgeBaseError
from kb.pointer import Pointer, checksum, read_pointer, sync
from kb.publishing.shelf import keep_in_force, last_pointer, read_shelf, writing
from kb.schema import INDEXES, TABLES, VERSION
from kb.source.auditing import check
from kb.source.plans import Plan
from kb.source.projects import Project
from kb.source.reading import read_projects

__all__ = [
    "Compiled", "Published", "build", "compile_plans", "discard", "is_in_force", "make", "published", "put_into_force",
]  # fmt: skip

_SHOWN = 10
_NEW = ".building.db"


@dataclass(frozen=True, slots=True)
class Published:
    """What was built, and is in force now unless it was taken back before."""

    revision: str
    """Hash of the content."""
    path: Path
    """The file."""
    projects: int
    """How many projects it holds."""
    rows: int
    """How many rows."""
    withheld: str = ""
    """The revision that stayed in force, because this one was taken back; "" where this one is in force."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """Everything that a knowledge base will hold."""

    contents: Contents
    """Records by table."""
    revision: str
    """Its hash."""


def compile_plans(plans: Sequence[Plan], artifacts: Mapping[str, str]) -> Compiled:
    """Everything that a knowledge base of some plans will hold; raises DataError where a source doesn't add up."""
    projects = [project for plan in plans for project in _audited(plan)]
    if broken := broken_continuations(plans, projects):
        raise DataError("\n".join(broken))
    contents = tabulate(plans, projects, artifacts)
    return Compiled(contents, revision_of(contents))


def build(plans: Sequence[Plan], artifacts: Mapping[str, str], home: Path, since: str = "") -> Published:
    """Build everything anew and put it into force; until the last step the old one stays.

    A revision that was taken back is left where it is. Raises DataError where a source doesn't add up,
    KnowledgeBaseError where the file can't be written or verified.
    """
    compiled = compile_plans(plans, artifacts)
    with writing(home, patient=True):
        last = last_pointer(home)
        if last and compiled.revision in last.withdrawn:
            if not is_in_force(home, last.revision):
                keep_in_force(home, last)
            return published(compiled, home / last.file, withheld=last.revision)
        if is_in_force(home, compiled.revision):
            return published(compiled, home / _file_of(compiled.revision))
        path = make(home, compiled)
        put_into_force(home, path, compiled.revision, since)
    return published(compiled, home / _file_of(compiled.revision))


def published(compiled: Compiled, path: Path, withheld: str = "") -> Published:
    """What is told of a build."""
    tables = compiled.contents
    return Published(compiled.revision, path, len(tables["project"]), len(tables["row"]), withheld)


def is_in_force(home: Path, revision: str) -> bool:
    """Whether a content is in force and its file whole: replacing it could only disturb its readers."""
    try:
        pointer = read_pointer(home)
        same = (pointer.revision, pointer.schema) == (revision, VERSION)
        return same and checksum(home / pointer.file) == pointer.sha256
    except (KnowledgeBaseError, OSError):
        return False


def make(folder: Path, compiled: Compiled) -> Path:
    """A file with a content, verified and on the disk, under a name that nothing points to."""
    new = folder / _NEW
    discard(folder)
    _write(new, compiled.contents, compiled.revision)
    _verify(new, compiled.contents)
    sync(new)
    return new


def discard(folder: Path) -> None:
    """Clear away a file that was made and not put into force; its journal would be played into the next one."""
    for left in folder.glob(f"{_NEW}*"):
        left.unlink()


def put_into_force(home: Path, new: Path, revision: str, since: str) -> None:
    """Name a file by its content, and swap the pointer to it."""
    last = last_pointer(home)
    withdrawn = tuple(other for other in (last.withdrawn if last else ()) if other != revision)
    sha256 = checksum(new)
    kept = {kept.pointer.revision: kept.pointer for kept in read_shelf(home)}.get(revision)
    if kept and checksum(home / kept.file) == kept.sha256:
        sha256 = kept.sha256  # the file that is kept stays, whoever reads it
        discard(home)
    else:
        new.replace(home / _file_of(revision))
        sync(home)
    keep_in_force(home, Pointer(_file_of(revision), revision, sha256, VERSION, since=since, withdrawn=withdrawn))


# Private functions


def _file_of(revision: str) -> str:
    """The name of a knowledge base's file."""
    return f"kb-{revision[:12]}.db"


def _audited(plan: Plan) -> tuple[Project, ...]:
    projects = read_projects(plan)
    findings = check(plan, projects)
    if findings:
        more = [f"ほか{len(findings) - _SHOWN}件"] if len(findings) > _SHOWN else []
        advice = f"原文を差しかえたときは、確かめてから控えを作り直してください(python -m kb.source.stocktaking {plan.folder})"
        raise DataError("\n".join([*map(str, findings[:_SHOWN]), *more, advice]))
    return projects


def _write(path: Path, contents: Contents, revision: str) -> None:
    meta: list[Record] = [{"key": "revision", "value": revision}, {"key": "schema", "value": str(VERSION)}]
    database = Database(path, execute_plugins=False)
    try:
        with database.atomic():
            for table in TABLES:
                database.table(table.name).create(
                    dict(table.columns),
                    pk=table.key,
                    foreign_keys=list(table.references),
                    not_null=set(table.columns) - set(table.optional),
                    strict=True,
                )
                database.table(table.name).insert_all(meta if table.name == "meta" else contents[table.name])
            for name, columns, unique in INDEXES:
                database.table(name).create_index(list(columns), unique=unique)
    finally:
        database.close()


def _verify(path: Path, contents: Contents) -> None:
    database = Database(path, execute_plugins=False)
    try:
        problems = [str(row[0]) for row in database.execute("PRAGMA integrity_check") if row[0] != "ok"]
        problems += [f"{row[0]}: foreign key" for row in database.execute("PRAGMA foreign_key_check")]
        for table in TABLES:
            if table.name != "meta" and _records(database, table.name, table.key) != _sorted(contents, table.name):
                problems.append(f"{table.name}: 書いたものと読んだものが違う")
    finally:
        database.close()
    if problems:
        raise KnowledgeBaseError(f"作った知識ベースの検証に失敗しました({problems[0]})。もう一度 {BUILD}")


def _records(database: Database, name: str, key: str | tuple[str, ...]) -> list[Record]:
    order = ", ".join(f'"{column}"' for column in ((key,) if isinstance(key, str) else key))
    return list(database.query(f'SELECT * FROM "{name}" ORDER BY {order}'))


def _sorted(contents: Contents, name: str) -> list[Record]:
    table = next(table for table in TABLES if table.name == name)
    keys = (table.key,) if isinstance(table.key, str) else table.key
    return sorted(contents[name], key=lambda record: tuple(record[key] for key in keys))

"""Building: from plans and words to a new knowledge base file, verified, checksummed and put into force by a rename."""

import fcntl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from kb.auditing import check
from kb.contents import Contents, Record, tabulate
from kb.errors import BUILD, DataError, KnowledgeBaseError
from kb.plans import Plan
from kb.pointer import Pointer, checksum, read_pointer, sync, write_pointer
from kb.projects import Project
from kb.reading import read_projects
from kb.revision import revision_of
from kb.schema import INDEXES, TABLES, VERSION

__all__ = ["KEPT", "Published", "build"]

KEPT = 3
"""Knowledge base files that stay: the one in force and those before it, for readers that still have them open."""

_SHOWN = 10
_NEW = ".building.db"


@dataclass(frozen=True, slots=True)
class Published:
    """What was built and is in force now."""

    revision: str
    """Hash of the content."""
    path: Path
    """The file."""
    projects: int
    """How many projects it holds."""
    rows: int
    """How many rows."""


def build(plans: Sequence[Plan], artifacts: Mapping[str, str], home: Path) -> Published:
    """Build everything anew and put it into force; until the last step the old one stays.

    Raises DataError where a source doesn't add up, KnowledgeBaseError where the file can't be written or verified.
    """
    projects = [project for plan in plans for project in _audited(plan)]
    contents = tabulate(plans, projects, artifacts)
    revision = revision_of(contents)
    try:
        with _alone(home):
            path = _in_force(home, revision) or _publish(home, contents, revision)
    except OSError as error:
        raise KnowledgeBaseError(
            f"知識ベースを書けません({error.strerror}: {home})。空きと権限を確認してください。"
        ) from error
    return Published(revision, path, len(contents["project"]), len(contents["row"]))


# Private functions


def _audited(plan: Plan) -> tuple[Project, ...]:
    projects = read_projects(plan)
    findings = check(plan, projects)
    if findings:
        more = [f"ほか{len(findings) - _SHOWN}件"] if len(findings) > _SHOWN else []
        advice = f"原文を差しかえたときは、確かめてから控えを作り直してください(python -m kb.stocktaking {plan.folder})"
        raise DataError("\n".join([*map(str, findings[:_SHOWN]), *more, advice]))
    return projects


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    home.mkdir(parents=True, exist_ok=True)
    with (home / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two builders at once would share the file that is being built
        yield


def _in_force(home: Path, revision: str) -> Path | None:
    """The file in force if it has this content and is whole: replacing it could only disturb its readers."""
    try:
        pointer = read_pointer(home)
        same = (pointer.revision, pointer.schema) == (revision, VERSION)
        whole = same and checksum(home / pointer.file) == pointer.sha256
    except (KnowledgeBaseError, OSError):
        return None
    return home / pointer.file if whole else None


def _publish(home: Path, contents: Contents, revision: str) -> Path:
    new = home / _NEW
    for left in home.glob(f"{_NEW}*"):
        left.unlink()  # of a build that was broken off; its journal would be played into the new file
    _write(new, contents, revision)
    _verify(new, contents)
    sync(new)
    path = home / f"kb-{revision[:12]}.db"
    pointer = Pointer(path.name, revision, checksum(new), VERSION)
    new.replace(path)
    write_pointer(home, pointer)
    _prune(home, path)
    return path


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


def _prune(home: Path, current: Path) -> None:
    others = [path for path in home.glob("kb-*.db") if path != current]
    others.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in others[KEPT - 1 :]:
        path.unlink()

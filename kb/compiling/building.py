"""Building: from plans and words to new knowledge base files, verified, checksummed and put into force by a rename."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from kb.compiling.contents import Contents, Record, tabulate, to_json
from kb.compiling.continuing import broken_continuations
from kb.compiling.editions import Shown, shown_at
from kb.compiling.revision import revision_of
from kb.doors import DOORS
from kb.errors import BUILD, DataError, KnowledgeBaseError
from kb.pointer import Edition, Pointer, checksum, read_pointer, sync
from kb.publishing.shelf import keep_in_force, last_pointer, read_shelf, writing
from kb.schema import INDEXES, TABLES, VERSION
from kb.source.auditing import check
from kb.source.plans import Plan
from kb.source.projects import Project
from kb.source.reading import read_projects
from kb.storing import WITHHELD

__all__ = [
    "Compiled", "Published", "Words", "build", "compile_plans", "discard", "is_in_force", "make", "published", "put_into_force",
]  # fmt: skip

_SHOWN = 10
_NEW = ".building"

Words = Callable[[Sequence[Plan], Sequence[Project]], Mapping[str, str]]
"""What is compiled of some plans, their projects and the words of data/: artifacts by name."""


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
    editions: int
    """How many different things doors are given."""
    withheld: str = ""
    """The revision that stayed in force, because this one was taken back; "" where this one is in force."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """Everything that a knowledge base will hold."""

    contents: Contents
    """Records by table."""
    revision: str
    """Its hash; where doors aren't given everything, of their editions too."""
    editions: Mapping[str, Contents] = field(default_factory=dict)
    """What doors are given that aren't given everything, by its revision."""
    doors: Mapping[str, str] = field(default_factory=dict)
    """Door → revision of what it is given; empty where every door is given everything."""


def compile_plans(plans: Sequence[Plan], words: Words) -> Compiled:
    """Everything that a knowledge base of some plans will hold; raises DataError where a source doesn't add up."""
    projects = [project for plan in plans for project in _audited(plan)]
    if broken := broken_continuations(plans, projects):
        raise DataError("\n".join(broken))
    whole = Shown(tuple(plans), tuple(projects))
    shown = {door.name: shown_at(door, plans, projects) for door in DOORS}
    less = {one.references: one for one in shown.values() if one.references != whole.references}
    parts = {references: _contents(one, words) for references, one in less.items()}
    if parts:
        return _with_editions(whole, shown, parts, words)
    contents = _contents(whole, words)
    return Compiled(contents, revision_of(contents))


def build(plans: Sequence[Plan], words: Words, home: Path, since: str = "") -> Published:
    """Build everything anew and put it into force; until the last step the old one stays.

    A revision that was taken back is left where it is. Raises DataError where a source doesn't add up,
    KnowledgeBaseError where the file can't be written or verified.
    """
    compiled = compile_plans(plans, words)
    with writing(home, patient=True):
        last = last_pointer(home)
        if last and compiled.revision in last.withdrawn:
            if not is_in_force(home, last.revision):
                keep_in_force(home, last)
            return published(compiled, home / last.file, withheld=last.revision)
        if is_in_force(home, compiled.revision):
            return published(compiled, home / _file_of(compiled.revision))
        make(home, compiled)
        put_into_force(home, compiled, since)
    return published(compiled, home / _file_of(compiled.revision))


def published(compiled: Compiled, path: Path, withheld: str = "") -> Published:
    """What is told of a build."""
    tables = compiled.contents
    editions = len({*compiled.doors.values()}) or 1
    return Published(compiled.revision, path, len(tables["project"]), len(tables["row"]), editions, withheld)


def is_in_force(home: Path, revision: str) -> bool:
    """Whether a content is in force and its files whole: replacing them could only disturb their readers."""
    try:
        pointer = read_pointer(home)
        same = (pointer.revision, pointer.schema) == (revision, VERSION)
        return same and all(checksum(home / edition.file) == edition.sha256 for edition in pointer.editions)
    except (KnowledgeBaseError, OSError):
        return False


def make(folder: Path, compiled: Compiled) -> Path:
    """Files with a content and its editions, verified and on the disk, under names that nothing points to: the whole one."""
    discard(folder)
    whole = _new(folder, compiled.revision)
    for revision, contents in ((compiled.revision, compiled.contents), *compiled.editions.items()):
        new = _new(folder, revision)
        _write(new, contents, revision)
        _verify(new, contents)
        sync(new)
    return whole


def discard(folder: Path) -> None:
    """Clear away files that were made and not put into force; a journal would be played into the next one."""
    for left in folder.glob(f"{_NEW}*"):
        left.unlink()


def put_into_force(home: Path, compiled: Compiled, since: str) -> None:
    """Name the files that were made in a home by their contents, and swap the pointer to them."""
    last, revision = last_pointer(home), compiled.revision
    withdrawn = tuple(other for other in (last.withdrawn if last else ()) if other != revision)
    kept = next((kept.pointer.editions for kept in read_shelf(home) if kept.pointer.revision == revision), ())
    known = {edition.file: edition.sha256 for edition in kept}
    editions = {one: _place(home, one, _file_of(revision, one), known) for one in (revision, *compiled.editions)}
    sync(home)
    discard(home)
    doors = {name: editions[one] for name, one in compiled.doors.items()}
    pointer = Pointer(*editions[revision], VERSION, since=since, withdrawn=withdrawn, doors=doors)
    keep_in_force(home, pointer)


# Private functions


def _file_of(revision: str, edition: str = "") -> str:
    """The name of a knowledge base's file; that of an edition is its own, so that a revision is kept or cleared whole."""
    part = f"-{edition[:12]}" if edition not in ("", revision) else ""
    return f"kb-{revision[:12]}{part}.db"


def _new(folder: Path, revision: str) -> Path:
    """Where a file is made."""
    return folder / f"{_NEW}-{revision[:12]}.db"


def _place(home: Path, revision: str, file: str, known: Mapping[str, str]) -> Edition:
    """Give a file that was made its name; one that is kept stays, whoever reads it."""
    if file not in known or checksum(home / file) != known[file]:
        known = {file: checksum(_new(home, revision))}
        _new(home, revision).replace(home / file)
    return Edition(file, revision, known[file])


def _contents(shown: Shown, words: Words, more: Mapping[str, str] | None = None) -> Contents:
    return tabulate(shown.plans, shown.projects, {**words(shown.plans, shown.projects), **(more or {})})


def _with_editions(
    whole: Shown, shown: Mapping[str, Shown], parts: Mapping[frozenset[str], Contents], words: Words
) -> Compiled:
    """Everything with what doors are given of it: the revision of the whole covers what is withheld from whom."""
    revisions = {references: revision_of(contents) for references, contents in parts.items()}
    given = {door: revisions.get(one.references, "") for door, one in shown.items()}
    withheld = {
        door: {"revision": given[door], "withheld": sorted(whole.references - one.references)}
        for door, one in shown.items()
    }
    contents = _contents(whole, words, {WITHHELD: to_json(withheld)})
    revision = revision_of(contents)
    editions = {revisions[references]: part for references, part in parts.items()}
    return Compiled(contents, revision, editions, {door: one or revision for door, one in given.items()})


def _audited(plan: Plan) -> tuple[Project, ...]:
    projects = read_projects(plan)
    findings = check(plan, projects)
    if findings:
        more = [f"ほか{len(findings) - _SHOWN}件"] if len(findings) > _SHOWN else []
        advice = (
            "plan.toml の列の役割(role)を直し、もう一度 kotae import で確かめてください"
            if plan.table
            else f"原文を差しかえたときは、確かめてから控えを作り直してください(python -m kb.source.stocktaking {plan.folder})"
        )
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

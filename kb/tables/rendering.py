"""Rendering: a proposal as plan.toml, with comments for whoever corrects it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.source.plan_sections import EVERYBODY, Access, Continuation, Marking
from kb.tables.mapping import Column, Part, Table
from kb.tables.sheets import column_letter

__all__ = ["Heading", "render_links", "render_plan", "render_table"]

_HEAD = """# {title} — kotae import がつくった案です。
# 合っているかを確かめ、違う所だけを直してください。直したら、もう一度 kotae import を同じファイルで行うと、
# 直した読み方で報告が作り直されます。題名、発行者、問い合わせ先は "" のままでもかまいません。

"""
_TABLE = """
# ── 表の読み方 ──
# number: printed は表の番号、ordinal は並んだ順(表に変わらない番号がないとき)。
# identity: 同じ事業とみなす項目(no 番号、name 事業名、goal 目標、policy 施策、subpolicy 施策の下の段)。
# grades: 評価の段階(よいものから)。ordered: その順が確かなら true(「B以上」「B以下」で探せるようになります)。grade_name: 評価の呼び名(進捗など。書かなければ列の見出し)。totals: 合計の行の言葉。notes: 欄外の注の始まり。
# units: 指標の名前の終わりのかっこの中で、単位とみなす言葉(「相談件数(件)」の 件)。
"""
_SHEETS = """
# ── シート ── headings: 見出しの行(はじめと終わり)。last: 表の最後の行(ないときはシートの終わりまで)。
# year: シート全体の年度。policy: シート全体の施策。unit: 表の上に書かれた単位(千円なら金額の、人なら実績や目標の)。layout: 使う列(下の layout と同じ言葉)。
# lines: 一つの事業の行が上から何の値か(上段が目標、下段が実績なら ["target", "result"])。
"""
_COLUMNS = """
# ── 列 ── at: 列の文字。role: 列の役割。
#   no 番号・name 事業名・activity 細事業や指標・group 指標の区分・unit 単位・goal 目標・policy 施策・subpolicy 施策(下の段)・
#   description 内容・period 実施年度・year 行の年度・edition 版の年・kind 行の種類(目標・実績)・grade 全体の評価・
#   detail そのほかの項目・unread 使わない列・value 年度の欄
# value の列は kind(result 実績・target 目標・budget 予算・settlement 決算・grade 評価。kind の列に従うなら書かない)、year(西暦の年度。書かなければ行やシートの年度)、
#   unit(単位)、activity(値につける名前)、of = "project"(細事業の行にあっても事業全体の値)。
# detail の列は of = "activity"(その行の細事業や指標のもの。基準値など)。
# kind の列は of = "activity"(同じ種類の行がいくつもあり、書かれた言葉で呼ぶ。量の見込みと確保方策など)。
"""


@dataclass(frozen=True, slots=True)
class Heading:
    """The first lines of plan.toml."""

    id: str
    title: str
    scope: str
    publisher: str
    contact: str
    era: str
    years: Mapping[str, int]
    """How the table writes a year, and which it is."""
    source: str
    """Name of the source file in the folder."""
    cells: str
    """Name of the cells file in the folder."""
    address: str = ""
    as_of: str = ""
    retrieved: str = ""
    access: Access = EVERYBODY
    """Through which doors the plan is given."""
    names: Sequence[str] = ()
    """What people call it."""
    row: str = ""
    """How a project's number is shown, "" as the table's numbers suggest."""


def render_plan(heading: Heading, table: Table, notes: Sequence[str]) -> str:
    """plan.toml as text."""
    row = heading.row or ("No.{no}" if table.number == "printed" else "{no}番目の事業")
    lines = [_HEAD.format(title=" ".join(heading.title.split())) + _said(notes)]
    for key in ("id", "title", "scope", "publisher", "contact", "era"):
        lines.append(f"{key} = {_text(getattr(heading, key))}\n")
    lines += [f"names = {_texts(heading.names)}\n"] if heading.names else []
    lines.append("\n# 表の年度の書き方 = 西暦の年度\n[years]\n")
    lines += [f'"{key}" = {year}\n' for key, year in heading.years.items()]
    lines.append(
        "\n[source]\n# file は持ち込まれたファイルそのまま、cells はそこから取り出したセル。どちらも書きかえません。\n"
    )
    for key, value in (("file", heading.source), ("cells", heading.cells), ("row", row)):
        lines.append(f"{key} = {_text(value)}\n")
    lines.append("# 公表された場所、いつ時点か、取った日。分かったら入れる。\n")
    for key in ("address", "as_of", "retrieved"):
        lines.append(f"{key} = {_text(getattr(heading, key))}\n")
    lines += _access(heading.access)
    return "".join(lines) + render_table(table)


def render_table(table: Table) -> str:
    """The part [table] of plan.toml."""
    lines = [_TABLE, "[table]\n", f"number = {_text(table.number)}\n"]
    for key, values in (
        ("identity", table.identity),
        ("grades", table.grades),
        ("totals", table.totals),
        ("notes", table.notes),
    ):
        lines.append(f"{key} = {_texts(values)}\n")
    if table.ordered:
        lines.append("ordered = true\n")
    if table.units:
        lines.append(f"units = {_texts(table.units)}\n")
    if table.grade_name:
        lines.append(f"grade_name = {_text(table.grade_name)}\n")
    if table.kinds:
        lines.append("\n# 種類の列に書かれた言葉が何か\n[table.kinds]\n")
        lines += [f"{_text(word)} = {_text(kind)}\n" for word, kind in table.kinds.items()]
    lines.append(_SHEETS)
    lines += [_part(part) for part in table.parts]
    lines.append(_COLUMNS)
    for layout, columns in table.columns.items():
        for column in columns:
            lines.append(_column(layout, column))
    return "".join(lines)


def render_links(markings: Sequence[Marking], continues: Sequence[Continuation]) -> str:
    """[[marks]] and [[continues]] of plan.toml."""
    lines = []
    for marking in markings:
        mark = marking.mark
        entries = [("field", mark.field), ("kind", mark.kind), ("reason", mark.reason)]
        lines.append(f"\n[[marks]]\nprojects = {_texts(marking.projects)}\n{_entries(entries, keep=())}")
    for link in continues:
        entries = [("project", link.project), ("from", link.before)]
        lines.append("\n[[continues]]\n" + _entries(entries, keep=()))
    return "".join(lines)


# Private functions

_Value = str | int | list[int] | list[str]


def _access(access: Access) -> list[str]:
    """What was withheld stays withheld."""
    if access == EVERYBODY:
        return []
    lines = ["\n# 見える範囲(前の plan.toml のとおり)\n[access]\n"]
    if access.internal:
        lines.append("internal = true\n")
    if access.projects:
        lines.append(f"projects = {_texts(access.projects)}\n")
    if access.platforms is not None:
        lines.append(f"platforms = {_texts(access.platforms)}\n")
    return lines


def _texts(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, values))}]"


def _said(notes: Sequence[str]) -> str:
    return "".join(f"# 推定: {' '.join(note.split())}\n" for note in notes) + ("\n" if notes else "")


def _part(part: Part) -> str:
    entries: list[tuple[str, _Value]] = [("name", part.sheet), ("headings", list(part.headings))]
    entries += [("last", part.last), ("layout", part.layout), ("year", part.year)]
    entries += [("policy", part.policy), ("unit", part.unit), ("lines", list(part.lines))]
    return "\n[[table.sheets]]\n" + _entries(entries, keep=("name", "headings"))


def _column(layout: str, column: Column) -> str:
    entries: list[tuple[str, _Value]] = [("layout", layout), ("at", column_letter(column.at))]
    entries += [("heading", column.heading), ("role", column.role), ("kind", column.kind), ("year", column.year)]
    entries += [("unit", column.unit), ("activity", column.activity), ("of", column.of)]
    return "\n[[table.columns]]\n" + _entries(entries, keep=("at", "heading", "role"))


def _entries(entries: Sequence[tuple[str, "_Value"]], keep: Sequence[str]) -> str:
    shown = [(key, value) for key, value in entries if value or key in keep]
    return "".join(f"{key} = {value if isinstance(value, int) else _written(value)}\n" for key, value in shown)


def _written(value: str | list[int] | list[str]) -> str:
    return json.dumps(value) if isinstance(value, list) else _text(value)


def _text(value: str) -> str:
    """A TOML string: as JSON writes it, but for the one control character that TOML refuses bare."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

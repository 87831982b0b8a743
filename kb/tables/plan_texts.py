"""Plan texts: a sheet's proposal as plan.toml, with what is known of the plan already and all that was assumed."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kb.errors import ReadingError
from kb.source.plan_sections import EVERYBODY
from kb.source.plans import Plan
from kb.tables.amounts import unexplained
from kb.tables.matching import is_alike, match
from kb.tables.orders import Order
from kb.tables.proposing import Proposal, propose
from kb.tables.rendering import Heading, render_plan
from kb.tables.sheets import Sheet, is_blank, one_line
from kb.tables.surroundings import Surroundings, find_surroundings
from kb.tables.vocabulary import plain
from kb.tables.years import year_key

__all__ = ["plan_text"]


def plan_text(order: Order, sheets: Sequence[Sheet], base: Plan | None, cells: str) -> tuple[str, list[str]]:
    """plan.toml for a file that is read for the first time, or by the mapping of another; and what was assumed."""
    published = base is not None and base.folder == order.published
    era = order.era or (base.era if base and published else "")
    surroundings = find_surroundings(sheets, order.file.stem, order.vocabulary, era)
    surroundings = replace(surroundings, year=order.year)
    proposal = propose(sheets, order.file.stem, order.vocabulary, surroundings)
    if base is not None and not published and not is_alike(proposal.table, base.table):
        base = None  # a draft of another table waits under this id: it is replaced, not followed
    if not proposal.table.parts:
        raise ReadingError(f"{order.file.name}: {_without_headings(order.file, sheets)}")
    if not proposal.years:
        raise ReadingError(
            f"{order.file.name}: 年度が決められません(見出しか題名かシート名に、値の年度「令和5年度」などがひとつ要ります。"
            "どこにもなければ --year 令和5 のように書けます)"
        )
    assumed = [*_missing(surroundings, base), *proposal.assumed]
    if base is None:
        assumed += unexplained(sheets, proposal.table, order.vocabulary)
    elif base.table is not None:
        table, said = match(proposal.table, base.table, "/".join((base.folder / "plan.toml").parts[-3:]))
        proposal = replace(proposal, table=table)
        assumed += said
    heading = _heading(order, surroundings, proposal, base, cells)
    return render_plan(heading, proposal.table, assumed), assumed


# Private functions

_SHOWN = 4
"""So many texts of a row that may be headings are shown."""
_LONGEST = 20
"""Characters of a heading."""


def _without_headings(file: Path, sheets: Sequence[Sheet]) -> str:
    if file.suffix.lower() in (".txt", ".tsv"):
        return (
            "列の見出しが読みとれません。ページから流し込んだ表なら、plan.toml の [layout] に題名(title)・見出し(header)・"
            "実施年度の言葉(periods)・評価(grades)を書いて data/plans/<計画>/ に置いてください"
        )
    likely = next((texts for sheet in sheets for row in sorted(sheet.rows) if (texts := _words(sheet, row))), None)
    hint = (
        f"「{'・'.join(likely[:_SHOWN])}」の行が見出しなら、事業名にあたる見出しを data/language/headings.toml の "
        "[roles.name] の words に足すと読めます。"
        if likely
        else ""
    )
    return f"表の見出し(事業名と年度や実績などの並ぶ行)が見つかりません。{hint}何も変えていません"


def _words(sheet: Sheet, row: int) -> list[str]:
    """The texts of a row that could be headings: several short ones, none of them a figure."""
    texts = [one_line(text) for text in sheet.rows[row] if not is_blank(text)]
    short = all(len(text) <= _LONGEST and not plain(text).replace(",", "").isdecimal() for text in texts)
    return texts if len(texts) > 2 and short else []


def _title(surroundings: Surroundings, base: Plan | None) -> str:
    """What the file prints over its table; where it prints nothing, the title that is known."""
    return base.title if base and surroundings.from_name else surroundings.title


def _missing(surroundings: Surroundings, base: Plan | None) -> list[str]:
    if base is not None:
        return [*_retitled(_title(surroundings, base), base), *_undated(base)]
    said = []
    if surroundings.yearly:
        said.append(f"題名はシートごとに年度が違うため(「{surroundings.yearly[0]}」など)、共通の所だけにしました")
    if surroundings.from_name:
        said.append(f"題名の行がないため、ファイル名「{surroundings.title}」を題名にしました")
    if not surroundings.publisher:
        said.append("発行者がどこにも書かれていません(plan.toml の publisher に書けます)")
    return [*said, "問い合わせ先は表からは分かりません(plan.toml の contact に書けます)"]


def _retitled(title: str, base: Plan) -> list[str]:
    same = plain(title) == plain(base.title)
    return [] if same else [f"題名はファイルの「{title}」にしました(前は「{base.title}」)"]


def _undated(base: Plan) -> list[str]:
    """The dates of the file before are not those of this one."""
    dates = {"時点(as_of)": base.as_of, "取得した日(retrieved)": base.retrieved}
    return [
        f"{called}「{date}」は前のファイルのものなので引きつぎません(plan.toml に書けます)"
        for called, date in dates.items()
        if date
    ]


def _heading(order: Order, surroundings: Surroundings, proposal: Proposal, base: Plan | None, cells: str) -> Heading:
    return Heading(
        id=order.id,
        title=_title(surroundings, base),
        scope=base.scope if base else "",
        publisher=base.publisher if base else surroundings.publisher,
        contact=base.contact if base else "",
        era=base.era if base else proposal.era,
        years=_years(proposal),
        source=order.source,
        cells=cells,
        address=base.address if base else "",
        access=base.access if base else EVERYBODY,
        names=base.names if base else (),
        row=base.row if base and base.table and base.table.number == proposal.table.number else "",
    )


def _years(proposal: Proposal) -> dict[str, int]:
    for western in (proposal.western, True):
        years = {year_key(year, western): year for year in proposal.years}
        if len(years) == len(proposal.years):
            break
    return years

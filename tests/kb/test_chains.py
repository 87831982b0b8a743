"""Projects that go on from plan to plan; plans that change their era; what plans are called."""

from dataclasses import replace
from pathlib import Path

import pytest

from kb.chains import Chains
from kb.compiling.callings import callings
from kb.source.plans import Plan, PlanError, load_plan
from kb.storing import SourceDocument
from nlp.years.fiscal import Calendar
from nlp.years.years import read_years

FOLDER = Path("tests/plans/second")
NAMES = {"a/1": "見本市", "a/2": "相談", "b/7": "見本市への出展", "b/8": "相談", "c/3": "展示会"}


def document(plan: str, first: int, *continues: tuple[str, str]) -> SourceDocument:
    """A plan of four years."""
    years = tuple(range(first, first + 4))
    lists = dict.fromkeys(("keys", "grades", "kinds", "attributes", "details"), ())
    nothing = dict.fromkeys(
        ("grade_name", "scope", "publisher", "contact", "address", "as_of", "retrieved", "sha256"), ""
    )
    return SourceDocument(plan, plan, era="平成", years=years, continues=continues, **nothing, **lists)


CHAINS = Chains(
    [
        document("c", 2019, ("3", "b/7")),
        document("a", 2011),
        document("b", 2015, ("7", "a/1"), ("7", "a/2")),
    ],
    NAMES,
)


@pytest.mark.parametrize(
    ("reference", "chain"),
    [
        ("c/3", ("a/1", "a/2", "b/7", "c/3")),
        ("b/7", ("a/1", "a/2", "b/7", "c/3")),
        ("a/1", ("a/1", "b/7", "c/3")),
        ("b/8", ("b/8",)),
    ],
)
def test_a_chain_runs_from_the_earliest_plan_to_the_latest(reference: str, chain: tuple[str, ...]) -> None:
    """What two projects became is both projects' future, and neither is the other's past."""
    assert CHAINS.of(reference) == chain


def test_in_another_plan_a_link_comes_before_a_name() -> None:
    """Where nothing is linked the same name is what is meant."""
    assert CHAINS.within("a/1", "b") == ("b/7",)
    assert CHAINS.within("a/2", "b") == ("b/7",)
    assert CHAINS.within("b/8", "a") == ("a/2",)
    assert CHAINS.within("c/3", "d") == ()


def plan_with(tmp_path: Path, years: str, era: str = "令和") -> Plan:
    """The second plan with other years."""
    text = (FOLDER / "plan.toml").read_text(encoding="utf-8").replace('era = "令和"', f'era = "{era}"')
    head, _, tail = text.partition("[years]")
    (tmp_path / "source.txt").write_bytes((FOLDER / "source.txt").read_bytes())
    (tmp_path / "plan.toml").write_text(
        f"{head}[years]\n{years}\n[source]{tail.partition('[source]')[2]}", encoding="utf-8"
    )
    return load_plan(tmp_path)


def test_years_may_be_left_out_and_change_their_era(tmp_path: Path) -> None:
    """Ascending is enough."""
    assert plan_with(tmp_path, '"30" = 2018\n"元" = 2019\n"3" = 2021').years == (2018, 2019, 2021)


@pytest.mark.parametrize("years", ['"5" = 2023\n"4" = 2022', '"5" = 2023\n"05" = 2023'])
def test_years_that_do_not_ascend_are_one_line(tmp_path: Path, years: str) -> None:
    """Backwards or twice."""
    with pytest.raises(PlanError, match=r"plan\.toml: years: 年度は古い順に書いてください$"):
        plan_with(tmp_path, years)


@pytest.mark.parametrize("before", ["nerima-shokogyo", "nerima-shokogyo/", "42", "nerima-shokogyo/42.1"])
def test_a_continuation_names_plan_and_number(tmp_path: Path, before: str) -> None:
    """Anything else is one line."""
    text = (FOLDER / "plan.toml").read_text(encoding="utf-8").replace("nerima-shokogyo/42", before)
    (tmp_path / "source.txt").write_bytes((FOLDER / "source.txt").read_bytes())
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PlanError, match=r"continues\[1\]\.from: 前の計画の id と事業番号を / でつないでください$"):
        load_plan(tmp_path)


@pytest.mark.parametrize(
    ("text", "years"),
    [("30年度", (2018,)), ("3年度", (2021,)), ("25年度", (2043,)), ("平成3年度", (1991,))],
)
def test_a_bare_year_is_read_in_the_era_in_which_the_plan_has_it(text: str, years: tuple[int, ...]) -> None:
    """平成30 to 令和4: 30 is of the one era and 3 of the other; what neither has is of the plan's own."""
    (mention,) = read_years(text, Calendar("令和", 2018, 2022))
    assert mention.years == years


def test_what_a_plan_is_called() -> None:
    """Its own names first, then its title without brackets and publisher; what two plans share is neither's first."""
    second = load_plan(FOLDER)
    first = load_plan(Path("data/plans/nerima-shokogyo"))
    assert callings([first, second]) == {
        "nerima-shokogyo": ("商工業振興計画", "練馬区商工業振興計画", "練馬区商工業振興計画(平成23～26年度)進捗状況"),
        "dainiji": (
            "第2次商工業振興計画", "第2次計画", "練馬区第2次商工業振興計画", "練馬区第2次商工業振興計画(令和5～8年度)進捗状況",
        ),
    }  # fmt: skip
    alike = replace(second, names=(), title="練馬区商工業振興計画(令和5～8年度)進捗状況")
    assert [names[0] for names in callings([first, alike]).values()] == [
        "練馬区商工業振興計画(平成23～26年度)進捗状況",
        "練馬区商工業振興計画(令和5～8年度)進捗状況",
    ]

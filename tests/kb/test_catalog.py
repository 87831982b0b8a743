"""What a plan holds by name."""

import pytest

from bot.answering import Kotae
from kb.catalog import Catalog
from kb.samples import samples
from nlp.names.names import project_of


@pytest.fixture
def catalog(kotae: Kotae) -> Catalog:
    """Of the first plan."""
    return kotae.catalogs[0]


def test_the_plan_says_what_it_is(catalog: Catalog) -> None:
    """Its era, years, goals and grades."""
    assert (catalog.plan, catalog.era, catalog.years) == ("nerima-shokogyo", "平成", (2011, 2012, 2013, 2014))
    assert catalog.document.title == "練馬区商工業振興計画(平成23～26年度)進捗状況"
    assert list(catalog.goals) == ["A", "B", "C", "D", "E"]
    assert catalog.goals["C"] == "変化に対応した産業活動の推進"
    assert catalog.grades == ("A", "B", "C")


def test_projects_come_before_their_activities_in_the_tables_order(catalog: Catalog) -> None:
    """51 projects and 15 activities, each with its own reference."""
    projects = [reference for reference in catalog.names if "." not in reference]
    assert [reference.partition("/")[2] for reference in projects] == [str(n) for n in (1, 2, 3, *range(8, 56))]
    assert len(catalog.names) - len(projects) == 15
    assert catalog.names["nerima-shokogyo/44"] == "駅周辺地区まちづくりと連携した商店街整備の促進"
    assert catalog.names["nerima-shokogyo/15.2"] == "事業承継セミナー"
    assert project_of("nerima-shokogyo/15.2") == "nerima-shokogyo/15"


def test_a_number_is_a_project_or_none(catalog: Catalog) -> None:
    """4 to 7 and 56 are not in the table."""
    assert catalog.numbered(42) == ("nerima-shokogyo/42",)
    assert [catalog.numbered(number) for number in (0, 4, 7, 56, 9999)] == [()] * 5


def test_one_activity_under_two_projects_is_a_twin(catalog: Catalog) -> None:
    """経営者・後継者育成セミナー stands under 15 and 30 with the same cells; it is named once, by its first place."""
    first, second = "nerima-shokogyo/15.1", "nerima-shokogyo/30.1"
    assert catalog.names[first] == catalog.names[second] == "経営者・後継者育成セミナー"
    assert (catalog.twins(first), catalog.twins(second)) == ((second,), (first,))
    assert catalog.without_twins([second, first, "nerima-shokogyo/16"]) == (first, "nerima-shokogyo/16")
    assert catalog.twins("nerima-shokogyo/15.2") == ()


def test_years_reported_are_those_that_say_something(catalog: Catalog) -> None:
    """Neither blank nor 「-」 says anything; a project has the years of its rows."""
    reported = {
        "42": (2011, 2012, 2013),
        "9.2": (2012,),
        "15.2": (2011,),
        "20": (2011, 2014),
        "8": (),
        "40": (2012, 2013),
    }
    assert {no: tuple(sorted(set(catalog.years_reported(f"nerima-shokogyo/{no}")))) for no in reported} == reported
    assert catalog.latest(["nerima-shokogyo/42"], 1) == (2013,)
    assert catalog.latest(["nerima-shokogyo/42"], 2) == (2012, 2013)
    assert catalog.latest(["nerima-shokogyo/18"], 1) == (2014,)
    assert catalog.latest([], 2) == (2013, 2014)


def test_a_label_tells_two_names_apart(catalog: Catalog) -> None:
    """Name and number of the project, also for an activity."""
    assert catalog.label("nerima-shokogyo/43") == "空き店舗活用事業(No.43)"
    assert catalog.label("nerima-shokogyo/44.2") == "中村橋駅周辺のまちづくり(No.44)"


def test_samples_are_sure_to_work(catalog: Catalog, kotae: Kotae) -> None:
    """What a reply proposes to ask has an answer."""
    sampled = samples(catalog)
    assert len(sampled) >= 3
    assert [kotae.answer(sample)[0].status for sample in sampled] == ["answer"] * len(sampled)

"""One query, three ways to write it: SQL, a Japanese phrase that can be asked again, and what a button carries."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.answering import Kotae
from kb.filters import Filter
from kb.query import LONGEST_COMPACT, Query
from nlp.bounds import Bound

QUERIES = tomllib.loads(Path("tests/corpora/queries.toml").read_text(encoding="utf-8"))["query"]
COMPACT = [entry for entry in QUERIES if "compact" in entry]


Towns = dict[str, Kotae]


def bot(entry: Mapping[str, Any], towns: Towns) -> Kotae:
    """The bot of the table that an entry of the corpus is about."""
    return towns[entry.get("table", "nerima-shokogyo")]


def query(entry: Mapping[str, Any], kotae: Kotae) -> Query:
    """The query that an entry of the corpus describes."""
    return Query(
        plan=kotae.catalogs[0].plan,
        era=kotae.catalogs[0].era,
        subjects=tuple(kotae.catalogs[0].subject(reference) for reference in entry.get("subjects", ())),
        filters=tuple(
            Filter(*filter_[:2], bool(filter_[2:3] and filter_[2]), tuple(*filter_[3:]))
            for filter_ in entry.get("filters", ())
        ),
        years=tuple(entry.get("years", ())),
        attributes=tuple(entry.get("attributes", ["result"])),
        operators=tuple(entry.get("operators", ["cells"])),
        measure=entry.get("measure", ""),
        bound=Bound.read(*entry["bound"]) if "bound" in entry else None,
        grade_name=kotae.catalogs[0].grade_name,
    )


def compact_to_query(compact: str, kotae: Kotae) -> Query:
    """What a button's text says."""
    return kotae.catalogs[0].query(compact)


@pytest.mark.parametrize("entry", QUERIES, ids=lambda entry: entry["japanese"])
def test_sql_binds_every_value(towns: Towns, entry: Mapping[str, Any]) -> None:
    """No value of a question is ever part of the statement, and it selects the rows of these projects."""
    kotae = bot(entry, towns)
    sql, parameters = query(entry, kotae).to_sql()
    assert list(parameters) == entry["parameters"]
    assert sql.count("?") == len(parameters)
    assert not any(f"'{value}'" in sql or f'"{value}"' in sql for value in parameters)
    rows = kotae.knowledge.connection.execute(sql, parameters).fetchall()
    assert list(dict.fromkeys(row[1] for row in rows)) == entry["projects"]


@pytest.mark.parametrize("entry", QUERIES, ids=lambda entry: entry["japanese"])
def test_japanese_says_all_of_it(towns: Towns, entry: Mapping[str, Any]) -> None:
    """Years with their era, subjects, conditions, what is asked."""
    kotae = bot(entry, towns)
    assert query(entry, kotae).to_japanese() == entry["japanese"]


@pytest.mark.parametrize("entry", COMPACT, ids=lambda entry: entry["compact"])
def test_compact_goes_both_ways(towns: Towns, entry: Mapping[str, Any]) -> None:
    """What a button carries is the query, whole."""
    kotae = bot(entry, towns)
    assert query(entry, kotae).to_compact() == entry["compact"]
    assert compact_to_query(entry["compact"], kotae) == query(entry, kotae)
    assert len(entry["compact"].encode()) <= LONGEST_COMPACT


@pytest.mark.parametrize("entry", COMPACT, ids=lambda entry: entry["japanese"])
def test_japanese_is_read_as_the_same_query(towns: Towns, entry: Mapping[str, Any]) -> None:
    """Asked in its own words, a query comes back: the same projects, years and attributes."""
    kotae = bot(entry, towns)
    reply = kotae.answer(entry["japanese"])[0].to_dict()
    assert sorted(reply["projects"], key=int) == entry["projects"]
    assert reply["understood"] == entry["japanese"]
    assert reply["receipt"] == entry["compact"]


@pytest.mark.parametrize(
    "compact",
    [
        "",
        "/",
        "nerima-shokogyo/42/25",
        "nerima-shokogyo/42/25/result/more",
        "nerima-shokogyo/99/25/result",
        "nerima-shokogyo/42.9/25/result",
        "elsewhere/42/25/result",
        "nerima-shokogyo/42/x/result",
        "nerima-shokogyo/?grade//projects",
        "nerima-shokogyo/?weather=fine//projects",
        "nerima-shokogyo/?state=2013//projects",
        "nerima-shokogyo/?state=2013:weather//projects",
        "nerima-shokogyo/?state=2013:reported:weather//projects",
        "nerima-shokogyo/?state=99999999999999999999999:reported//projects",
        "nerima-shokogyo/?numeric=//projects",
        "nerima-shokogyo/?numeric=2013:weather//projects",
        "nerima-shokogyo/?graded=2013//projects",
        "nerima-shokogyo/?graded=99999999999999999999999:A//projects",
        "nerima-shokogyo/?graded=2013:A|2014//projects",
        "nerima-shokogyo/?grade=A//projects-each",
        "nerima-shokogyo/42//projects-each",
        "nerima-shokogyo/?figure=//cells-having",
        "nerima-shokogyo/?figure!=10136000//cells-having",
        "nerima-shokogyo/?goal=" + "|".join(["A"] * 2000) + "//projects",
        "nerima-shokogyo/?" + ";".join(["goal=A"] * 2000) + "//projects",
        "nerima-shokogyo/" + ",".join(["17"] * 2000) + "//result",
        "nerima-shokogyo/42/25/weather",
        "nerima-shokogyo/42/25/",
        "nerima-shokogyo//25/result",
        "x" * 500,
    ],
)
def test_what_is_no_query_is_refused(kotae: Kotae, compact: str) -> None:
    """A button of an older version, or one that somebody made up: an error that a channel can catch, no answer."""
    with pytest.raises((ValueError, KeyError)):
        compact_to_query(compact, kotae).to_japanese()
    with pytest.raises((ValueError, KeyError)):
        kotae.run(compact)


@pytest.mark.parametrize(
    "compact",
    [
        "nerima-shokogyo/17//cells-largest*-1",
        "nerima-shokogyo/42//cells-smallest-sum*3",
        "nerima-shokogyo/?state!=2013:reported//projects",
        "nerima-shokogyo/?figure=10136000 円 10,136千円//cells-having",
    ],
)
def test_whatever_is_a_query_has_a_reply(kotae: Kotae, compact: str) -> None:
    """Also one that no question of ours becomes."""
    assert kotae.run(compact)[0].status in ("answer", "no_data")

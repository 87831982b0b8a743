from pathlib import Path

import pytest

from kb.errors import PlanError, ReadingError
from kb.source.plan_sections import Access
from kb.source.plans import load_plan, load_plans
from kb.source.reading import read_projects
from tests.helpers import PLAN, copied_plan

TEXT = (PLAN / "plan.toml").read_text(encoding="utf-8")


def folder(tmp_path: Path, plan: str | bytes, aliases: str | None = None) -> Path:
    """A plan's folder with other files in it."""
    home = copied_plan(tmp_path / "plan", "source.txt")
    (home / "plan.toml").write_bytes(plan if isinstance(plan, bytes) else plan.encode())
    if aliases is not None:
        (home / "aliases.toml").write_text(aliases, encoding="utf-8")
    return home


def problems(home: Path) -> list[str]:
    """The lines that loading complains with."""
    with pytest.raises(PlanError) as caught:
        load_plan(home)
    return str(caught.value).split("\n")


def test_the_first_plan_loads() -> None:
    """Its years with the way that the table writes them, and what isn't known left empty."""
    plan = load_plan(PLAN)
    assert (plan.id, plan.era, plan.years, plan.keys) == (
        "nerima-shokogyo",
        "平成",
        (2011, 2012, 2013, 2014),
        ("23", "24", "25", "26"),
    )
    assert (plan.key(2013), plan.address, plan.retrieved) == ("25", "", "")
    assert [correction.project for correction in plan.corrections] == ["19", "19", "45", "44", "32", "32", "32", "46"]


def test_all_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    """By file and key, in Japanese."""
    broken = TEXT.replace('publisher = "練馬区"', 'publisher = ""\npublicher = "練馬区"')
    broken = broken.replace('era = "平成"', 'era = "平静"').replace('"25" = 2013', '"25" = "2013"')
    broken = broken.replace('mark = "restored"', 'mark = "repaired"').replace('row = "No.{no}"', 'row = "No."')
    found = problems(folder(tmp_path, broken))
    where = [line.split(": ")[1] for line in found]
    assert where == ["years.25", "publisher", "era", "source.row", "corrections[8].mark", "publicher"]
    assert all(line.split(": ")[0].endswith("plan/plan.toml") for line in found)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id = = 1", "TOML として読めません(1行6列のあたりの書き方が正しくありません)"),
        ('id = "x', "TOML として読めません(ファイルの終わりの書き方が正しくありません)"),
    ],
)
def test_a_broken_file_is_one_clear_line(tmp_path: Path, text: str, message: str) -> None:
    """What isn't TOML says where."""
    found = problems(folder(tmp_path, text))
    assert len(found) == 1
    assert message in found[0]


def test_a_file_in_another_encoding_is_one_clear_line(tmp_path: Path) -> None:
    """A file that was saved as Shift_JIS says what to do."""
    assert "UTF-8 で保存してください" in problems(folder(tmp_path, 'id = "テ"'.encode("cp932")))[0]


def test_a_missing_plan_says_so(tmp_path: Path) -> None:
    """No folder, no plan.toml, no source: one line each."""
    with pytest.raises(PlanError, match=r"plan\.toml: ファイルがありません"):
        load_plan(tmp_path / "nowhere")
    with pytest.raises(PlanError, match="計画がありません"):
        load_plans(tmp_path)
    home = folder(tmp_path, TEXT)
    (home / "source.txt").unlink()
    assert problems(home)[0].endswith("source.file: source.txt がありません")
    (home / "source.txt").write_bytes(b"\x00\xff\x83")
    assert problems(home)[0].endswith("source.file: source.txt が UTF-8 の文字ではありません")


def test_an_alias_is_a_name(tmp_path: Path) -> None:
    """Noun phrases are taken."""
    home = folder(
        tmp_path, TEXT, '[projects]\n"42" = ["空き店舗の家賃補助"]\n[activities]\n"ペがさす" = ["ぺがさす"]\n'
    )
    aliases = load_plan(home).aliases
    assert [(alias.kind, alias.reference, alias.text) for alias in aliases] == [
        ("project", "42", "空き店舗の家賃補助"),
        ("activity", "ペがさす", "ぺがさす"),
    ]


@pytest.mark.parametrize(
    "alias",
    [
        "空き店舗の補助はいくらですか",
        "補助はいくら？",
        "家賃補助。",
        "あ" * 21,
        "",
        "家賃 補助",
        "実績を教えて",
        "何件か",
    ],
)
def test_a_sentence_is_no_alias(tmp_path: Path, alias: str) -> None:
    """A question that was copied into the aliases is refused."""
    found = problems(folder(tmp_path, TEXT, f'[projects]\n"42" = ["{alias}"]\n'))
    assert len(found) == 1
    assert "plan/aliases.toml: projects.42: " in found[0]


def test_mistakes_of_all_plans_come_together(tmp_path: Path) -> None:
    """Two plans with the same id are told apart by nobody."""
    for name in ("one", "two"):
        copied_plan(tmp_path / name, "plan.toml", "source.txt")
    with pytest.raises(PlanError, match="同じ id「nerima-shokogyo」の計画が2つあります"):
        load_plans(tmp_path)


# Access


@pytest.mark.parametrize(
    ("section", "access"),
    [
        ("", Access()),
        ("[access]\n", Access()),
        ("[access]\ninternal = true\n", Access(internal=True)),
        (
            '[access]\nprojects = ["42", "43"]\nplatforms = ["web", "line"]\n',
            Access(False, ("42", "43"), ("web", "line")),
        ),
        ("[access]\nplatforms = []\n", Access(platforms=())),
    ],
)
def test_a_plan_says_through_which_doors_it_is_given(tmp_path: Path, section: str, access: Access) -> None:
    """Nothing said is everybody; no platform is nobody."""
    assert load_plan(folder(tmp_path, f"{TEXT}\n{section}")).access == access


def test_all_mistakes_of_access_are_reported_at_once(tmp_path: Path) -> None:
    """None of them leaves a plan that is given to everybody."""
    section = '[access]\ninternal = "yes"\nproject = ["12"]\nprojects = [12]\nplatforms = ["web", "fax"]\n'
    assert [line.partition(": ")[2] for line in problems(folder(tmp_path, f"{TEXT}\n{section}"))] == [
        "access.internal: true か false が必要です",
        'access.projects: 文字列の並び ["…"] が必要です',
        "access.platforms: 「fax」は書けません(web・telegram・line から選んでください)",
        "access.project: 知らない項目です(つづりを確認してください)",
    ]
    both = '[access]\ninternal = true\nprojects = ["12"]\n'
    assert [line.partition(": ")[2] for line in problems(folder(tmp_path, f"{TEXT}\n{both}"))] == [
        "access.projects: 計画全体が internal なので、事業の番号は書けません(どちらかにしてください)"
    ]
    assert problems(folder(tmp_path, f'access = "internal"\n{TEXT}'))[0].endswith("access: [access] の表が必要です")


def test_an_internal_project_that_is_not_there_stops_the_build(tmp_path: Path) -> None:
    """A number that nobody has would withhold nothing, and look as if it did."""
    plan = load_plan(folder(tmp_path, f'{TEXT}\n[access]\nprojects = ["42", "142"]\n', '[projects]\n"43" = ["活用"]\n'))
    with pytest.raises(ReadingError, match="補正・印・別名・限定にある番号が原文にありません: 142"):
        read_projects(plan)

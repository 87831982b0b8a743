"""An activity that several projects print: it counts once where all of its years are the same, and only there."""

from pathlib import Path

import pytest

from tests.kb.tables.tables import imported, opened, text_file

HEAD = ["番号", "事業名", "細事業", "R3実績", "R4実績"]
SHARED = "説明会3回 参加30人"


@pytest.mark.parametrize(
    ("other", "sums"),
    [
        ((SHARED, "参加90人"), ("67人", "148人")),
        ((SHARED, "参加50人"), ("37人", "58人")),
        (("参加50人", SHARED), ("87人", "88人")),
    ],
)
def test_two_projects_with_one_name_for_a_line_share_it_where_all_years_are_the_same(
    tmp_path: Path, other: tuple[str, str], sums: tuple[str, str]
) -> None:
    """説明会の開催 of two projects: another year that differs makes two of them, whichever year is summed up."""
    lines = [
        HEAD,
        ["1", "空き家対策事業", "説明会の開催", SHARED, "参加50人"],
        ["2", "移住促進事業", "説明会の開催", *other],
        ["3", "婚活支援事業", "相談", "7人", "8人"],
    ]
    bot = opened(imported(text_file(tmp_path / "a.csv", lines)), tmp_path)
    for year, expected in zip((3, 4), sums, strict=True):
        answer, _ = bot.answer(f"令和{year}年度の人数の合計は？")
        assert [f"{one['value']}{one['unit']}" for one in answer.to_dict()["computed"]] == [expected]
    bot.knowledge.close()

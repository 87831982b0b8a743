"""Towns' tables that nobody has seen before: each is written as a file and read project by project."""

from pathlib import Path

import pytest

from tests.kb.tables.tables import by_name, details, imported, said, text_file, units, values, workbook


def test_grades_as_marks_under_two_row_headings(tmp_path: Path) -> None:
    """令和4年度 over 目標, 実績 and 評価, merged; ◎○△× are the grades of each year."""
    lines = [
        ["第3次あおば市総合計画 実施計画 進捗状況"],
        [],
        ["番号", "事業名", "担当課", "令和4年度", None, None, "令和5年度", None, None],
        [None, None, None, "目標", "実績", "評価", "目標", "実績", "評価"],
        ["1", "保育所整備事業", "保育課", "3園", "2園", "○", "4園", "4園", "◎"],
        ["2", "学童クラブ運営事業", "児童課", "120人", "118人", "△", "130人", "-", "×"],
    ]
    merged = {"一覧": ["A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:I3"]}
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}, merged))
    assert made.plan.title == "第3次あおば市総合計画 実施計画 進捗状況"
    assert made.plan.years == (2022, 2023)
    assert made.plan.layout.grades == ("◎", "○", "△", "×")
    first, second = made.projects
    assert (first.no, first.name, details(first)) == ("1", "保育所整備事業", {"担当課": "保育課"})
    assert values(first, "target") == {2022: "3園", 2023: "4園"}
    assert values(first, "result") == {2022: "2園", 2023: "4園"}
    assert values(first, "grade") == {2022: "○", 2023: "◎"}
    assert values(second, "result") == {2022: "118人", 2023: "-"}
    assert values(second, "grade") == {2022: "△", 2023: "×"}
    assert made.unread == ()


def test_a_date_above_the_last_column_is_no_heading(tmp_path: Path) -> None:
    """令和6年9月 says when the table was made, and of no column which year it is of."""
    lines = [
        ["くぬぎ町省エネ計画 進捗状況"],
        [None, None, None, None, None, "令和6年9月 環境課"],
        ["施設名", "令和4年度", None, "令和5年度", None, "判定"],
        [None, "目標", "実績", "目標", "実績", None],
        ["町庁舎", "700t", "690t", "650t", "610t", "○"],
        ["分庁舎", "190t", "180t", "170t", "176t", "×"],
    ]
    merged = {"一覧": ["A3:A4", "B3:C3", "D3:E3", "F3:F4"]}
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}, merged))
    assert made.plan.years == (2022, 2023)
    assert [project.grade for project in made.projects] == ["○", "×"]


def test_progress_in_words_and_policies_printed_once(tmp_path: Path) -> None:
    """順調, 概ね順調 and 遅れ are the scale; 基本目標 and 施策 hold for the rows that they are merged over."""
    lines = [
        ["No.", "基本目標", "施策", "取組名", "取組内容", "令和3年度実績", "令和4年度実績", "進捗状況"],
        [1, "1 健やかに暮らす", "母子保健", "妊婦健診", "健診費用を助成する", "1,020件", "998件", "順調"],
        [2, None, None, "産後ケア", "宿泊型のケアを行う", "56人", "61人", "概ね順調"],
        [3, None, "食育", "食育教室", "親子で調理する", "中止", "3回", "遅れ"],
        [4, "2 安心して暮らす", "防災", "備蓄品の更新", "5年で入れかえる", "2,000食", "2,400食", "順調"],
    ]
    made = imported(workbook(tmp_path / "b.xlsx", {"Sheet1": lines}, {"Sheet1": ["B2:B4", "C2:C3"]}))
    projects = by_name(made)
    assert [project.no for project in made.projects] == ["1", "2", "3", "4"]
    assert [(p.goal_text, p.policy) for p in made.projects] == [
        ("1 健やかに暮らす", "母子保健"),
        ("1 健やかに暮らす", "母子保健"),
        ("1 健やかに暮らす", "食育"),
        ("2 安心して暮らす", "防災"),
    ]
    assert [p.grade for p in made.projects] == ["順調", "概ね順調", "遅れ", "順調"]
    assert made.plan.layout.grades == ("順調", "概ね順調", "遅れ")
    assert projects["食育教室"].description == "親子で調理する"
    assert values(projects["食育教室"], "result") == {2021: "中止", 2022: "3回"}


def test_a_direction_as_the_only_evaluation(tmp_path: Path) -> None:
    """拡大, 継続 and 縮小 under 今後の方向性, with amounts whose unit the headings state."""
    lines = [
        ["事業番号", "事務事業名", "予算額(千円)", "決算額(千円)", "今後の方向性"],
        ["001", "防犯灯設置事業", 1200, 1150, "拡大"],
        ["002", "広報紙発行事業", 8000, 7990, "継続"],
        ["003", "敬老祝金事業", 3000, 2500, "縮小"],
    ]
    made = imported(workbook(tmp_path / "令和5年度事務事業評価.xlsx", {"Sheet1": lines}))
    first = made.projects[0]
    assert (first.no, first.name, first.grade) == ("001", "防犯灯設置事業", "拡大")
    assert values(first, "budget") == {2023: "1200"}
    assert values(first, "settlement") == {2023: "1150"}
    assert units(first, "budget") == units(first, "settlement") == {"千円"}
    assert [p.grade for p in made.projects] == ["拡大", "継続", "縮小"]
    assert "年度のない列はファイル名の2023年度と読みました" in made.assumed


def test_years_over_the_change_of_an_era_without_an_era(tmp_path: Path) -> None:
    """30年度, 元年度 and 2年度 run on: 2018, 2019, 2020."""
    lines = [
        ["事業名", "30年度", "元年度", "2年度", "達成度"],
        ["図書館の開館時間延長", "延べ3,210人", "延べ3,480人", "中止", "B"],
        ["移動図書館", "412回", "399回", "120回", "A"],
    ]
    made = imported(workbook(tmp_path / "c.xlsx", {"図書館": lines}))
    assert made.plan.years == (2018, 2019, 2020)
    assert values(made.projects[0], "result") == {2018: "延べ3,210人", 2019: "延べ3,480人", 2020: "中止"}
    assert [p.grade for p in made.projects] == ["B", "A"]
    assert any("元号のない年度を平成・令和と読みました" in line for line in made.assumed)


def test_western_years_in_a_tsv(tmp_path: Path) -> None:
    """2019 to 2023 as bare headings under one heading; there is no number, so the order counts."""
    lines = [
        ["施策", "事業", "単位", "実績", "", "", "", ""],
        ["", "", "", "2019", "2020", "2021", "2022", "2023"],
        ["交通", "コミュニティバス", "人", "10,200", "7,800", "8,100", "9,020", "9,900"],
        ["交通", "自転車駐車場", "台", "300", "310", "320", "330", "340"],
        ["環境", "生ごみ処理機補助", "件", "20", "31", "28", "-", ""],
    ]
    made = imported(text_file(tmp_path / "d.tsv", lines, delimiter="\t"))
    projects = by_name(made)
    assert made.plan.years == (2019, 2020, 2021, 2022, 2023)
    assert [p.no for p in made.projects] == ["1", "2", "3"]
    assert values(projects["コミュニティバス"], "result")[2020] == "7,800"
    assert units(projects["自転車駐車場"], "result") == {"台"}
    assert values(projects["生ごみ処理機補助"], "result") == {2019: "20", 2020: "31", 2021: "28", 2022: "-"}
    assert [p.policy for p in made.projects] == ["交通", "交通", "環境"]
    assert "番号の列がないため、並んだ順の番号をつけました" in made.assumed


def test_a_sheet_for_each_policy(tmp_path: Path) -> None:
    """The sheets' names are the policies; a cover sheet without headings is left and named."""
    head = ["番号", "事業名", "R4実績", "R5実績", "評価"]
    sheets = {
        "表紙": [["みどり町 行政評価"], ["令和6年3月"]],
        "子育て": [head, [1, "一時預かり", "210件", "230件", "A"], [2, "絵本の配布", "88冊", "91冊", "B"]],
        "高齢者": [head, [3, "配食サービス", "4,010食", "4,200食", "A"]],
    }
    made = imported(workbook(tmp_path / "e.xlsx", sheets))
    assert [(p.no, p.name, p.policy, p.grade) for p in made.projects] == [
        ("1", "一時預かり", "子育て", "A"),
        ("2", "絵本の配布", "子育て", "B"),
        ("3", "配食サービス", "高齢者", "A"),
    ]
    assert values(made.projects[2], "result") == {2022: "4,010食", 2023: "4,200食"}
    assert [(one.sheet, one.address, one.reason) for one in made.unread] == [
        ("表紙", "A1", "表の見出しが見つからないシート"),
        ("表紙", "A2", "表の見出しが見つからないシート"),
    ]


def test_a_sheet_for_each_year(tmp_path: Path) -> None:
    """The sheets' names are the years; a project that is in all of them is one, with a grade for each year."""
    head = ["番号", "事業名", "目標値", "実績値", "評価"]
    sheets = {
        "令和3年度": [head, [1, "健康教室", "10回", "8回", "C"], [2, "がん検診", "500人", "480人", "B"]],
        "令和4年度": [head, [1, "健康教室", "10回", "10回", "A"], [3, "禁煙外来", "20人", "12人", "B"]],
    }
    made = imported(workbook(tmp_path / "f.xlsx", sheets))
    projects = by_name(made)
    assert list(projects) == ["健康教室", "がん検診", "禁煙外来"]
    assert values(projects["健康教室"], "result") == {2021: "8回", 2022: "10回"}
    assert values(projects["健康教室"], "target") == {2021: "10回", 2022: "10回"}
    assert values(projects["健康教室"], "grade") == {2021: "C", 2022: "A"}
    assert values(projects["がん検診"], "result") == {2021: "480人"}
    assert values(projects["禁煙外来"], "result") == {2022: "12人"}


def test_a_csv_in_cp932_with_junk_first(tmp_path: Path) -> None:
    """A first row that says when it was printed, a unit over the amounts, a total that adds up, a note at the end."""
    lines = [
        ["出力日時:2024/04/01 10:15"],
        ["", "", "", "", "(単位:千円)"],
        ["No", "事業名", "令和4年度予算額", "令和4年度決算額", "令和5年度予算額"],
        ["１", "道路補修事業", "12,000", "11,800", "13,000"],
        ["２", "橋りょう点検", "△500", "０", "700"],
        ["", "合計", "11,500", "11,800", "13,700"],
        ["※決算額は見込み"],
    ]
    made = imported(text_file(tmp_path / "g.csv", lines, encoding="cp932"))
    projects = by_name(made)
    assert list(projects) == ["道路補修事業", "橋りょう点検"]
    assert [p.no for p in made.projects] == ["１", "２"]
    assert values(projects["橋りょう点検"], "budget") == {2022: "△500", 2023: "700"}
    assert values(projects["橋りょう点検"], "settlement") == {2022: "０"}
    assert units(projects["道路補修事業"], "budget") == {"千円"}
    assert made.unread == ()
    assert not any("合計が合いません" in line for line in said(made))


def test_units_in_a_row_of_their_own(tmp_path: Path) -> None:
    """A third heading row states the unit of each column."""
    lines = [
        ["番号", "事業名", "令和4年度", "", "令和5年度", ""],
        ["", "", "実績", "決算額", "実績", "決算額"],
        ["", "", "(件)", "(円)", "(件)", "(円)"],
        ["1", "住宅改修助成", "12", "1,200,000", "15", "1,450,000"],
        ["2", "空き家相談", "30", "0", "28", "0"],
    ]
    made = imported(workbook(tmp_path / "h.xlsx", {"Sheet1": lines}))
    first = made.projects[0]
    assert values(first, "result") == {2022: "12", 2023: "15"}
    assert values(first, "settlement") == {2022: "1,200,000", 2023: "1,450,000"}
    assert (units(first, "result"), units(first, "settlement")) == ({"件"}, {"円"})
    assert not any("単位" in line for line in said(made))


def test_several_indicators_under_a_merged_name(tmp_path: Path) -> None:
    """A project's indicators are its activities; the budget that is printed once is the project's own."""
    lines = [
        ["番号", "事業名", "指標名", "単位", "R4目標", "R4実績", "R5目標", "R5実績", "R5予算額(千円)", "評価"],
        ["1", "観光PR事業", "来訪者数", "人", "5000", "4800", "5200", "5300", "2,000", "Ｂ"],
        [None, None, "SNSの投稿", "回", "100", "120", "100", "90", None, None],
        ["2", "特産品開発", "新商品", "品", "3", "2", "3", "3", "800", "Ａ"],
    ]
    merged = {"Sheet1": ["A2:A3", "B2:B3", "I2:I3", "J2:J3"]}
    made = imported(workbook(tmp_path / "i.xlsx", {"Sheet1": lines}, merged))
    first, second = made.projects
    assert values(first, "target", "来訪者数") == {2022: "5000", 2023: "5200"}
    assert values(first, "result", "SNSの投稿") == {2022: "120", 2023: "90"}
    assert units(first, "result", "SNSの投稿") == {"回"}
    assert values(first, "budget") == {2023: "2,000"}
    assert first.grade == "Ｂ"
    assert values(second, "result", "新商品") == {2022: "2", 2023: "3"}
    assert units(second, "budget") == {"千円"}


def test_targets_and_results_as_lines(tmp_path: Path) -> None:
    """A column 区分 whose cells say 計画 and 実績 tells what each line holds."""
    lines = [
        ["事業名", "区分", "令和3年度", "令和4年度"],
        ["放課後子ども教室", "計画", "20か所", "22か所"],
        ["", "実績", "19か所", "22か所"],
        ["ファミリーサポート", "計画", "300人", "320人"],
        ["", "実績", "290人", "301人"],
    ]
    made = imported(text_file(tmp_path / "j.csv", lines))
    assert [p.name for p in made.projects] == ["放課後子ども教室", "ファミリーサポート"]
    assert values(made.projects[0], "target") == {2021: "20か所", 2022: "22か所"}
    assert values(made.projects[0], "result") == {2021: "19か所", 2022: "22か所"}
    assert values(made.projects[1], "result") == {2021: "290人", 2022: "301人"}


def test_a_long_table_with_english_headings(tmp_path: Path) -> None:
    """A line for each year and edition; where two editions differ, both are kept with their places, neither taken."""
    lines = [
        ["government", "project_name", "sheet_year", "kind", "indicator", "unit", "fiscal_year", "target", "actual"],
        ["本省", "道の駅の整備", "2015", "output", "整備数", "か所", "2013", "3", "2"],
        ["本省", "道の駅の整備", "2015", "output", "整備数", "か所", "2014", "3", "3"],
        ["本省", "道の駅の整備", "2016", "output", "整備数", "か所", "2014", "3", "4"],
        ["本省", "道の駅の整備", "2016", "outcome", "利用者", "人", "2014", "", "900"],
    ]
    made = imported(text_file(tmp_path / "k.tsv", lines, delimiter="\t"))
    (project,) = made.projects
    assert values(project, "target", "整備数") == {2013: "3", 2014: "3"}
    assert values(project, "result", "整備数") == {2013: "2", 2014: "3(k I3・2015の版) ≠ 4(k I4・2016の版)"}
    assert project.rows[1].cells[1].text == ""
    assert values(project, "result", "利用者") == {2014: "900"}
    assert units(project, "result", "利用者") == {"人"}
    assert any("どれも使いません" in str(one) for one in made.remarks)


def test_a_department_merged_over_its_projects(tmp_path: Path) -> None:
    """担当課 in a merged cell holds for every project beside it; a blank that isn't merged stays blank, an amount too."""
    lines = [
        ["番号", "担当課", "事業名", "国庫支出金", "令和5年度実績"],
        [1, "総務課", "広報紙の発行", "1,200", "12回"],
        [2, None, "町史の編さん", None, "1冊"],
        [3, "産業課", "直売所の運営", None, "300人"],
        [4, None, "鳥獣の対策", None, "41頭"],
    ]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}, {"一覧": ["B2:B3", "D2:D3"]}))
    assert [details(project) for project in made.projects] == [
        {"担当課": "総務課", "国庫支出金": "1,200"},
        {"担当課": "総務課"},
        {"担当課": "産業課"},
        {},
    ]


def test_values_without_a_year_beside_dated_ones(tmp_path: Path) -> None:
    """実績値 says no year: its cells are named, and the indicator whose value it is stays with the project."""
    lines = [
        ["番号", "事務事業名", "令和4年度決算", "令和5年度決算", "指標名", "実績値", "評価"],
        [1, "広報紙の発行", 4610, 4890, "発行回数(回)", 12, "A"],
        [2, "職員の研修", 760, 905, "受講者数(人)", 134, "B"],
    ]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert [details(project) for project in made.projects] == [{"指標名": "発行回数(回)"}, {"指標名": "受講者数(人)"}]
    assert [(one.address, one.reason) for one in made.unread] == [
        ("F2", "年度の分からない列"),
        ("F3", "年度の分からない列"),
    ]


def test_a_goal_merged_over_its_indicators_is_not_their_name(tmp_path: Path) -> None:
    """基本目標 is printed once for three lines; what each line measures names it."""
    lines = [
        ["基本目標", "No", "重要業績評価指標(KPI)", "単位", "R4年度実績値", "R5年度実績値"],
        ["しごとをつくる", 1, "従業者数", "人", 15102, 15340],
        [None, 2, "創業の件数", "件", 11, 9],
        [None, 3, "農業産出額", "億円", "41.8", "43.1"],
        ["ひとの流れをつくる", 4, "転入者数", "人", 1705, 1799],
        [None, 5, "観光客数", "千人", 480, 720],
        [None, 6, "移住の相談", "件", 21, 34],
    ]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}, {"一覧": ["A2:A4", "A5:A7"]}))
    assert [project.name for project in made.projects] == [
        "従業者数", "創業の件数", "農業産出額", "転入者数", "観光客数", "移住の相談",
    ]  # fmt: skip
    assert values(made.projects[1], "result") == {2022: "11", 2023: "9"}


def test_a_name_merged_over_numbered_lines(tmp_path: Path) -> None:
    """Each number is a project of that name; the audit finds every value under it."""
    lines = [
        ["番号", "事業名", "令和4年度実績", "令和5年度実績"],
        [1, "道路の維持", "11km", "9km"],
        [2, None, "3橋", "4橋"],
        [3, "公園の管理", "5園", "6園"],
    ]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}, {"一覧": ["B2:B3"]}))
    assert [(project.no, project.name) for project in made.projects] == [
        ("1", "道路の維持"),
        ("2", "道路の維持"),
        ("3", "公園の管理"),
    ]


def test_years_that_no_column_holds_are_no_years_of_the_table(tmp_path: Path) -> None:
    """A base value beside, the results and a goal far off: between them nothing is blank, there is nothing."""
    lines = [
        ["番号", "指標名", "令和元年度 基準値", "令和3年度 実績値", "令和4年度 実績値", "令和12年度 目標値"],
        [1, "リサイクル率", "19.8%", "18.9%", "18.2%", "25%"],
        [2, "ごみの量", "912g", "890g", "871g", "800g"],
    ]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert made.plan.years == (2021, 2022, 2030)
    assert [list(details(project).values()) for project in made.projects] == [["19.8%"], ["912g"]]


def test_headings_repeated_under_each_section(tmp_path: Path) -> None:
    """施策 stands over each block, over the first one as well; the heading rows are layout, and 評価 is no grade."""
    head = ["No", "事業名", "R4決算(千円)", "R5決算(千円)", "評価"]
    lines = [
        ["ことり町教育振興基本計画 点検評価"],
        [],
        ["施策1 確かな学力の育成"],
        head,
        [1, "学力の向上", 1200, 1350, "A"],
        [2, "外国語の指導", 9800, 10050, "B"],
        ["小計", None, 11000, 11400],
        [],
        ["施策2 豊かな心の育成"],
        head,
        [3, "読書活動", 650, 600, "C"],
        ["小計", None, 650, 600],
    ]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}, {"一覧": ["A3:E3", "A9:E9"]}))
    assert [(project.name, project.policy, project.grade) for project in made.projects] == [
        ("学力の向上", "施策1 確かな学力の育成", "A"),
        ("外国語の指導", "施策1 確かな学力の育成", "B"),
        ("読書活動", "施策2 豊かな心の育成", "C"),
    ]
    assert made.plan.layout.grades == ("A", "B", "C")
    assert (made.plan.title, made.unread) == ("ことり町教育振興基本計画 点検評価", ())


def test_lines_over_others_in_a_column_of_indicators(tmp_path: Path) -> None:
    """What stands alone there is a section, but not where the project's name is merged over the row."""
    lines = [
        ["活動指標", "取組", "令和4年度実績", "令和5年度実績"],
        ["施策1 安全"],
        ["訓練の回数", "防災訓練", 3, 4],
        ["訓練の満足度", None, None, None],
        ["施策2 緑"],
        ["植樹の本数", "緑化の推進", 50, 60],
    ]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}, {"一覧": ["B3:B4"]}))
    assert [(project.name, project.policy) for project in made.projects] == [
        ("防災訓練", "施策1 安全"),
        ("緑化の推進", "施策2 緑"),
    ]


def test_lines_over_others_in_a_column_of_kinds(tmp_path: Path) -> None:
    """施策 stands over the rows of 目標 and 実績 in their column."""
    lines = [
        ["種別", "事業名", "R4", "R5"],
        ["施策1 安全"],
        ["目標値", "防災訓練", 3, 4],
        ["実績値", "防災訓練", 2, 5],
        ["施策2 緑"],
        ["目標値", "緑化の推進", 50, 60],
        ["実績値", "緑化の推進", 40, 70],
    ]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert [(project.name, project.policy) for project in made.projects] == [
        ("防災訓練", "施策1 安全"),
        ("緑化の推進", "施策2 緑"),
    ]


def test_titles_of_sheets_that_differ_in_their_year_alone(tmp_path: Path) -> None:
    """The plan's title is what they have in common: figures of R5 don't cite 令和4年度."""
    head = ["事業名", "実績"]
    sheets = {
        "R4": [["みどり町学習計画　令和4年度評価"], head, ["講座", "3回"], ["健診", "8件"]],
        "R5": [["みどり町学習計画　令和5年度評価"], head, ["講座", "4回"], ["健診", "9件"]],
    }
    made = imported(workbook(tmp_path / "a.xlsx", sheets))
    assert made.plan.title == "みどり町学習計画　評価"
    assert values(made.projects[0], "result") == {2022: "3回", 2023: "4回"}
    assert (
        "題名はシートごとに年度が違うため(「みどり町学習計画　令和4年度評価」など)、共通の所だけにしました"
        in made.assumed
    )


def test_one_title_keeps_its_year(tmp_path: Path) -> None:
    """It is as printed, though another sheet prints another title."""
    head = ["番号", "事業名", "R5実績"]
    sheets = {
        "観光": [["令和5年度 観光計画の評価"], head, ["1", "祭り", "3回"]],
        "健康": [["令和5年度 健康の評価"], head, ["2", "健診", "9件"]],
    }
    assert imported(workbook(tmp_path / "a.xlsx", sheets)).plan.title == "令和5年度 観光計画の評価"


@pytest.mark.parametrize(
    ("title", "heading", "note", "said"),
    [
        ("観光計画の指標(暦年)", "2022年", "", True),
        ("観光計画の指標", "2022年\n(暦年)", "", True),
        ("観光計画の指標", "2022年", "※数値は暦年", True),
        ("観光計画の指標", "2022年", "", False),
    ],
)
def test_calendar_years_are_said(tmp_path: Path, title: str, heading: str, note: str, said: bool) -> None:
    """They are answered as fiscal years, which whoever publishes must know."""
    lines = [[title], ["番号", "事業名", heading, "2023年"], ["1", "宿泊", "5人", "6人"], ["2", "来訪", "7人", "8人"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [*lines, [note]]}))
    assert values(made.projects[0], "result") == {2022: "5人", 2023: "6人"}
    assert any("暦年も年度として読みました" in line for line in made.assumed) is said


def test_the_years_of_a_plan_between_a_kind_and_its_years(tmp_path: Path) -> None:
    """実績値 / 計画期間 / H29: the years are results, whatever is merged between; the cover's title is the plan's."""
    head = [
        ["No.", "指標", "実績値", None, None, "目標値", "評価"],
        [None, None, "計画期間", None, None, "R1", None],
        [None, None, "H29", "H30", "R1", None, None],
    ]
    lines = [*head, [1, "就農者数(人)", 1, 3, 2, 4, "B"], [2, "講座", "準備", "2回開催", "中止", "毎年開催", "C"]]
    merged = ["A1:A3", "B1:B3", "C1:E1", "C2:E2", "F2:F3", "G1:G3"]
    sheets = {"表紙": [["第1期 若草町総合戦略"], ["指標検証シート"]], "検証": lines}
    made = imported(workbook(tmp_path / "a.xlsx", sheets, {"検証": merged}))
    assert made.plan.title == "第1期 若草町総合戦略"
    assert values(by_name(made)["就農者数(人)"], "result") == {2017: "1", 2018: "3", 2019: "2"}
    assert values(by_name(made)["就農者数(人)"], "target") == {2019: "4"}
    assert values(by_name(made)["講座"], "result") == {2017: "準備", 2018: "2回開催", 2019: "中止"}


def test_a_period_below_a_year_stays_a_period(tmp_path: Path) -> None:
    """Negative control: 実施時期 below R4 is no result of R4, and 〇 below the years of 実施期間 are none."""
    head = [["番号", "事業名", "R4", None, "実施期間", None], [None, None, "実績", "実施時期", "R4", "R5"]]
    lines = [*head, ["1", "健診", "10件", "4月から9月", "〇", "〇"], ["2", "相談", "5件", "通年", "〇", "→"]]
    merged = ["A1:A2", "B1:B2", "C1:D1", "E1:F1"]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}, {"一覧": merged}))
    assert values(made.projects[0], "result") == {2022: "10件"}

"""Tables: kotae build, check and export."""

from pathlib import Path

import click

from bot.commands.folders import data_folder, home_folder, now

__all__ = ["build", "check", "export"]


@click.command()
def build() -> None:
    """知識ベースをつくる。"""
    from bot.publishing.building import build_all
    from kb.publishing.drafts import drafts

    built = build_all(data_folder(), home_folder(), now())
    if built.withheld:
        click.echo(
            f"data/ の版 {built.revision[:12]} は取り消されているので、版 {built.withheld[:12]} のままにしました。"
            "使うときは kotae publish を実行してください。"
        )
    else:
        several = f" 見える範囲{built.editions}通り" if built.editions > 1 else ""
        click.echo(f"知識ベースをつくりました: {built.projects}事業 {built.rows}行{several} 版 {built.revision[:12]}")
    if waiting := drafts(home_folder()):
        names = "・".join(draft.name for draft in waiting)
        click.echo(f"下書きがあります({names})。kotae diff で確かめ、kotae publish で公表してください。")


@click.command()
def check() -> None:
    """表のすべてのセルが一度ずつ使われているか、補正が今も当てはまるかを確かめる。"""
    from bot.publishing.building import check_all

    report = check_all(data_folder())
    for finding in report.findings:
        click.echo(finding)
    if report.findings:
        raise click.exceptions.Exit(1)
    if report.left:
        click.echo(f"どの事業にも使わないセル {len(report.left)}件(理由のあるもの)")
    for line in report.left[:20]:
        click.echo(f"  {line}")
    click.echo(
        f"すべてのセルが一度ずつ使われています: {report.projects}事業 {report.rows}行 補正{report.corrections}件"
    )


@click.command()
@click.option("--format", "form", type=click.Choice(["json", "csv", "xlsx"]), default="json", help="出す形。")
@click.option("--output", type=click.Path(path_type=Path), help="出す先のファイル(xlsx では必ず要る)。")
def export(form: str, output: Path | None) -> None:
    """表のすべてを書き出す。"""
    from bot.publishing.building import export_all

    if form == "xlsx" and output is None:
        raise click.UsageError("xlsx は --output でファイルを指定してください")
    text = export_all(data_folder(), form, output)
    if text is not None:
        click.echo(text, nl=False)

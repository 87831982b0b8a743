"""Continuing: holds what plans say of projects that go on from an earlier plan against the projects (build side)."""

from collections.abc import Iterator, Sequence

from kb.source.plans import Plan
from kb.source.projects import Project

__all__ = ["broken_continuations"]


def broken_continuations(plans: Sequence[Plan], projects: Sequence[Project]) -> tuple[str, ...]:
    """One line for each continuation that leads nowhere, backwards, or stands twice."""
    known = {f"{project.plan}/{project.no}" for project in projects}
    began = {plan.id: plan.years[0] for plan in plans if plan.years}
    return tuple(line for plan in plans for line in _broken(plan, known, began))


# Private functions


def _broken(plan: Plan, known: set[str], began: dict[str, int]) -> Iterator[str]:
    seen = set()
    for at, continuation in enumerate(plan.continues, 1):
        place = f"{'/'.join(plan.folder.parts[-2:])}/plan.toml: continues[{at}]"
        before = continuation.before.partition("/")[0]
        if f"{plan.id}/{continuation.project}" not in known:
            yield f"{place}.project: この計画に事業番号{continuation.project}はありません"
        if before not in began:
            yield f"{place}.from: 「{before}」という計画はありません"
        elif continuation.before not in known:
            yield f"{place}.from: {continuation.before} という事業はありません"
        elif began[before] >= began.get(plan.id, 0):
            yield f"{place}.from: 「{before}」はこの計画より前に始まる計画ではありません"
        if continuation in seen:
            yield f"{place}: 同じつながりが二度あります"
        seen.add(continuation)

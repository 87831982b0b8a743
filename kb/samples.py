"""Samples: questions that are sure to work, of the very table that is answered from."""

from collections.abc import Sequence

from kb.catalog import Catalog
from nlp.names.names import project_of
from nlp.writing.text import normalize
from nlp.years.fiscal import era_year

__all__ = ["samples"]


def samples(catalog: Catalog) -> tuple[str, ...]:
    """Two results and a list by a grade, where it has them."""
    first = catalog.default[0]
    reported = {row: years for (row, kind), years in catalog.reported.items() if kind == first}
    told = [row for row, years in reported.items() if years][:: max(1, len(reported) // 2)][:2]
    of_plan = f"{catalog.short}の" if catalog.short else ""
    asked = [f"{of_plan}{catalog.names[project_of(row)]}の{_sample(reported[row], catalog)}" for row in told]
    used = [grade for grade in catalog.grades if grade in catalog.used and normalize(grade).value != "-"]
    return (*asked, f"{of_plan}{catalog.grade_name}{used[-1]}の事業一覧") if used else tuple(asked)


# Private functions


def _sample(reported: Sequence[int], catalog: Catalog) -> str:
    """What a row reports, of the last year but one if it can be."""
    year = catalog.years[-2] if len(catalog.years) > 1 else catalog.years[-1]
    said = era_year(year if year in reported else reported[-1], catalog.era)
    return f"{said}の{catalog.attribute_label(catalog.default[0])}"

"""Misuse: what is wrong with a call, in Japanese: click says it in English."""

import click

__all__ = ["misuse"]


def misuse(error: click.UsageError) -> str:
    """What is wrong with a call."""
    if isinstance(error, click.NoSuchOption):
        return f"{error.option_name} という指定はありません"
    if isinstance(error, click.MissingParameter):
        return f"{_name(error)} がありません"
    if isinstance(error, click.BadParameter):
        return f"{_name(error)} に使えない値です{_allowed(error.param)}"
    return error.format_message()


# Private functions


def _name(error: click.BadParameter) -> str:
    hint = error.param.get_error_hint(error.ctx) if error.param and error.ctx else error.param_hint
    return str(hint or "").replace("'", "")


def _allowed(parameter: click.Parameter | None) -> str:
    kind = parameter.type if parameter else None
    if isinstance(kind, click.IntRange):
        return f"({kind.min}〜{kind.max}の整数)"
    if isinstance(kind, click.Choice):
        return f"({'、'.join(map(str, kind.choices))} のどれか)"
    return "(整数)" if kind is click.INT else ""

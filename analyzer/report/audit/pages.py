"""Jinja2 for inventories: every value that a template prints passes one escape, whatever the template says.

What a macro returns was escaped when it was printed and passes as it is.
"""

from collections.abc import Callable

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from analyzer.visible import visible

Escape = Callable[[str], str]


def page(template: str, escape: Escape, **values: object) -> str:
    """The template, filled in."""

    def finalize(value: object) -> Markup:
        return value if isinstance(value, Markup) else Markup(escape(str(value)))  # noqa: S704  escaped here, once

    environment = Environment(
        loader=PackageLoader("analyzer.report.audit"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"count": count, "address": address, "verbatim": verbatim, "at_start": at_start}
    return environment.get_template(template).render(values)


def at_start(path: str) -> str:
    """A path for the start of a line: `./` before what a CI runner would carry out (`analyzer.visible`)."""
    return f"./{path}" if path.lstrip().startswith("::") else path


def verbatim(lines: str) -> Markup:
    """Lines of our own making for a code block, where escapes would be shown: no fence can end it early."""
    return Markup("\n".join(visible(line).replace("`", "'") for line in lines.split("\n")))  # noqa: S704


def count(number: int, noun: str) -> str:
    """`1 place`, `2 places`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def address(host: str, port: int | None) -> str:
    """`host:port`, an IPv6 address in brackets; without the port where there is none."""
    if port is None:
        return host
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

"""Which files of code may give or use a constant that is a database host, by words in their bytes."""

from dataclasses import dataclass
from functools import cached_property

from analyzer.extract import FORMATS, Format, format_of
from analyzer.extract.strangers import naming, speaking
from analyzer.prefilter import Hit


@dataclass(frozen=True)
class Ties:
    """Asked in the parent about every file of code that holds nothing by itself."""

    def wants(self, path: str, data: bytes) -> bool:
        """Whether a file should be kept, as one that may give a host or use one."""
        return language_of(path, data) is not None and (self.uses(data) or self.gives(data))

    def uses(self, data: bytes) -> bool:
        """Whether a word of a database or its clients stands in the bytes."""
        return self._speaking(data)

    def gives(self, data: bytes) -> bool:
        """Whether an address or a qualified name stands in the bytes."""
        return self._naming(data)

    @cached_property
    def _speaking(self) -> Hit:
        return speaking()

    @cached_property
    def _naming(self) -> Hit:
        return naming()


def language_of(path: str, data: bytes) -> str | None:
    """The language of a file of code, by its suffix or its first line; None for any other file."""
    if data.startswith(b"#!"):
        return _language(format_of(path, data[:256]))
    name = path.rsplit("/", 1)[-1]
    return _SUFFIXES.get(name[name.rfind(".") :])


def _language(row: Format) -> str | None:
    return row.semgrep or ("python" if row.name == "python" else None)


_SUFFIXES = {
    glob.removeprefix("*"): language
    for row in FORMATS
    if (language := _language(row)) is not None
    for glob in row.globs
    if glob.startswith("*.")
}

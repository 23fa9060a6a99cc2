"""Tables of notebooks: which reader a language has, and what the magics of IPython do with the text behind them.

Magics: https://ipython.readthedocs.io/en/stable/interactive/magics.html; those of Databricks have one sign for a whole
cell (https://docs.databricks.com/notebooks/notebooks-code.html#mix-languages). Tables only.
"""

_PYTHON = frozenset({"python", "python2", "python3", "ipython", "pyspark", "sage", "sagemath", "xpython"})
_SHELLS = frozenset({"bash", "sh", "zsh", "ksh", "dash", "shell", "shellscript"})
_SQL = frozenset({"sql", "pgsql", "postgres", "postgresql", "mysql", "tsql", "plsql", "sparksql", "bigquery"})


def reader_of(language: str) -> str:
    """Who reads a language: "python", "shell", "sql", or "text" for all others."""
    word = language.lower()
    if word in _PYTHON or word.startswith(("python", "conda-env")):
        return "python"
    return "shell" if word in _SHELLS else "sql" if word in _SQL else "text"


COMMANDS = frozenset({"!", "!!", "system", "sx"})
"""What runs the text behind it in a shell."""

STATEMENTS = frozenset({"time", "timeit", "prun", "memit", "mprun", "lprun"})
"""Line magics whose text is Python, behind options."""

ENVIRONMENT = frozenset({"env", "set_env"})
"""Line magics that set a variable of the environment."""

AUTOMATIC = ("pip", "conda", "mamba", "cd", "ls", "ll", "cat", "cp", "mv", "mkdir", "rm", "rmdir")
"""Line magics that are written without a sign (`%automagic`), as far as people do."""

WHOLE_CELLS = frozenset({"sh", "md", "scala", "r", "fs", "sql"})
"""Magics that take a whole cell with one sign where nothing else stands on their line; those but `sql` anyhow."""

BODIES: dict[str, str] = {
    **dict.fromkeys((*_SHELLS, "!", "system", "sx"), "shell"),
    **dict.fromkeys(("python", "python3", "pyspark", "spark", "local", "capture", "px", *STATEMENTS), "python"),
    **dict.fromkeys(("writefile", "file"), "file"),
    **dict.fromkeys(("markdown", "md", "html", "latex", "svg", "mermaid"), "prose"),
    **dict.fromkeys(_SQL, "sql"),
    **dict.fromkeys(("cql", "cypher", "javascript", "js", "r", "perl", "ruby", "scala", "java", "julia"), "text"),
    **dict.fromkeys(("fs", "configure"), "text"),
}
"""Who reads the text below a cell magic; below all others stands Python, or else text."""

SCRIPT = "script"
"""The cell magic that names the program which gets the text."""

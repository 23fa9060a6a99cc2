"""Exceptions that end a run, each with what to do next and an exit code. Faults of one file are `Problem`s."""


class AnalyzerError(Exception):
    """Ends the run: `message` says what and where, `hint` what to do instead."""

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(AnalyzerError):
    """The command line cannot be carried out."""


class PolicyError(AnalyzerError):
    """The policy file is wrong; the message holds file:line:column."""


class RulesError(AnalyzerError):
    """The shipped Semgrep rules or the engine that runs them cannot be loaded."""


class GitError(AnalyzerError):
    """Git refused or failed."""

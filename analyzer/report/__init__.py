"""The table of reports: name -> a function from a `Report` to the text of a file or of standard output."""

from collections.abc import Callable

from analyzer.model import Report
from analyzer.report import github, gitlab_codequality, gitlab_sast, json, junit, markdown, rdjson, sarif, text

REPORTS: dict[str, Callable[[Report], str]] = {
    "text": text.render,
    "json": json.render,
    "sarif": sarif.render,
    "github": github.render,
    "markdown": markdown.render,
    "rdjson": rdjson.render,
    "gitlab-codequality": gitlab_codequality.render,
    "gitlab-sast": gitlab_sast.render,
    "junit": junit.render,
}

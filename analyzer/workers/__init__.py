"""Disposable processes that parse hostile files, and their supervisor.

A worker gets a file's name and bytes on its standard input and answers with an `Extraction` as JSON; it opens no
file of the tree. If it dies, hangs or answers nonsense, that one file is blamed and a new worker takes over.
"""

from analyzer.workers.pool import Job, extract_all

__all__ = ["Job", "extract_all"]

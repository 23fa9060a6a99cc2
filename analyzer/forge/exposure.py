"""Which lines a review may repeat. A suggestion shows whole lines, and a comment is mailed and kept for good.

What stands beside hosts and ports must be one of the few forms below, all of them without a place for a password:
names of keys, words of declarations and calls, punctuation. Anything else, a comment too, is taken for a secret.
"""

import re

_BLANK = r"[ \t]{0,8}"
_NAME = r"[^\W\d][\w.-]{0,80}"
_QUOTE = r"[\"'`]?"
_IS = r"(?:=>|:=|[:=])"
_KEY = rf"{_QUOTE}{_NAME}{_QUOTE}{_BLANK}{_IS}{_BLANK}"
_WORDS = "export|set|setx|ENV|ARG|const|let|var|val|final|static|private|public|readonly|String"
_DECLARED = rf"(?:(?:{_WORDS})[ \t]{{1,8}}){{0,5}}"
_CALL = rf"(?:{_NAME}{_BLANK}={_BLANK})?(?:await[ \t]{{1,8}})?(?:new[ \t]{{1,8}})?(?:{_NAME})?[({{\[]{{1,3}}{_BLANK}"
_SCHEME = r"(?:(?:jdbc:)?[a-z][a-z0-9+]{1,30}://)?"
_BEFORE = re.compile(rf"\ufeff?[ \t]*(?:-[ \t]+)?{_DECLARED}(?:{_CALL})?(?:{_KEY})?{_QUOTE}{_SCHEME}")
_PORT = rf"(?:[,;]{_BLANK}{_QUOTE}(?i:\w{{0,40}}port){_QUOTE}{_BLANK}{_IS}{_BLANK}{_QUOTE}\d{{1,5}}{_QUOTE})?"
_AFTER = re.compile(rf"(?::\d{{1,5}})?(?:/\d{{0,2}})?{_QUOTE}{_PORT}[ \t,;)}}\]\\]*")
_SECRET = re.compile(r"(?i)pass|pwd|secret|token|cred|auth|api.?key|private.?key|salt|sas\b|sig\b")


def repeatable(before: str, after: str) -> bool:
    """Whether a line may be shown with what stands in it before and after hosts and ports."""
    if _BEFORE.fullmatch(before) is None or _AFTER.fullmatch(after) is None:
        return False
    return _SECRET.search(before) is None and _SECRET.search(after) is None

"""Reads PowerShell's expressions as far as they make texts: concatenation, formats, lists, alternatives.

Source: about_Operators, about_Operator_Precedence (PowerShell 7.4).
"""

import re
from dataclasses import replace

from analyzer.extract.powershell.formats import formatted, single
from analyzer.extract.powershell.operands import OperandReader
from analyzer.extract.shell.words import Word, joined

_OPERATOR = re.compile(
    r"-(?:not|and|or|xor|band|bor|bxor|shl|shr|[ci]?(?:eq|ne|gt|ge|lt|le|like|notlike|match|notmatch|contains"
    r"|notcontains|in|notin|replace|split)|is|isnot|as|join)(?![\w-])|\?\?(?!=)|\?(?![\w.\[])|:(?!:)|\.\.|[*/%](?!=)|-(?![\w\-=])|-(?=\d)",
    re.IGNORECASE,
)
_FORMAT = re.compile(r"-f(?![\w-])", re.IGNORECASE)
_PLUS = re.compile(r"[+](?![=+])")
_LONGEST = 500  # elements of a list


class ExpressionReader(OperandReader):
    """Reads expressions: operands with operators between them."""

    def expression(self, *, lines: bool = False, lists: bool = True) -> Word:
        """One expression; `lines`: it stands in parentheses, where it may go on below. `lists`: commas belong to it."""
        start = self.at
        words, operators = [self._sum(lines=lines, lists=lists)], list[str]()
        while self.skip(lines=lines) and (operator := _OPERATOR.match(self.text, self.at, self.end)):
            operators.append(operator.group())
            self.at = operator.end()
            words.append(self._sum(lines=lines, lists=lists))
        if not operators:
            return words[0]
        left = words[0].variable()
        if operators == ["??"] and left is not None and left.default is None:
            return self.hole(start, replace(left, default=words[1]))
        chosen = words[operators.index("?") + 1 :] if "?" in operators else words if "??" in operators else []
        for word in words:
            if word in chosen:
                self.printed(self.plain("echo", start), word, start)
            else:
                self.handed([word], start)
        return self.opaque(start)

    def _sum(self, *, lines: bool, lists: bool) -> Word:
        words = [self._formatted(lines=lines, lists=lists)]
        while self.skip(lines=lines) and (plus := _PLUS.match(self.text, self.at, self.end)):
            self.at = plus.end()
            words.append(self._formatted(lines=lines, lists=lists))
        if len(words) == 1:
            return words[0]
        listed = [word for word in words if word.elements is not None]
        if listed:
            return replace(listed[0], elements=tuple(one for word in words for one in single(word))[:_LONGEST])
        return joined(words, "")

    def _formatted(self, *, lines: bool, lists: bool) -> Word:
        text = self._list(lines=lines) if lists else self.operand()
        if not (self.skip(lines=lines) and (sign := _FORMAT.match(self.text, self.at, self.end))):
            return text
        self.at = sign.end()
        return formatted(text, single(self._list(lines=lines)))

    def _list(self, *, lines: bool) -> Word:
        start = self.at
        first = self.operand()
        if self.skip(lines=lines) != ",":
            return first
        elements = [first]
        while self.skip(lines=lines) == "," and len(elements) < _LONGEST:
            self.at += 1
            elements.append(self.operand())
        return self.listed(start, elements)

"""Files in which nothing is to be found: code, documents and settings as they fill most of a repository."""

import random
import re

_WORDS = re.findall(
    r"\w+",
    """
    account address batch border button catalog check client color column config count customer date default detail
    device email error event field file filter format group handler header image index invoice item label language
    layout length limit line list locale message method model name number offer option order page parent path payment
    price product profile project provider query range record report request result route rule schedule section
    service shape size state status store style table task team template text theme time title token total type
    update url user value version view width
    """,
)


def filler(dice: random.Random, number: int) -> tuple[str, bytes]:
    """The path and the bytes of a file; 2 to 8 kB, a few larger."""
    suffix, line = dice.choice(tuple(_LINES.items()))
    lines = dice.randrange(60, 240) * (20 if dice.random() < 0.01 else 1)
    text = "".join(line.format(*dice.choices(_WORDS, k=4), dice.randrange(1000)) for _ in range(lines))
    folder = f"{dice.choice(_WORDS)}/{dice.choice(_WORDS)}"
    return f"{folder}/{dice.choice(_WORDS)}_{number}{suffix}", text.encode()


_LINES = {
    ".css": ".{0}-{1} {{ {2}: {4}px; }}\n",
    ".go": 'func {0}{4}({1} string) string {{ return "{2} {3}" }}\n',
    ".html": '<div class="{0}"><span id="{1}-{4}">{2} {3}</span></div>\n',
    ".java": '  public String {0}{4}(String {1}) {{ return {1} + "{2} {3}"; }}\n',
    ".js": 'export const {0}{4} = ({1}) => {1}.{2} + "{3}"\n',
    ".json": '{{"{0}": "{1} {2}", "{3}": {4}}}\n',
    ".md": "The {0} of a {1} tells its {2}, and the {3} of {4} more.\n",
    ".py": '{0}_{4} = {1}({2}="{3}")\n',
    ".ts": 'export function {0}{4}({1}: string): string {{ return "{2} {3}" }}\n',
    ".txt": "{0} {1} {2} {3} {4}\n",
    ".yaml": "- {0}: {1} {2}\n  {3}: {4}\n",
}

"""Files that are small for a person and too much for a parser: deep, long, repeated, self-containing.

In each stands one host of a node, so that a parser that gives up in silence would lose it.
"""

_URL = "postgresql://app:made-up@10.0.0.121:5432/app"
_DEEP = 30_000


def _nested(before: str, inside: str, after: str, times: int) -> str:
    return before * times + inside + after * times


def _elif(times: int) -> str:
    return "if a:\n    pass\n" + "".join(f"elif a == {n}:\n    pass\n" for n in range(times)) + f"u = '{_URL}'\n"


def _bomb(anchor: str, levels: int) -> str:
    rows = [f"a0: &a0 {{url: '{_URL}'}}"]
    rows += [f"a{n}: &a{n} {anchor % ', '.join([f'*a{n - 1}'] * 9)}" for n in range(1, levels)]
    return "\n".join(rows) + "\n"


# More than the engine for JavaScript reads in a second.
SLOW = "const u = " + "a+" * 10_000 + f"'{_URL}';\n"
SHAPES: dict[str, str] = {
    # YAML
    "sequences.yaml": "- " * _DEEP + _URL + "\n",
    "brackets.yaml": "url: " + _nested("[", _URL, "]", _DEEP) + "\n",
    "braces.yaml": "url: " + _nested("{a: ", _URL, "}", _DEEP) + "\n",
    "indents.yaml": "".join(f"{' ' * n}a:\n" for n in range(700)) + f"{' ' * 700}url: {_URL}\n",
    "keys.yaml": "? " * _DEEP + _URL + "\n",
    "open.yaml": f"url: {_URL}\nx: " + "[" * _DEEP,
    "tags.yaml": f"url: {_URL}\nx: " + "!a " * _DEEP + "\n",
    "bomb.yaml": _bomb("[%s]", 20),
    "merge-bomb.yaml": _bomb("{<<: [%s]}", 20),
    "cycle.yaml": f"a: &a\n  url: {_URL}\n  self: *a\n",
    "aliases.yaml": f"a: &a {_URL}\nb: [" + "*a, " * 50_000 + "]\n",
    "anchors.yaml": "".join(f"a{n}: &a{n} x\n" for n in range(5_000)) + f"url: {_URL}\n",
    "documents.yaml": "---\n" * 20_000 + f"url: {_URL}\n",
    "actions.yaml": "{{ if a }}\n" * 5_000 + f"url: {_URL}\n",
    "escapes.yaml": 'x: "' + "\\\n" * 20_000 + f'"\nurl: {_URL}\n',
    # Python
    "parentheses.py": "u = " + _nested("(", f"'{_URL}'", ")", 1_500) + "\n",
    "many-parentheses.py": "u = " + _nested("(", f"'{_URL}'", ")", 190) + "\n",
    "calls.py": "u = " + _nested("f(", f"'{_URL}'", ")", 1_300) + "\n",
    "dictionaries.py": "u = " + _nested("{1:", f"'{_URL}'", "}", 1_400) + "\n",
    "lambdas.py": f"u = '{_URL}'\nx = " + "lambda:" * 4_000 + "0\n",
    "nots.py": f"u = '{_URL}'\nx = " + "not " * 9_000 + "a\n",
    "minus.py": f"u = '{_URL}'\nx = " + "-" * 9_000 + "1\n",
    "elifs.py": _elif(9_000),
    "attributes.py": f"u = '{_URL}'\nx = " + ".".join(["a"] * 5_000) + "\n",
    "sums.py": f"u = '{_URL}'\nx = " + "+".join(["a"] * 5_000) + "\n",
    "strings.py": "u = " + " + ".join(["'a'"] * 3_000) + f" + '{_URL}'\n",
    "adjacent.py": "u = (" + "'a' " * 5_000 + f"'{_URL}')\n",
    "indices.py": f"u = '{_URL}'\nx = a" + "[0]" * 3_000 + "\n",
    "numbers.py": f"u = '{_URL}'\nx = [" + "1," * 20_000 + "]\n",
    "comments.py": "# a\n" * 100_000 + f"u = '{_URL}'\n",
    "digits.py": f"u = '{_URL}'\nx = " + "9" * 10_000 + "\n",
    "blocks.py": "".join(f"{' ' * n}if a:\n" for n in range(150)) + " " * 150 + f"u = '{_URL}'\n",
    "f-strings.py": f"u = '{_URL}'\nx = f'" + "{a}" * 10_000 + "'\n",
    "names.py": "".join(f"a{n + 1} = a{n}\n" for n in range(3_000)) + f"a0 = '{_URL}'\nconnect(a3000)\n",
    "circle.py": f"a = b\nb = a\nu = '{_URL}'\nconnect(a)\n",
    # JavaScript
    "parentheses.js": "const u = " + _nested("(", f"'{_URL}'", ")", 5_000) + ";\n",
    "arrays.ts": "const u = " + _nested("[", f"'{_URL}'", "]", 5_000) + ";\n",
    "templates.js": "const u = " + _nested("`${", f"'{_URL}'", "}`", 500) + ";\n",
    "functions.js": _nested("function f() {", f"const u = '{_URL}';", "}", 300) + "\n",
    # shell
    "substitutions.sh": "psql " + _nested("$(", _URL, ")", _DEEP) + "\n",
    "backquotes.sh": f"psql {_URL}\n" + "`" * _DEEP + "\n",
    "expansions.sh": "DB_HOST=" + _nested("${A:-", "10.0.0.121", "}", _DEEP) + "\n",
    "quoted.sh": "psql " + _nested('"$(echo ', _URL, ')"', 5_000) + "\n",
    "groups.sh": _nested("{ ", f"psql {_URL};", " }", _DEEP) + "\n",
    "subshells.sh": _nested("( ", f"psql {_URL}", " )", _DEEP) + "\n",
    "arithmetic.sh": f"psql {_URL}\nx=" + "$((" * _DEEP + "\n",
    "ifs.sh": _nested("if a; then\n", f"psql {_URL}\n", "fi\n", 5_000),
    "pipes.sh": "a | " * _DEEP + f"psql {_URL}\n",
    "heredocs.sh": "".join(f"cat <<E{n}\n" for n in range(3_000)) + f"psql {_URL}\n",
    "chain.sh": "A0=10.0.0.121\n" + "".join(f"A{n + 1}=$A{n}\n" for n in range(3_000)) + "psql -h $A3000\n",
    "circle.sh": f"A=$B\nB=$A$A\npsql -h $A {_URL}\n",
    "wrappers.sh": "sudo " * _DEEP + f"psql {_URL}\n",
    "words.sh": f"psql {_URL} " + "a " * 30_000 + "\n",
    # Terraform, Dockerfile, properties
    "blocks.tf": _nested("a {\n", f'url = "{_URL}"\n', "}\n", 20_000),
    "interpolations.tf": 'url = "' + _nested('${a("', _URL, '")}', 5_000) + '"\n',
    "lists.tf": "a = " + _nested("[", f'"{_URL}"', "]", _DEEP) + "\n",
    "heredocs.tf": "a = <<E\n" * 5_000 + f'url = "{_URL}"\n',
    "comments.tf": "/*" * _DEEP + f'*/\nurl = "{_URL}"\n',
    "Dockerfile": "RUN a \\\n" * 10_000 + f"  && psql {_URL}\n",
    "Dockerfile.json": "CMD " + "[" * _DEEP + f'"psql", "{_URL}"]\n',
    "rows.properties": "a=\\\n" * 20_000 + f"x\ndb.url={_URL}\n",
    "escapes.properties": "a=" + "\\u0041" * 20_000 + f"\ndb.url={_URL}\n",
    "defaults.properties": "db.url=" + _nested("${a:", _URL, "}", 5_000) + "\n",
    # dotenv
    "quote.env": "A='" + "x\n" * 50_000 + f"DATABASE_URL={_URL}\n",
    "rows.env": "A=1\n" * 10_000 + f"DATABASE_URL={_URL}\n",
    "backslashes.env": 'A="' + "\\" * 100_000 + f'"\nDATABASE_URL={_URL}\n',
    # text
    "array.json": _nested("[", f'"{_URL}"', "]", 100_000) + "\n",
    "users.txt": "postgresql://" + "a" * 200_000 + f"@10.0.0.121\n{_URL}\n",
    "schemes.txt": "a://b:" * 30_000 + f"\n{_URL}\n",
    "words.txt": "a" * 300_000 + f"\n{_URL}\n",
    "blanks.txt": " " * 300_000 + f"\n{_URL}\n",
    "dots.txt": "a." * 150_000 + f"\n{_URL}\n",
    "numbers.txt": "10.0.0." * 50_000 + f"\n{_URL}\n",
    "signs.txt": "postgresql://" + "@" * 100_000 + f"10.0.0.121\n{_URL}\n",
    "commas.txt": "postgresql://" + "a,1:," * 30_000 + f"10.0.0.121/app\n{_URL}\n",
    "pairs.txt": "host=a " * 40_000 + f"\n{_URL}\n",
    "semicolons.txt": "Server=a;" * 40_000 + f"\n{_URL}\n",
    "tns.txt": "(DESCRIPTION=" * 20_000 + f"(HOST=10.0.0.121)\n{_URL}\n",
    "percents.txt": "postgresql://a:" + "%" * 100_000 + f"@10.0.0.121/x\n{_URL}\n",
    "clients.txt": "psql " * 20_000 + f"\n{_URL}\n",
    "keys.txt": "db_host" * 30_000 + f"=\n{_URL}\n",
    "base64.yaml": "kind: Secret\ndata:\n  A: " + "QUFB" * 100_000 + f"\nstringData:\n  DATABASE_URL: {_URL}\n",
}

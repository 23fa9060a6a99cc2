"""Dockerfiles: environment, commands in both forms, comments."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.dockerfile import extract
from analyzer.source import SourceFile
from tests.kit import check, check_none


@pytest.mark.parametrize(
    "sample",
    [
        "FROM x\nENV DB_HOST=«10.0.0.121|only=key+place+port,port=5432» DB_PORT=⟦5432⟧\n",
        "ENV PGHOST «10.0.0.121|only=key+place»\n",
        "ENV A=b \\\n    # why\n    PGHOST='«10.0.0.121|only=key+place»'\nRUN x\n",
        "ENV HOST=«10.0.0.121|only=name+place»\n",
        "ARG DATABASE_URL=postgres://app@«10.0.0.121|clue=dsn+place»/app\n",
        "RUN apk add x && \\\n    psql -h «10.0.0.121|only=command,insert= -p » -f x.sql\n",
        "RUN --mount=type=cache,target=/x psql -h «10.0.0.121|only=command» -f x.sql\n",
        'CMD ["psql", "-h", "«10.0.0.121|only=command,insert=no»", "-p", "⟦5432⟧"]\n'.replace(
            ",insert=no", ",port=5432"
        ),
        'CMD ["psql", "-h", "«10.0.0.121|only=command,insert=no»"]\n',
        'ENTRYPOINT ["sh", "-c", "exec psql -h «10.0.0.121|only=command»"]\n',
        'ENTRYPOINT ["./app", "--db-host=«10.0.0.121|clue=key»"]\n',
        "HEALTHCHECK --interval=5s CMD pg_isready -h «10.0.0.121|only=command»\n",
        "run curl -f http://«10.0.0.121|only=operation»:8008/\n",
    ],
)
def test_connections(sample):
    check(extract, sample, path="Dockerfile", comment="#")


@pytest.mark.parametrize(
    "text",
    [
        "FROM postgres:10.0.0.121\nEXPOSE 5432\nCOPY 10.0.0.121 /x\n",
        "# ENV DB_HOST=10.0.0.121\nRUN x # psql -h 10.0.0.121\n",
        "ENV VERSION=10.0.0.121 A=b\nENV VERSION 10.0.0.121\nARG X\n",
        "LABEL DB_HOST=10.0.0.121\n",
        'CMD ["postgres", "-c", "listen_addresses=10.0.0.121"]\n',
        "RUN echo 10.0.0.121\nCMD psql\n",
        "RUN \\\n",
        "ENV\nRUN\n[\n",
    ],
)
def test_nothing(text):
    check_none(extract, text, path="Dockerfile", comment="#")


def test_directives():
    text = "# analyzer: ignore[node-host] x\nENV PGHOST=«10.0.0.121»\n"
    assert [c.text for c in check(extract, text, path="Dockerfile").comments] == ["# analyzer: ignore[node-host] x"]
    assert check_none(extract, "RUN echo '# analyzer: x'\n", path="Dockerfile").comments == ()


_WORDS = 'ENV ARG RUN CMD PGHOST= 10.0.0.121 \\ # [ ] " , psql -h ü HEALTHCHECK --x=y'
_PIECES = st.sampled_from([*_WORDS.split(), " ", "\n", "\r\n", " \\\n", '"psql","-h","10.0.0.121"'])


@given(st.lists(_PIECES, max_size=30).map("".join))
@settings(max_examples=200, derandomize=True, deadline=None)
def test_any_text(text):
    source = SourceFile("Dockerfile", text.encode())
    for ref in extract(source).refs:
        assert ref.sealed or source.slice(ref.slot.span).decode() == ref.host

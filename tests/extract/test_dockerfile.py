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


@pytest.mark.parametrize(
    "sample",
    [
        """\
ENV DB_HOST=«10.0.0.121|port=5432,clue=key+place»
ENV DB_PORT=⟦5432⟧
""",
        'ENV PGHOST "«10.0.0.121|only=key+place»"\n',
        'ENV DB_URL="postgresql://u:s3cret@«10.0.0.121|clue=dsn+key+place»/app" A="b c"\n',
        "ARG DB_HOST=«10.0.0.121|clue=key»\nFROM x\n",
        """\
ENV A="b\\"c" \\
  # one
  # two
  PGHOST=«10.0.0.121»
""",
        "ONBUILD ENV PGHOST=«10.0.0.121»\n",
        "ENV NODE=«10.0.0.121|clue=command+place,flow»\nRUN psql -h $NODE -f a.sql\n",
        """\
ENV NODE=«10.0.0.121|clue=dsn+place,flow»
ENV DATABASE_URL=postgresql://u@${NODE}:⟦5432⟧/app
""",
        "# escape=`\nENV A=b `\n    PGHOST=«10.0.0.121|only=key+place»\n",
        """\
# syntax=docker/dockerfile:1
RUN <<EOF
apk add psql
psql -h «10.0.0.121|clue=command»
EOF
ENV PGHOST=«10.0.0.122»
""",
        'RUN <<-"EOT" bash\n\tpsql -h «10.0.0.121|clue=command»\n\tEOT\n',
        """\
RUN cat > /app/.env <<EOF
DB_HOST=«10.0.0.121|clue=key»
EOF
CMD ./app
""",
        """\
RUN python3 <<EOF
import psycopg2
psycopg2.connect(host="«10.0.0.121|clue=call»")
EOF
""",
        """\
COPY <<EOF /app/.env
DB_HOST=«10.0.0.121|clue=key+place,port=5432»
DB_PORT=⟦5432⟧
EOF
COPY --chown=a <<'config.yaml' <<b.env /etc/app/
database:
  host: «10.0.0.122|clue=key+place»
config.yaml
PGHOST=«10.0.0.120»
b.env
""",
        'CMD ["java", "-Dspring.datasource.url=jdbc:postgresql://«10.0.0.121|clue=dsn»/app", "-jar", "app.jar"]\n',
        'CMD ["psql", \\\n     "-h", \\\n     "«10.0.0.121|clue=command»"]\n',
        'CMD [ "sh", "-c", "PGPASSWORD=\\"x\\" psql -h «10.0.0.121|clue=command»" ]\n',
    ],
)
def test_environment_and_files(sample):
    check(extract, sample, path="Dockerfile", comment=None)


@pytest.mark.parametrize(
    "text",
    [
        "RUN <<EOF\necho 10.0.0.121\nEOF\n",
        "COPY <<EOF /etc/motd\nServer 10.0.0.121\nEOF\n",
        "RUN echo <<EOF\nENV X=10.0.0.121\n",
        "ENV DB_HOST=$(hostname) A=`x`\nENV DB_HOST=${HOST}\n",
        "ARG DB_HOST\nENV DB_HOST=$DB_HOST\n",
        "USER 10.0.0.121\nWORKDIR /10.0.0.121\nSTOPSIGNAL 9\nMAINTAINER a@10.0.0.121\n",
    ],
)
def test_no_hosts(text):
    check_none(extract, text, path="Dockerfile")


_HOSTILE = ["ENV ", 'ENV A="', "ENV A='b ", "RUN <<A\n", "RUN \\\n", "# a=b\n", 'CMD ["a", ', "ENV A=$A\nRUN $A\n"]
_HOSTILE += ["COPY <<A <<A /\n", "#\n", "ENV A=b\\\n", "ENV A0=b PGA=c\nRUN psql\n"]


@pytest.mark.parametrize("piece", _HOSTILE)
def test_hostile_repetition_ends(piece):
    extract(SourceFile("Dockerfile", (piece * 2_001).encode()))


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

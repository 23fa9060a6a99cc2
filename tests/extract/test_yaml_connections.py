"""Connections whose halves stand in two places: the engine above, the arguments beside; JSON in one line."""

import pytest

from analyzer.extract.yaml import extract
from tests.kit import check, check_none


def found(marked):
    return check(extract, marked, path="config.yaml", comment="#")


@pytest.mark.parametrize(
    "sample",
    [
        "client: pg\nconnection:\n  host: «10.0.0.121|engine=postgresql,clue=key»\n",
        "type: postgres\nreplication:\n  slaves:\n    - host: «10.0.0.121|intent=read,port=5432»\n      port: ⟦5432⟧\n",
        "engine: mysql\ndetails: {host: «10.0.0.20|engine=mysql»}\n",
        "command: psql\nargs: [-h, «10.0.0.121|clue=command»]\n",
        'env:\n  - name: APP\n    value: \'{"database": {"host": "«10.0.0.121|clue=key»"}}\'\n',
        'app: \'{"database": {"host": "«10.0.0.121|clue=key»"}}\'\n',
    ],
)
def test_connections(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        "type: web\nconnection:\n  host: «10.0.0.121|only=name»\n",
        "type: postgres\nsettings:\n  proxy: {ip: 1}\nother:\n  name: x\n",
        "client: pg\nname: x\nserver:\n  host: «10.0.0.121|only=name»\n",
        "connections:\n  - {name: a, host: «10.0.0.121|only=name,port=22», port: ⟦22⟧, username: b}\n",
    ],
)
def test_twins(sample):
    found(sample)


def test_a_command_of_one_word_is_no_program_without_a_list():
    check_none(extract, "command: psql\nargs: -h\nhost_name: 5\n", path="a.yaml", comment="#")

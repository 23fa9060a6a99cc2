"""CI pipelines: variables, scripts, actions, and the containers of a test run."""

import pytest

from analyzer.extract.yaml import extract
from analyzer.extract.yaml.ci import is_pipeline
from analyzer.usage import certain
from analyzer.yamltree import load_documents
from tests.kit import check, check_none

WORKFLOW = ".github/workflows/deploy.yml"
GITLAB = ".gitlab-ci.yml"
MIGRATE = "on: push\njobs:\n  migrate:\n    runs-on: ubuntu-latest\n"
STEPS = f"{MIGRATE}    steps:\n"


def found(marked: str, path: str = WORKFLOW, **options):
    return check(extract, marked, path=path, comment="#", **options)


def nothing(text: str, path: str = WORKFLOW, **options):
    return check_none(extract, text, path=path, comment="#", **options)


@pytest.mark.parametrize(
    "marked",
    [
        "env:\n  DB_HOST: «10.0.0.121|clue=key+place»\non: push\njobs: {}\n",
        "env:\n  PRIMARY: «10.0.0.122|only=name+place,intent=write»\non: push\njobs: {}\n",
        MIGRATE + "    env: {PRIMARY: «10.0.0.122|only=name+place»}\n",
        STEPS + "      - run: make\n        env:\n          DB_URL: postgres://u:made-up@«10.0.0.121»:⟦5432⟧/a\n",
        STEPS + "      - run: psql -h «10.0.0.121|clue=command» -p ⟦5432⟧ app\n",
        STEPS + "      - run: |\n          set -e\n          psql -h «10.0.0.121|clue=command» <<'SQL'\n"
        "          select 1;\n          SQL\n",
        STEPS + "      - run: |\n          cat > .env <<EOF\n          DB_HOST=«10.0.0.121|clue=key»\n          EOF\n",
        MIGRATE + "    env:\n      NAS: «10.0.0.122|clue=command,flow»\n    steps:\n      - run: psql -h $NAS app\n",
        MIGRATE
        + "    env:\n      NAS: «10.0.0.122|clue=command»\n    steps:\n      - run: psql -h ${{ env.NAS }} app\n",
        MIGRATE
        + "    env:\n      DB_HOST: ${{ vars.DB_HOST || '«10.0.0.121|clue=key+place»' }}\n      DB_PORT: ⟦5432⟧\n",
        STEPS + "      - run: psql -h ${{ inputs.host || '«10.0.0.121|clue=command»' }} app\n",
        STEPS + "      - run: psql -h '${{ inputs.host || '«10.0.0.121|clue=command»' }}' -p ⟦5432⟧ app\n",
        STEPS + "      - uses: ./db-check\n        with: {host: \"${{ vars.H || '«10.0.0.121|clue=key»' }}\"}\n",
        "on: push\nenv: {NAS: «10.0.0.122|clue=command»}\njobs: {a: {steps: [{run: 'psql -h \"${NAS}\" app'}]}}\n",
        MIGRATE + "    strategy:\n      matrix:\n        include:\n          - db_host: «10.0.0.121|clue=key»\n",
        "on:\n  workflow_dispatch:\n    inputs:\n      db-host:\n        default: «10.0.0.121|clue=key»\njobs: {}\n",
        STEPS + "      - uses: corp/mysql-query@v2\n        with:\n          host: «10.0.0.20|clue=key,engine=mysql»\n",
        STEPS + "      - uses: ./.github/actions/db-migrate\n        with: {host: «10.0.0.121|clue=key»}\n",
        STEPS
        + "      - uses: corp/x@v1\n        with:\n          db-url: postgres://u:made-up@«10.0.0.121»:⟦5432⟧/a\n",
        STEPS
        + "      - uses: appleboy/ssh-action@v1\n        with:\n          host: «10.0.0.120|only=name+operation»\n"
        "          script: |\n            psql -h «10.0.0.121|clue=command» app\n",
        STEPS + "      - shell: python\n        run: |\n          import psycopg2\n"
        "          psycopg2.connect(host='«10.0.0.121|clue=call»', port=⟦5432⟧)\n",
        STEPS
        + "      - shell: pwsh\n        run: |\n          $url = 'postgres://u:made-up@«10.0.0.121»:⟦5432⟧/app'\n",
        STEPS + "      - shell: pwsh\n        run: |\n          $target = '«10.0.0.121|clue=command,flow»'\n"
        "          & psql -h $target `\n            -p ⟦5432⟧ app\n",
        "on: push\ndefaults: {run: {shell: pwsh}}\njobs: {a: {steps: [{run: '$t = \"«10.0.0.121»\"; psql -h $t'}]}}\n",
        "runs:\n  using: composite\n  steps:\n    - run: psql -h «10.0.0.121|clue=command» app\n      shell: bash\n",
    ],
)
def test_workflows(marked):
    found(marked)


@pytest.mark.parametrize(
    "marked",
    [
        'variables:\n  DB_HOST: «10.0.0.121|clue=key+place»\n  DB_PORT: "⟦5432⟧"\n',
        "variables:\n  DB_HOST: {value: «10.0.0.121|clue=key+place», description: the database}\n",
        "variables:\n  PRIMARY:\n    value: «10.0.0.122|clue=name+place»\n    options: [a, b]\n",
        "migrate:\n  variables: {PRIMARY: «10.0.0.122|clue=place»}\n  script: [make]\n",
        "migrate:\n  script:\n    - export NAS=«10.0.0.122|clue=command»\n    - psql -h $NAS app\n",
        "migrate:\n  script:\n    - make\n    - - psql -h «10.0.0.121|clue=command» app\n      - make\n",
        ".a: &a\n  - NAS=«10.0.0.122|clue=command»\nmigrate:\n  script:\n    - *a\n    - psql -h $NAS app\n",
        "migrate:\n  variables:\n    NAS: «10.0.0.122|clue=command»\n  before_script:\n    - pg_isready -h $NAS\n",
        "migrate:\n  script:\n    - echo it's open\n    - psql -h «10.0.0.121|clue=command» app\n",
        "migrate:\n  script: psql -h «10.0.0.121|clue=command» app\n  environment: {name: prod, url: https://a}\n",
    ],
)
def test_gitlab(marked):
    found(marked, GITLAB)


PIPELINES = {
    ".circleci/config.yml": """\
jobs:
  a:
    docker:
    - image: x
      environment: {DB_HOST: «10.0.0.121|clue=key+place»}
    steps:
    - run: {name: m, command: psql -h «10.0.0.122|clue=command» app}
""",
    "azure-pipelines.yml": """\
parameters:
- name: dbHost
  type: string
  default: «10.0.0.122|clue=key»
variables:
- group: shared
- name: DB_HOST
  value: «10.0.0.121|clue=key+place»
steps:
- bash: psql -h «10.0.0.122|clue=command» app
- task: SshAction@0
  inputs: {host: «10.0.0.120|clue=operation»}
""",
    "bitbucket-pipelines.yml": """\
pipelines:
  default:
  - step:
      script:
      - psql -h «10.0.0.122|clue=command» app
      - pipe: atlassian/ssh-run:0.2.2
        variables:
          SERVER: «10.0.0.120|only=name+operation»
          COMMAND: psql -h «10.0.0.121|clue=command» app
""",
    ".drone.yml": """\
kind: pipeline
type: docker
steps:
- name: m
  image: appleboy/drone-ssh
  settings:
    host: «10.0.0.120|clue=operation»
- name: n
  image: psql
  environment:
    DB_HOST: «10.0.0.121|clue=key+place»
    X: {from_secret: x}
  commands: [psql -h «10.0.0.122|clue=command» app]
""",
    ".travis.yml": """\
env:
  global:
  - DB_HOST=«10.0.0.121|clue=key+place» DB_PORT=⟦5432⟧
  - X=y
""",
    ".woodpecker.yml": """\
steps:
  m:
    image: a
    environment:
    - DB_HOST=«10.0.0.121|clue=key+place»
""",
    "buildspec.yml": """\
env:
  variables:
    PRIMARY: «10.0.0.122|clue=name+place»
phases:
  build:
    commands: [make]
""",
}


@pytest.mark.parametrize("path", PIPELINES)
def test_other_pipelines(path):
    found(PIPELINES[path], path)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (WORKFLOW, MIGRATE + "    services:\n      postgres: {image: 'postgres:16', ports: ['5432:5432']}\n"),
        (WORKFLOW, MIGRATE + "    env:\n      DB_HOST: ${{ secrets.DB_HOST }}\n      DB_PORT: 5432\n"),
        (WORKFLOW, MIGRATE + "    env:\n      DB_HOST: localhost\n    steps:\n      - run: psql -h localhost\n"),
        (WORKFLOW, MIGRATE + "    environment: {name: production, url: 'https://10.0.0.121'}\n"),
        (WORKFLOW, STEPS + "      - uses: actions/checkout@v4\n        with: {repository: a/b}\n"),
        (WORKFLOW, STEPS + "      - shell: python -u {0}\n        run: |\n          print('10.0.0.121')\n"),
        (WORKFLOW, STEPS + '      - shell: pwsh\n        run: |\n          Write-Host "to 10.0.0.121"\n'),
        (WORKFLOW, "defaults: {run: {shell: pwsh}}\n" + STEPS + "      - run: Write-Host 'psql -h 10.0.0.121'\n"),
        (WORKFLOW, STEPS + "      - run: echo 10.0.0.121\n      - run: du -h 10.0.0.121\n"),
        (WORKFLOW, MIGRATE + "    container: {image: postgres, options: --add-host db:10.0.0.121}\n"),
        (GITLAB, "variables:\n  SMTP_HOST: 10.0.0.121\n  LOG_HOST: 10.0.0.121\ninclude:\n  - local: /a.yml\n"),
        (GITLAB, "test:\n  services:\n    - name: postgres:16\n      alias: db\n  script: [make]\n"),
        (GITLAB, "migrate:\n  environment: {name: production, url: 'postgres.corp.internal'}\n  script: [make]\n"),
        (".circleci/config.yml", "orbs: {node: circleci/node@5.0.2}\nworkflows: {a: {jobs: [b]}}\n"),
    ],
)
def test_what_is_no_connection(path, text):
    nothing(text, path)


OWN_CONTAINERS = {
    WORKFLOW: f"""\
{MIGRATE}    services:
      pg.corp.internal: {{image: postgres}}
    env:
      DB_HOST: «pg.corp.internal|only=name+place»
""",
    GITLAB: """\
test:
  services: [{name: postgres, alias: pg.corp.internal}]
  script:
    - psql -h «pg.corp.internal|only=name+place» app
""",
}


@pytest.mark.parametrize("path", OWN_CONTAINERS)
def test_containers_of_a_job_are_no_strangers(path):
    assert not any(certain(ref.evidence) for ref in found(OWN_CONTAINERS[path], path).refs)


@pytest.mark.parametrize(
    ("path", "text", "answer"),
    [
        (WORKFLOW, "a: b\n", True),
        ("x/.gitlab-ci.yml", "a: {script: b}\n", True),
        ("ci/test.gitlab-ci.yml", "a: {script: b}\n", True),
        ("flow.yaml", "on: push\njobs: {a: {steps: []}}\n", True),
        ("x.yml", "stages: [a]\nb: {script: c}\n", True),
        ("x.yml", "stages: [a]\n", False),
        ("x.yml", "jobs: {a: {host: b}}\n", False),
        ("x.yml", "- a\n", False),
        ("cirrus.yml", "server: {host: x}\n", False),
        ("settings/my-travis-file.yaml", "server: {host: x}\n", False),
    ],
)
def test_what_is_a_pipeline(path, text, answer):
    (root,) = load_documents(text.encode())
    assert is_pipeline(root, path) is answer

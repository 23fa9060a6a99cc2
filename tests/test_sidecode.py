"""Code beside the product: which paths weigh less, and which only look like it."""

import pytest

from analyzer.sidecode import side_code

BESIDE = {
    "test code": """
        tests/test_db.py tests/settings.py test/db.yaml pkg/db_test.go pkg/db_test.rs src/Db.spec.ts src/db.test.tsx
        web/src/__tests__/db.ts app/tests.py conftest.py services/api/conftest.py app/db_spec.rb spec/models/order.rb
        spec/rails_helper.rb src/test/java/Db.java src/test/resources/application.yml src/main/java/DbTest.java
        src/main/java/DbIT.java Db/DbTests.cs Shop.Tests/Db.cs Shop.IntegrationTests/Db.cs ShopTests/Db.swift
        src/integrationTest/kotlin/Db.kt src/androidTest/java/Db.java src/it/java/Db.java src/it/scala/Db.scala
        it/Db.java integration-tests/db.yaml integration_tests/db.py unittests/db.cpp e2e/db.cy.ts cypress/db.json
        lib/db_test.exs test/db_test.dart app/src/DbTest.php tests/Feature/DbTest.php phpunit.xml phpunit.xml.dist
        app/DbSpec.scala guards/nodes_test.rego
        src/DbSpec.groovy backup.bats t/basic.t db/mocks/db.go test_settings.env jest.setup.js
    """,
    "test data": """
        tests/fixtures/db.json app/fixtures/orders.yaml pkg/testdata/db.yaml web/__snapshots__/db.ts web/db.test.ts.snap
        web/__fixtures__/db.json test-fixtures/a.env spec/cassettes/db.yml src/testFixtures/java/Db.java
    """,
    "a benchmark": "benchmarks/db.py rust/benches/db.rs src/jmh/java/Db.java pool_bench.py",
    "an example": """
        examples/a.env client-examples/a.py samples/a.py demo/app.py docs/conf.py doc/setup.sh documentation/x.yaml
        tutorials/a.ipynb
    """,
    "vendored code": "vendor/x/y.go third_party/x.c web/node_modules/x/y.js lib/site-packages/x.py .venv/x.py",
    "a generated file": """
        web/app.min.js web/dist/app.js api/db.pb.go api/db_pb2.py api/db_pb2_grpc.py Models.generated.cs
        notebooks/.ipynb_checkpoints/load-checkpoint.ipynb
    """,
}

LOOKALIKES = """
    src/latest.py contest/app.py k8s/secret.yaml src/main/java/Latest.java src/main/java/Contest.java attest/app.go
    src/main/java/Credit.java src/main/java/Unit.java app/protest.py inspect/app.py specification/a.yaml
    overlays/test/secret.yaml k8s/overlays/testing/db.env environments/demo/values.yaml inventories/test/hosts.yml
    envs/sample/db.env Distribution/app.py distance/app.py content/it/db.env locales/it/db.json italy/app.py
    src/testimonials/app.py lib/tester.py app/edit.cs generator/app.py docstore/app.py demolition/app.py .env.test
    docker-compose.test.yml appsettings.Testing.json fixtures.py notebooks/load.ipynb
"""


@pytest.mark.parametrize(("kind", "path"), [(kind, path) for kind, paths in BESIDE.items() for path in paths.split()])
def test_code_beside_the_product(kind, path):
    found = side_code(path)
    assert found is not None
    assert found.text == kind


@pytest.mark.parametrize("path", LOOKALIKES.split())
def test_names_that_only_look_like_it(path):
    assert side_code(path) is None


def test_a_test_below_an_environment_is_still_a_test():
    assert side_code("environments/tests/unit/test/a.py") is not None

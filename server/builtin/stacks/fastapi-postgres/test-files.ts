import { withArticle } from "#server/builtin/entity-names.ts";
import type { GeneratedFile } from "#server/builtin/generated-file.ts";
import type { PlannedEntity, PlannedField, ProjectPlan } from "#server/builtin/project-plan.ts";
import { pythonDefault } from "./python-types.ts";
import { maxPythonLineLength, quotePython, renderPythonCall, renderPythonImports } from "./python-source.ts";

/** The test configuration that belongs to no single entity. */
export function renderTestSetup(plan: ProjectPlan): GeneratedFile[] {
  return [
    { path: "tests/__init__.py", text: `"""Tests of the API, against an in-memory database."""\n` },
    {
      path: "tests/conftest.py",
      text: renderConftest({
        base: { module: "app.database", name: "Base" },
        session: { module: "app.database", name: "get_session" },
        application: { module: "app.main", name: "app" },
        modelModules: ["app.models"],
      }),
    },
    {
      path: "tests/factories.py",
      text: `${factoriesHead}${plan.entities.map((entity) => `\n\n${renderFactory({ entity })}`).join("")}`,
    },
  ];
}

/** `tests/test_<plural>.py`. `url` is the path of the entity's routes. */
export function renderTestFile({
  entity,
  url = `/${entity.names.kebabPlural}`,
}: {
  entity: PlannedEntity;
  url?: string;
}): GeneratedFile {
  const { names } = entity;
  const { snake, pythonVariable: variable } = names;
  const changed = entity.fields.find((field) => !field.isGenerated && changedValue(field) !== null);
  const tests = [
    `def test_create_and_read(client: TestClient) -> None:
    ${variable} = create_${snake}(client)
    response = client.get(f"${url}/{${variable}['id']}")
    assert response.status_code == 200
    assert response.json() == ${variable}`,
    `def test_list(client: TestClient) -> None:
    created = [create_${snake}(client)["id"] for _ in range(2)]
    response = client.get("${url}")
    assert response.status_code == 200
    assert [item["id"] for item in response.json()] == created`,
    ...(changed === undefined
      ? []
      : [
          `def test_update_changes_only_what_is_sent(client: TestClient) -> None:
    ${variable} = create_${snake}(client)
${renderPatch({ variable, url, field: changed })}
    assert response.status_code == 200
    assert response.json() == {**${variable}, ${quotePython(changed.name)}: ${changedValue(changed)}}`,
        ]),
    `def test_delete(client: TestClient) -> None:
    ${variable} = create_${snake}(client)
    url = f"${url}/{${variable}['id']}"
    assert client.delete(url).status_code == 204
    assert client.get(url).status_code == 404`,
    `def test_missing_${snake}_is_404(client: TestClient) -> None:
    assert client.get("${url}/999999").status_code == 404
    assert client.patch("${url}/999999", json={}).status_code == 404
    assert client.delete("${url}/999999").status_code == 404`,
  ];
  return {
    path: `tests/test_${names.snakePlural}.py`,
    text: `"""Routes under ${url}."""\n\nfrom fastapi.testclient import TestClient\n\nfrom tests.factories import create_${snake}\n${tests.map((test) => `\n\n${test}\n`).join("")}`,
  };
}

/** The factory function in `tests/factories.py` that creates one record through the API. Ends with a newline. */
export function renderFactory({
  entity,
  url = `/${entity.names.kebabPlural}`,
}: {
  entity: PlannedEntity;
  url?: string;
}): string {
  const { names, fields, references } = entity;
  const values = [...fields.filter(isSentByClients).map(renderPayloadEntry), "**fields"];
  const parents = references
    .filter(({ isOptional }) => !isOptional)
    .map(
      ({ fieldName, target }) =>
        `    if "${fieldName}" not in fields:\n        fields["${fieldName}"] = create_${target.snake}(client)["id"]\n`,
    );
  const doc = `Create ${withArticle(names.words)} through the API${parents.length === 0 ? "" : ", with the records that it needs"}.`;
  return `def create_${names.snake}(client: TestClient, **fields: Any) -> dict[str, Any]:
    """${doc}"""
${parents.join("")}${renderPayload(values)}
    response = client.post("${url}", json=payload)
    assert response.status_code == 201, response.text
    return response.json()
`;
}

/** True if a request without the field is rejected. */
export function isSentByClients(field: PlannedField): boolean {
  return !field.isOptional && !field.isList && !field.isGenerated && pythonDefault(field) === null;
}

/** `"title": "Sample title"` */
export function renderPayloadEntry(field: PlannedField): string {
  return `${quotePython(field.name)}: ${sampleValue(field)}`;
}

/** The assignment of the payload, with an indentation of four. */
export function renderPayload(values: string[]): string {
  const oneLine = `    payload = {${values.join(", ")}}`;
  return oneLine.length <= maxPythonLineLength
    ? oneLine
    : `    payload = {\n${values.map((value) => `        ${value},\n`).join("")}    }`;
}

function renderPatch({ variable, url, field }: { variable: string; url: string; field: PlannedField }): string {
  return renderPythonCall({
    indent: "    ",
    head: "response = client.patch",
    args: [`f"${url}/{${variable}['id']}"`, `json={${quotePython(field.name)}: ${changedValue(field)}}`],
  });
}

/** A valid value as a Python expression; a new one each time if the field is unique. */
function sampleValue({ kind, isUnique, enumType, name }: PlannedField): string {
  if (enumType !== null) return quotePython(enumType.values[0] ?? "");
  switch (kind) {
    case "string":
    case "text":
      return isUnique ? `f"${name}-{next(numbers)}"` : quotePython(`Sample ${name.replaceAll("_", " ")}`);
    case "email":
      return isUnique ? `f"person-{next(numbers)}@example.com"` : `"person@example.com"`;
    case "url":
      return isUnique ? `f"https://example.com/{next(numbers)}"` : `"https://example.com"`;
    case "integer":
      return isUnique ? "next(numbers)" : "1";
    case "decimal":
      return isUnique ? `f"{next(numbers)}.50"` : `"10.50"`;
    case "boolean":
      return "True";
    case "date":
      return `"2030-01-31"`;
    case "datetime":
      // Without an offset: SQLite, which the tests use, stores none.
      return `"2030-01-31T12:00:00"`;
    case "uuid":
      return isUnique ? `f"00000000-0000-4000-8000-{next(numbers):012d}"` : `"00000000-0000-4000-8000-000000000001"`;
    case "json":
      return `{"key": "value"}`;
    case "enum":
      return `""`;
  }
}

/** A second valid value that the API returns exactly as it was sent; null if there is none. */
function changedValue({ kind, isList, enumType, name }: PlannedField): string | null {
  if (isList) return null;
  if (enumType !== null) return quotePython(enumType.values.at(-1) ?? "");
  switch (kind) {
    case "string":
    case "text":
      return quotePython(`Changed ${name.replaceAll("_", " ")}`);
    case "email":
      return `"changed@example.com"`;
    case "url":
      return `"https://example.com/changed"`;
    case "integer":
      return "2";
    case "decimal":
      return `"20.50"`;
    case "boolean":
      return "False";
    case "date":
      return `"2031-01-31"`;
    default:
      return null;
  }
}

const factoriesHead = `"""Makes records for tests, through the API as a client would."""

import itertools
from typing import Any

from fastapi.testclient import TestClient

numbers = itertools.count(1)
`;

type ImportedName = { module: string; name: string };

/** `tests/conftest.py`. Importing `modelModules` registers the tables. */
export function renderConftest({
  base,
  session,
  application,
  modelModules,
}: {
  base: ImportedName;
  session: ImportedName;
  application: ImportedName;
  modelModules: string[];
}): string {
  const variable = application.name === "app" ? "application" : application.name;
  const own = [
    ...modelModules.map((module) => `import ${module}  # noqa: F401  (registers the tables)`),
    renderPythonImports([
      ...[base, session].map(({ module, name }) => ({ module, name: name.split(".")[0] ?? name })),
      { ...application, ...(application.name === variable ? {} : { alias: variable }) },
    ]),
  ];
  return `"""A client for each test, on an empty in-memory database."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

${own.join("\n")}


@pytest.fixture
def client() -> Iterator[TestClient]:
    """The API on a database of its own."""
    engine = sa.create_engine(
        "sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool
    )

    @sa.event.listens_for(engine, "connect")
    def enforce_foreign_keys(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA foreign_keys=ON")

    ${base.name}.metadata.create_all(engine)

    def get_test_session() -> Iterator[Session]:
        with Session(engine, expire_on_commit=False) as session:
            yield session

    ${variable}.dependency_overrides[${session.name}] = get_test_session
    with TestClient(${variable}) as test_client:
        yield test_client
    ${variable}.dependency_overrides.clear()
    engine.dispose()
`;
}

import type { FilePath } from "#lib/contracts/ids.ts";
import { handleTrpcRequest } from "#server/http/handle-trpc-request.ts";
import { createCodeSchemaReader } from "#server/services/versions/code-schema-reader.ts";
import { importTree } from "#server/testing/import-tree.ts";
import { testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import type { BenchRow } from "./bench-table.ts";
import { describeWork, measureProcess } from "./measure-process.ts";
import { describeTexts, loadFrom } from "./project-fixture.ts";

const changedCount = 5;

/**
 * The processor time for reading a code schema, without threads, and the longest time in which the process answers no
 * other request.
 */
export async function benchCodeSchemas({ server }: { server: TestServer }): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const { container } = server;
  const add = (name: string, work: Parameters<typeof describeWork>[0]) =>
    rows.push({
      name: `${name} (processor time, longest block)`,
      graft: describeWork(work),
      yardstick: "50 ms",
      note: "the longest block that is allowed",
    });
  for (const fileCount of [100, 1_000, 5_000]) {
    const cold = describeTexts(buildTables(fileCount));
    const changed = describeTexts(addLines(cold.texts));
    const reader = createCodeSchemaReader(container);
    const restarted = createCodeSchemaReader(container);
    for (const [state, each, fixture] of [
      ["cold", reader, cold],
      [`${changedCount} files changed`, reader, changed],
      ["facts from the database", restarted, changed],
    ] as const) {
      const read = await measureProcess(() => each.read({ tree: fixture.tree, loadContents: loadFrom(fixture) }));
      if (read.result.entities.length !== fileCount) throw new Error("The bench's tables were not all read.");
      add(`code schema of ${fileCount} tables, ${state}`, read);
    }
    const answers = await measureAnswers({ server, texts: cold.texts });
    add(`the answer of ${fileCount} tables over HTTP, ${formatMb(answers.codeSchema.result)}`, answers.codeSchema);
    add(`what a version changes in ${fileCount} tables`, answers.schemaDiff);
  }
  return rows;
}

/** Both procedures after their schemas were read. The threads that compare are not counted. */
async function measureAnswers({ server, texts }: { server: TestServer; texts: ReadonlyMap<FilePath, string> }) {
  const { container, api } = server;
  const files = [...texts].map(([path, text]) => ({ path, text, mode: "100644" as const }));
  const { generationId: parentGenerationId } = await importTree({ container, files });
  const operations = [...addColumns(texts)].map(([path, content]) => ({ type: "write" as const, path, content }));
  const { generationId } = await api.generation.edit({ parentGenerationId, changeSet: { operations } });
  const input = encodeURIComponent(JSON.stringify({ generationId }));
  const ask = async () => {
    const response = await handleTrpcRequest({
      request: new Request(`http://127.0.0.1/api/trpc/generation.codeSchema?input=${input}`),
      context: { container, ownerId: testOwnerId, requestId: "bench" },
    });
    let bytes = 0;
    for await (const chunk of response.body ?? []) bytes += chunk.length;
    return bytes;
  };
  await ask();
  const codeSchema = await measureProcess(ask);
  const compare = () => api.generation.schemaDiff({ generationId });
  await compare();
  const schemaDiff = await measureProcess(compare);
  if (schemaDiff.result.fields.length !== changedCount) throw new Error("The bench's changes were not all found.");
  return { codeSchema, schemaDiff };
}

function formatMb(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** One table per file, each with a dozen fields and a key to the table before it. */
function buildTables(count: number): Map<FilePath, string> {
  return new Map(
    Array.from({ length: count }, (_, at) => [
      `app/area_${at % 40}/models_${at}.py` as FilePath,
      [
        "from sqlalchemy.orm import Mapped, mapped_column, relationship",
        `class Thing${at}(Base):`,
        `    __tablename__ = "things_${at}"`,
        "    id: Mapped[int] = mapped_column(primary_key=True)",
        ...Array.from({ length: 12 }, (__, field) => `    field_${field}: Mapped[str | None]`),
        `    before_id: Mapped[int] = mapped_column(ForeignKey("things_${Math.max(0, at - 1)}.id"))`,
        `    before: Mapped["Thing${Math.max(0, at - 1)}"] = relationship()`,
        "",
      ].join("\n"),
    ]),
  );
}

/** The same with an additional line at the end of the first few files. */
function addLines(texts: ReadonlyMap<FilePath, string>): Map<FilePath, string> {
  return new Map([...texts].map(([path, text], at) => [path, at < changedCount ? `${text}# changed\n` : text]));
}

/** A further column in each of the first few tables. */
function addColumns(texts: ReadonlyMap<FilePath, string>): Map<FilePath, string> {
  const changed = [...texts].slice(0, changedCount);
  return new Map(changed.map(([path, text]) => [path, `${text}    added: Mapped[str | None]\n`]));
}

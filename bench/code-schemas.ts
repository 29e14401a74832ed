import type { FilePath } from "#lib/contracts/ids.ts";
import { createCodeSchemaReader } from "#server/services/versions/code-schema-reader.ts";
import type { TestServer } from "#server/testing/start-test-server.ts";
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
  for (const fileCount of [100, 1_000, 5_000]) {
    const cold = describeTexts(buildTables(fileCount));
    const changed = describeTexts(addLines(cold.texts));
    const { container } = server;
    const reader = createCodeSchemaReader(container);
    const restarted = createCodeSchemaReader(container);
    for (const [state, each, fixture] of [
      ["cold", reader, cold],
      [`${changedCount} files changed`, reader, changed],
      ["facts from the database", restarted, changed],
    ] as const) {
      const read = await measureProcess(() => each.read({ tree: fixture.tree, loadContents: loadFrom(fixture) }));
      if (read.result.entities.length !== fileCount) throw new Error("The bench's tables were not all read.");
      rows.push({
        name: `code schema of ${fileCount} tables, ${state} (processor time, longest block)`,
        graft: describeWork(read),
        yardstick: "50 ms",
        note: "the longest block that is allowed",
      });
    }
  }
  return rows;
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

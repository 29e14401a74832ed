import fc from "fast-check";

/** One change of a file. The numbers select existing things modulo their count. */
export type FileChange =
  | { type: "write"; file: number }
  | { type: "delete"; file: number }
  | { type: "move"; file: number; to: number };

type OnVersion = { project: number; version: number };

/** An action of a client or a fault of the service. Numbers select from what exists when it runs. */
export type HistoryOperation =
  | { type: "import" }
  | { type: "create" }
  | ({
      type: "iterate";
      changes: FileChange[];
      end: "answered" | "empty" | "refused" | "crashed" | "cancelled";
    } & OnVersion)
  | ({ type: "edit"; changes: FileChange[] } & OnVersion)
  | ({ type: "rollback" } & OnVersion)
  | ({ type: "restore"; file: number } & OnVersion)
  | { type: "rename"; project: number }
  | { type: "archive"; project: number }
  | { type: "crash" };

/** Few names, so that changes often touch the same file. */
export const fileNames = ["notes/a.txt", "notes/b.txt", "notes/deep/c.txt", "d.txt", "deep/er/e.txt", "f.txt"] as const;

const number = fc.nat({ max: 1_000 });
const onVersion = { project: number, version: number };

const fileChange: fc.Arbitrary<FileChange> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant("write" as const), file: number }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("delete" as const), file: number }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("move" as const), file: number, to: number }) },
);
const changes = fc.array(fileChange, { minLength: 1, maxLength: 3 });
const end = fc.oneof(
  { weight: 12, arbitrary: fc.constant("answered" as const) },
  { weight: 2, arbitrary: fc.constantFrom("empty" as const, "refused" as const, "cancelled" as const) },
  { weight: 1, arbitrary: fc.constant("crashed" as const) },
);

const operation: fc.Arbitrary<HistoryOperation> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ type: fc.constant("import" as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("create" as const) }) },
  { weight: 10, arbitrary: fc.record({ type: fc.constant("iterate" as const), changes, end, ...onVersion }) },
  { weight: 10, arbitrary: fc.record({ type: fc.constant("edit" as const), changes, ...onVersion }) },
  { weight: 6, arbitrary: fc.record({ type: fc.constant("rollback" as const), ...onVersion }) },
  { weight: 6, arbitrary: fc.record({ type: fc.constant("restore" as const), file: number, ...onVersion }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("rename" as const), project: number }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("archive" as const), project: number }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("crash" as const) }) },
);

/** An arbitrary for histories of at most this many operations. */
export function historyOf(length: number): fc.Arbitrary<HistoryOperation[]> {
  return fc.array(operation, { minLength: length, maxLength: length });
}

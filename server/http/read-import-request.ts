import { join } from "node:path";
import { limits } from "#lib/contracts/limits.ts";
import { importInput } from "#lib/contracts/projects/project-import.ts";
import type { ByteSource } from "#server/archive/byte-source.ts";
import { toImportChoices, type ImportChoices } from "#server/archive/import-choices.ts";
import { readEnv } from "#server/env.ts";
import { receiveUpload } from "./bodies/receive-upload.ts";

/** The uploaded archive of an import or its dry run, with the name and choices from the query string. */
export function readImportRequest<Result>({
  request,
  use,
}: {
  request: Request;
  use: (upload: { archive: ByteSource; name: string | null; choices: ImportChoices }) => Promise<Result>;
}): Promise<Result> {
  const query = new URL(request.url).searchParams;
  const input = importInput.parse({ ...Object.fromEntries(query), without: query.getAll("without") });
  return receiveUpload({
    request,
    directory: join(readEnv().dataDir, "uploads"),
    maxBytes: limits.archiveBytes,
    limitName: "archiveBytes",
    use: (archive) => use({ archive, name: input.name ?? null, choices: toImportChoices(input) }),
  });
}

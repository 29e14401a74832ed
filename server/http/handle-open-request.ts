import { limits } from "#lib/contracts/limits.ts";
import { openRepositoryInput } from "#lib/contracts/projects/repository.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import {
  nameRepository,
  parseRepositoryAddress,
  type RepositoryAddress,
} from "#server/core/git/parse-repository-address.ts";
import { readEnv } from "#server/env.ts";
import type { FetchRules } from "#server/git/fetch-proxy.ts";
import { openRepository } from "#server/services/git/open-repository.ts";
import { answerWithProgress } from "./answer-with-progress.ts";
import { handleApiRequest } from "./handle-api-request.ts";
import { isFromThisMachine } from "./is-from-this-machine.ts";
import { readJsonBody } from "./bodies/read-json-body.ts";

/** Where repositories may be opened from, as the operator decided. */
type RepositoryRules = FetchRules & { allowsFolders: boolean };

/** `{address, name?, branches?, history?}`: a repository at an https address, or in a folder of the Graft host. */
export function handleOpenRequest({
  request,
  openContainer,
  rules,
}: {
  request: Request;
  /** Tests pass their own container and rules. */
  openContainer?: () => Promise<Container>;
  rules?: RepositoryRules;
}): Promise<Response> {
  return handleApiRequest({
    request,
    ...(openContainer === undefined ? {} : { openContainer }),
    handle: async ({ container, ownerId, requestId }) => {
      const { address: text, name, ...choices } = openRepositoryInput.parse(await readJsonBody(request));
      const { allowsFolders, ...fetchRules } = rules ?? readEnv().repositories;
      const address = parseAddress({ text, allowsPrivate: fetchRules.allowsPrivate });
      if (address.type === "folder") assertFolders({ allowsFolders, headers: request.headers });
      return answerWithProgress({
        request,
        requestId,
        work: (onProgress, signal) =>
          openRepository({
            container,
            ownerId,
            name: name ?? toProjectName(nameRepository(address)),
            source: { type: "address", address, rules: fetchRules },
            choices: { ...choices, name },
            signal,
            onProgress,
          }),
      }).response;
    },
  });
}

/** @throws AppError INVALID_INPUT */
function parseAddress({ text, allowsPrivate }: { text: string; allowsPrivate: boolean }): RepositoryAddress {
  const parsed = parseRepositoryAddress({ text, allowsPrivate });
  if (parsed.type !== "refused") return parsed;
  throw new AppError({ code: "INVALID_INPUT", message: `${parsed.reason} Nothing was stored.` });
}

/** @throws AppError FORBIDDEN_ORIGIN */
function assertFolders({ allowsFolders, headers }: { allowsFolders: boolean; headers: Headers }): void {
  if (allowsFolders && isFromThisMachine(headers)) return;
  throw new AppError({
    code: "FORBIDDEN_ORIGIN",
    message:
      "Folders of the machine that Graft runs on are not opened from here. Nothing was stored. Drop a bundle of the repository on this page: git bundle create <file> --all HEAD.",
  });
}

/** The default name of a project that is made from a file or repository. */
export function toProjectName(text: string): string {
  const name = text.trim().slice(0, limits.projectNameCharacters).trim();
  return name === "" ? "Imported project" : name;
}

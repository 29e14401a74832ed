import { repositoryChoices } from "#lib/contracts/projects/repository.ts";
import type { Container } from "#server/container.ts";
import { bundleSignatureBytes, isBundleSignature } from "#server/git/read-bundle.ts";
import { openRepository } from "#server/services/git/open-repository.ts";
import { importArchive } from "#server/services/versions/importing/import-archive.ts";
import { answerWithProgress } from "./answer-with-progress.ts";
import { handleApiRequest } from "./handle-api-request.ts";
import { toProjectName } from "./handle-open-request.ts";
import { readImportRequest } from "./read-import-request.ts";

/** A zip becomes v1 of a new project, a git bundle a project with its history. */
export function handleImportRequest({
  request,
  openContainer,
}: {
  request: Request;
  /** Tests pass their own container. */
  openContainer?: () => Promise<Container>;
}): Promise<Response> {
  return handleApiRequest({
    request,
    ...(openContainer === undefined ? {} : { openContainer }),
    handle: ({ container, ownerId, requestId }) =>
      new Promise<Response>((resolve, reject) => {
        // A response with progress is sent while the upload is still being read.
        readImportRequest({
          request,
          use: async (upload) => {
            const { archive } = upload;
            const length = Math.min(archive.sizeBytes, bundleSignatureBytes);
            if (!isBundleSignature(await archive.read({ offset: 0, length }))) {
              resolve(Response.json(await importArchive({ container, ownerId, ...upload, signal: request.signal })));
              return;
            }
            const choices = repositoryChoices.parse(Object.fromEntries(new URL(request.url).searchParams));
            const { response, done } = answerWithProgress({
              request,
              requestId,
              work: (onProgress, signal) =>
                openRepository({
                  container,
                  ownerId,
                  name: choices.name ?? toProjectName(upload.name ?? ""),
                  source: { type: "bundle", bundle: archive },
                  choices,
                  signal,
                  onProgress,
                }),
            });
            response.then(resolve, reject);
            await done;
          },
        }).catch(reject);
      }),
  });
}

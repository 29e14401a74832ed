import type { ContextPreviewInput } from "#lib/contracts/versions/generation.ts";
import type { AttachmentSize } from "#lib/contracts/runs/attachment.ts";
import type { ContextReceipt } from "#lib/contracts/runs/context-receipt.ts";
import type { RunId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { countAttachmentTokens } from "#server/core/attachments/read-attachment.ts";
import { previewContext } from "#server/orchestrator/context/preview-context.ts";
import type { LoadedAttachment } from "#server/orchestrator/load-attachments.ts";
import { withoutChecks } from "#server/orchestrator/without-checks.ts";
import { getStoredGeneration } from "#server/store/versions/generations.ts";
import { getRunSettings } from "#server/store/projects.ts";
import { createEndedRuns } from "../working/ended-runs.ts";
import { sharedDependencies } from "../shared-dependencies.ts";

/** It has the size of the attachment that will be sent, but none of its content. */
function describeAttachment(size: AttachmentSize): LoadedAttachment {
  const { name } = size;
  if (size.kind === "image")
    return {
      name,
      kind: size.kind,
      image: { name, mediaType: "", bytes: new Uint8Array() },
      tokens: countAttachmentTokens(size),
    };
  const text = " ".repeat(size.sizeBytes);
  return { name, kind: size.kind, text, tokens: countAttachmentTokens({ kind: size.kind, text }) };
}

/**
 * What an iteration with this prompt would show the model. Starts no run.
 *
 * @throws AppError GENERATION_NOT_FOUND, MODEL_NOT_FOUND, MODEL_UNAVAILABLE
 */
export async function previewRunContext({
  container,
  ownerId,
  input: { parentGenerationId, prompt, model, scope, attachments = [] },
}: {
  container: Container;
  ownerId: string;
  input: ContextPreviewInput;
}): Promise<ContextReceipt> {
  const { database } = container;
  const parent = await getStoredGeneration({
    transaction: database.prisma,
    generationId: parentGenerationId,
    ownerId,
  });
  const { lockedPaths, shownSecretPaths } = await getRunSettings({ database, projectId: parent.projectId });
  return previewContext({
    attachments: attachments.map(describeAttachment),
    request: {
      runId: "preview" as RunId,
      kind: "generate",
      projectId: parent.projectId,
      parentGenerationId,
      prompt,
      modelId: model ?? container.defaultModelId,
      mode: "classic",
      techStack: null,
      domain: null,
      context: null,
      reviewComments: [],
      attachments: [],
      scope: { include: scope?.include ?? null, locked: lockedPaths },
      shownSecretPaths,
      continues: null,
      candidate: null,
      acceptedPlan: null,
    },
    dependencies: {
      ...sharedDependencies(container),
      models: container.models,
      endedRuns: createEndedRuns(container),
      checks: withoutChecks,
      steps: { remember: (_, compute) => compute(), recall: async () => null },
      events: { append: () => undefined, flush: async () => undefined },
      limitUsd: null,
      signal: new AbortController().signal,
    },
  });
}

"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Badge } from "../ui/badge.tsx";
import { describeKind } from "./kind-words.ts";

/** How a version was made; a rollback and a restore name their source version. */
export function GenerationKindBadge({
  generation: { kind, sourceGenerationId },
}: {
  generation: Pick<GenerationOutput, "kind" | "sourceGenerationId">;
}) {
  const trpc = useTRPC();
  const source = useQuery(
    trpc.generation.summary.queryOptions(
      sourceGenerationId === null ? skipToken : { generationId: sourceGenerationId },
    ),
  );
  return <Badge>{describeKind({ kind, sourceVersion: source.data?.version ?? null })}</Badge>;
}

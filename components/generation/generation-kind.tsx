"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import type { GenerationKind, GenerationOutput } from "#lib/contracts/generation.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Badge } from "../ui/badge.tsx";

const words: Record<GenerationKind, string> = {
  create: "created",
  iterate: "iteration",
  rollback: "rollback",
  restore: "files restored",
  edit: "edited by hand",
  accept: "accepted after review",
  merge: "merge",
  import: "imported",
};

/** How a version came to be; a rollback and a restore name the version that they brought back. */
export function GenerationKindBadge({ generation: { kind, sourceGenerationId } }: { generation: Pick<GenerationOutput, "kind" | "sourceGenerationId"> }) {
  const trpc = useTRPC();
  const source = useQuery(trpc.generation.get.queryOptions(sourceGenerationId === null ? skipToken : { generationId: sourceGenerationId }));
  const of = source.data === undefined ? "" : kind === "rollback" ? ` of v${source.data.version}` : ` from v${source.data.version}`;
  return <Badge>{`${words[kind]}${of}`}</Badge>;
}

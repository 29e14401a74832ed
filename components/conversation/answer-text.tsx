"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { filesHref } from "#lib/hrefs.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { MarkdownText, type FileLinks } from "./markdown-text.tsx";

/** An answer about a version, with links to the files and lines that it names. */
export function AnswerText({
  projectId,
  generationId,
  text,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  text: string;
}) {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.generation.files.queryOptions({ generationId }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  const links = useMemo<FileLinks>(
    () => ({
      paths: new Set(data?.items.map(({ path }) => path) ?? []),
      hrefOf: (link) => filesHref({ projectId, generationId, ...link }),
    }),
    [data, projectId, generationId],
  );
  return <MarkdownText text={text} links={links} />;
}

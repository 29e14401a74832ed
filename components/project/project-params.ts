import { notFound } from "next/navigation";
import type { z } from "zod";
import { generationId, projectId, runId, type GenerationId, type ProjectId, type RunId } from "#lib/contracts/ids.ts";

/** Parses an id from an address; an invalid one gives the not-found page. */
function readId<Schema extends z.ZodType>({ schema, segment }: { schema: Schema; segment: string }): z.output<Schema> {
  const parsed = schema.safeParse(decodeURIComponent(segment));
  return parsed.success ? parsed.data : notFound();
}

export async function readProjectParams(params: Promise<{ project: string }>): Promise<{ projectId: ProjectId }> {
  return { projectId: readId({ schema: projectId, segment: (await params).project }) };
}

export async function readGenerationParams(
  params: Promise<{ project: string; generation: string }>,
): Promise<{ projectId: ProjectId; generationId: GenerationId }> {
  const { project, generation } = await params;
  return {
    projectId: readId({ schema: projectId, segment: project }),
    generationId: readId({ schema: generationId, segment: generation }),
  };
}

/** A version in an address's query; undefined if invalid. */
export function readVersionQuery(value: string | readonly string[] | undefined): GenerationId | undefined {
  return generationId.safeParse(value).data;
}

export async function readRunParams(
  params: Promise<{ project: string; run: string }>,
): Promise<{ projectId: ProjectId; runId: RunId }> {
  const { project, run } = await params;
  return { projectId: readId({ schema: projectId, segment: project }), runId: readId({ schema: runId, segment: run }) };
}

/** `base...head` are two versions of one project; `base..head` is what the head has since their common ancestor. */
export async function readCompareParams(
  params: Promise<{ project: string; range: string }>,
): Promise<{ projectId: ProjectId; base: GenerationId; head: GenerationId; isSinceAncestor: boolean }> {
  const { project, range } = await params;
  const decoded = decodeURIComponent(range);
  const isSinceAncestor = !decoded.includes("...");
  const [base = "", head = ""] = decoded.split(isSinceAncestor ? ".." : "...");
  return {
    projectId: readId({ schema: projectId, segment: project }),
    base: readId({ schema: generationId, segment: base }),
    head: readId({ schema: generationId, segment: head }),
    isSinceAncestor,
  };
}

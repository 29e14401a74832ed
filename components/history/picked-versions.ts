import { useRouter } from "next/navigation";
import { useState } from "react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { compareHref } from "#lib/hrefs.ts";

export type PickedVersions = ReturnType<typeof usePickedVersions>;

/** At most two versions that the user picks to compare. A third one replaces the first. */
export function usePickedVersions({
  projectId,
  byId,
}: {
  projectId: ProjectId;
  byId: ReadonlyMap<GenerationId, GenerationOutput>;
}) {
  const router = useRouter();
  const [picked, setPicked] = useState<GenerationId[]>([]);
  const pick = (id: GenerationId) =>
    setPicked((before) => (before.includes(id) ? before.filter((other) => other !== id) : [...before.slice(-1), id]));
  const compare = () => {
    const pair = picked.flatMap((id) => byId.get(id) ?? []).toSorted((a, b) => a.version - b.version);
    const [base, other] = pair;
    if (base !== undefined && other !== undefined)
      router.push(compareHref({ projectId, base: base.generationId, head: other.generationId }));
  };
  return { picked, pick, compare };
}

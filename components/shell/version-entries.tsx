import { useQuery } from "@tanstack/react-query";
import { isCommitPrefix } from "#lib/commit-prefix.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { ProjectOutput } from "#lib/contracts/projects/project.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { compareHref, generationHref } from "#lib/hrefs.ts";
import { Entry } from "./palette-entry.tsx";
import { Group } from "./palette-group.tsx";

/** The newest; the history has the others, and a filter. */
const maxVersions = 50;

/** All versions, and the actions on one if the user types an action's name: "roll back to v3", "compare v3". */
export function VersionEntries({
  project: { projectId, headGenerationId, headVersion },
  query,
  go,
  onRollBack,
}: {
  project: ProjectOutput;
  query: string;
  go: (href: string) => () => void;
  onRollBack: (place: { projectId: ProjectId; generationId: GenerationId }) => void;
}) {
  const trpc = useTRPC();
  const commit = isCommitPrefix(query) ? query : "";
  const { data } = useQuery(trpc.generation.list.queryOptions({ projectId, query: commit, limit: maxVersions }));
  if (data === undefined || (commit === "" && data.items.length < 2) || data.items.length === 0) return null;
  const typed = query.toLowerCase();
  const others = data.items.filter(({ isHead }) => !isHead);
  return (
    <Group heading="Versions">
      {typed.startsWith("comp") &&
        headGenerationId !== null &&
        others.map(({ generationId, version }) => (
          <Entry
            key={`compare ${generationId}`}
            name={`Compare v${version} with v${headVersion}, active`}
            onSelect={go(compareHref({ projectId, base: generationId, head: headGenerationId }))}
          />
        ))}
      {typed.startsWith("roll") &&
        others.map(({ generationId, version, label, prompt }) => (
          <Entry
            key={`roll back ${generationId}`}
            name={`Roll back to v${version}`}
            note={label ?? prompt ?? ""}
            onSelect={() => onRollBack({ projectId, generationId })}
          />
        ))}
      {data.items.map(({ generationId, version, label, prompt, isHead }) => (
        <Entry
          key={generationId}
          id={`${generationId} ${commit}`}
          name={`v${version} ${label ?? prompt ?? ""}`}
          {...(isHead ? { note: "active" } : {})}
          onSelect={go(generationHref({ projectId, generationId }))}
        />
      ))}
    </Group>
  );
}

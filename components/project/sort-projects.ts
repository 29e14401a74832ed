import type { ProjectOutput } from "#lib/contracts/projects/project.ts";

export type ProjectOrder = "updated" | "opened" | "name" | "versions";

export const projectOrders: { value: ProjectOrder; label: string }[] = [
  { value: "updated", label: "Last changed first" },
  { value: "opened", label: "Last opened first" },
  { value: "name", label: "By name" },
  { value: "versions", label: "Most versions first" },
];

/** The projects in another order; the sort is stable. */
export function sortProjects<
  Project extends Pick<ProjectOutput, "name" | "generationCount" | "updatedAt" | "openedAt">,
>({ projects, order }: { projects: readonly Project[]; order: ProjectOrder }): Project[] {
  if (order === "name") return projects.toSorted((one, other) => one.name.localeCompare(other.name, "en"));
  if (order === "versions") return projects.toSorted((one, other) => other.generationCount - one.generationCount);
  if (order === "opened") return projects.toSorted((one, other) => other.openedAt.localeCompare(one.openedAt));
  return projects.toSorted((one, other) => other.updatedAt.localeCompare(one.updatedAt));
}

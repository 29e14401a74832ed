/** The name of a project as a valid file name on every system; never empty. */
export function toFileNameSlug(projectName: string): string {
  const slug = projectName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);
  return slug === "" ? "project" : slug;
}

/** The first clause of a prompt, at most 60 characters: "A task tracker: projects have…" gives "Task tracker". */
export function nameFromPrompt(prompt: string): string {
  const clause = prompt.split(/[:;\n]|\.(?=\s|$)|,\s|\s(?:with|where|that|which)\s/, 1)[0]?.trim() ?? "";
  const name = clause
    .replace(/^(?:please\s+)?(?:(?:build|create|make|generate|write|implement)\s+)?(?:me\s+)?(?:(?:an?|the)\s+)?/i, "")
    .slice(0, 60)
    .trim();
  const chosen = name === "" ? prompt.trim().slice(0, 60) : name;
  return chosen.charAt(0).toUpperCase() + chosen.slice(1);
}

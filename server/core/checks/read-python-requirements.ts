import { parse } from "smol-toml";

/** The groups in which projects list test dependencies. */
const developmentGroups = ["dev", "test", "tests", "lint"];

/**
 * The packages that a pyproject.toml lists. Only these are installed, not the project itself: building it would run its
 * code while the registry is reachable.
 */
export function readPythonRequirements(text: string): string[] {
  const root = readTable(text);
  const project = toTable(root["project"]);
  const optional = toTable(project["optional-dependencies"]);
  const groups = toTable(root["dependency-groups"]);
  const lists = [project["dependencies"], ...developmentGroups.flatMap((name) => [optional[name], groups[name]])];
  const named = lists.flatMap((list) => (Array.isArray(list) ? list : []));
  return [...new Set(named.filter((one): one is string => typeof one === "string" && !/[\r\n]/.test(one)))];
}

function readTable(text: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch {
    return {};
  }
}

function toTable(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

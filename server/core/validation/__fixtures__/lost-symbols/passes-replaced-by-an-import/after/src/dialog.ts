import { theme } from "./theme.ts";
import type { VersionRef } from "./version-ref.ts";

export function open(target: VersionRef): string {
  return theme.light + target.version;
}

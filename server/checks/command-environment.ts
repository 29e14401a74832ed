import type { ReadPath } from "#server/sandbox/build-arguments.ts";
import type { SandboxMachine } from "#server/sandbox/sandbox-machine.ts";

/** No colours, no prompts, no update notices, no telemetry. */
const quiet = {
  CI: "1",
  NO_COLOR: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  CHECKPOINT_DISABLE: "1",
  npm_config_update_notifier: "false",
  PYTHONDONTWRITEBYTECODE: "1",
  // Prisma would download an engine that generating a client does not need.
  PRISMA_SCHEMA_ENGINE_BINARY: "/bin/true",
};

/** The environment of a project's command. Programs of its packages take precedence over the host's. */
export function commandEnvironment({
  machine,
  packages,
}: {
  machine: SandboxMachine;
  packages: readonly ReadPath[];
}): Record<string, string> {
  const environments = packages.filter(({ to }) => to.endsWith("/.venv")).map(({ to }) => `${to}/bin`);
  return { ...quiet, PATH: [...environments, machine.searchPath].join(":") };
}

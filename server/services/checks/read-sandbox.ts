import type { SandboxOutput } from "#lib/contracts/versions/check.ts";
import type { Container } from "#server/container.ts";

/** Whether the sandbox works on this host: its tool versions, or the reason why not and what to install. */
export async function readSandbox({
  container: { sandbox, checks },
}: {
  container: Pick<Container, "sandbox" | "checks">;
}): Promise<SandboxOutput> {
  const state = await sandbox.getState();
  if (state.status === "unavailable") return { isAvailable: false, reason: state.reason };
  const toolchain = await checks.getToolchain();
  return { isAvailable: true, ...(toolchain === null ? {} : { toolchain }) };
}

export type SandboxUser = { uid: number; gid: number };

/** In no package's range and in no systemd range, so that no other process of the machine has it. */
const unprivilegedId = 60_999;

/**
 * Who the sandbox belongs to on the machine. Root gives its rights up, because no limit of processes holds for root;
 * anyone else stays who they are, which is null.
 */
export function chooseSandboxUser(): SandboxUser | null {
  return process.getuid?.() === 0 ? { uid: unprivilegedId, gid: unprivilegedId } : null;
}

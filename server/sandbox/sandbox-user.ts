export type SandboxUser = { uid: number; gid: number };

/** In no package's and no systemd range of user ids, so that no other process of the host has it. */
const unprivilegedId = 60_999;

/**
 * The host user of the sandbox. Root switches to another user, because process limits do not apply to root. Any other
 * user stays the same, which is null.
 */
export function chooseSandboxUser(): SandboxUser | null {
  return process.getuid?.() === 0 ? { uid: unprivilegedId, gid: unprivilegedId } : null;
}

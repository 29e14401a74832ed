/** How a command in a sandbox ended. `limit` is the exceeded limit. */
export type SandboxEnd =
  | { status: "exited"; exitCode: number }
  | { status: "limited"; limit: SandboxLimit }
  | { status: "cancelled" }
  /** Something outside ended the sandbox: the kernel because of low memory, or a user. */
  | { status: "killed" }
  /** The command never started. */
  | { status: "refused"; reason: string };

export type SandboxLimit = "time" | "memory" | "disk" | "output";

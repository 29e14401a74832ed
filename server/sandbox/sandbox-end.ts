/** How a command in a sandbox came to its end. `limit` is the one that it reached. */
export type SandboxEnd =
  | { status: "exited"; exitCode: number }
  | { status: "limited"; limit: SandboxLimit }
  | { status: "cancelled" }
  /** Something outside ended the sandbox: the kernel for want of memory, or a person. */
  | { status: "killed" }
  /** The command never began. */
  | { status: "refused"; reason: string };

export type SandboxLimit = "time" | "memory" | "disk" | "output";

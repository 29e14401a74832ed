import type { ThreadTasks } from "./thread-tasks.ts";

export type ThreadCall<Name extends keyof ThreadTasks> = {
  task: Name;
  input: Parameters<ThreadTasks[Name]>[0];
  /** Counted from the start of the task. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  /** `background` tasks start after all others. */
  urgency?: "now" | "background";
};

/** A call of which the caller waits for the result. */
export type PendingCall = {
  call: ThreadCall<keyof ThreadTasks>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
};

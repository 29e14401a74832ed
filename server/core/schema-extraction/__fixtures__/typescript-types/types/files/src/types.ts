import type { Page } from "./page";

export interface Project {
  id: string;
  title: string;
  description?: string;
  archivedAt: Date | null;
  readonly tasks: Task[];
  "display-name": string;
  rename(title: string): void;
}

export type Task = {
  id: number;
  project: Project | undefined;
  labels: Array<string>;
  status: "todo" | "done" | null;
  onDone: (task: Task) => void;
};

export type TaskWithPage = Task & { page: Page };
export type TaskStatus = "todo" | "doing" | "done";
export type TaskKey = keyof Task;
export type Mixed = "a" | 1;
export enum Role {
  Member = "member",
  Admin = "admin",
  Guest,
}

export type ButtonProps = { label: string };
interface Hidden { id: string }
export declare interface Declared { id: bigint }

export type FailureCode =
  | "NO_MATCH"
  // Told once.
  | "LIMIT"
  /** A call that cannot be read. */
  | "UNREADABLE";

import type { Entity as Base } from "./base";
import type * as models from "./base";

export interface Task extends Base {
  title: string;
  done(): void;
}

export type NewTask = Omit<Task, "id" | "createdAt"> & { owner: string };
export type TaskPatch = Partial<Pick<Task, "title">>;
export type Alias = Task;
export type Guest = Readonly<Required<models.Account>>;
export interface ButtonProps extends Task {
  kind: string;
}
export interface Foreign extends Outside<Task> {
  mine: number;
}

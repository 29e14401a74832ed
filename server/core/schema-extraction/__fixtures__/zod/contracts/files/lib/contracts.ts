import { z } from "zod";

export const taskStatus = z.enum(["todo", "doing", "done"]);
const color = z.enum({ Red: "red", Blue: "blue" });

export const taskSchema = z.object({
  title: z.string().trim().min(1).max(200),
  description: z.string().optional(),
  dueDate: z.iso.date().nullable(),
  status: taskStatus.default("todo"),
  labels: z.array(z.string()).default([]),
  "owner-email": z.email(),
});

export const taskUpdate = taskSchema.extend({ id: z.uuid() });
export const projectSchema = z.strictObject({ tasks: z.array(taskSchema), lead: taskSchema.optional() }).readonly();
export const taskKeys = taskSchema.pick({ title: true });
export type Task = z.infer<typeof taskSchema>;
const notZod = other.object({ a: 1 });

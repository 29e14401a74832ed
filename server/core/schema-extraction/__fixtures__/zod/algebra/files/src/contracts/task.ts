import { z } from "zod";

export const baseSchema = z.object({ id: z.uuid(), createdAt: z.date() });

export const taskSchema = baseSchema.extend({
  title: z.string(),
  notes: z.string().optional(),
});

export const createTaskInput = taskSchema.omit({ id: true, createdAt: true });
export const updateTaskInput = createTaskInput.partial().extend({ id: z.uuid() });
export const taskTitle = taskSchema.pick({ id: true, title: true }).required();
export const patched = taskSchema.partial({ title: true });
export const both = taskTitle.merge(z.object({ total: z.number() })).strict();
export const spread = z.object({ ...baseSchema.shape, tags: z.array(taskSchema) });
export const joined = z.intersection(baseSchema, z.object({ x: z.number() }));
export const event = z.discriminatedUnion("type", [
  z.object({ type: z.literal("made"), id: z.uuid() }),
  z.object({ type: z.literal("gone") }),
]);

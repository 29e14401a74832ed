import * as task from "./task";
import { taskSchema as inner } from "./task.js";
import { z } from "zod";
import _ from "lodash";

export const projectSchema = z.object({ lead: inner.nullable(), any: z.union([inner, task.both]) });
export const named = task.taskSchema.pick({ title: true });
export const nothing = _.pick({ a: 1 }, ["a"]);

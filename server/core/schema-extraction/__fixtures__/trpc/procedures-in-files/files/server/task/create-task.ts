import { t } from "../trpc";

export const createTask = t.procedure.mutation(() => 1);

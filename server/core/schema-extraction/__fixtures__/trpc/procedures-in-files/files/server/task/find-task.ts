import { authenticatedProcedure } from "../trpc";
import { ZFind } from "./find-task.types";

export const findTask = authenticatedProcedure.input(ZFind).query(async ({ input }) => input);
export const unserved = authenticatedProcedure.query(() => 1);
const rows = await db.query("select 1");

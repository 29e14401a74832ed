import { z } from "zod";
import { protectedProcedure, t } from "../trpc";

export const projectRouter = t.router({
  list: protectedProcedure.query(({ ctx }) => ctx.projects.list()),
  rename: protectedProcedure
    .input(z.object({ id: z.string(), name: z.string() }))
    .mutation(async ({ input }) => input),
  "by-id": protectedProcedure.input(z.string()).query(() => null),
});

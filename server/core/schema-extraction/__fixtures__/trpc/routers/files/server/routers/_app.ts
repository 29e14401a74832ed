import { createCallerFactory, mergeRouters, publicProcedure, router } from "../trpc";
import { projectRouter } from "./project";
import { taskRouter as tasks } from "@/server/routers/task";
import { extraRouter } from "somewhere-else";

const healthRouter = router({
  ping: publicProcedure.query(() => "pong"),
});

const base = router({
  project: projectRouter,
  task: tasks,
  extra: extraRouter,
  admin: router({
    purge: publicProcedure.mutation(() => undefined),
    users: { list: publicProcedure.query(() => []) },
  }),
});

export const appRouter = mergeRouters(base, healthRouter);
export type AppRouter = typeof appRouter;

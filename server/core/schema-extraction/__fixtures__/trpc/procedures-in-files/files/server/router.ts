import { mergeRouters, router } from "./trpc";
import { findTask } from "./task/find-task";
import { createTask as create } from "./task/create-task";
import admin from "./admin";
import * as user from "./user";

export const appRouter = mergeRouters(
  router({
    task: { find: findTask, create, nested: router({ again: findTask }) },
    admin,
    me: user.me,
  }),
  user.userRouter,
);

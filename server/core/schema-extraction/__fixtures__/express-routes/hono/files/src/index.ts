import { Hono } from "hono";
import tasks from "./tasks";

const app = new Hono().basePath("/api");

const routes = app
  .get("/hello", (c) => c.text("hi"))
  .post("/hello", save)
  .route("/tasks", tasks);

export type App = typeof routes;
export default app;

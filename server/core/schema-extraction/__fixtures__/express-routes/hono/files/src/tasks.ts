import { Hono } from "hono";

const tasks = new Hono()
  .get("/", list)
  .get("/:id", zValidator("param", schema), (c) => c.json({}));

export default tasks;

import { Hono } from "hono";
import tasks from "./tasks";

const api = new Hono();
const parts = [tasks] as const;
for (const part of parts) api.route("/api", part);

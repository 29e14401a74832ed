import { Hono } from "hono";

const router = new Hono();
router.get("/tasks", (context) => context.json([]));
export default router;

import { createRoute, OpenAPIHono } from "@hono/zod-openapi";

const list = createRoute({
  path: "/tasks",
  method: "get",
  responses: {},
});

export const remove = createRoute({ method: "delete", path: "/tasks/{id}", responses: {} });

const app = new OpenAPIHono().basePath("/api");
app.openapi(list, (context) => context.json([]));
app.openapi(createRoute({ method: "post", path: "/tasks", responses: {} }), (context) => context.json({}));

export default app;

import { createRootRoute, createRoute, createRouter } from "@tanstack/react-router";

const rootRoute = createRootRoute({ component: Root });
const indexRoute = createRoute({ getParentRoute: () => rootRoute, path: "/", component: Home });
const postsRoute = createRoute({ getParentRoute: () => rootRoute, path: "posts", component: Posts });
const postsIndex = createRoute({ getParentRoute: () => postsRoute, path: "/", component: PostList });
const postRoute = createRoute({ getParentRoute: () => postsRoute, path: "$postId" }).lazy(() => import("./post"));
const frame = createRoute({ getParentRoute: () => rootRoute, id: "frame", component: Frame });
const inFrame = createRoute({ getParentRoute: () => frame, path: "/settings", component: Settings });

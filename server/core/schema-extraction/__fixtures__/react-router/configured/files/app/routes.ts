import { type RouteConfig, index, layout, prefix, route } from "@react-router/dev/routes";

export default [
  index("./home.tsx"),
  route("about", "./about.tsx"),
  layout("./auth/layout.tsx", [route("login", "./auth/login.tsx")]),
  ...prefix("concerts", [index("./concerts/home.tsx"), route(":city", "./concerts/city.tsx")]),
] satisfies RouteConfig;

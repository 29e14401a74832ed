import { createBrowserRouter } from "react-router-dom";

export const router = createBrowserRouter([
  {
    path: "/",
    element: <Layout />,
    children: [
      { index: true, element: <Home /> },
      {
        path: "users",
        children: [
          { index: true, Component: Users },
          { path: ":id", element: <User />, children: [{ path: "edit", lazy: () => import("./edit") }] },
        ],
      },
      { path: "/absolute", element: <Absolute /> },
    ],
  },
  { path: "*", element: <NotFound /> },
]);

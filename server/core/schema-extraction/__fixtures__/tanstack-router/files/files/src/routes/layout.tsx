import { createFileRoute, createLazyFileRoute } from "@tanstack/react-router";

export const Route = createFileRoute("/_auth")({ component: Frame });
export const Lazy = createLazyFileRoute("/about")({ component: About });
export const Index = createFileRoute("/_auth/")({ component: () => <p>Start</p> });

import { createFileRoute } from "@tanstack/react-router";

export const Route = createFileRoute("/_auth/(app)/posts/$postId")({
  component: Post,
  loader: async () => null,
});

function Post() {
  return <p>Post</p>;
}

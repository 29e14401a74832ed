import { handleGitRequest } from "#server/http/handle-git-request.ts";

/** Handles every address below `/git` with every method; anything but a git request is refused. */
function handler(request: Request): Promise<Response> {
  return handleGitRequest({ request });
}

export {
  handler as DELETE,
  handler as GET,
  handler as HEAD,
  handler as OPTIONS,
  handler as PATCH,
  handler as POST,
  handler as PUT,
};

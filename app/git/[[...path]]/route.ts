import { handleGitRequest } from "#server/http/handle-git-request.ts";

/** Every address below `/git`, with every method: what is no request of git is refused there. */
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

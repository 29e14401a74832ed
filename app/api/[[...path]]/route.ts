import { handleApiRequest } from "#server/http/handle-api-request.ts";
import { malformedAddress } from "#server/http/malformed-address.ts";
import { AppError } from "#lib/errors.ts";

/** Catches unknown addresses below `/api`. Without it, the not-found page would respond. */
function handler(request: Request): Promise<Response> {
  return handleApiRequest({
    request,
    handle: () => {
      if (new URL(request.url).pathname === malformedAddress)
        throw new AppError({
          code: "INVALID_INPUT",
          message:
            "The address of the request cannot be read. Nothing was changed. Encode it as UTF-8 and send it again.",
        });
      throw new AppError({
        code: "ADDRESS_NOT_FOUND",
        message:
          "There is nothing at this address of the API. Nothing was changed. Check the address for a misspelling.",
      });
    },
  });
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

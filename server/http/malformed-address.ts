/** The target for requests with an undecodable address; the route for unknown addresses refuses them. */
export const malformedAddress = "/api/malformed-address";

/** Where requests end whose own address does not decode; the route of unknown addresses refuses them there. */
export const malformedAddress = "/api/malformed-address";

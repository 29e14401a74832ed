/** The registries that the operator configured. Installations can reach only these hosts. */
export type PackageRegistries = { npm: URL; python: URL };

/** The registries that the operator configured. An installation can reach these and no other host. */
export type PackageRegistries = { npm: URL; python: URL };

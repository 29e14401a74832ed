const lockFile =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|poetry\.lock|Pipfile\.lock|uv\.lock|pdm\.lock|Cargo\.lock|go\.sum|Gemfile\.lock|composer\.lock|mix\.lock|pubspec\.lock|flake\.lock)$/;

/** True for the file in which a package manager keeps the versions that it chose: a tool writes it, whole. */
export function isLockFile(path: string): boolean {
  return lockFile.test(path);
}

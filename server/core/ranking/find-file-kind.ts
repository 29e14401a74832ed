import { isLockFile } from "#lib/contracts/versions/is-lock-file.ts";

export type FileKind =
  | "source"
  | "configuration"
  | "test"
  | "documentation"
  | "translation"
  | "migration"
  | "generated";

const kinds: readonly (readonly [FileKind, RegExp])[] = [
  [
    "generated",
    /\.min\.(?:js|css)$|\.map$|\.snap$|\.pb\.go$|_pb2(?:_grpc)?\.pyi?$|\.(?:generated|gen)\.\w+$|(?:^|\/)(?:__generated__|generated|vendor|dist|build|node_modules)\//,
  ],
  [
    "test",
    /(?:^|\/)(?:tests?|__tests__|specs?|e2e|testdata|fixtures|__fixtures__|cypress)\/|[._-](?:test|spec)s?\.\w+$|(?:^|\/)test_[^/]*$|Tests?\.(?:java|kt|cs)$/,
  ],
  [
    "translation",
    /(?:^|\/)(?:locales?|i18n|translations?|lang|intl|messages)\/.*\.(?:json|ya?ml|po|pot|ts|js|properties|arb|xlf)$|\.po$/,
  ],
  ["migration", /(?:^|\/)(?:migrations?|alembic\/versions|db\/migrate)\//],
  [
    "documentation",
    /\.(?:mdx?|rst|adoc|txt)$|(?:^|\/)docs?\/|(?:^|\/)(?:LICENSE|CHANGELOG|CHANGES|AUTHORS|NOTICE)[^/]*$/i,
  ],
  [
    "configuration",
    /\.(?:json|ya?ml|toml|ini|cfg|conf|properties|xml|lock|env|editorconfig)$|(?:^|\/)\.[^/]+$|(?:^|\/)(?:Dockerfile|Makefile)[^/]*$/,
  ],
];

/** The purpose of a file, judged by its path alone. */
export function findFileKind(path: string): FileKind {
  if (isLockFile(path)) return "generated";
  return kinds.find(([, pattern]) => pattern.test(path))?.[0] ?? "source";
}

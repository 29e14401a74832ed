/** The fields of package-lock.json that are read here. */
export type LockedPackage = { dev?: boolean; license?: string };
export type Lock = { packages: Readonly<Record<string, LockedPackage>> };

/** Licences that only require their text to be included. */
const allowed: ReadonlySet<string> = new Set(
  ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "0BSD", "OFL-1.1", "BlueOak-1.0.0"].map((name) =>
    name.toLowerCase(),
  ),
);

/** Packages with other licences, each with the reason for the exception. */
const exceptions: readonly { name: RegExp; licence: RegExp; reason: string }[] = [
  {
    name: /^@img\/sharp-(libvips|wasm32|win32)/,
    licence: /LGPL-3\.0-or-later/,
    reason: "next brings it, optionally, to resize images; the product resizes none, and it is a library of its own",
  },
  { name: /^lightningcss(-|$)/, licence: /^MPL-2\.0$/, reason: "compiles style sheets in the build, unchanged" },
  { name: /^caniuse-lite$/, licence: /^CC-BY-4\.0$/, reason: "data that the build reads, with its source named" },
];

/**
 * A sentence for each package of the production tree whose licence is not allowed. `readLicence` is called if the lock
 * file has none.
 */
export function findLicenceFaults({
  lock,
  readLicence,
}: {
  lock: Lock;
  readLicence: (path: string) => string | undefined;
}): string[] {
  return listProductionPackages(lock).flatMap(({ path, license }) => {
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    const licence = license ?? readLicence(path) ?? findFamilyLicence({ lock, name });
    if (licence === undefined) return [`${name} states no licence.`];
    if (isAllowed(licence)) return [];
    const isExcepted = exceptions.some((each) => each.name.test(name) && each.licence.test(licence));
    return isExcepted ? [] : [`${name} is under ${licence}, which is not on the list.`];
  });
}

export function listProductionPackages({ packages }: Lock): ({ path: string } & LockedPackage)[] {
  return Object.entries(packages).flatMap(([path, locked]) =>
    path === "" || locked.dev === true ? [] : [{ path, ...locked }],
  );
}

/** Of alternatives, one allowed licence is enough; of combined licences, all must be allowed. */
function isAllowed(licence: string): boolean {
  const text = licence.replaceAll(/[()]/g, "").toLowerCase();
  return text.split(" and ").every((part) => part.split(" or ").some((name) => allowed.has(name.trim())));
}

/** A package for another platform is not installed here; the others of its family have the same licence. */
function findFamilyLicence({ lock, name }: { lock: Lock; name: string }): string | undefined {
  const family = name.replace(/-(android|darwin|freebsd|linux|linuxmusl|wasm32|win32)\b.*$/, "");
  if (family === name) return undefined;
  return listProductionPackages(lock).find(
    ({ path, license }) => license !== undefined && path.includes(`node_modules/${family}-`),
  )?.license;
}

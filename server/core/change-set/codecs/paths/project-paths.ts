/** What a project's paths tell about a word that may be a path. */
export class ProjectPaths {
  readonly #paths: ReadonlySet<string>;
  readonly #directories = new Set<string>();
  readonly #extensions = new Set<string>();
  readonly #rootExtensions = new Set<string>();
  readonly #byBaseName = new Map<string, string[]>();

  constructor(paths: Iterable<string>) {
    this.#paths = new Set(paths);
    for (const path of this.#paths) {
      for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
        const directory = path.slice(0, end);
        if (this.#directories.has(directory)) break;
        this.#directories.add(directory);
      }
      const extension = extensionOf(path);
      if (extension !== "") this.#extensions.add(extension);
      if (!path.includes("/")) this.#rootExtensions.add(extension);
      const name = baseNameOf(path);
      const same = this.#byBaseName.get(name);
      if (same === undefined) this.#byBaseName.set(name, [path]);
      else same.push(path);
    }
  }

  has(path: string): boolean {
    return this.#paths.has(path);
  }

  /** The file that a path with a leading slash or a diff prefix refers to; otherwise the path unchanged. */
  resolve(path: string): string {
    if (this.#paths.has(path)) return path;
    const bare = path.replace(/^\/+|^[ab]\//, "");
    if (this.#paths.has(bare)) return bare;
    const [only, ...more] = path.startsWith("/") ? this.endsAlike(bare) : [];
    return only !== undefined && more.length === 0 ? only : path;
  }

  hasDirectory(directory: string): boolean {
    return this.#directories.has(directory);
  }

  hasExtension(extension: string): boolean {
    return this.#extensions.has(extension);
  }

  /** Files at the project's root have this extension. */
  hasAtRoot(extension: string): boolean {
    return this.#rootExtensions.has(extension);
  }

  /** The files that a path with missing or extra leading directories may refer to. */
  endsAlike(path: string): string[] {
    const same = this.#byBaseName.get(baseNameOf(path)) ?? [];
    return same.filter((each) => each === path || each.endsWith(`/${path}`) || path.endsWith(`/${each}`));
  }
}

export function baseNameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** In lower case and without the dot; "" if there is none. A leading dot starts a name, not an extension. */
export function extensionOf(path: string): string {
  const name = baseNameOf(path);
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? "" : name.slice(dot + 1).toLowerCase();
}

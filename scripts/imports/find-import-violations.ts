/** `target` is a project path (`server/core/file-tree.ts`) or a package (`next/link`). */
type ModuleImports = { path: string; imports: { target: string; isType: boolean }[] };

type Rule = {
  reason: string;
  /** The modules that the rule applies to. */
  from: RegExp;
  except?: RegExp;
  /** What they must not import; type imports may be exempt. */
  forbidden: RegExp;
  allowed?: RegExp;
  allowsTypes?: boolean;
};

/** Tests and what only they use. */
export const testModules = /\.(test|bench)\.tsx?$|^server\/faults\/|\/testing\/|provider-contract\.ts$/;

/** In components, because pages share it; it runs on the server alone. */
const serverOnly: ReadonlySet<string> = new Set(["components/project/project-params.ts"]);

/** The import directions of ARCHITECTURE.md. */
const rules: Rule[] = [
  {
    reason: "core is pure: it imports core, contracts, errors and pure packages",
    from: /^server\/core\//,
    except: testModules,
    forbidden: /./,
    allowed:
      /^(server\/core\/|lib\/contracts\/|lib\/errors\.ts$|node:crypto$|diff$|node-diff3$|yaml$|smol-toml$|web-tree-sitter$|stemmer$|re2js$)/,
  },
  {
    reason: "contracts import zod, contracts and error codes",
    from: /^lib\/contracts\//,
    except: testModules,
    forbidden: /./,
    allowed: /^(zod$|lib\/contracts\/|lib\/errors\.ts$)/,
  },
  {
    reason: "only the store knows Prisma",
    from: /^(?!server\/(store|database)\/)/,
    except: /^(prisma\.config\.ts|scripts\/)/,
    forbidden: /^(@prisma\/|prisma$|server\/store\/prisma-client\/)/,
  },
  {
    reason: "only providers and the built-in generator know the AI SDK",
    from: /^(?!server\/(providers|builtin)\/)/,
    forbidden: /^(ai$|ai\/|@ai-sdk\/)/,
  },
  { reason: "only jobs and migrations know pg-boss", from: /^(?!server\/(jobs|database)\/)/, forbidden: /^pg-boss$/ },
  {
    reason: "only trpc, its client and the HTTP adapters know tRPC",
    from: /^(?!server\/(trpc|http)\/|lib\/trpc\/|app\/api\/)/,
    except: /^(e2e|server\/testing)\//,
    forbidden: /^@trpc\/(?!tanstack)/,
    allowsTypes: true,
  },
  {
    reason: "only the diff surface and what colours its lines know @pierre/diffs",
    from: /^(?!components\/diff-surface\/|server\/colours\/)/,
    except: /^bench\//,
    forbidden: /^@pierre\//,
  },
  {
    reason: "the diff surface renders lines: it knows the parts of ui and nothing of a review",
    from: /^components\/diff-surface\//,
    except: testModules,
    forbidden: /^components\//,
    allowed: /^components\/(diff-surface|ui)\//,
  },
  {
    reason: "the parts of ui know no domain word",
    from: /^components\/ui\//,
    except: testModules,
    forbidden: /^components\//,
    allowed: /^components\/ui\//,
  },
  {
    reason: "only git, the sandbox, the supervisor and the database start processes",
    from: /^server\/(?!git\/|sandbox\/|supervisor\/|database\/)/,
    except: testModules,
    forbidden: /^node:child_process$/,
  },
  {
    reason: "server/git runs git and knows no store and no service",
    from: /^server\/git\//,
    except: testModules,
    forbidden: /^server\/(store|services|providers|jobs|trpc|http|archive|orchestrator)\//,
  },
  { reason: "the server knows neither Next nor React", from: /^server\//, forbidden: /^(next|react|react-dom)(\/|$)/ },
  { reason: "nobody imports app", from: /^(?!app\/)/, forbidden: /^app\// },
  {
    reason: "the browser gets types of the server and nothing else",
    from: /^(components|lib)\//,
    except: testModules,
    forbidden: /^server\//,
    allowsTypes: true,
  },
  {
    reason: "pages reach the server through the API, or its router in the same process",
    from: /^app\/(?!api\/|git\/)/,
    forbidden: /^server\//,
    except: /^app\/prefetched\.tsx$/,
    allowsTypes: true,
  },
  {
    reason: "store does not know the other adapters",
    from: /^server\/store\//,
    except: testModules,
    forbidden: /^server\/(providers|jobs|services|trpc|http|archive)\//,
  },
  {
    reason: "providers do not know the other adapters",
    from: /^server\/providers\//,
    except: testModules,
    forbidden: /^server\/(store|jobs|services|trpc|http|archive)\//,
  },
  {
    reason: "the built-in generator is a model: it knows core and the tools that it calls",
    from: /^server\/builtin\//,
    except: testModules,
    forbidden: /^server\/(store|providers|jobs|services|trpc|http|archive|database|orchestrator(?!\/tools\/))\//,
  },
  {
    reason: "jobs do not know the other adapters",
    from: /^server\/jobs\//,
    except: /^server\/jobs\/worker-main\.ts$|\.test\.ts$/,
    forbidden: /^server\/(store|providers|services|trpc|http|archive)\//,
  },
  {
    reason: "the orchestrator knows its ports, not who implements them",
    from: /^server\/orchestrator\//,
    except: testModules,
    forbidden: /^server\/(store|providers|jobs|services|trpc|http|archive|database)\//,
  },
  {
    reason: "production code imports no test code",
    from: /^(app|components|lib|server)\//,
    except: testModules,
    forbidden: /\.test\.|\/testing\/|^(e2e|bench)\/|^(vitest|fast-check|@playwright)/,
  },
];

/** A sentence for each import that violates a direction, and for each cycle of files (type imports do not count). */
export function findImportViolations(modules: readonly ModuleImports[]): string[] {
  const violations = modules.flatMap(({ path, imports }) =>
    rules
      .filter(({ from, except }) => from.test(path) && except?.test(path) !== true)
      .flatMap(({ reason, forbidden, allowed, allowsTypes }) =>
        imports
          .filter(
            ({ target, isType }) =>
              forbidden.test(target) && allowed?.test(target) !== true && !(allowsTypes === true && isType),
          )
          .map(({ target }) => `${path} imports ${target}: ${reason}.`),
      ),
  );
  return [...violations, ...findSchemasInBrowser(modules), ...findCycles(modules)];
}

/** Modules of the browser that load zod through a contract: 30 kB on every page that they are on. */
function findSchemasInBrowser(modules: readonly ModuleImports[]): string[] {
  const importsByPath = new Map(modules.map(({ path, imports }) => [path, imports]));
  const loadsZod = (path: string, trail: readonly string[] = []): boolean =>
    path === "zod" ||
    (!trail.includes(path) &&
      (importsByPath.get(path) ?? []).some(({ target, isType }) => !isType && loadsZod(target, [...trail, path])));
  return modules
    .filter(
      ({ path }) => /^(components|lib\/(?!contracts\/))/.test(path) && !testModules.test(path) && !serverOnly.has(path),
    )
    .flatMap(({ path, imports }) =>
      imports
        .filter(({ target, isType }) => !isType && target.startsWith("lib/contracts/") && loadsZod(target))
        .map(({ target }) => `${path} imports ${target}, which loads zod: the browser gets types and constants only.`),
    );
}

function findCycles(modules: readonly ModuleImports[]): string[] {
  const importsByPath = new Map(
    modules.map(({ path, imports }) => [path, imports.filter(({ isType }) => !isType).map(({ target }) => target)]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: string[]) => {
    const start = trail.indexOf(path);
    if (start !== -1) {
      cycles.push(`${[...trail.slice(start), path].join(" → ")}: a cycle.`);
      return;
    }
    if (done.has(path)) return;
    for (const target of importsByPath.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of importsByPath.keys()) visit(path, []);
  return cycles;
}

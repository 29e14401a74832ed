type StackName = "fastapi_postgres" | "nextjs_prisma";

type StackChoice = { status: "supported"; name: StackName } | { status: "unsupported"; name: string };

const stackPatterns: readonly { name: StackName; pattern: RegExp }[] = [
  { name: "nextjs_prisma", pattern: /\bnext(?:\.?js)?\b|\btypescript\b|\bprisma\b|\breact\b|\btsx?\b/i },
  { name: "fastapi_postgres", pattern: /\bfast ?api\b|\bpython\b|\bsqlalchemy\b|\bpydantic\b|\bpostgres/i },
];

/** In a prompt the words `next` and `react` alone are usually English; only unambiguous tool names count. */
const promptPatterns: readonly { name: StackName; pattern: RegExp }[] = [
  { name: "nextjs_prisma", pattern: /\bnext\.?js\b|\btypescript\b|\bprisma\b/i },
  { name: "fastapi_postgres", pattern: /\bfast ?api\b|\bpython\b|\bsqlalchemy\b|\bpydantic\b/i },
];

const otherStacks =
  /\b(django|flask|ruby on rails|rails|laravel|symfony|spring boot|asp\.net|nestjs|express(?:\.?js)?(?= (?:app|api|server|backend))|vue(?:\.?js)?|nuxt|angular|svelte(?:kit)?|phoenix|golang|kotlin|mongodb|mongoose)\b/i;

/** The stack requested by the caller, else the one named in the prompt, else FastAPI. */
export function chooseStack({ techStack, prompt }: { techStack: string | null; prompt: string }): StackChoice {
  if (techStack !== null) {
    const named = stackPatterns.find(({ pattern }) => pattern.test(techStack.replaceAll("_", " ")));
    return named === undefined ? { status: "unsupported", name: techStack } : { status: "supported", name: named.name };
  }
  const mentioned = promptPatterns.find(({ pattern }) => pattern.test(prompt));
  if (mentioned !== undefined) return { status: "supported", name: mentioned.name };
  const other = otherStacks.exec(prompt)?.[1];
  return other === undefined
    ? { status: "supported", name: "fastapi_postgres" }
    : { status: "unsupported", name: other };
}

import type { GeneratedFile } from "#server/builtin/generated-file.ts";
import type { ProjectPlan } from "#server/builtin/project-plan.ts";

/** The import path of the Prisma client in generated projects. */
export const generatedClientModule = "@/lib/generated/prisma/client";

/** Files that belong to no single entity: configuration, library code and deployment. */
export function renderProjectFiles(plan: ProjectPlan): GeneratedFile[] {
  return [
    { path: "package.json", text: renderPackageJson(plan) },
    { path: "tsconfig.json", text: tsconfig },
    { path: "next.config.ts", text: nextConfig },
    {
      path: "next-env.d.ts",
      text: `/// <reference types="next" />\n/// <reference types="next/image-types/global" />\n`,
    },
    { path: "prisma.config.ts", text: prismaConfig },
    { path: "lib/db.ts", text: db },
    ...renderLibraryFiles({ clientModule: generatedClientModule }),
    { path: "Dockerfile", text: dockerfile },
    { path: "docker-compose.yml", text: renderCompose(plan) },
    { path: "README.md", text: renderReadme(plan) },
    {
      path: ".env.example",
      text: `# Copy to .env. The application and Prisma read it.\nDATABASE_URL=postgresql://postgres:postgres@localhost:5432/${plan.slug}\n`,
    },
    { path: ".gitignore", text: "node_modules/\n.next/\nlib/generated/\n.env\n*.tsbuildinfo\n" },
    { path: ".dockerignore", text: "node_modules\n.next\nlib/generated\n.env\n.git\n" },
  ];
}

function renderPackageJson({ slug }: ProjectPlan): string {
  const content = {
    name: slug.replaceAll("_", "-"),
    version: "0.1.0",
    private: true,
    type: "module",
    scripts: {
      dev: "prisma generate && next dev",
      build: "prisma generate && next build",
      start: "next start",
      migrate: "prisma migrate dev",
      typecheck: "prisma generate && tsc --noEmit",
      test: "vitest run",
    },
    dependencies: {
      "@prisma/adapter-pg": "7.10.0",
      "@prisma/client": "7.10.0",
      next: "16.4.6",
      prisma: "7.10.0",
      react: "19.3.1",
      "react-dom": "19.3.1",
      zod: "4.6.7",
    },
    devDependencies: {
      "@types/node": "24.10.1",
      "@types/react": "19.3.0",
      "@types/react-dom": "19.3.0",
      typescript: "7.0.2",
      vitest: "5.1.1",
    },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

const tsconfig = `${JSON.stringify(
  {
    compilerOptions: {
      target: "ES2022",
      lib: ["dom", "dom.iterable", "ES2022"],
      module: "esnext",
      moduleResolution: "bundler",
      jsx: "react-jsx",
      strict: true,
      noUncheckedIndexedAccess: true,
      isolatedModules: true,
      esModuleInterop: true,
      resolveJsonModule: true,
      skipLibCheck: true,
      noEmit: true,
      incremental: true,
      plugins: [{ name: "next" }],
      paths: { "@/*": ["./*"] },
    },
    include: ["next-env.d.ts", "**/*.ts", "**/*.tsx", ".next/types/**/*.ts"],
    exclude: ["node_modules"],
  },
  null,
  2,
)}\n`;

const nextConfig = `import type { NextConfig } from "next";

const config: NextConfig = {};

export default config;
`;

const prismaConfig = `import { existsSync } from "node:fs";
import { defineConfig } from "prisma/config";

if (existsSync(".env")) process.loadEnvFile(".env");

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "" },
});
`;

const db = `import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "${generatedClientModule}";

function connect(): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) });
}

const shared = globalThis as typeof globalThis & { prisma?: PrismaClient };

/** One client for the process: in development, a reload would otherwise open new connections each time. */
export const prisma = shared.prisma ?? connect();

if (process.env.NODE_ENV !== "production") shared.prisma = prisma;
`;

/**
 * The shared helpers of generated routes and pages. `clientModule` is the import path of the project's Prisma client.
 */
export function renderLibraryFiles({ clientModule }: { clientModule: string }): GeneratedFile[] {
  return [
    { path: "lib/http.ts", text: renderHttp(clientModule) },
    { path: "lib/format-cell.ts", text: formatCell },
  ];
}

function renderHttp(clientModule: string): string {
  return `import { NextResponse } from "next/server";
import { z } from "zod";
import { Prisma } from "${clientModule}";

/** The request's JSON body; undefined where it is not JSON, which no schema accepts. */
export async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return undefined;
  }
}

/** A record's id from the path, or null where it is none. */
export function readId(text: string): number | null {
  const id = Number(text);
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}

export function invalidInput(error: z.ZodError): NextResponse {
  return NextResponse.json({ error: "Invalid input", issues: z.treeifyError(error) }, { status: 400 });
}

export function notFound(): NextResponse {
  return NextResponse.json({ error: "Not found" }, { status: 404 });
}

/** Runs a change, and answers what the database refuses: 404 for a missing record, 409 for a conflict. */
export async function answerDatabaseErrors(change: () => Promise<NextResponse>): Promise<NextResponse> {
  try {
    return await change();
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError)) throw error;
    if (error.code === "P2025") return notFound();
    if (error.code === "P2002") return NextResponse.json({ error: "This value is already taken" }, { status: 409 });
    if (error.code === "P2003") return NextResponse.json({ error: "A referenced record does not exist" }, { status: 409 });
    throw error;
  }
}
`;
}

const formatCell = `/** A value of a record as a person reads it in a table. */
export function formatCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (Array.isArray(value)) return value.join(", ");
  return String(value);
}
`;

/** Also the result of "add a Dockerfile" for an existing Next.js project. */
export const dockerfile = `FROM node:24-slim AS build

WORKDIR /srv

# Dependencies first: their layer is reused until they change.
COPY package*.json ./
RUN npm install

COPY . .
RUN npm run build

FROM node:24-slim

WORKDIR /srv
ENV NODE_ENV=production
COPY --from=build /srv ./

USER node
EXPOSE 3000
CMD ["npm", "start"]
`;

function renderCompose({ slug }: ProjectPlan): string {
  return `services:
  database:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: postgres
      POSTGRES_DB: ${slug}
    ports:
      - "5432:5432"
    volumes:
      - database:/var/lib/postgresql/data

volumes:
  database:
`;
}

function renderReadme({ title }: ProjectPlan): string {
  return `# ${title}

A Next.js application with a JSON API, Prisma and PostgreSQL.

## Run it

\`\`\`sh
docker compose up -d
npm install
cp .env.example .env
npx prisma migrate dev --name init
npm run dev
\`\`\`

The pages are on http://localhost:3000, the API is under http://localhost:3000/api.

## Check it

\`\`\`sh
npm run typecheck
npm test
\`\`\`

## Where things are

| Path | Holds |
| --- | --- |
| \`prisma/schema.prisma\` | the database |
| \`lib/schemas/\` | what the API takes, one module for each entity |
| \`app/api/\` | HTTP routes |
| \`app/\` | pages |
| \`lib/http.ts\` | what routes share: reading bodies, error answers |

After a change to the database schema: \`npx prisma migrate dev --name what-changed\`.
`;
}

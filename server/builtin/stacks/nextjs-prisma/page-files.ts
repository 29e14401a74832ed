import { capitalize } from "#server/builtin/entity-names.ts";
import type { GeneratedFile } from "#server/builtin/generated-file.ts";
import type { PlannedEntity, ProjectPlan } from "#server/builtin/project-plan.ts";
import { type FieldCase, spellField } from "./prisma-types.ts";
import { generatedClientModule } from "./project-files.ts";

/** Layout and start page. */
export function renderAppPages({ title, entities }: ProjectPlan): GeneratedFile[] {
  return [
    {
      path: "app/layout.tsx",
      text: `import type { Metadata } from "next";

export const metadata: Metadata = { title: ${JSON.stringify(title)} };

export default function RootLayout({ children }: { children: React.ReactNode }) {
  return (
    <html lang="en">
      <body style={{ fontFamily: "system-ui, sans-serif", margin: "2rem auto", maxWidth: "60rem" }}>
        {children}
      </body>
    </html>
  );
}
`,
    },
    {
      path: "app/page.tsx",
      text: `import Link from "next/link";

const sections = [
${entities.map(renderSectionLine).join("\n")}
];

export default function HomePage() {
  return (
    <main>
      <h1>${escapeJsx(title)}</h1>
      <ul>
        {sections.map(({ href, label }) => (
          <li key={href}>
            <Link href={href}>{label}</Link>
          </li>
        ))}
      </ul>
    </main>
  );
}
`,
    },
  ];
}

/** The entity's line in the start page's list, with an indentation of two. */
export function renderSectionLine({ names }: PlannedEntity): string {
  return `  { href: "/${names.kebabPlural}", label: "${capitalize(names.wordsPlural)}" },`;
}

/** `app/<plural>/page.tsx`: a table of all records. */
export function renderEntityPage({
  entity,
  fieldCase = "camel",
  clientModule = generatedClientModule,
}: {
  entity: PlannedEntity;
  fieldCase?: FieldCase;
  clientModule?: string;
}): GeneratedFile {
  const { names, fields, references } = entity;
  const { camel, camelPlural, className, wordsPlural } = names;
  const columns = [
    ...fields.filter(({ kind, isGenerated }) => kind !== "json" && !isGenerated).map(({ name }) => name),
    ...references.map(({ fieldName }) => fieldName),
  ];
  const pageName = `${capitalize(camelPlural)}Page`;
  return {
    path: `app/${names.kebabPlural}/page.tsx`,
    text: `import { prisma } from "@/lib/db";
import { formatCell } from "@/lib/format-cell";
import type { ${className} } from "${clientModule}";

// Rendered on each request: the records change without a build.
export const dynamic = "force-dynamic";

const columns: { key: keyof ${className}; label: string }[] = [
${columns.map((name) => renderColumnLine({ name, fieldCase })).join("\n")}
];

export default async function ${pageName}() {
  const records = await prisma.${camel}.findMany({ orderBy: { id: "asc" } });
  return (
    <main>
      <h1>${capitalize(wordsPlural)}</h1>
      {records.length === 0 ? (
        <p>No ${wordsPlural} yet.</p>
      ) : (
        <table>
          <thead>
            <tr>
              {columns.map(({ key, label }) => (
                <th key={key}>{label}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {records.map((record) => (
              <tr key={record.id}>
                {columns.map(({ key }) => (
                  <td key={key}>{formatCell(record[key])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </main>
  );
}
`,
  };
}

/** A field's line in the page's list of columns, with an indentation of two. */
export function renderColumnLine({ name, fieldCase }: { name: string; fieldCase: FieldCase }): string {
  return `  { key: "${spellField({ name, fieldCase })}", label: "${capitalize(name.replace(/_id$/, "").replaceAll("_", " "))}" },`;
}

function escapeJsx(text: string): string {
  return text.replace(/[{}<>&]/g, (character) => `{"${character}"}`);
}

const typescriptTypes: Readonly<Record<string, string>> = {
  String: "string",
  Int: "number",
  Float: "number",
  Decimal: "{ toNumber(): number }",
  Boolean: "boolean",
  DateTime: "Date",
  Json: "unknown",
};

/**
 * A replacement for the client that Prisma would generate: the record types, and the calls that generated code makes.
 * Enough to type-check a project without its build step.
 */
export function stubPrismaClient(schema: string): string {
  const enums = new Map(
    [...schema.matchAll(/^enum (\w+) \{\n([^}]*)\}/gm)].map((match) => [
      match[1] ?? "",
      (match[2] ?? "").trim().split(/\s+/),
    ]),
  );
  const models = [...schema.matchAll(/^model (\w+) \{\n([^}]*)\}/gm)].map((match) => ({
    name: match[1] ?? "",
    body: match[2] ?? "",
  }));
  const typeOf = (type: string): string | undefined =>
    typescriptTypes[type] ??
    enums
      .get(type)
      ?.map((value) => `"${value}"`)
      .join(" | ");
  const records = models.map(({ name, body }) => {
    const fields = [...body.matchAll(/^ {2}(\w+) +(\w+)(\?|\[\])?/gm)].flatMap(([, field, type = "", suffix]) => {
      const spelled = typeOf(type);
      return spelled === undefined
        ? []
        : [`  ${field}: ${suffix === "[]" ? `(${spelled})[]` : suffix === "?" ? `${spelled} | null` : spelled};`];
    });
    return `export type ${name} = {\n${fields.join("\n")}\n};`;
  });
  const delegates = models.map(({ name }) => `  ${name.charAt(0).toLowerCase()}${name.slice(1)}: Delegate<${name}>;`);
  return `${records.join("\n\n")}

type Delegate<Entity> = {
  findMany(query?: { where?: Partial<Record<keyof Entity, unknown>>; orderBy?: Partial<Record<keyof Entity, "asc" | "desc">>; take?: number; skip?: number }): Promise<Entity[]>;
  findUnique(query: { where: { id: number } }): Promise<Entity | null>;
  create(query: { data: { [Field in keyof Entity]?: unknown } }): Promise<Entity>;
  update(query: { where: { id: number }; data: object }): Promise<Entity>;
  delete(query: { where: { id: number } }): Promise<Entity>;
};

export declare class PrismaClient {
  constructor(options: { adapter: object });
${delegates.join("\n")}
}

export declare namespace Prisma {
  class PrismaClientKnownRequestError extends Error {
    code: string;
  }
}
`;
}

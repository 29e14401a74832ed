import { readEntityNoun } from "./read-entity-noun.ts";
import { tokenize, type PromptToken } from "./split-prompt.ts";

type RelationPhrase = {
  kind: "many-to-many" | "has-many" | "has-one" | "belongs-to";
  /** The entity that has the relation, if the phrase names it. */
  owner: string | null;
  /** Null if the other side is not an entity. */
  target: string | null;
};

const relationName =
  /\b(many.to.many|one.to.many|many.to.one|one.to.one|foreign key|fk)\b(?:\s+(?:relation(?:ship)?s?|link))?\s+(?:with|to|for|on|between)\s+(.+)$/i;

const kinds: Readonly<Record<string, RelationPhrase["kind"]>> = {
  "many-to-many": "many-to-many",
  "one-to-many": "has-many",
  "one-to-one": "has-one",
};

/** A relation in database terms: `many-to-many with tags`, `foreign key to projects`. Null if there is none. */
export function readRelationPhrase(tokens: readonly PromptToken[]): RelationPhrase | null {
  const text = tokens.map((token) => (token.kind === "word" ? token.text : "")).join(" ");
  const match = relationName.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  const before = text.slice(0, match.index).replace(/\b(?:have|has|with|are|is|in|via)\b.*$/i, "");
  const owner = readEntityNoun({ tokens: tokenize(before), position: "clause" });
  const target = readEntityNoun({ tokens: tokenize(match[2]), position: "target" });
  return {
    kind: kinds[match[1].toLowerCase().replace(/[^a-z]+/g, "-")] ?? "belongs-to",
    owner: owner?.kind === "entity" && owner.isPlural ? owner.entity : null,
    target: target?.kind === "entity" ? target.entity : null,
  };
}

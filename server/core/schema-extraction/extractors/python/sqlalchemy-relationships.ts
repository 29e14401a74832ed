import type { Node } from "web-tree-sitter";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { RelationFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import {
  lastName,
  readCall,
  readString,
  type PythonAssignment,
  type PythonCall,
  type PythonClass,
} from "./python-syntax.ts";
import { spell } from "../spell-node.ts";

const collections = /^(?:\w+\.)*(?:list|List|set|Set|Sequence|Collection|DynamicMapped|WriteOnlyMapped)\[/;
/** Names in an annotation that wrap the type of the other side. */
const wrappers =
  /^(?:list|List|set|Set|Sequence|Collection|Optional|Union|None|typing|t|orm|so|sa|Mapped|WriteOnlyMapped|DynamicMapped)$/;

type MappedType = { type: string; isCollection: boolean };

/**
 * `Mapped[list["Task"]]` has the type `list["Task"]`; `so.WriteOnlyMapped["Task"]` is a collection of Task. Null for
 * any other annotation.
 */
export function readMappedType(annotation: Node | null): MappedType | null {
  const spelled = annotation === null ? "" : spell(annotation).replace(/^(["'])(.*)\1$/, "$2");
  const match = /^(?:\w+\.)*(Mapped|WriteOnlyMapped|DynamicMapped)\[(.*)\]$/.exec(spelled);
  return match === null ? null : { type: match[2] ?? "", isCollection: match[1] !== "Mapped" };
}

/** `relationship(…)`, or an annotation that can only be a relationship (`WriteOnlyMapped["Post"]`). */
export function readRelationship({
  assignment,
  source,
  path,
}: {
  assignment: PythonAssignment;
  source: Pick<PythonClass, "name">;
  path: FilePath;
}): RelationFact | null {
  const call = readCall(assignment.value);
  const mapped = readMappedType(assignment.annotation);
  const isCall = call !== null && /^(?:relationship|dynamic_loader|Relationship)$/.test(lastName(call.callee));
  if (!isCall && (mapped?.isCollection !== true || assignment.value !== null)) return null;
  const type = mapped?.type ?? (assignment.annotation === null ? "" : spell(assignment.annotation));
  const target = readTarget({ call: isCall ? call : null, type });
  if (target === null) return null;
  const isScalar = call?.keywords.get("uselist")?.text === "False";
  const isList =
    mapped?.isCollection === true || collections.test(type) || call?.keywords.get("lazy")?.text.includes("dynamic");
  return {
    fromEntity: source.name,
    fieldName: assignment.name,
    toEntity: target,
    cardinality: isScalar ? "one" : isList === true ? "many" : type !== "" ? "one" : "unknown",
    path,
    line: assignment.line,
  };
}

/** `"app.models.Task"`, `Task`, `models.Task` and `lambda: Task` name Task; otherwise the annotation decides. */
function readTarget({ call, type }: { call: PythonCall | null; type: string }): string | null {
  const argument = call?.positional[0] ?? call?.keywords.get("argument");
  const spelled = readString(argument) ?? (argument === undefined ? "" : spell(argument).replace(/^lambda\s*:\s*/, ""));
  const named = /^[\w.]+$/.test(spelled) ? spelled : null;
  if (named !== null) return lastName(named);
  const dotted = type.match(/[A-Za-z_][\w.]*/g) ?? [];
  return dotted.map(lastName).find((name) => !wrappers.test(name)) ?? null;
}

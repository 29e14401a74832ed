import type { Validator } from "../validator.ts";
import { binary } from "./binary.ts";
import { disproportion } from "./disproportion.ts";
import { elision } from "./elision.ts";
import { formatResidue } from "./format-residue.ts";
import { lostFiles } from "./lost-files.ts";
import { lostSymbols } from "./lost-symbols.ts";
import { renames } from "./renames.ts";
import { schemaNarrowing } from "./schema-narrowing.ts";
import { shrink } from "./shrink.ts";
import { syntax } from "./syntax.ts";
import { truncation } from "./truncation.ts";
import { unresolvedImports } from "./unresolved-imports.ts";

/** In execution order. The fixture test fails for a validator without fixtures. */
export const validators: readonly Validator[] = [
  syntax,
  formatResidue,
  elision,
  truncation,
  shrink,
  disproportion,
  lostSymbols,
  lostFiles,
  schemaNarrowing,
  binary,
  renames,
  unresolvedImports,
];

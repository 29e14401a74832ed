import { registeredExtractors } from "./extractors/registry.ts";

/** Folders of installed packages and build output: their declarations do not belong to the project. */
const foreignFolder =
  /(?:^|\/)(?:node_modules|\.venv|venv|site-packages|__pycache__|\.next|\.git|dist|build|out|coverage|vendor)\//;

/** True for files that an extractor reads, so that a caller loads only those. */
export function isSchemaSource(path: string): boolean {
  return !foreignFolder.test(path) && registeredExtractors.some((extractor) => extractor.handles(path));
}

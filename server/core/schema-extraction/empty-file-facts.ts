import type { FileFacts } from "./extract-file-facts.ts";

export function emptyFileFacts(): FileFacts {
  return {
    entities: [],
    relations: [],
    enums: [],
    routes: [],
    exports: [],
    routers: [],
    mounts: [],
    imports: [],
    pathConstants: [],
    libraries: [],
    tableSteps: [],
  };
}

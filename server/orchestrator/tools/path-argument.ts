import { z } from "zod";

export const pathArgument = z.string().min(1).describe("Path inside the project, for example app/main.py");

/** Other programs' names for the path. */
export const pathAliases = {
  file_path: "path",
  filePath: "path",
  filepath: "path",
  file: "path",
  filename: "path",
  file_name: "path",
  fileName: "path",
  target_file: "path",
  targetFile: "path",
  relative_path: "path",
  absolute_path: "path",
} as const;

import { openArchive } from "./open-archive.ts";

export const read = () => openArchive("a.zip");

import { open } from "yauzl";

export const read = () => open("a.zip");

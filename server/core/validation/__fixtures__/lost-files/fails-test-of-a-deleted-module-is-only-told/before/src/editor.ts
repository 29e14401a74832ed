import { detectList } from "./list-detection";

export const isList = (text: string) => detectList(text);

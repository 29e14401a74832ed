export const isList = (text: string) => text.startsWith("-");

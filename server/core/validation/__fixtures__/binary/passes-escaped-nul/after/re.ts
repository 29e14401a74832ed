export const re = "\0";

export const re = 1;

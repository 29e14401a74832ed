export const theme = { light: "white", dark: "black" };

/** The two themes of all code: they reach AA, but for one colour of the light one that the diff surface corrects. */
export const codeTheme = { light: "github-light-high-contrast", dark: "github-dark-high-contrast" };

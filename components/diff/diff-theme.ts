/** The library's two themes that reach AA, but for one colour that the surface corrects. */
export const diffTheme = { light: "github-light-high-contrast", dark: "github-dark-high-contrast" };

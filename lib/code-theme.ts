/**
 * The light and dark themes for code. Their colours meet WCAG AA, except one light colour that the diff surface
 * corrects.
 */
export const codeTheme = { light: "github-light-high-contrast", dark: "github-dark-high-contrast" };

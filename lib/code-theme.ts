/** The light and dark themes for code. Their colours meet WCAG AA, except `faintComment`. */
export const codeTheme = { light: "github-light-high-contrast", dark: "github-dark-high-contrast" };

/** The light theme's comment colour misses AA on its own background. `instead` meets it. */
export const faintComment = { colour: "#66707B", instead: "#4b535d" };

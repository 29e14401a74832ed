/**
 * The colours of some lines. Each line is a row of pairs: a length in UTF-16 code units, and the index of its CSS
 * declarations in `styles`. No lines at all: the text is of no language that has colours.
 */
export type LineColours = { styles: string[]; lines: number[][] };

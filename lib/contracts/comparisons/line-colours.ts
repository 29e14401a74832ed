/**
 * The colours of some lines. Each line is a row of pairs: a length in UTF-16 code units, and the index of its CSS
 * declarations in `styles`. Empty if the language is not highlighted.
 */
export type LineColours = { styles: string[]; lines: number[][] };

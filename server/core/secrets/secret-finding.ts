/**
 * The position of a secret in a text, without the secret itself. `start` and `end` are UTF-16 positions, `line` is
 * 1-based.
 */
export type SecretFinding = {
  /** In words: `AWS key`. */
  kind: string;
  line: number;
  start: number;
  end: number;
};

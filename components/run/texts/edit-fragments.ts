/** One part of a file that an edit replaces, as far as it has arrived. */
export type EditFragment = { oldText: string; newText: string };

export type LineSums = { additions: number; deletions: number };

/** Lines of a fragment: unchanged ones, and between them removed and added ones. */
export type FragmentLine = { sign: " " | "-" | "+"; text: string };

/** The edits of one file while they stream: each replaces an old text by a new one, old first. */
export class EditFragments {
  readonly #fragments: EditFragment[] = [];
  #isAtOld = false;
  /** Excludes the newest fragment, which still grows. */
  #closed: LineSums = { additions: 0, deletions: 0 };

  get fragments(): readonly EditFragment[] {
    return this.#fragments;
  }

  append({ delta, isOld }: { delta: string; isOld: boolean }): void {
    const last = this.#fragments.at(-1);
    if (last === undefined || (isOld && !this.#isAtOld)) {
      if (last !== undefined) this.#closed = addSums(this.#closed, countLines(last));
      this.#fragments.push(isOld ? { oldText: delta, newText: "" } : { oldText: "", newText: delta });
    } else if (isOld) {
      last.oldText += delta;
    } else {
      last.newText += delta;
    }
    this.#isAtOld = isOld;
  }

  /** Lines that the edits remove and add, as far as they have arrived. */
  count(): LineSums {
    const last = this.#fragments.at(-1);
    // While the old text arrives, all of it would count as deleted.
    return last === undefined || this.#isAtOld ? this.#closed : addSums(this.#closed, countLines(last));
  }
}

export function listFragmentLines({ oldText, newText }: EditFragment): FragmentLine[] {
  const before = splitLines(oldText);
  const after = splitLines(newText);
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail += 1;
  const signed = (sign: FragmentLine["sign"], lines: readonly string[]) => lines.map((text) => ({ sign, text }));
  return [
    ...signed(" ", before.slice(0, head)),
    ...signed("-", before.slice(head, before.length - tail)),
    ...signed("+", after.slice(head, after.length - tail)),
    ...signed(" ", before.slice(before.length - tail)),
  ];
}

function countLines(fragment: EditFragment): LineSums {
  const lines = listFragmentLines(fragment);
  return {
    additions: lines.filter(({ sign }) => sign === "+").length,
    deletions: lines.filter(({ sign }) => sign === "-").length,
  };
}

export function addSums(one: LineSums, other: LineSums): LineSums {
  return { additions: one.additions + other.additions, deletions: one.deletions + other.deletions };
}

function splitLines(text: string): string[] {
  if (text === "") return [];
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

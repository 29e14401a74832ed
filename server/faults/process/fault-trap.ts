import type { Verdict, WireStep } from "./database-proxy.ts";
import type { FaultPoint } from "./fault-points.ts";

type Armed = {
  point: FaultPoint;
  when: WireStep["when"];
  spring: () => Verdict | Promise<Verdict>;
  sprung: () => void;
};

const giveUpAfterMs = 30_000;

/**
 * Watches a process's connection to the database and fires at the next step that matches the point: once each time it
 * is armed.
 */
export class FaultTrap {
  readonly #armed = new Set<Armed>();

  /**
   * Resolves after the trap fired. `spring` decides what happens to the step; the step waits for that decision.
   *
   * @throws Error where nothing came by the point in time
   */
  async arm({ point, when, spring }: Pick<Armed, "point" | "when" | "spring">): Promise<void> {
    let giveUp: NodeJS.Timeout | undefined;
    const sprung = new Promise<void>((resolve, reject) => {
      this.#armed.add({ point, when, spring, sprung: resolve });
      giveUp = setTimeout(
        () => reject(new Error(`Nothing came by ${point.name}, ${when}, within ${giveUpAfterMs} ms.`)),
        giveUpAfterMs,
      );
    });
    return sprung.finally(() => clearTimeout(giveUp));
  }

  readonly observe = async (step: WireStep): Promise<Verdict> => {
    let verdict: Verdict = "pass";
    for (const armed of this.#armed) {
      if (armed.when !== step.when || !armed.point.isAt(step)) continue;
      this.#armed.delete(armed);
      if ((await armed.spring()) === "cut") verdict = "cut";
      armed.sprung();
    }
    return verdict;
  };
}

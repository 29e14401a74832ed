import { expectAccessible, expectContrast } from "../support/expect-accessible.ts";
import { candidateStates } from "../support/candidate-screens.ts";
import { checksStates } from "../support/checks-screens.ts";
import { dialogStates } from "../support/dialog-screens.ts";
import { expect, test } from "../support/fixtures.ts";
import { previewStates } from "../support/preview-screens.ts";
import { makeWorld, screenStates } from "../support/screens.ts";

const directory = "e2e/screenshots/screens";
const window = { width: 1280, height: 800 };
const narrow = { width: 360, height: 740 };
const wide = { width: 2_560, height: 1_300 };

// With several workers, each takes some of the screens and makes its own projects for them.
test.describe.configure({ mode: "parallel" });

let making: ReturnType<typeof makeWorld> | null = null;

for (const { name, open, isWide } of [
  ...screenStates,
  ...candidateStates,
  ...checksStates,
  ...dialogStates,
  ...previewStates,
]) {
  test(`${name}: accessible in both themes, nothing wider than a narrow window`, async ({ page, api, model }) => {
    making ??= makeWorld({ api, model });
    const world = await making;
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await open({ page, api, model, world });
    await expectAccessible(page);
    await page.screenshot({ path: `${directory}/${name}-light.png` });
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await expectContrast(page);
    await page.screenshot({ path: `${directory}/${name}-dark.png` });
    await page.setViewportSize(narrow);
    await page.screenshot({ path: `${directory}/${name}-narrow.png` });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(narrow.width);
    if (isWide) {
      await page.setViewportSize(wide);
      await page.screenshot({ path: `${directory}/${name}-wide.png` });
    }
    await page.setViewportSize(window);
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });
}

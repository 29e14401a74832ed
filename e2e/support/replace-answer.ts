import type { Page } from "@playwright/test";

/** In the server's error format; the product does not retry such a request automatically. */
export const damagedAnswer = {
  error: {
    message:
      "What is stored does not match its hash, so it is not shown. It was left as it is, and other files and versions are kept.",
    code: -32_603,
    data: { code: "INTERNAL_SERVER_ERROR", httpStatus: 500, appError: { code: "STORED_CONTENT_DAMAGED" } },
  },
};

/** Replaces the response of one procedure while `isOn`. Other calls in the same batch are unaffected. */
export async function replaceAnswer({
  page,
  procedure,
  inputHas = "",
  answer,
  isOn = () => true,
}: {
  page: Page;
  procedure: string;
  inputHas?: string;
  answer: object;
  isOn?: () => boolean;
}): Promise<void> {
  await page.route(`**/api/trpc/*${procedure}*`, async (route) => {
    const { pathname, searchParams } = new URL(route.request().url());
    const procedures = pathname.split("/").at(-1)?.split(",") ?? [];
    const inputs = JSON.parse(searchParams.get("input") ?? "{}") as Record<string, object>;
    const isMeant = (index: number) =>
      procedures[index] === procedure && JSON.stringify(inputs[index] ?? {}).includes(inputHas);
    if (!isOn() || !procedures.some((_, index) => isMeant(index))) return route.continue();
    const response = await route.fetch();
    const answers = (await response.json()) as object[];
    return route.fulfill({ response, json: answers.map((own, index) => (isMeant(index) ? answer : own)) });
  });
}

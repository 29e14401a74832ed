import { expectAccessible, expectContrast } from "../support/expect-accessible.ts";
import { expect, test } from "../support/fixtures.ts";
import { tabTo } from "../support/tab-to.ts";

const directory = "e2e/screenshots/schema";

/** A shop of 14 tables. */
const shop: Record<string, string> = {
  Customer: "email String @unique\n  name String\n  orders Order[]\n  addresses Address[]\n  reviews Review[]",
  Address:
    "street String\n  city String\n  customerId String\n  customer Customer @relation(fields: [customerId], references: [id])",
  Category: "name String\n  parentId String?\n  products Product[]",
  Product:
    "name String\n  price Decimal\n  categoryId String\n  category Category @relation(fields: [categoryId], references: [id])\n  variants Variant[]\n  reviews Review[]\n  images Image[]",
  Image: "url String\n  productId String\n  product Product @relation(fields: [productId], references: [id])",
  Variant:
    "sku String @unique\n  colour String?\n  productId String\n  product Product @relation(fields: [productId], references: [id])\n  stock Stock[]\n  lines OrderLine[]",
  Warehouse: "name String\n  stock Stock[]",
  Stock:
    "amount Int\n  variantId String\n  variant Variant @relation(fields: [variantId], references: [id])\n  warehouseId String\n  warehouse Warehouse @relation(fields: [warehouseId], references: [id])",
  Order:
    "placedAt DateTime\n  status String\n  customerId String\n  customer Customer @relation(fields: [customerId], references: [id])\n  lines OrderLine[]\n  payments Payment[]\n  shipments Shipment[]",
  OrderLine:
    "amount Int\n  orderId String\n  order Order @relation(fields: [orderId], references: [id])\n  variantId String\n  variant Variant @relation(fields: [variantId], references: [id])",
  Payment:
    "paidAt DateTime?\n  total Decimal\n  orderId String\n  order Order @relation(fields: [orderId], references: [id])",
  Shipment: "sentAt DateTime?\n  orderId String\n  order Order @relation(fields: [orderId], references: [id])",
  Review:
    "stars Int\n  text String?\n  productId String\n  product Product @relation(fields: [productId], references: [id])\n  customerId String\n  customer Customer @relation(fields: [customerId], references: [id])",
  Setting: "key String @unique\n  value String",
};

function printPrisma(models: Record<string, string>): string {
  return Object.entries(models)
    .map(([name, body]) => `model ${name} {\n  id String @id\n  ${body}\n}\n`)
    .join("\n");
}

test("the picture: added, removed and changed tables; found, selected and walked by keyboard and mouse", async ({
  page,
  api,
}) => {
  const { Review: _review, ...rest } = shop;
  const after = {
    ...rest,
    Customer: shop["Customer"]?.replace("\n  reviews Review[]", "\n  loyaltyPoints Int @default(0)") ?? "",
    Product: shop["Product"]?.replace("\n  reviews Review[]", "") ?? "",
    Payment: shop["Payment"]?.replace("paidAt DateTime?\n  ", "") ?? "",
    Refund: "total Decimal\n  paymentId String\n  payment Payment @relation(fields: [paymentId], references: [id])",
  };
  const request = "export type CreateRefundRequest = {\n  total: number;\n  reason: string;\n};\n";
  const { projectId, generationId } = await api.importProject({
    name: "Shop",
    files: { "prisma/schema.prisma": printPrisma(shop), "src/api.ts": request },
  });
  const { generationId: v2 } = await api.mutate<{ generationId: string }>("generation.edit", {
    parentGenerationId: generationId,
    changeSet: { operations: [{ type: "write", path: "prisma/schema.prisma", content: printPrisma(after) }] },
  });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto(`/p/${projectId}/g/${v2}/schema`);
  const picture = page.getByRole("group", { name: "Picture of 15 boxes" });
  const box = (name: string | RegExp) => picture.getByRole("button", { name });
  await expect(box(/^Refund, new;.* related to Payment/)).toBeVisible();
  await expect(box(/^Review, gone;/)).toBeAttached();
  await expect(box(/^Payment; .*gone: paidAt/)).toBeAttached();
  await expect(box(/^Customer; .*new: loyaltyPoints/)).toBeAttached();
  await expect(page.getByText("+ new since the parent")).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: `${directory}/picture-14-light.png` });
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectContrast(page);
  await page.screenshot({ path: `${directory}/picture-14-dark.png` });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });

  // By keyboard: find, step, select, go to a related table, and back.
  const find = page.getByRole("searchbox", { name: "Find a table or field" });
  await tabTo({ page, target: find });
  await page.keyboard.type("payment");
  await expect(page.getByRole("search", { name: "Picture" }).getByRole("status")).toHaveText("2 of 15");
  await page.keyboard.press("Enter");
  await expect(box(/^Payment;/)).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(box(/^Payment;/)).not.toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(box(/^Payment;/)).toBeFocused();
  await page.keyboard.press("Enter");
  const chosen = page.getByRole("region", { name: "Chosen: Payment" });
  await expect(chosen.getByRole("row", { name: /total Decimal/ })).toBeVisible();
  await page.screenshot({ path: `${directory}/picture-chosen.png` });
  await expectAccessible(page);
  await tabTo({ page, target: chosen.getByRole("button", { name: "Refund" }) });
  await page.keyboard.press("Enter");
  await expect(box(/^Refund, new/)).toBeFocused();
  const refund = page.getByRole("region", { name: "Chosen: Refund" });
  await expect(refund.getByRole("region", { name: "Layers" })).toContainText("RequestCreateRefundRequest");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("region", { name: /^Chosen/ })).toHaveCount(0);
  const size = page.getByRole("button", { name: /%, full size/ });
  const before = await size.textContent();
  await page.keyboard.press("-");
  await expect(size).not.toHaveText(before ?? "");

  // By mouse: a removed table, other kinds, the list, and all of it again by its address.
  await page.getByRole("button", { name: "Fit in window" }).click();
  await box(/^Review, gone/).click();
  await expect(page.getByText("Gone since the parent. These are its fields there.")).toBeVisible();
  await page.getByRole("button", { name: "Close" }).click();
  await expect(box(/^Review, gone/)).toBeFocused();
  await page
    .getByRole("checkbox", { name: /^Types/ })
    .or(page.getByRole("checkbox", { name: /^Requests/ }))
    .check();
  await expect(page.getByRole("group", { name: "Picture of 16 boxes" })).toBeVisible();
  await page.getByRole("radio", { name: "List" }).check();
  await expect(page.getByRole("region", { name: "Refund, Prisma" }).getByText("Added").first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole("region", { name: "Removed since the parent" })).toBeVisible();
});

test("140 tables are readable in windows of any width", async ({ page, api }) => {
  const models = Object.fromEntries(
    Array.from({ length: 140 }, (_, at) => [
      `Table${at}`,
      `title String\n  amount Int\n  due DateTime?\n  parentId String\n  parent Table${Math.floor(at / 3)} @relation(fields: [parentId], references: [id])`,
    ]),
  );
  const { projectId, generationId } = await api.importProject({
    name: "Large schema",
    files: { "prisma/schema.prisma": printPrisma(models) },
  });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  for (const [width, height] of [
    [390, 844],
    [1280, 800],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.goto(`/p/${projectId}/g/${generationId}/schema`);
    const picture = page.getByRole("group", { name: "Picture of 140 boxes" });
    await expect(picture.getByRole("button", { name: /^Table139;/ })).toBeAttached();
    // 12 px at the smallest initial scale of a picture.
    const namePx = await picture
      .getByRole("button", { name: /^Table0;/ })
      .evaluate((element) => element.getBoundingClientRect().width / (element as HTMLElement).offsetWidth);
    expect(namePx).toBeGreaterThan(0.79);
    expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(5_000);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await expectAccessible(page);
    await page.screenshot({ path: `${directory}/picture-140-${width}.png` });
  }
  await page.getByRole("button", { name: "Fit in window" }).click();
  await page.screenshot({ path: `${directory}/picture-140-fit.png` });
  await page.getByRole("radio", { name: "List" }).check();
  const tables = page.getByRole("region", { name: "Tables" });
  await expect(tables.getByRole("button", { name: "Show 40 more of 140" })).toBeVisible();
  expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(5_000);
});

// The amber icon: it appears when a period ends, says why, and is gone 48 hours later.
import { writeFileSync } from "node:fs";
import { awake, expect, test } from "../../fixtures/page.ts";
import { weekOfMia } from "../../fixtures/seed.ts";

test("the icon shows for exactly 48 hours after the end, with its reason", async ({ page, program, accessible, javaScriptEnabled, wasmBlocked }) => {
  // Four servers are started one after the other.
  test.slow();
  const file = `${program.folder}/week.csv`;
  writeFileSync(file, weekOfMia);
  program.run("2026-08-19T12:00:00Z", "import", "--project", "Summer", "--create", file);
  const goal = ["--metric", "posts", "--period", "weekly", "--target", "5"];
  program.run("2026-08-19T12:00:00Z", "goal", "add", "--project", "Summer", ...goal);
  const icon = page.getByRole("button", { name: /^Advisory/ });
  const at = async (clock: string, icons: number) => {
    await page.goto(await program.serve(clock));
    if (javaScriptEnabled !== false && !wasmBlocked) await awake(page);
    await expect(icon).toHaveCount(icons);
  };

  await at("2026-08-23T23:59:59Z", 0);
  await at("2026-08-24T00:00:00Z", 1);
  await accessible();
  await at("2026-08-25T23:59:59Z", 1);
  await at("2026-08-26T00:00:00Z", 0);
});

test.describe("the reason behind the icon", () => {
  test.beforeEach(async ({ page, program }) => {
    const file = `${program.folder}/week.csv`;
    writeFileSync(file, weekOfMia);
    program.run("2026-08-19T12:00:00Z", "import", "--project", "Summer", "--create", file);
    const goal = ["--metric", "posts", "--period", "weekly", "--target", "5"];
    program.run("2026-08-19T12:00:00Z", "goal", "add", "--project", "Summer", ...goal);
    await page.goto(await program.serve("2026-08-24T09:00:00Z"));
  });

  test("shows on hover, and the pointer may move onto it @blocked", async ({ page }) => {
    await page.getByRole("button", { name: /^Advisory/ }).hover();
    const reason = page.getByText("The period ended 9 hours ago");
    await expect(reason).toBeVisible();
    await reason.hover();
    await expect(reason).toBeVisible();
  });

  test("stays on a diagonal way of the pointer to it @blocked", async ({ page }) => {
    const icon = page.getByRole("button", { name: /^Advisory/ });
    const reason = page.getByText("The period ended 9 hours ago");
    await icon.hover();
    await expect(reason).toBeVisible();
    const [from, to] = [(await icon.boundingBox())!, (await reason.boundingBox())!];
    // Out of the icon at its side, then into the sentence.
    await page.mouse.move(from.x - 6, from.y + 4);
    await page.mouse.move(to.x + 8, to.y + to.height - 8);
    await expect(reason).toHaveCSS("transition-duration", "0s");
    await expect(reason).toBeVisible();
    await page.mouse.move(0, 0);
    await expect(reason).toBeHidden();
  });

  test("shows on focus and on a tap @blocked", async ({ page }) => {
    const reason = page.getByText("The period ended 9 hours ago");
    await page.getByRole("button", { name: /^Advisory/ }).focus();
    await expect(reason).toBeVisible();
    await page.getByRole("link", { name: "Creators", exact: true }).first().focus();
    await expect(reason).toBeHidden();
    await page.getByRole("button", { name: /^Advisory/ }).click();
    await expect(reason).toBeVisible();
  });

  test("is dismissed by Esc however it was opened @wasm", async ({ page }) => {
    const reason = page.getByText("The period ended 9 hours ago");
    await page.getByRole("button", { name: /^Advisory/ }).hover();
    await expect(reason).toBeVisible();
    await expect(async () => {
      await page.keyboard.press("Escape");
      await expect(reason).toBeHidden({ timeout: 200 });
    }).toPass();
    await page.mouse.move(0, 0);
    await page.getByRole("button", { name: /^Advisory/ }).click();
    await expect(reason).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(reason).toBeHidden();
  });

  test("shows on the tap of a finger, and another tap elsewhere puts it away", async ({ browser, program, javaScriptEnabled }) => {
    const phone = await browser.newContext({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 }, javaScriptEnabled });
    const page = await phone.newPage();
    await page.goto(program.address);
    const reason = page.getByText("The period ended 9 hours ago");
    await expect(reason).toBeHidden();
    await page.getByRole("button", { name: /^Advisory/ }).tap();
    await expect(reason).toBeVisible();
    await page.touchscreen.tap(195, 700);
    await expect(reason).toBeHidden();
    await phone.close();
  });
});

// The calendar: a day opens its posts, a post its history, and months follow one another.
import { expect, test } from "../../fixtures/page.ts";

test("a day of the calendar opens its posts, and a creator's calendar has the verdicts of their weeks", async ({ page, accessible }) => {
  await page.goto("/");
  const project = new URL(page.url()).pathname;
  await page.goto(`${project}/calendar`);
  await expect(page.getByRole("link", { name: "Calendar", exact: true }).and(page.locator("[aria-current=page]")).last()).toBeVisible();
  const month = await page.locator("h2").first().textContent();
  await expect(page.locator("td[aria-current=date]")).toHaveCount(1);

  // By keyboard: the days with posts are links.
  const day = page.locator("a.cal-day").last();
  const posts = Number(await day.locator(".cal-posts > b").textContent());
  await day.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/month=\d{4}-\d\d&day=\d{4}-\d\d-\d\d#day$/);
  const open = page.getByRole("region", { name: /^\w+day, / });
  await expect(open).toBeVisible();
  expect(await open.locator("[data-post]").count()).toBeGreaterThanOrEqual(Math.min(posts, 50));
  await expect(page.locator("a.cal-day[aria-current]")).toHaveCount(1);
  await accessible();
  await open.getByRole("link", { name: /^History/ }).first().click();
  await expect(page.getByRole("heading", { name: "Readings" })).toBeVisible();
  await page.goBack();
  await page.getByRole("link", { name: "Close" }).click();
  await expect(page.locator("#day")).toHaveCount(0);

  await page.locator("nav[aria-label=Months] a[rel=prev]").click();
  await expect(page.locator("h2").first()).not.toHaveText(month!);
  await page.getByRole("link", { name: "This month" }).click();
  await expect(page.locator("h2").first()).toHaveText(month!);

  await page.goto(`${project}/creators?q=mia.moves`);
  const creator = (await page.locator("h2 > .ov-open").first().getAttribute("href"))!.replace(/\/goals.*$/, "");
  await page.goto(creator);
  await page.locator("nav.tabs").getByRole("link", { name: "Calendar", exact: true }).click();
  const verdict = page.locator("td.cal-week .cal-verdict", { hasText: "posts" }).first();
  await expect(verdict).toContainText(/Completed|Missed/);
  await verdict.click();
  await expect(page.getByRole("table").first()).toBeVisible();
});

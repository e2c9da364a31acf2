// Every page of the demo program, light and dark, wide and narrow: axe finds nothing, the console stays empty.
import type { Page } from "@playwright/test";
import { expect, test } from "../../fixtures/page.ts";

/** Returns the addresses of every page, and of a creator. */
async function everyPage(page: Page): Promise<{ pages: string[]; creator: string }> {
  await page.goto("/");
  const project = new URL(page.url()).pathname;
  const creator = (await page.locator(".ov-open").first().getAttribute("href"))!.replace(/\/goals$/, "");
  await page.goto(`${project}/campaigns`);
  const campaign = (await page.getByRole("rowheader").getByRole("link").first().getAttribute("href"))!;
  const pages = [
    project,
    `${project}?status=at_risk&sort=name`,
    `${project}?q=nobody-of-this-name`,
    `${project}/creators`,
    `${project}/creators/new`,
    `${project}/creators/new?handles=a%20b%20%C3%BC&refused=1`,
    creator,
    `${creator}/posts`,
    `${creator}/goals`,
    `${creator}/goals/new`,
    `${creator}/goals/new?metric=views&period=weekly&target_value=0&start_date=&end_date=&refused=1`,
    `${creator}/calendar`,
    `${creator}/settings`,
    `${creator}/remove`,
    `${creator}/log`,
    `${creator}?days=90`,
    `${project}?view=columns`,
    `${project}?view=campaigns`,
    `${project}?assigned=2&changed=1&undo_assignment=0190a0a0-0000-7000-8000-000000000001`,
    `${project}/creators?view=table&mode=selective`,
    `${project}/creators?show=removed`,
    `${project}/inbox`,
    `${project}/inbox?q=nothing-like-this`,
    `${project}/inbox?reviewed=approve&count=1&undo=0190a0a0-0000-7000-8000-000000000001`,
    `${project}/calendar`,
    `${project}/calendar?month=2026-13`,
    `${project}/search?q=mia`,
    `${project}/campaigns`,
    `${project}/campaigns/new?refused=1&target_views=x`,
    campaign,
    `${campaign}/edit`,
    `${campaign}/delete`,
    `${project}/goals/assign`,
    `${project}/goals/assign?campaign=${campaign.split("/").at(-1)}&metric=posts&period=weekly&target_value=4&preview=1`,
    `${project}/delete`,
    "/projects",
    "/projects/new",
    `${project}/import`,
    `${project}/import?refused=no_file`,
    `${project}/settings`,
    "/welcome",
    "/docs/api",
  ];
  await page.goto(`${creator}/posts`);
  pages.push((await page.getByRole("link", { name: /^History/ }).first().getAttribute("href"))!);
  return { pages, creator };
}

/** A way to look at the pages. */
interface Look {
  name: string;
  media: { colorScheme?: "light" | "dark"; forcedColors?: "active" };
  width: number;
  /** Whether only `make test-all` looks this way: a theme changes colours, whatever the width. */
  seldom?: boolean;
}

const LOOKS: Look[] = [
  { name: "light at 1440 px", media: { colorScheme: "light" }, width: 1440 },
  { name: "light at 390 px", media: { colorScheme: "light" }, width: 390 },
  { name: "dark at 1440 px", media: { colorScheme: "dark" }, width: 1440 },
  { name: "dark at 390 px", media: { colorScheme: "dark" }, width: 390, seldom: true },
  { name: "in forced colours at 1440 px", media: { forcedColors: "active" }, width: 1440, seldom: true },
  // A window of 1440 by 900 whose page is enlarged.
  { name: "light at 200 %", media: { colorScheme: "light" }, width: 720, seldom: true },
];

for (const { name, media, width } of LOOKS.filter((look) => process.env.ALL || !look.seldom)) {
  // The same pages in other colours: without JavaScript, where axe cannot run, there is nothing more to see.
  const [rules, tags] = media.colorScheme === "dark" ? (["colours", "@looks @wasm"] as const) : (["all", "@looks"] as const);
  test(`every page is accessible, ${name} ${tags}`, async ({ page, accessible }) => {
    // Some forty pages, and axe takes its time for each.
    test.setTimeout(120_000);
    await page.emulateMedia(media);
    await page.setViewportSize({ width, height: width === 720 ? 450 : 900 });
    const { pages, creator } = await everyPage(page);
    for (const address of pages) {
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth).catch(() => 0);
      expect(overflow, `${address} scrolls sideways`).toBeLessThanOrEqual(0);
      await accessible(rules);
    }
    await page.goto(`${creator}/goals`);
    await page.getByRole("link", { name: /^Why/ }).first().click();
    await accessible(rules);
    await page.goto(`${creator}/goals`);
    await page.getByRole("list", { name: "Past periods, the oldest first" }).first().getByRole("link").first().click();
    await expect(page.getByRole("table").first()).toBeVisible();
    await accessible(rules);
  });
}

/**
 * What a person touches, except what is larger than it is drawn, by its label or by what is put over its row, and except the
 * points of a chart: they lie as close as their days, and the table below has the same values.
 */
const TARGETS = "a[href], button, summary, select, input:not([type=hidden], .tick > input, .choice > input, .pace-chart input), .tick";

for (const width of [320, 390, 768, 1024, 1440, 1920]) {
  test(`nothing scrolls sideways, and targets are 24 px, at ${width} px @looks @wasm`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.setViewportSize({ width, height: 900 });
    const { pages } = await everyPage(page);
    for (const address of pages) {
      await page.goto(address);
      const { over, small } = await page.evaluate((targets) => {
        const root = document.documentElement;
        const small = [...document.querySelectorAll(targets)].filter((target) => {
          const { width, height } = target.getBoundingClientRect();
          const unseen = !width || target.matches(".sr-only, .ov-open") || target.closest(".sr-only");
          return !unseen && Math.min(width, height) < 23.5;
        });
        return { over: root.scrollWidth - root.clientWidth, small: small.map((target) => target.outerHTML.slice(0, 120)) };
      }, TARGETS);
      expect(over, `${address} scrolls sideways`).toBeLessThanOrEqual(0);
      expect(small, `targets of ${address}`).toEqual([]);
    }
  });
}

test("a page is complete as the server sent it, under a strict policy", async ({ page }) => {
  const response = await page.goto("/");
  expect(response?.headers()["content-security-policy"]).toContain("script-src 'self' 'nonce-");
  await expect(page).toHaveTitle("Creator Goals · Creator Goals");
});

test("the API is explained where keys are created", async ({ page }) => {
  await page.goto("/");
  await page.goto(`${new URL(page.url()).pathname}/settings`);
  await page.getByRole("link", { name: "How to use the API" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "API" })).toBeVisible();
  await page.getByRole("link", { name: "POST Add a goal" }).click();
  const goal = page.getByRole("article", { name: "Add a goal" });
  await expect(goal).toBeInViewport();
  await goal.getByText("A body", { exact: true }).click();
  await expect(goal.getByText('"target_value": 15').first()).toBeVisible();
});

test("an unknown address is a 404 that says where to go", async ({ page }) => {
  const response = await page.request.get("/no-such-page");
  expect(response.status()).toBe(404);
  expect(await response.text()).toContain("Open Creator Goals");
});

test("a page of a project that does not exist has the project's navigation", async ({ page }) => {
  await page.goto("/");
  const project = new URL(page.url()).pathname;
  for (const address of [`${project}/no-such-page`, `${project}/creators/0190a0a0-0000-7000-8000-000000000001`]) {
    const response = await page.request.get(address);
    expect(response.status()).toBe(404);
    const text = await response.text();
    expect(text).toContain("This page does not exist");
    expect(text).toContain(`href="${project}/campaigns"`);
  }
  const elsewhere = await (await page.request.get("/no-such-page")).text();
  expect(elsewhere).toContain(`href="${project}"`);
});

test("the theme is chosen, remembered, and known to the server @blocked", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Dark" }).last().click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("slash focuses search, and arrow keys move along tabs @wasm", async ({ page }) => {
  await page.goto("/");
  await expect(async () => {
    await page.keyboard.press("/");
    await expect(page.getByRole("searchbox")).toBeFocused({ timeout: 200 });
  }).toPass();
  await page.locator(".ov-open").first().click();
  await page.locator("nav.tabs > a").first().focus();
  await expect(async () => {
    await page.locator("nav.tabs > a").first().focus();
    await page.keyboard.press("ArrowRight");
    await expect(page.locator("nav.tabs > a").nth(1)).toBeFocused({ timeout: 200 });
  }).toPass();
});

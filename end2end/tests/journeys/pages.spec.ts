// Every page of the demo program, light and dark, wide and narrow: axe finds nothing, the console stays empty.
import { expect, test } from "../../fixtures/page.ts";

for (const colorScheme of ["light", "dark"] as const) {
  // The same pages in other colours: without JavaScript, where axe cannot run, there is nothing more to see.
  const [rules, tags] = colorScheme === "dark" ? (["colours", "@looks @wasm"] as const) : (["all", "@looks"] as const);
  // A theme changes colours, whatever the width: the narrow pages in dark are left to `make test-all`.
  const widths = colorScheme === "light" || process.env.ALL ? [1440, 390] : [1440];
  for (const width of widths) {
    test(`every page is accessible, ${colorScheme} at ${width} px ${tags}`, async ({ page, accessible }) => {
      // Some forty pages, and axe takes its time for each.
      test.setTimeout(120_000);
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
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

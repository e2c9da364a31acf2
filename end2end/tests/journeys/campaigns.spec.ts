// Campaigns, and goals for many creators at once.
import { awake, expect, test } from "../../fixtures/page.ts";
import { addGoal, waiting } from "../../fixtures/waiting.ts";

test("posts are ticked on their creator's page and put into a campaign", async ({ page, program, accessible }) => {
  const base = await waiting(program, page);
  const creator = await addGoal(page, base, "2");
  await page.goto(`${base}/campaigns/new`);
  await page.getByLabel("Name").fill("Launch");
  await page.getByRole("button", { name: "Create campaign" }).click();
  await page.goto(`${creator}/posts`);
  await page.locator("[data-row]").nth(0).getByRole("checkbox").check();
  await page.locator("[data-row]").nth(2).getByRole("checkbox").check();
  await accessible();
  await page.getByRole("combobox", { name: "Campaign" }).selectOption("Launch");
  await page.getByRole("button", { name: "Add to campaign" }).click();
  await expect(page).toHaveURL(/\/posts\?/);
  await expect(page.getByRole("status")).toContainText("The ticked rows were added to the campaign.");
  await page.goto(`${base}/campaigns`);
  await page.getByRole("link", { name: "Launch" }).click();
  await expect(page.getByRole("region", { name: "Single posts of other creators" }).locator("tbody tr")).toHaveCount(2);
});

test("a campaign's creators stand above the fold, with the word for its pace, and its dates are in the fields", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto("/");
  await page.goto(`${new URL(page.url()).pathname}/campaigns`);
  await page.getByRole("link", { name: "Autumn Launch", exact: true }).click();
  const target = page.getByRole("region", { name: "Target" });
  await expect(target.locator(".badge")).toHaveText(/On Track|Behind Pace|At Risk/);
  await expect(target.locator(".pb-tick")).toHaveCount(1);
  await expect(page.locator("tbody .badge").first()).toBeInViewport();
  await expect(page.getByLabel("From")).toHaveValue("2026-10-20");
  await expect(page.getByLabel("To", { exact: true })).toHaveValue("2026-11-18");
  await page.getByRole("link", { name: "7 days" }).click();
  await expect(page.getByLabel("From")).toHaveValue("2026-11-12");
  await expect(page.getByRole("link", { name: "7 days" })).toHaveAttribute("aria-current", "true");
  await page.getByLabel("From").fill("2026-11-01");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByRole("heading", { name: /^Reached together/ })).toContainText("1 Nov – 18 Nov 2026");
  await page.getByLabel("From").fill("2026-11-19");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByText("The last day is before the first.")).toBeVisible();
  await expect(page.getByLabel("From")).toHaveValue("2026-11-19");
});

test("campaigns are created, filled, nested without circles, deleted and restored", async ({ page, program, accessible }) => {
  const base = await waiting(program, page);
  await addGoal(page, base, "1");
  await page.goto(`${base}/campaigns`);
  await page.getByRole("link", { name: "New campaign" }).first().click();
  await page.getByRole("button", { name: "Create campaign" }).click();
  await expect(page.locator("#name-error")).toContainText("Give the campaign a name.");
  await page.getByLabel("Name").fill("Launch");
  await page.getByLabel("Views to gain").fill("1000");
  await page.getByLabel("Until").fill("2026-08-31");
  await page.getByLabel("Notes").fill("_Boots_ first");
  await page.getByRole("button", { name: "Create campaign" }).click();
  const launch = page.url().split("?")[0];
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.locator("#errors")).toContainText("Name a creator or a post, or choose a campaign, to add.");
  await page.getByLabel("Creators and posts").fill("mia.moves\n7002\nnobody.here");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.locator("#errors")).toContainText("1 text names no creator or post of this project.");
  await expect(page.getByLabel("Creators and posts")).toHaveValue("nobody.here");
  await expect(page.getByRole("table").first()).toContainText("Mia Moreau");
  await expect(page.getByRole("table").first()).toContainText("At Risk");
  await accessible();
  // What was removed by mistake is added again where one acted.
  await page.getByRole("button", { name: /^Remove.*Mia Moreau/ }).click();
  await expect(page.getByRole("status")).toContainText("Removed from the campaign.");
  await expect(page.getByRole("button", { name: /^Remove.*Mia Moreau/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("status")).toContainText("1 item was added to the campaign.");
  await expect(page.getByRole("button", { name: /^Remove.*Mia Moreau/ })).toHaveCount(1);

  await page.goto(`${base}/campaigns/new`);
  await page.getByLabel("Name").fill("Year");
  await page.getByRole("button", { name: "Create campaign" }).click();
  await page.getByLabel("A campaign, with everything in it").selectOption("Launch");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("table").first()).toContainText("Mia Moreau");
  // A circle is refused; what was typed with it is added.
  await page.goto(launch);
  await page.getByLabel("Creators and posts").fill("7003");
  await page.getByLabel("A campaign, with everything in it").selectOption("Year");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.locator("#errors")).toContainText("This would close the circle Year → Launch → Year.");
  await expect(page.getByRole("status")).toContainText("1 item was added to the campaign.");

  await page.getByRole("link", { name: "Delete" }).click();
  await accessible();
  await page.getByRole("button", { name: "Delete campaign" }).click();
  await expect(page.getByRole("status")).toContainText("The campaign was deleted.");
  await page.getByRole("button", { name: /^Restore.*Launch/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Launch");
  await expect(page.getByText("Part of")).toBeVisible();
});

test("everybody chosen gets a goal after a preview, and one undo reverts it", async ({ page, program, accessible }) => {
  // Three layouts, each looked at by axe.
  test.slow();
  const base = await waiting(program, page);
  await addGoal(page, base, "5");
  await page.goto(`${base}/creators/new`);
  await page.getByLabel("TikTok handles").fill("theo\nana");
  await page.getByRole("button", { name: "Add creators" }).click();
  await page.goto(`${base}/creators`);
  for (const name of ["Mia Moreau", "theo"]) await page.getByRole("checkbox", { name: `Tick ${name}` }).check();
  await page.getByRole("button", { name: "Give a goal" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Give 2 creators a goal");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.locator("#target_value-error")).toBeVisible();
  await page.getByRole("textbox", { name: "Target" }).fill("3");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("heading", { name: "What would happen: 1 added, 1 changed" })).toBeVisible();
  await expect(page.locator("[data-outcome=change]")).toContainText("Target 5 → 3");
  await expect(page.locator("[data-outcome=make]")).toContainText("New goal");
  await accessible();
  await page.getByRole("button", { name: "Set 2 goals" }).click();
  await expect(page.getByRole("status")).toContainText("1 goal was added, 1 was changed.");
  await accessible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("status")).toContainText("2 goals are as before.");
  await expect(page.locator(".ov-row", { hasText: "Mia Moreau" })).toContainText("of 5");
  await expect(page.locator(".ov-row", { hasText: "theo" })).toContainText("Add a goal");
  // Those who are ticked on the overview, in each of its layouts.
  for (const layout of ["list", "columns", "campaigns"]) {
    await page.goto(`${base}?view=${layout}`);
    for (const name of ["ana", "theo"]) await page.getByRole("checkbox", { name: `Tick ${name}` }).check();
    await accessible();
    await page.getByRole("button", { name: "Give a goal" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Give 2 creators a goal");
    await page.getByRole("link", { name: "Creator Goals", exact: true }).last().click();
    await expect(page).toHaveURL(new RegExp(layout === "list" ? `${base}$` : `view=${layout}`));
  }
  // Everybody whom the overview shows.
  await page.goto(`${base}?status=at_risk&metric=posts`);
  await page.getByRole("link", { name: "Give all a goal" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Give 1 creator a goal");
  await page.getByRole("textbox", { name: "Target" }).fill("4");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.locator("[data-outcome=change]")).toContainText("Target 5 → 4");
});

test("a goal for two is given without a mouse @wasm", async ({ page, program }) => {
  const base = await waiting(program, page);
  await addGoal(page, base, "5");
  await page.goto(`${base}/creators/new`);
  await page.getByLabel("TikTok handles").fill("theo");
  await page.getByRole("button", { name: "Add creators" }).click();
  await page.goto(base);
  await awake(page);
  for (const name of ["Mia Moreau", "theo"]) {
    await page.getByRole("checkbox", { name: `Tick ${name}` }).focus();
    await page.keyboard.press("Space");
  }
  await page.keyboard.press("t");
  await expect(page.getByRole("button", { name: "Give a goal" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Give 2 creators a goal");
});

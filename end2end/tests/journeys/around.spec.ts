// Where a brand team lives all week: the inbox, creators, campaigns, goals for many, projects.
import { awake, expect, test } from "../../fixtures/page.ts";
import type { Program } from "../../fixtures/server.ts";
import { posts } from "../../fixtures/seed.ts";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

// Wednesday noon: 2.5 of 7 days are gone.
const NOW = "2026-08-19T12:00:00Z";

/** A project with @mia.moves, who is set to wait for approval before three posts of this week come in. */
async function waiting(program: Program, page: import("@playwright/test").Page): Promise<string> {
  program.run(NOW, "project", "create", "Summer");
  const project = program.run(NOW, "project", "list").split(" ")[0];
  const base = `${await program.serve(NOW)}/projects/${project}`;
  await page.goto(`${base}/creators/new`);
  await page.getByLabel("TikTok handles").fill("mia.moves");
  await page.getByText("Wait for approval").click();
  await page.getByRole("button", { name: "Add creators" }).click();
  const file = join(program.folder, "posts.csv");
  writeFileSync(
    file,
    posts([
      { day: "2026-08-17", video: "7001", views: 100 },
      { day: "2026-08-18", video: "7002", views: 200 },
      { day: "2026-08-19", video: "7003", views: 300 },
    ]),
  );
  program.run(NOW, "import", "--project", "Summer", file);
  return base;
}

async function addGoal(page: import("@playwright/test").Page, base: string, target: string): Promise<string> {
  await page.goto(`${base}/creators`);
  await page.getByRole("link", { name: "Mia Moreau" }).click();
  const creator = page.url().split("?")[0];
  await page.goto(`${creator}/goals/new`);
  await page.getByLabel("Target").fill(target);
  await page.getByRole("button", { name: "Add goal" }).click();
  return creator;
}

test("posts wait in the inbox, say what approving would do, and are approved, excluded and undone", async ({ page, program, accessible }) => {
  const base = await waiting(program, page);
  const creator = await addGoal(page, base, "1");
  await expect(page.getByRole("article")).toContainText("At Risk");
  // Two hours later; away from the page, which would still ask for itself while the server is gone.
  await page.goto("about:blank");
  await program.serveAt(new URL(base).host, "2026-08-19T14:00:00Z");
  await page.goto(`${base}/inbox`);
  await expect(page.getByText("3 posts wait for a decision.")).toBeVisible();
  const rows = page.locator("[data-row]");
  await expect(rows).toHaveCount(3);
  await expect(rows.first().locator("[data-effect]")).toContainText("Approving makes Mia Moreau’s weekly posts 0 → 1 of 1: On Track");
  await accessible();

  await rows.first().getByRole("button", { name: /Approve/ }).click();
  await expect(page.getByRole("status")).toContainText("Approved 1 post.");
  await expect(rows).toHaveCount(2);
  await accessible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("status")).toContainText("1 post is back where it was.");
  await expect(rows).toHaveCount(3);

  const forTicked = page.getByRole("button", { name: /^Approve.*ticked posts/ });
  await expect(forTicked).toBeHidden();
  await rows.nth(0).getByRole("checkbox").check();
  await rows.nth(1).getByRole("checkbox").check();
  await accessible();
  await forTicked.click();
  await expect(page.getByRole("status")).toContainText("Approved 2 posts.");
  await page.getByRole("button", { name: /^Exclude.*all shown/ }).click();
  await expect(page.getByRole("heading", { name: "All decided" })).toBeVisible();
  await page.goto(`${creator}/goals`);
  await expect(page.getByRole("article")).toContainText("Target reached");
  await page.goto(`${creator}/log`);
  await expect(page.locator("[data-entry=review]").first()).toContainText("Pending review → ");
  await expect(page.locator("[data-entry=compliance]").first()).toContainText("A decision on “A morning with Mia”.");
  await accessible();
});

test("nothing is ticked any more: the inbox says so and changes nothing", async ({ page, program }) => {
  const base = await waiting(program, page);
  await page.goto(`${base}/inbox`);
  const tick = page.locator("[data-row]").first().getByRole("checkbox");
  await tick.check();
  const approve = page.locator(".ticked-bar button[value=approve]");
  await expect(approve).toBeVisible();
  await tick.uncheck();
  await expect(approve).toBeHidden();
  // Where the style sheet did not come, the button shows still.
  await approve.dispatchEvent("click");
  await expect(page.getByRole("status")).toContainText("Tick at least one post first.");
  await expect(page.locator("[data-row]")).toHaveCount(3);
});

test("of two people who review one post at once, the second is told", async ({ page, program }) => {
  const base = await waiting(program, page);
  await page.goto(`${base}/inbox`);
  const other = await page.context().newPage();
  await other.goto(`${base}/inbox`);
  await other.locator("[data-row]").first().getByRole("button", { name: /Exclude/ }).click();
  await expect(other.getByRole("status")).toContainText("Excluded 1 post.");
  await page.locator("[data-row]").first().getByRole("button", { name: /Approve/ }).click();
  await expect(page.getByRole("status")).toContainText("Somebody else decided on a post meanwhile: excluded. Their decision was kept.");
  await other.close();
});

test("the inbox is worked through with single keys @wasm", async ({ page, program }) => {
  const base = await waiting(program, page);
  await page.goto(`${base}/inbox`);
  await awake(page);
  await page.keyboard.press("j");
  await expect(page.locator("[data-row]").first()).toBeFocused();
  await page.keyboard.press("j");
  await expect(page.locator("[data-row]").nth(1)).toBeFocused();
  await page.keyboard.press("x");
  await expect(page.locator("[data-row]").nth(1).getByRole("checkbox")).toBeChecked();
  await page.keyboard.press("k");
  await page.keyboard.press("a");
  await expect(page.getByRole("status")).toContainText("Approved 1 post.");
  await awake(page);
  await expect(page.locator("[data-row]").first()).toBeFocused();
  await page.keyboard.press("e");
  await expect(page.getByRole("status")).toContainText("Excluded 1 post.");
  await awake(page);
  await page.keyboard.press("u");
  await expect(page.getByRole("status")).toContainText("back where it was");
  await expect(page.locator("[data-row]")).toHaveCount(2);
});

test("many posts of a creator are decided on at once, and say for which goals they count", async ({ page, program, accessible }) => {
  const base = await waiting(program, page);
  const creator = await addGoal(page, base, "2");
  await page.goto(`${creator}/posts`);
  await page.locator("[data-row]").nth(0).getByRole("checkbox").check();
  await page.locator("[data-row]").nth(1).getByRole("checkbox").check();
  await page.getByRole("button", { name: /^Approve.*ticked posts/ }).click();
  await expect(page.getByRole("status")).toContainText("Approved 2 posts.");
  await expect(page.locator("[data-counts-for]").first()).toContainText("weekly posts");
  await accessible();
});

test("posts are ticked on their creator's page and put into a campaign", async ({ page, program, accessible }) => {
  const base = await waiting(program, page);
  const creator = await addGoal(page, base, "2");
  await page.goto(`${base}/campaigns/new`);
  await page.getByLabel("Name").fill("Launch");
  await page.getByRole("button", { name: "Make campaign" }).click();
  await page.goto(`${creator}/posts`);
  await page.locator("[data-row]").nth(0).getByRole("checkbox").check();
  await page.locator("[data-row]").nth(2).getByRole("checkbox").check();
  await accessible();
  await page.getByRole("combobox", { name: "Campaign" }).selectOption("Launch");
  await page.getByRole("button", { name: "Add to campaign" }).click();
  await expect(page).toHaveURL(/\/posts\?/);
  await expect(page.getByRole("status")).toContainText("What was ticked is in the campaign.");
  await page.goto(`${base}/campaigns`);
  await page.getByRole("link", { name: "Launch" }).click();
  await expect(page.getByRole("region", { name: "Single posts of other creators" }).locator("tbody tr")).toHaveCount(2);
});

test("a handle is renamed, notes are written, and the log tells of it", async ({ page, program, accessible }) => {
  const base = await waiting(program, page);
  await page.goto(`${base}/creators/new`);
  await page.getByLabel("TikTok handles").fill("theo");
  await page.getByRole("button", { name: "Add creators" }).click();
  await page.getByRole("link", { name: "@theo" }).click();
  const creator = page.url().split("?")[0];
  await page.goto(`${creator}/settings`);
  await page.getByLabel("TikTok handle").fill("@Mia.Moves");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.locator("#tiktok_handle-error")).toContainText("@Mia.Moves is the handle of Mia Moreau.");
  await expect(page.getByLabel("TikTok handle")).toHaveValue("@Mia.Moves");
  await accessible();
  await page.getByLabel("TikTok handle").fill("theo.bakes");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("theo.bakes");
  await page.getByLabel("Notes").fill("**Ask first**\n\n<script>document.title = 'x'</script>\n\n[site](javascript:alert(1))");
  await page.getByRole("button", { name: "Save notes" }).click();
  await expect(page.getByRole("status")).toContainText("The notes were saved.");
  await page.goto(creator);
  const notes = page.getByRole("region", { name: "Notes" });
  await expect(notes.locator("strong")).toHaveText("Ask first");
  await expect(notes).toContainText("<script>");
  await expect(notes.locator("script")).toHaveCount(0);
  await expect(notes.getByRole("link", { name: "site" })).toHaveAttribute("href", "#");
  await accessible();
  await page.goto(`${creator}/log`);
  await expect(page.locator("[data-entry=creator]").first()).toContainText("Renamed from @theo to @theo.bakes");
  await accessible();
});

test("what became of pasted handles is told line by line", async ({ page, program, accessible }) => {
  const base = await waiting(program, page);
  await page.goto(`${base}/creators/new`);
  await page.getByLabel("TikTok handles").fill("ana\nmia.moves\nana\nhttps://youtube.com/@x");
  await page.getByRole("button", { name: "Add creators" }).click();
  await page.getByRole("link", { name: "Line by line" }).click();
  for (const [outcome, text] of [["added", "ana"], ["present", "mia.moves"], ["repeated", "ana"], ["unreadable", "https://youtube.com/@x"]]) {
    await expect(page.locator(`[data-outcome=${outcome}]`)).toContainText(text);
  }
  await accessible();
});

test("campaigns are made, filled, nested without circles, deleted and brought back", async ({ page, program, accessible }) => {
  const base = await waiting(program, page);
  await addGoal(page, base, "1");
  await page.goto(`${base}/campaigns`);
  await page.getByRole("link", { name: "New campaign" }).first().click();
  await page.getByRole("button", { name: "Make campaign" }).click();
  await expect(page.locator("#name-error")).toContainText("Give the campaign a name.");
  await page.getByLabel("Name").fill("Launch");
  await page.getByLabel("Views to gain").fill("1000");
  await page.getByLabel("Until").fill("2026-08-31");
  await page.getByLabel("Notes").fill("_Boots_ first");
  await page.getByRole("button", { name: "Make campaign" }).click();
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

  await page.goto(`${base}/campaigns/new`);
  await page.getByLabel("Name").fill("Year");
  await page.getByRole("button", { name: "Make campaign" }).click();
  await page.getByLabel("A campaign, with everything in it").selectOption("Launch");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("table").first()).toContainText("Mia Moreau");
  // A circle is refused; what was typed beside it goes in.
  await page.goto(launch);
  await page.getByLabel("Creators and posts").fill("7003");
  await page.getByLabel("A campaign, with everything in it").selectOption("Year");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.locator("#errors")).toContainText("This would close the circle Year → Launch → Year.");
  await expect(page.getByRole("status")).toContainText("1 more thing is in the campaign.");

  await page.getByRole("link", { name: "Delete" }).click();
  await accessible();
  await page.getByRole("button", { name: "Delete campaign" }).click();
  await expect(page.getByRole("status")).toContainText("The campaign was deleted.");
  await page.getByRole("button", { name: /^Bring back.*Launch/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Launch");
  await expect(page.getByText("Part of")).toBeVisible();
});

test("everybody chosen gets a goal after a preview, and one undo takes it back", async ({ page, program, accessible }) => {
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
  await expect(page.getByRole("heading", { name: "What would happen: 1 made, 1 changed" })).toBeVisible();
  await expect(page.locator("[data-outcome=change]")).toContainText("Target 5 → 3");
  await expect(page.locator("[data-outcome=make]")).toContainText("New goal");
  await accessible();
  await page.getByRole("button", { name: "Set 2 goals" }).click();
  await expect(page.getByRole("status")).toContainText("1 goal was made, 1 was changed.");
  await accessible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("status")).toContainText("2 goals are as before.");
  await expect(page.locator(".ov-row", { hasText: "Mia Moreau" })).toContainText("of 5");
  await expect(page.locator(".ov-row", { hasText: "theo" })).toContainText("No goals.");
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

test("a view of the overview gets a name, and its rows go into a spreadsheet", async ({ page, program, accessible }) => {
  const base = await waiting(program, page);
  await addGoal(page, base, "5");
  await page.goto(`${base}?status=at_risk`);
  await page.getByText("Save this view").click();
  await page.getByLabel("Name of the view").fill("Write to today");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("The view was saved.");
  await page.goto(base);
  await page.getByRole("link", { name: "Write to today" }).click();
  await expect(page).toHaveURL(/status=at_risk/);
  await accessible();
  const address = (await page.getByRole("link", { name: "CSV" }).getAttribute("href"))!;
  const table = await page.request.get(new URL(address, page.url()).href);
  expect(table.headers()["content-type"]).toContain("text/csv");
  expect(await table.text()).toContain(`"Mia Moreau","'@mia.moves","posts","weekly","2026-08-17","2026-08-23","at_risk",0,5,`);
  await page.getByRole("button", { name: /Delete view/ }).click();
  await expect(page.getByRole("status")).toContainText("The saved view was deleted.");
});

test("a project stands beside others, is deleted with everything in it, and comes back", async ({ page, program, accessible }) => {
  const base = await waiting(program, page);
  await page.goto(`${program.address}/projects`);
  await page.getByRole("link", { name: "New project" }).click();
  await page.getByLabel("Project name").fill("Winter");
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByRole("heading", { name: "No creators yet" })).toBeVisible();
  await page.goto(base);
  await page.locator("aside .switcher > summary").click();
  await page.getByRole("list", { name: "Projects" }).getByRole("link", { name: "Winter" }).click();
  await expect(page.getByRole("heading", { name: "No creators yet" })).toBeVisible();
  await page.goto(`${base}/settings`);
  await page.getByRole("link", { name: "Delete…" }).click();
  await expect(page.getByText("1 creator, 0 goals and 0 campaigns")).toBeVisible();
  await accessible();
  await page.getByRole("button", { name: "Delete project" }).click();
  await expect(page.getByRole("status")).toContainText("The project was deleted.");
  expect((await page.request.get(base)).status()).toBe(404);
  await accessible();
  await page.getByRole("button", { name: /^Bring back.*Summer/ }).click();
  await page.getByRole("link", { name: "Summer" }).click();
  await page.goto(`${base}/creators`);
  await expect(page.getByRole("heading", { name: "Mia Moreau" })).toBeVisible();
});

test("a deleted goal is brought back; a creator who left while their page was open is not an error", async ({ page, program, accessible }) => {
  const base = await waiting(program, page);
  const creator = await addGoal(page, base, "5");
  await page.getByRole("link", { name: /^Delete/ }).click();
  await page.getByRole("button", { name: "Delete goal" }).click();
  await page.getByRole("button", { name: /^Bring back/ }).click();
  await expect(page.getByRole("status")).toContainText("The goal is back.");
  await expect(page.getByRole("article")).toHaveCount(1);
  const other = await page.context().newPage();
  await other.goto(`${creator}/remove`);
  await other.getByRole("button", { name: /^Remove/ }).click();
  await expect(other.getByRole("heading", { name: /was removed from the program/ })).toBeVisible();
  await other.close();
  await page.getByRole("link", { name: /^Edit/ }).click();
  await expect(page.getByRole("heading", { name: "Mia Moreau was removed from the program" })).toBeVisible();
  await accessible();
  await page.goto(`${base}/creators?show=removed`);
  await page.getByRole("button", { name: /^Bring back.*Mia Moreau/ }).click();
  await expect(page.getByRole("status")).toContainText("Back in the program");
});

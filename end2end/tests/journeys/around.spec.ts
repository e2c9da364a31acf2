// Everything around the goals: creators, saved views, projects.
import { expect, test } from "../../fixtures/page.ts";
import { addGoal, waiting } from "../../fixtures/waiting.ts";

test("a handle is changed, notes are written, and the log records it", async ({ page, program, accessible }) => {
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

test("the result of pasted handles is shown line by line", async ({ page, program, accessible }) => {
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

test("a view of the overview gets a name, and its rows go into a spreadsheet", async ({ page, program, accessible }) => {
  const base = await waiting(program, page);
  await addGoal(page, base, "5");
  await page.goto(`${base}?status=at_risk`);
  const menu = page.locator(".menu > summary", { hasText: "View" });
  await menu.click();
  await page.getByLabel("Save this view").fill("Write to today");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("The view was saved.");
  await page.goto(base);
  await menu.click();
  await page.getByRole("link", { name: "Write to today" }).click();
  await expect(page).toHaveURL(/status=at_risk/);
  await menu.click();
  await accessible();
  const address = (await page.getByRole("link", { name: "CSV" }).getAttribute("href"))!;
  const table = await page.request.get(new URL(address, page.url()).href);
  expect(table.headers()["content-type"]).toContain("text/csv");
  expect(await table.text()).toContain(`"Mia Moreau","'@mia.moves","posts","weekly","2026-08-17","2026-08-23","at_risk",0,5,`);
  await page.getByRole("button", { name: /Delete this view/ }).click();
  await expect(page.getByRole("status")).toContainText("The saved view was deleted.");
});

test("a project is created beside others, deleted with everything in it, and restored", async ({ page, program, accessible }) => {
  const base = await waiting(program, page);
  await page.goto(`${program.address}/projects`);
  await page.getByRole("link", { name: "New project" }).click();
  await page.getByLabel("Project name").fill("Winter");
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByRole("heading", { name: "Add creators" })).toBeVisible();
  await page.goto(base);
  await page.locator("aside .switcher > summary").click();
  await page.getByRole("list", { name: "Projects" }).getByRole("link", { name: "Winter" }).click();
  await expect(page.getByRole("heading", { name: "Add creators" })).toBeVisible();
  await page.goto(`${base}/settings`);
  await page.getByRole("link", { name: "Delete…" }).click();
  await expect(page.getByText("1 creator, 0 goals and 0 campaigns")).toBeVisible();
  await accessible();
  await page.getByRole("button", { name: "Delete project" }).click();
  await expect(page.getByRole("status")).toContainText("The project was deleted.");
  expect((await page.request.get(base)).status()).toBe(404);
  await accessible();
  await page.getByRole("button", { name: /^Restore.*Summer/ }).click();
  await page.getByRole("link", { name: "Summer" }).click();
  await page.goto(`${base}/creators`);
  await expect(page.getByRole("heading", { name: "Mia Moreau" })).toBeVisible();
});

test("a deleted goal is restored; a creator who left while their page was open is not an error", async ({ page, program, accessible }) => {
  const base = await waiting(program, page);
  const creator = await addGoal(page, base, "5");
  await page.getByRole("link", { name: /^Delete/ }).click();
  await page.getByRole("button", { name: "Delete goal" }).click();
  await page.getByRole("button", { name: /^Restore/ }).click();
  await expect(page.getByRole("status")).toContainText("The goal was restored.");
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
  await page.getByRole("button", { name: /^Restore.*Mia Moreau/ }).click();
  await expect(page.getByRole("status")).toContainText("The creator was restored");
});

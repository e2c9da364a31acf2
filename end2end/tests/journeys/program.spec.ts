// Running a program: its creators and its settings.
import { expect, test } from "../../fixtures/page.ts";
import { empty } from "../../fixtures/program.ts";

test("many handles are pasted; those that cannot be read are returned, the rest are added", async ({ page, program, accessible }) => {
  await page.goto(`${await empty(program)}/creators`);
  await page.getByRole("link", { name: "Add creators" }).first().click();
  const handles = page.getByLabel("TikTok handles");
  await handles.fill("@Mia.Moves\nhttps://www.tiktok.com/@theo?lang=en\n\nmia.moves\nhttps://youtube.com/@x");
  await page.getByText("Wait for approval").click();
  await page.getByRole("button", { name: "Add creators" }).click();
  await expect(page.getByRole("status")).toContainText("Added 2 creators.");
  await expect(page.locator("#handles-error")).toHaveText("Not TikTok handles: “https://youtube.com/@x”.");
  await expect(handles).toHaveValue("https://youtube.com/@x");
  await expect(page.getByRole("radio", { name: /Wait for approval/ })).toBeChecked();
  await accessible();
  await handles.fill("ana");
  await page.getByRole("button", { name: "Add creators" }).click();
  await expect(page.getByRole("status")).toContainText("Added 1 creator.");
  await expect(page.getByRole("listitem").filter({ hasText: "@" })).toHaveCount(3);
});

test("a removed creator leaves the program and comes back with everything", async ({ page, program, accessible }) => {
  const project = await empty(program);
  await page.goto(`${project}/creators/new`);
  await page.getByLabel("TikTok handles").fill("mia.moves");
  await page.getByRole("button", { name: "Add creators" }).click();
  await page.getByRole("link", { name: "@mia.moves" }).click();
  await page.getByRole("link", { name: "Creator Goals", exact: true }).last().click();
  await page.getByRole("link", { name: "Add goal" }).click();
  await page.getByLabel("Target").fill("5");
  await page.getByRole("button", { name: "Add goal" }).click();
  await expect(page.getByRole("article")).toContainText("No data yet");

  await page.getByRole("link", { name: "Settings", exact: true }).last().click();
  await page.getByLabel("Display name").fill("Mia Moreau");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mia Moreau");
  await page.getByRole("link", { name: "Remove…" }).click();
  await accessible();
  await page.getByRole("button", { name: "Remove Mia Moreau" }).click();
  for (const tab of ["Posts", "Creator Goals", "Settings", "Overview"]) {
    await page.locator("nav.tabs").getByRole("link", { name: tab, exact: true }).click();
    await expect(page.getByRole("heading", { name: "Mia Moreau was removed from the program" })).toBeVisible();
    await expect(page.getByRole("button", { name: /^Add/ })).toHaveCount(0);
    await accessible();
  }
  await page.getByRole("button", { name: "Restore" }).click();
  await page.locator("nav.tabs").getByRole("link", { name: "Creator Goals", exact: true }).click();
  await expect(page.getByRole("article")).toHaveCount(1);
});

test("invalid settings are refused at their field, and valid ones are saved", async ({ page, program, accessible }) => {
  await page.goto(`${await empty(program)}/settings`);
  await page.getByLabel("Time zone").fill("Mars/Olympus");
  await page.getByLabel("Grace, in percent").fill("101");
  await page.getByText("Sunday").click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.locator("#time_zone-error")).toBeVisible();
  await expect(page.locator("#early_grace_percent-error")).toBeVisible();
  await expect(page.getByLabel("Time zone")).toHaveValue("Mars/Olympus");
  await expect(page.getByRole("radio", { name: "Sunday" })).toBeChecked();
  await accessible();
  await page.getByLabel("Time zone").fill("Asia/Seoul");
  await page.getByLabel("Grace, in percent").fill("20");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("status").first()).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Time zone")).toHaveValue("Asia/Seoul");
  await expect(page.getByLabel("Grace, in percent")).toHaveValue("20");
  await expect(page.getByRole("radio", { name: "Sunday" })).toBeChecked();
});

test("filters are chosen by select, kept in the address, and need no script @blocked", async ({ page, javaScriptEnabled, wasmBlocked }) => {
  await page.goto("/");
  await page.locator(".menu > summary", { hasText: "Filter" }).click();
  await page.getByLabel("Metric").selectOption("Views");
  if (wasmBlocked || javaScriptEnabled === false) await page.getByRole("button", { name: "Apply" }).click();
  else await expect(async () => {
    if (!page.url().includes("metric=views")) await page.getByLabel("Metric").dispatchEvent("change");
    await expect(page).toHaveURL(/metric=views/, { timeout: 500 });
  }).toPass();
  await expect(page).toHaveURL(/metric=views/);
  const goals = page.locator(".ov-row .ov-goal");
  expect(await goals.count()).toBeGreaterThan(3);
  for (const goal of await goals.all()) await expect(goal).toContainText("Views");
  // What is set can be removed beside the list.
  await page.getByRole("list", { name: "Filters" }).getByRole("link", { name: "Views" }).click();
  await expect(page).not.toHaveURL(/metric=/);
});

test("a key for the API is created, shown once, and revoked", async ({ page, program, accessible }) => {
  const project = await empty(program);
  await page.goto(`${project}/settings`);
  await page.getByRole("button", { name: "Create key" }).click();
  await expect(page.locator("#key_name-error")).toContainText("Give the key a name");
  await page.getByLabel("Name of a new key").fill("Nightly scraper");
  await page.getByText("Read and write").click();
  await page.getByRole("button", { name: "Create key" }).click();
  const shown = page.locator("#new-key");
  await expect(shown).toContainText("Copy it now: it is not shown again.");
  const key = (await shown.locator("code").textContent())!;
  expect(key).toMatch(/^cg_[0-9a-f]{64}$/);
  expect(page.url()).not.toContain(key);
  await accessible();
  const ask = () => page.request.get(`${program.address}/api/v1/projects`, { headers: { authorization: `Bearer ${key}` } });
  expect((await (await ask()).json()).data[0].name).toBe("Summer");
  await page.goto(`${project}/settings`);
  await expect(shown).toHaveCount(0);
  await page.getByText("Revoke…").click();
  await page.getByRole("button", { name: "Revoke the key" }).click();
  await expect(page.getByRole("row", { name: /Nightly scraper/ })).toContainText("Revoked");
  expect((await ask()).status()).toBe(401);
  await accessible();
});

// An open page follows what happens, without moving anything under the pointer.
import { awake, expect, test } from "../../fixtures/page.ts";
import type { Program } from "../../fixtures/server.ts";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { posts } from "../../fixtures/seed.ts";

const NOW = "2026-08-19T12:00:00Z";

function bring(program: Program, video: string, handle: string, views: number): void {
  const file = join(program.folder, `${video}.csv`);
  writeFileSync(file, posts([{ day: "2026-08-19", video, views }]).replaceAll("mia.moves", handle).replaceAll("Mia Moreau", handle));
  program.run(NOW, "import", "--project", "Summer", "--create", file);
}

async function started(program: Program): Promise<string> {
  bring(program, "1", "ana", 400);
  bring(program, "2", "ben", 300);
  program.run(NOW, "goal", "add", "--project", "Summer", "--metric", "views", "--period", "weekly", "--target", "1000");
  const project = program.run(NOW, "project", "list").split(" ")[0];
  return `${await program.serve(NOW)}/projects/${project}`;
}

test("numbers change in place, and a new order is offered, not forced @wasm", async ({ page, program, accessible }) => {
  await page.goto(await started(program));
  await awake(page);
  const rows = page.locator(".ov-row");
  await expect(rows).toHaveText([/ben/, /ana/]);
  await page.getByRole("checkbox", { name: "Tick ben" }).check();
  // Ben overtakes Ana: his row says so where it stands, and stays ticked.
  bring(program, "3", "ben", 2000);
  await expect(rows.first()).toContainText("2,300");
  await expect(rows).toHaveText([/ben/, /ana/]);
  await expect(page.getByRole("checkbox", { name: "Tick ben" })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Tick ben" })).toBeFocused();
  await expect(page.getByText("1 update", { exact: true })).toBeVisible();
  await accessible();
  await page.getByRole("button", { name: "Refresh order" }).click();
  await expect(rows).toHaveText([/ana/, /ben/]);
  await expect(page.getByRole("button", { name: "Refresh order" })).toBeHidden();
});

test("the page of a campaign follows too @wasm", async ({ page, program }) => {
  const project = await started(program);
  await page.goto(`${project}/campaigns/new`);
  await page.getByLabel("Name").fill("Launch");
  await page.getByRole("button", { name: "Make campaign" }).click();
  await page.getByLabel("Creators and posts").fill("ana ben");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await awake(page);
  const ana = page.getByRole("row").filter({ hasText: "ana" });
  await expect(ana).toContainText("400");
  bring(program, "5", "ana", 5000);
  await expect(ana).toContainText("5,400");
});

test("the first post that waits shows in the sidebar of an open page @wasm", async ({ page, program }) => {
  const project = await started(program);
  await page.goto(`${project}/creators/new`);
  await page.getByLabel("TikTok handles").fill("cleo");
  await page.getByText("Wait for approval").click();
  await page.getByRole("button", { name: "Add creators" }).click();
  await page.goto(project);
  await awake(page);
  const inbox = page.getByRole("complementary", { name: "Sidebar" }).getByRole("link", { name: /Tracking Inbox/ });
  await expect(inbox).toHaveText("Tracking Inbox", { useInnerText: true });
  bring(program, "6", "cleo", 100);
  await expect(inbox).toHaveAccessibleName(/1\s+post waits for a decision/);
});

test("a lost connection is shown and mended by itself @wasm", async ({ page, program }) => {
  const project = await started(program);
  await page.goto(project);
  await awake(page);
  await expect(page.locator(".ov-row")).toHaveCount(2);
  const port = new URL(project).port;
  await program.stop();
  await expect(page.getByText("Connection lost. Trying again…")).toBeVisible();
  bring(program, "4", "ana", 5000);
  await program.serveAt(`127.0.0.1:${port}`, NOW);
  await expect(page.getByText("Connection lost. Trying again…")).toBeHidden({ timeout: 15_000 });
  await expect(page.locator(".ov-row").filter({ hasText: "ana" })).toContainText("5,400");
});

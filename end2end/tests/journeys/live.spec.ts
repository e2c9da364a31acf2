// An open page follows what happens, without moving anything under the pointer.
import { awake, expect, test } from "../../fixtures/page.ts";
import { Between } from "../../fixtures/between.ts";
import type { Program } from "../../fixtures/server.ts";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { posts } from "../../fixtures/seed.ts";

const NOW = "2026-08-19T12:00:00Z";
const NOT_LIVE = /^Not live since \d\d:\d\d\./;

function bring(program: Program, video: string, handle: string, views: number, project = "Summer"): void {
  const file = join(program.folder, `${video}.csv`);
  writeFileSync(file, posts([{ day: "2026-08-19", video, views }]).replaceAll("mia.moves", handle).replaceAll("Mia Moreau", handle));
  program.run(NOW, "import", "--project", project, "--create", file);
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
  await page.getByRole("button", { name: "Create campaign" }).click();
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

test("a lost connection is shown and restored by itself @wasm", async ({ page, program }) => {
  const project = await started(program);
  await page.goto(project);
  await awake(page);
  await expect(page.locator(".ov-row")).toHaveCount(2);
  const port = new URL(project).port;
  await program.stop();
  const note = page.getByText(NOT_LIVE);
  await expect(note).toHaveText(/Trying again…$/, { timeout: 15_000 });
  // Somebody who retries sees that the retry is running, and its result.
  const retry = page.getByRole("button", { name: "Try now" });
  const said = await note.evaluateHandle((note) => {
    const said: string[] = [];
    new MutationObserver(() => said.push(note.textContent!)).observe(note, { subtree: true, childList: true, characterData: true });
    return said;
  });
  await retry.click();
  await expect(note).toHaveText(/ No answer at \d\d:\d\d\. Trying again…$/, { timeout: 15_000 });
  expect((await said.jsonValue())[0]).toMatch(/\. Trying…$/);
  await expect(retry).not.toHaveAttribute("aria-disabled");
  bring(program, "4", "ana", 5000);
  await program.serveAt(`127.0.0.1:${port}`, NOW);
  await expect(page.getByText(NOT_LIVE)).toBeHidden({ timeout: 15_000 });
  await expect(page.locator(".ov-row").filter({ hasText: "ana" })).toContainText("5,400");
});

test("ten pages of ten projects all load, and all follow over one connection @wasm", async ({ context, program }) => {
  const numbers = Array.from({ length: 10 }, (_, number) => number);
  for (const number of numbers) {
    bring(program, `${number}`, "ana", 400, `Program ${number}`);
    program.run(NOW, "goal", "add", "--project", `Program ${number}`, "--metric", "views", "--period", "weekly", "--target", "9000");
  }
  const projects = program.run(NOW, "project", "list").trim().split("\n");
  const address = await program.serve(NOW);
  // Between them and the server, so that their streams can be counted.
  const between = await Between.listen(address);
  const pages = [];
  for (const number of numbers) {
    const id = projects.find((line) => line.includes(`Program ${number}`))!.split(" ")[0];
    const page = await context.newPage();
    await page.bringToFront();
    await page.goto(`${between.address}/projects/${id}`);
    await awake(page);
    await expect(page.locator(".ov-row")).toContainText("400");
    pages.push(page);
  }
  await expect.poll(() => between.streams).toBe(1);
  for (const number of numbers) bring(program, `1${number}`, "ana", 1000 + number, `Program ${number}`);
  for (const number of numbers) {
    await expect(pages[number].locator(".ov-row")).toContainText(`1,${400 + number}`, { timeout: 5_000 });
    await expect(pages[number].getByText(NOT_LIVE)).toBeHidden();
  }
  expect(between.streams).toBe(1);
  await Promise.all(pages.map((page) => page.close()));
  await between.close();
});

test("a stream that has gone silent is noticed within a minute, and the page catches up @wasm", async ({ page, program, accessible }) => {
  test.setTimeout(150_000);
  const project = new URL(await started(program));
  const between = await Between.listen(project.origin);
  await page.goto(between.address + project.pathname);
  await awake(page);
  await expect.poll(() => between.streams).toBe(1);
  await expect(page.getByText(NOT_LIVE)).toBeHidden();
  between.streamsAre("silent");
  bring(program, "4", "ana", 5000);
  await expect(page.getByText(NOT_LIVE)).toBeVisible({ timeout: 60_000 });
  await expect(page.locator(".live-notes")).toHaveAttribute("aria-live", "polite");
  await accessible();
  await expect(page.locator(".ov-row").filter({ hasText: "ana" })).toContainText("400");
  between.streamsAre("open");
  await page.getByRole("button", { name: "Try now" }).click();
  await expect(page.getByText(NOT_LIVE)).toBeHidden();
  await expect(page.locator(".ov-row").filter({ hasText: "ana" })).toContainText("5,400");
  await between.close();
});

test("a proxy that answers 502 is asked again until it lets the page through @wasm", async ({ context, program }) => {
  const project = new URL(await started(program));
  const between = await Between.listen(project.origin);
  const page = await context.newPage();
  await page.goto(between.address + project.pathname);
  await awake(page);
  await expect.poll(() => between.streams).toBe(1);
  between.streamsAre("refused");
  bring(program, "4", "ana", 5000);
  await expect(page.getByText(NOT_LIVE)).toBeVisible({ timeout: 15_000 });
  between.streamsAre("open");
  await expect(page.getByText(NOT_LIVE)).toBeHidden({ timeout: 30_000 });
  await expect(page.locator(".ov-row").filter({ hasText: "ana" })).toContainText("5,400");
  // A change is not lost either if the page cannot be loaded when it is announced.
  between.pagesAre("refused");
  bring(program, "5", "ben", 7000);
  await expect(page.getByText(NOT_LIVE)).toBeVisible();
  between.pagesAre("open");
  await expect(page.locator(".ov-row").filter({ hasText: "ben" })).toContainText("7,300", { timeout: 30_000 });
  await expect(page.getByText(NOT_LIVE)).toBeHidden();
  await page.close();
  await between.close();
});

test("a browser without shared workers follows too, and one without any says that it does not @wasm", async ({ page, program }) => {
  const project = await started(program);
  await page.addInitScript(() => delete (globalThis as any).SharedWorker);
  await page.goto(project);
  await awake(page);
  bring(program, "4", "ana", 5000);
  await expect(page.locator(".ov-row").filter({ hasText: "ana" })).toContainText("5,400");
  await page.addInitScript(() => delete (globalThis as any).Worker);
  await page.clock.install();
  await page.reload();
  await awake(page);
  await page.clock.fastForward(60_000);
  await expect(page.getByText(NOT_LIVE)).toBeVisible();
});

test("a page that was suspended for hours continues @wasm", async ({ page, program }) => {
  await page.clock.install();
  await page.goto(await started(program));
  await awake(page);
  await page.clock.fastForward("08:00:00");
  await expect(page.getByText(NOT_LIVE)).toBeHidden();
  bring(program, "4", "ana", 5000);
  await expect(page.locator(".ov-row").filter({ hasText: "ana" })).toContainText("5,400");
});

test("a page of a project that was deleted says so, until the project is restored @wasm", async ({ page, program }) => {
  await page.clock.install();
  const project = await started(program);
  await page.goto(project);
  await awake(page);
  const form = { project_id: project.split("/").at(-1)! };
  await page.request.post(`${new URL(project).origin}/forms/delete_project`, { form });
  await expect(page.getByText("This project was deleted.")).toBeVisible();
  await expect(page.getByText(NOT_LIVE)).toBeHidden();
  await page.request.post(`${new URL(project).origin}/forms/restore_project`, { form });
  await page.clock.fastForward("01:00");
  await expect(page.getByText("This project was deleted.")).toBeHidden();
  bring(program, "4", "ana", 5000);
  await expect(page.locator(".ov-row").filter({ hasText: "ana" })).toContainText("5,400");
});

test("a page of a creator who was removed elsewhere says so, until they are restored @wasm", async ({ page, program }) => {
  const project = await started(program);
  await page.goto(project);
  await page.locator(".ov-row").filter({ hasText: "ana" }).getByRole("link").first().click();
  await awake(page);
  const [, project_id, creator_id] = page.url().match(/projects\/([^/]+)\/creators\/([^/?#]+)/)!;
  const note = page.getByText("This creator was removed, and can be restored.");
  const tell = (form: string) =>
    page.request.post(`${new URL(project).origin}/forms/${form}`, { form: { project_id, creator_id } });
  await tell("remove_creator");
  await expect(note).toBeVisible();
  await tell("restore_creator");
  await expect(note).toBeHidden();
  await expect(page.getByRole("button", { name: "Refresh order" })).toBeHidden();
  await tell("remove_creator");
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(page.getByRole("button", { name: "Restore" })).toBeVisible();
  await expect(note).toBeHidden();
});

test("a page of a goal that was deleted elsewhere says so, until the goal is restored @wasm", async ({ page, program }) => {
  const project = await started(program);
  await page.goto(project);
  await page.locator(".ov-row").filter({ hasText: "ana" }).getByRole("link").first().click();
  await page.getByRole("link", { name: /^Edit/ }).first().click();
  await expect(page).toHaveURL(/\/goals\/[^/]+\/edit/);
  await awake(page);
  const [, project_id, creator_id, goal_id] = page.url().match(/projects\/([^/]+)\/creators\/([^/]+)\/goals\/([^/]+)/)!;
  const note = page.getByText("What this page shows was deleted.");
  const tell = (form: string) =>
    page.request.post(`${new URL(project).origin}/forms/${form}`, { form: { project_id, creator_id, goal_id } });
  await tell("delete_goal");
  await expect(note).toBeVisible();
  await tell("restore_goal");
  await expect(note).toBeHidden();
});

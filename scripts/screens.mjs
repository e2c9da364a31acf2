#!/usr/bin/env node
// Pictures of every page, light and dark, on a desktop (1440 px) and on a phone (390 px), of the demo program at one
// instant, into docs/screens. The server is the debug build unless another one is named: node scripts/screens.mjs [SERVER]
import { chromium as playwright } from "@playwright/test";
import { chromium } from "./chromium.mjs";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "./serve.mjs";

const root = join(import.meta.dirname, "..");
const binary = process.argv[2] ?? join(root, "target/debug/creator-goals");
const folder = mkdtempSync(join(tmpdir(), "creator-goals-screens-"));
const into = join(root, "docs/screens");
const options = ["--demo", "--clock", "2026-11-17T12:00:00Z", "--database", `sqlite:${folder}/demo.db`];
const { server, address } = await serve(binary, ...options);

const browser = await playwright.launch({
  executablePath: chromium,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--force-color-profile=srgb"],
});

async function pages() {
  const page = await browser.newPage();
  await page.goto(address);
  const project = new URL(page.url()).pathname;
  const creator = async (handle) => {
    await page.goto(`${address}${project}/creators?q=${handle}`);
    return page.locator("h2 > .ov-open").first().getAttribute("href");
  };
  const [mia, zoe] = [await creator("mia.moves"), await creator("zoe.codes")];
  await page.goto(`${address}${project}/campaigns`);
  const campaign = await page.getByRole("link", { name: "Autumn Launch", exact: true }).getAttribute("href");
  await page.goto(`${address}${mia}/goals`);
  const goal = (await page.locator("article[id^=goal-]").first().getAttribute("id")).slice("goal-".length);
  await page.goto(`${address}${mia}/posts`);
  const post = await page.getByRole("link", { name: /^History/ }).nth(4).getAttribute("href");
  await page.close();
  const assign = `${project}/goals/assign?campaign=${campaign.split("/").at(-1)}&metric=posts&period=weekly&target_value=4&preview=1`;
  return {
    overview: project,
    "overview-side-by-side": `${project}?view=columns`,
    "overview-by-campaign": `${project}?view=campaigns`,
    creators: `${project}/creators`,
    "creators-table": `${project}/creators?view=table`,
    "creators-add": `${project}/creators/new`,
    creator: mia,
    "creator-posts": `${zoe}/posts`,
    "creator-post": post,
    "creator-goals": `${mia}/goals`,
    "creator-goals-why": `${mia}/goals?why=${goal}#goal-${goal}`,
    "creator-calendar": `${mia}/calendar`,
    "creator-log": `${mia}/log`,
    "creator-settings": `${mia}/settings`,
    "goal-add": `${mia}/goals/new?metric=views&period=weekly&target_value=120000`,
    "goals-for-many": assign,
    search: `${project}/search?q=mar`,
    inbox: `${project}/inbox`,
    calendar: `${project}/calendar`,
    campaigns: `${project}/campaigns`,
    campaign,
    "campaign-edit": `${campaign}/edit`,
    import: `${project}/import`,
    settings: `${project}/settings`,
    projects: "/projects",
    "first-run": "/welcome",
    api: "/docs/api",
  };
}

rmSync(into, { recursive: true, force: true });
mkdirSync(into, { recursive: true });
const all = Object.entries(await pages());
for (const scheme of ["light", "dark"]) {
  for (const [width, height] of [[1440, 900], [390, 844]]) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
    const page = await context.newPage();
    const screen = await context.newCDPSession(page);
    for (const [name, path] of all) {
      await page.goto(address + path, { waitUntil: "load" });
      // Asks at every frame: the headless shell may never be idle, which islands wait for, unless it draws.
      await page.waitForFunction(() => "awake" in document.documentElement.dataset);
      const { data } = await screen.send("Page.captureScreenshot", { format: "webp", quality: 82 });
      writeFileSync(join(into, `${name}-${scheme}-${width}.webp`), Buffer.from(data, "base64"));
    }
    await context.close();
  }
}
console.log(`${all.length} pages, ${all.length * 4} pictures in docs/screens`);
await browser.close();
server.kill();
rmSync(folder, { recursive: true });

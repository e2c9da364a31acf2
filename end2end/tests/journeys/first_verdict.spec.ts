// From an empty database to the first verdict, in three ways. What somebody has to do is counted; the list of tests shows how
// long a browser takes that does nothing but that.
import type { Locator, Page } from "@playwright/test";
import { awake, expect, test } from "../../fixtures/page.ts";
import { weekOfMia } from "../../fixtures/seed.ts";

const WEDNESDAY_NOON = "2026-08-19T12:00:00Z";
/** A post of Tuesday, 18 August 2026: the upper half of its id is the second it was published in. */
const POST = `https://www.tiktok.com/@mia.moves/video/${BigInt(Date.parse("2026-08-18T10:00:00Z") / 1000) << 32n}`;

test("first verdict by hand @blocked", async ({ page, program }) => {
  const hand = new Hand();
  await nameProject(page, await program.serve(WEDNESDAY_NOON), hand);
  await hand.click(page.getByRole("link", { name: "Paste handles" }));
  await hand.fill(page.getByLabel("TikTok handles"), "mia.moves");
  await hand.click(page.getByRole("button", { name: "Add creators" }));
  await giveEverybodyAGoal(page, hand);
  await hand.click(page.getByRole("link", { name: "Add a post by hand" }));
  await hand.fill(page.getByLabel("Add a post by its link"), POST);
  await hand.click(page.getByRole("button", { name: "Add post" }));
  await hand.click(page.getByRole("button", { name: "I looked at this creator now" }));
  await firstVerdict(page, hand, "At Risk", "1 of 15");
  expect({ ...hand }).toEqual({ clicks: 10, fields: 4 });
});

test("first verdict from a file @blocked", async ({ page, program }) => {
  const hand = new Hand();
  await nameProject(page, await program.serve(WEDNESDAY_NOON), hand);
  await hand.click(page.getByRole("link", { name: "Import a file" }).first());
  hand.fields += 1;
  await page.getByLabel("File").setInputFiles({ name: "week.csv", mimeType: "text/csv", buffer: Buffer.from(weekOfMia) });
  await hand.click(page.getByRole("button", { name: "Continue" }));
  await hand.click(page.getByRole("button", { name: "Import", exact: true }));
  await expect(page.getByRole("status")).toContainText("1 creator went in.");
  await hand.click(page.getByRole("link", { name: "Open Creator Goals" }));
  await giveEverybodyAGoal(page, hand);
  await firstVerdict(page, hand, "At Risk", "3 of 15");
  expect({ ...hand }).toEqual({ clicks: 8, fields: 3 });
});

test("first verdict with the API @blocked", async ({ page, program, request, wasmBlocked, javaScriptEnabled }) => {
  const withoutIslands = wasmBlocked || javaScriptEnabled === false;
  const hand = new Hand();
  const address = await program.serve(WEDNESDAY_NOON);
  await nameProject(page, address, hand);
  const project = `${address}/api/v1${new URL(page.url()).pathname}`;
  await hand.click(page.getByRole("link", { name: "Settings", exact: true }).first());
  await hand.fill(page.getByLabel("Name of a new key"), "Scraper");
  await hand.click(page.getByText("Read and write"));
  await hand.click(page.getByRole("button", { name: "Create key" }));
  if (!withoutIslands) {
    await awake(page);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy" }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await page.locator("#new-key-text").textContent());
  }
  const headers = { Authorization: `Bearer ${await page.locator("#new-key-text").textContent()}` };
  const send = async (path: string, data: object) => {
    const answer = await request.post(`${project}/${path}`, { headers, data });
    expect(answer.ok(), await answer.text()).toBe(true);
    return answer.json();
  };
  const published = ["2026-08-17", "2026-08-18", "2026-08-19"].map((day, place) => ({
    type: "post",
    tiktok_video_id: `700${place}`,
    tiktok_handle: "mia.moves",
    published_at: `${day}T10:00:00Z`,
  }));
  const [creator] = (await send("creators", { creators: [{ tiktok_handle: "mia.moves" }] })).data;
  await send("stats", [...published, { type: "collection", tiktok_handle: "mia.moves", collected_at: "2026-08-19T11:00:00Z" }]);
  await send("goals", { creator_id: creator.id, metric: "posts", period: "weekly", target_value: 15 });
  await firstVerdict(page, hand, "At Risk", "3 of 15");
  expect({ ...hand }).toEqual({ clicks: 5, fields: 2 });
});

/** Names the project on the page that an empty program opens with, where nothing has to be clicked first. */
async function nameProject(page: Page, address: string, hand: Hand) {
  await page.goto(address);
  await expect(page.getByLabel("Project name")).toBeFocused();
  await hand.fill(page.getByLabel("Project name"), "Summer Program");
  await hand.click(page.getByRole("button", { name: "Create project" }));
}

async function giveEverybodyAGoal(page: Page, hand: Hand) {
  await hand.click(page.getByRole("link", { name: /^Give (everybody|all) a goal/ }));
  await hand.fill(page.getByRole("textbox", { name: "Target" }), "15");
  await hand.click(page.getByRole("button", { name: "Preview" }));
  await hand.click(page.getByRole("button", { name: "Set 1 goal" }));
}

async function firstVerdict(page: Page, hand: Hand, status: string, actual: string) {
  const overview = page.getByRole("heading", { level: 1, name: "1 creator needs attention" });
  if (!(await overview.isVisible())) await hand.click(page.getByRole("link", { name: "Creator Goals", exact: true }).first());
  await expect(overview).toBeVisible();
  await expect(page.locator(".ov-row .badge").first()).toHaveText(status);
  await expect(page.locator(".ov-row").first()).toContainText(actual);
}

/** Counts what somebody does. */
class Hand {
  clicks = 0;
  fields = 0;

  async click(what: Locator) {
    this.clicks += 1;
    await what.click();
  }

  async fill(what: Locator, text: string) {
    this.fields += 1;
    await what.fill(text);
  }
}

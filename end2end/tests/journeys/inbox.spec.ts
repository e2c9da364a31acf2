// The inbox: posts are approved, excluded and undone, one by one, ticked, or all at once.
import { awake, expect, test } from "../../fixtures/page.ts";
import { addGoal, waiting } from "../../fixtures/waiting.ts";

test("posts wait in the inbox, say what approving would do, and are approved, excluded and undone @blocked", async ({ page, program, accessible }) => {
  const base = await waiting(program, page);
  const creator = await addGoal(page, base, "1");
  await expect(page.getByRole("article")).toContainText("At Risk");
  // Two hours later; away from the page, which would keep loading itself while the server is down.
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
  await expect(page.getByRole("status")).toContainText("The decision on 1 post was undone.");
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

test("Undo stands where one acted, and can be closed @blocked", async ({ page, program }) => {
  const base = await waiting(program, page);
  await page.setViewportSize({ width: 800, height: 300 });
  await page.goto(`${base}/inbox`);
  await page.locator("[data-row]").last().getByRole("button", { name: /Exclude/ }).click();
  const undo = page.getByRole("button", { name: "Undo" });
  await expect(undo).toBeInViewport({ ratio: 1 });
  await page.getByRole("button", { name: "Close" }).click();
  await expect(undo).toBeHidden();
  await expect(page.locator("[data-row]")).toHaveCount(2);
});

test("if nothing is ticked any more, the inbox says so and changes nothing", async ({ page, program }) => {
  const base = await waiting(program, page);
  await page.goto(`${base}/inbox`);
  const tick = page.locator("[data-row]").first().getByRole("checkbox");
  await tick.check();
  const approve = page.locator(".ticked-bar button[value=approve]");
  await expect(approve).toBeVisible();
  await tick.uncheck();
  await expect(approve).toBeHidden();
  // If the style sheet did not load, the button is still shown.
  await approve.dispatchEvent("click");
  await expect(page.getByRole("status")).toContainText("Tick at least one post first.");
  await expect(page.locator("[data-row]")).toHaveCount(3);
});

test("when two people review one post at once, the second is told", async ({ page, program }) => {
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
  await expect(page.getByRole("status")).toContainText("The decision on 1 post was undone");
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

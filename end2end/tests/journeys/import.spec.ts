// The Import page: what is shown and asked before anything is taken in, and what is reported afterwards.
import { expect, test } from "../../fixtures/page.ts";
import { empty } from "../../fixtures/program.ts";

test("a file with columns of its own is mapped by hand, or cancelled", async ({ page, program, accessible }) => {
  const project = await empty(program);
  const file = { name: "export.csv", mimeType: "text/csv", buffer: Buffer.from("nr,wer,wann,zahl\n1,mia,2026-08-18,7\n") };
  await page.goto(`${project}/import`);
  await page.getByLabel("Creator").fill("not a handle");
  await page.getByLabel("File").setInputFiles(file);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.locator("#creator-error")).toContainText("This is not a TikTok handle");
  await expect(page.getByLabel("Creator")).toHaveValue("not a handle");

  await page.getByLabel("Creator").fill("");
  await page.getByLabel("File").setInputFiles(file);
  await page.getByRole("button", { name: "Continue" }).click();
  await accessible();
  await page.getByRole("button", { name: "Cancel the import" }).click();
  await expect(page.getByRole("row", { name: /export\.csv/ })).toContainText("Cancelled");

  await page.getByLabel("File").setInputFiles(file);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("nr holds").selectOption("Post id");
  await page.getByLabel("wer holds").selectOption("Creator handle");
  await page.getByLabel("wann holds").selectOption("Published at");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("1 post of 1 creator went in; 1 field was not used.");
  await page.getByRole("link", { name: "Open Creator Goals" }).click();
  await expect(page.getByText("Done: 1 creator.")).toBeVisible();
});

test("an account that was renamed becomes one creator with one click, and two again with another", async ({ page, program, accessible }) => {
  const project = await empty(program);
  const bring = async (name: string, rows: string[]) => {
    await page.goto(`${project}/import`);
    const buffer = Buffer.from(["handle,post_id,posted", ...rows].join("\n") + "\n");
    await page.getByLabel("File").setInputFiles({ name, mimeType: "text/csv", buffer });
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await expect(page.getByRole("status")).toContainText("went in");
  };
  await bring("before.csv", ["mia_cooks,7571000000000000201,2026-08-16"]);
  await bring("after.csv", ["mia.kitchen,7571000000000000201,2026-08-16", "mia.kitchen,7571000000000000202,2026-08-17"]);
  await expect(page.getByRole("region", { name: "Renamed on TikTok?" })).toContainText("A file has posts of @mia_cooks under the name @mia.kitchen.");
  await accessible();
  await page.goto(`${project}/creators`);
  await expect(page.getByRole("heading", { name: "@mia.kitchen" })).toHaveCount(0);
  await page.getByRole("button", { name: "Yes, @mia_cooks is now @mia.kitchen" }).click();
  await expect(page.getByRole("status")).toContainText("Both names are now one creator.");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("mia.kitchen");
  await accessible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("status")).toContainText("The merge was undone.");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("mia_cooks");
  await page.getByLabel("Handle of the other creator").fill("@nobody");
  await page.getByRole("button", { name: "Merge into this creator" }).click();
  await expect(page.getByText("@nobody is not a creator of this project.")).toBeVisible();
  await expect(page.getByLabel("Handle of the other creator")).toHaveValue("@nobody");
});

test("what a file leaves open is asked once, and what was left out is reported @blocked", async ({ page, program, accessible }) => {
  const project = await empty(program);
  const rows = [
    "handle;post_id;posted;views;likes",
    "mia;7571000000000123401;3/4/2026;1.234;12",
    "mia;7571000000000123402;4/4/2026;2.500;1.2K",
    "theo;x y;5/4/2026;1.000;3",
    "Total;;;4.734;15",
  ];
  const file = { name: "april.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\n") + "\n") };
  await page.goto(`${project}/import`);
  await page.getByLabel("File").setInputFiles(file);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("“3/4/2026” could have the day or the month first. Which is it in this file?")).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await accessible();
  // Without an answer it is asked again; what was answered stays.
  await page.getByLabel("Collected at").fill("2026-04-10T10:00");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("Answer the open questions about the file.");
  await page.getByText("The day comes first").click();
  await page.getByText("The point groups thousands").click();
  await page.getByRole("button", { name: "Import", exact: true }).click();
  const status = page.getByRole("status");
  await expect(status).toContainText("2 posts and 2 readings of 1 creator went in; 1 row was refused; 1 value was left out or replaced.");
  await expect(page.getByRole("region", { name: "Values that were left out or replaced" })).toContainText("abbreviated");
  await expect(page.getByText("1 row with sums was skipped")).toBeVisible();
  await accessible();
  await page.getByRole("link", { name: "@mia" }).click();
  await expect(page.getByRole("link", { name: /mia/ }).first()).toBeVisible();
});

test("several files are uploaded at once, and the list says what became of each @blocked", async ({ page, program, accessible }) => {
  const project = await empty(program);
  const file = (name: string, text: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  await page.goto(`${project}/import`);
  await page.getByLabel("File").setInputFiles([
    file("posts.csv", "handle,post_id,posted\nmia,7571000000000123401,2026-08-17\n"),
    file("picture.jpg", "\u0000\u0001"),
    file("items.json", '[{"handle":"noa","post_id":"7571000000000123402","posted":"2026-08-17","color":"red"}]'),
    file("open.csv", "handle,post_id,posted\nmia,7571000000000123403,3/4/2026\n"),
  ]);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("4 files were uploaded.")).toBeVisible();
  const state = async (name: string, text: string) => {
    await expect(async () => {
      // Where the list does not update itself.
      if (!(await page.evaluate(() => "awake" in document.documentElement.dataset))) await page.reload();
      await expect(page.getByRole("row", { name })).toContainText(text, { timeout: 1_000 });
    }).toPass();
  };
  await state("posts.csv", "Done");
  await state("picture.jpg", "Stopped");
  await state("items.json", "Done, some left out");
  await state("open.csv", "Waiting for an answer");
  await accessible();
  await page.getByRole("link", { name: "items.json" }).click();
  await expect(page.getByText("Not used: color.")).toBeVisible();
  await page.getByRole("link", { name: "@noa" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("noa");
});

test("pasted handles are taken back with one click @blocked", async ({ page, program, accessible }) => {
  const project = await empty(program);
  await page.goto(`${project}/creators/new`);
  await page.getByLabel("TikTok handles").fill("@ana\n@ben\nAnna Berger @anna_2");
  await page.getByRole("button", { name: "Add creators" }).click();
  await expect(page.getByRole("alert")).toContainText("“Anna Berger @anna_2” (write only @anna_2)");
  await expect(page.getByRole("status")).toContainText("Added 2 creators.");
  await accessible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("status")).toContainText("Undone: 2 creators are out of the program again.");
  await expect(page.getByRole("heading", { name: "No creators yet" })).toBeVisible();
});

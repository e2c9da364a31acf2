// The ground everything stands on: pages come from the server, islands come alive, nothing is refused or fetched elsewhere.
import { awake, expect, test } from "../../fixtures/page.ts";

test("the first page is complete as the server sent it", async ({ page, accessible }) => {
  const response = await page.goto("/");
  expect(response?.headers()["content-security-policy"]).toContain("script-src 'self' 'nonce-");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Creator Goals");
  await expect(page).toHaveTitle("Hello · Creator Goals");
  await accessible();
});

test("an island comes alive @wasm", async ({ page }) => {
  await page.goto("/");
  const button = page.getByRole("button", { name: "Hello, creators" });
  await awake(page);
  await button.click();
  await expect(button).toHaveText("Hello, creators: 1");
});

test("an unknown address is a 404 that says where to go", async ({ page }) => {
  const response = await page.request.get("/no-such-page");
  expect(response.status()).toBe(404);
  expect(await response.text()).toContain("Go to the overview");
});

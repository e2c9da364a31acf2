// What a browser shows of pages, and when: how many creators fit, the largest contentful paint, and how far things move.
import { chromium as playwright } from "@playwright/test";
import { chromium } from "./chromium.mjs";

const WINDOWS = [[1920, 1080], [1440, 900], [1024, 768], [768, 1024], [390, 844]];
const TURNS = 5;

/** Prints a line for each page and size of the window: the median of some loads, each in a browser that has loaded nothing. */
export async function lookAt(address, pages) {
  const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
  const browser = await playwright.launch({ executablePath: chromium, args });
  console.log("| page              | window      | creators in it |      LCP |   CLS | downloaded |");
  for (const [name, path] of Object.entries(pages)) {
    for (const [width, height] of WINDOWS) {
      const loads = [];
      for (let turn = 0; turn < TURNS; turn++) loads.push(await load(browser, address + path, { width, height }));
      loads.sort((left, right) => left.lcp - right.lcp);
      const { creators, lcp, cls, bytes } = loads[TURNS >> 1];
      const size = `${width} x ${height}`.padEnd(11);
      const measured = [String(creators).padStart(14), `${lcp.toFixed(0)} ms`.padStart(8), cls.toFixed(3), `${(bytes / 1024).toFixed(0)} KB`.padStart(10)];
      console.log(`| ${name.padEnd(17)} | ${size} | ${measured.join(" | ")} |`);
    }
  }
  await browser.close();
}

async function load(browser, address, viewport) {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  const network = await context.newCDPSession(page);
  let bytes = 0;
  network.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await network.send("Network.enable");
  await page.goto(address, { waitUntil: "load" });
  // Asks at every frame: the headless shell may never be idle, which islands wait for, unless it draws.
  await page.waitForFunction(() => "awake" in document.documentElement.dataset);
  const measured = await page.evaluate(async () => {
    const entries = (type) =>
      new Promise((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type, buffered: true });
        // A page in which nothing moves has no entries.
        setTimeout(() => resolve([]), 300);
      });
    const lcp = (await entries("largest-contentful-paint")).at(-1)?.startTime ?? NaN;
    const cls = (await entries("layout-shift")).reduce((sum, shift) => sum + (shift.hadRecentInput ? 0 : shift.value), 0);
    const rows = [...document.querySelectorAll(".ov-row")].map((row) => row.getBoundingClientRect());
    return { lcp, cls, creators: rows.filter(({ top, bottom, height }) => height > 0 && top >= 0 && bottom <= innerHeight).length };
  });
  await context.close();
  return { ...measured, bytes };
}

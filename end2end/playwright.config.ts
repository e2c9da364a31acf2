// The browser tests: the real server on a temporary database, each journey with wasm, with only the wasm
// blocked (JavaScript runs, the islands never wake), and without JavaScript.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig, devices } from "@playwright/test";
import type { Blocking } from "./fixtures/page.ts";
import { chromium } from "../scripts/chromium.mjs";

const port = Number(process.env.CREATOR_GOALS_E2E_PORT ?? 3917);
const root = join(import.meta.dirname, "..");
// Workers read this file too: the first reading decides, the others inherit.
const data = (process.env.CREATOR_GOALS_E2E_DATA ??= mkdtempSync(join(tmpdir(), "creator-goals-e2e-")));
// An empty PostgreSQL works too: scripts/with-postgres.sh sh -c 'CREATOR_GOALS_E2E_DATABASE=$TEST_POSTGRES_URL scripts/e2e.sh'
const database = process.env.CREATOR_GOALS_E2E_DATABASE ?? `sqlite:${join(data, "creator-goals.db")}`;

export default defineConfig<Blocking>({
  testDir: "tests",
  outputDir: "results",
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  // One more than CI has cores: some journeys wait for a connection to be given up.
  workers: 3,
  // On a busy machine a browser may time out; a second run that passes is reported as flaky, not hidden.
  retries: process.env.CI ? 1 : 0,
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: `http://127.0.0.1:${port}`,
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: chromium,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "with wasm" },
    // The journeys about this mode; with ALL every journey, which hardly ever finds anything that the other two modes
    // do not.
    { name: "wasm blocked", use: { wasmBlocked: true }, grep: process.env.ALL ? /./ : /@blocked/, grepInvert: /@wasm|@looks/ },
    { name: "without JavaScript", use: { javaScriptEnabled: false }, grepInvert: /@wasm/ },
  ],
  webServer: {
    command: [
      join(root, "target/debug/creator-goals"),
      `serve --demo --listen 127.0.0.1:${port} --clock 2026-11-18T12:00:00Z`,
      `--database ${database} --uploads ${join(data, "uploads")} --site ${join(root, "target/site")}`,
    ].join(" "),
    url: `http://127.0.0.1:${port}/welcome`,
    reuseExistingServer: false,
    stdout: "ignore",
    stderr: "pipe",
  },
});

#!/usr/bin/env node
// Drives a browser and an API client through real proxies to the real server: nginx with its defaults and no more than a
// `proxy_pass`, with the usual `Host` headers, and then nginx and Caddy as docs/operate.md says, with TLS and a password.
// Forms, uploads, live pages and event streams must work, and what cannot work must say why.
// Usage: node scripts/behind-proxies.mjs NGINX CADDY [SERVER]
import { chromium as playwright } from "@playwright/test";
import { chromium } from "./chromium.mjs";
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { serve } from "./serve.mjs";

const [nginx, caddy] = process.argv.slice(2);
const root = join(import.meta.dirname, "..");
const binary = process.argv[4] ?? join(root, "target/debug/creator-goals");
const folder = mkdtempSync(join(tmpdir(), "creator-goals-proxies-"));
chmodSync(folder, 0o755); // Started by root, nginx works as another user.
const name = "goals.example.com";
const now = "2026-08-19T12:00:00Z";
const password = { username: "team", password: "only a test" };
const common = ["--database", `sqlite:${folder}/data.db`, "--clock", now];
const run = (...args) => execFileSync(binary, [...args, ...common], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

const csv = (rows) => ["username,captured_at,follower_count", ...rows.map(([handle, count, at]) => `${handle},${at},${count}`), ""].join("\n");
writeFileSync(join(folder, "creators.csv"), csv([["ana", 1000, "2026-08-10T12:00:00Z"]]));
run("import", "--project", "Summer", "--create", join(folder, "creators.csv"));
run("goal", "add", "--project", "Summer", "--metric", "followers", "--period", "weekly", "--target", "100000");
const project = run("project", "list").split(" ")[0];
const key = run("key", "create", "--name", "proxies", "--write").trim();
let followers = 1000;

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Waits for something that can only be polled. */
async function until(what, ask, patience = 10_000) {
  const begun = Date.now();
  while (!(await ask().catch(() => false))) {
    if (Date.now() - begun > patience) throw new Error(`${what}: not within ${patience} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return Date.now() - begun;
}

/** nginx with the defaults of Debian's nginx.conf, and one site. */
function startNginx(place, site) {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((what) => `${what}_temp_path ${place}/${what};`).join(" ");
  const config = `
    worker_processes auto; pid ${place}/nginx.pid; error_log ${place}/error.log; daemon off;
    events { worker_connections 768; }
    http {
      ${temporary} access_log ${place}/access.log;
      sendfile on; tcp_nopush on; types_hash_max_size 2048; default_type application/octet-stream; gzip on;
      ${site}
    }`;
  writeFileSync(join(place, "nginx.conf"), config);
  return spawn(nginx, ["-p", place, "-c", join(place, "nginx.conf"), "-e", join(place, "error.log")], { stdio: ["ignore", "ignore", "pipe"] });
}

/** Caddy with one site, and a certificate of its own making. */
function startCaddy(place, site) {
  writeFileSync(join(place, "Caddyfile"), `{\n admin off\n local_certs\n skip_install_trust\n auto_https disable_redirects\n}\n${site}`);
  const env = { ...process.env, HOME: place, XDG_DATA_HOME: place, XDG_CONFIG_HOME: place };
  return spawn(caddy, ["run", "--config", join(place, "Caddyfile")], { env, stdio: ["ignore", "ignore", "pipe"] });
}

/** A proxy on a free port, once it passes requests on. */
async function startProxy(start, site, secure) {
  const port = await freePort();
  const place = mkdtempSync(join(folder, "proxy-"));
  chmodSync(place, 0o755);
  const proxy = start(place, site(port));
  let said = "";
  let ended = false;
  proxy.stderr.on("data", (chunk) => (said += chunk));
  proxy.once("exit", () => (ended = true));
  const gate = { port, secure, address: `http${secure ? "s" : ""}://${name}:${port}` };
  gate.stop = () => new Promise((resolve) => (ended ? resolve() : (proxy.once("exit", resolve), proxy.kill("SIGTERM"))));
  const passes = async () => (await ask(gate, "GET", "/healthz")).status < 500;
  await until("the proxy passes requests on", passes).catch(async (cause) => {
    await gate.stop();
    throw new Error(said, { cause });
  });
  return gate;
}

/** One request through the proxy, with the name in it that the browser would have in its address bar. */
function ask(gate, method, path, { headers = {}, body, onData, signal } = {}) {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port: gate.port, method, path, agent: false, rejectUnauthorized: false, servername: name, signal };
    const length = body && { "content-length": Buffer.byteLength(body) };
    options.headers = { host: `${name}:${gate.port}`, ...length, ...headers };
    const request = (gate.secure ? https : http).request(options, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => (chunks.push(chunk), onData?.(Buffer.concat(chunks).toString(), request)));
      answer.on("close", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) }));
    });
    // An upload that is refused before it has been read may break off while it is sent.
    request.on("error", reject).end(body);
  });
}

const bearer = { authorization: `Bearer ${key}` };
const basic = { authorization: `Basic ${Buffer.from(`${password.username}:${password.password}`).toString("base64")}` };

/** A reading that nobody has seen yet, as a fact over the API. */
async function bringFact(gate) {
  followers += 1000;
  const minute = String(followers / 1000).padStart(2, "0");
  const fact = { type: "creator_stats", tiktok_handle: "ana", captured_at: `2026-08-19T10:${minute}:00Z`, follower_count: followers };
  const headers = { ...bearer, "content-encoding": "gzip", "content-type": "application/json" };
  const answer = await ask(gate, "POST", `/api/v1/projects/${project}/stats`, { headers, body: gzipSync(JSON.stringify([fact])) });
  assert.equal(answer.status, 200, answer.body.toString());
  assert.equal(JSON.parse(answer.body).data.accepted, 1);
  return new Intl.NumberFormat("en").format(followers - 1000);
}

/** What programs do: pages as gzip, and a stream of events that reports a fact as soon as it is stored. */
async function programs(gate, headers) {
  const page = await ask(gate, "GET", `/projects/${project}`, { headers: { ...headers, "accept-encoding": "gzip" } });
  assert.equal(page.headers["content-encoding"], "gzip");
  assert.match(gunzipSync(page.body).toString(), /ana/);
  let brought;
  const heard = await ask(gate, "GET", `/api/v1/projects/${project}/events`, {
    headers: bearer,
    signal: AbortSignal.timeout(15_000),
    onData: (text, request) => {
      if (text.includes("event: ready")) brought ??= bringFact(gate).then(() => Date.now());
      if (text.includes("event: compliance")) request.destroy();
    },
  }).catch((cause) => assert.fail(`nothing came by the stream: ${cause}`));
  assert.match(heard.body.toString(), /event: compliance/);
  const late = Date.now() - (await brought);
  assert.ok(late < 3000, `an event came ${late} ms after its fact`);
}

const browser = await playwright.launch({
  executablePath: chromium,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", `--host-resolver-rules=MAP ${name} 127.0.0.1`],
});

/** What people do: an open page that follows, a form, an upload. */
async function people(gate, large) {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, httpCredentials: password });
  const page = await context.newPage();
  await page.goto(`${gate.address}/projects/${project}`);
  await page.waitForFunction(() => "awake" in document.documentElement.dataset);
  const shown = await bringFact(gate);
  const took = await until("the open page follows", async () => (await page.locator(".ov-row", { hasText: "ana" }).innerText()).includes(shown));
  assert.equal(await page.getByText(/Not live/).isVisible(), false);

  const handle = `guest${gate.port}`;
  await page.goto(`${gate.address}/projects/${project}/creators/new`);
  await page.getByLabel("TikTok handles").fill(handle);
  await page.getByRole("button", { name: "Add creators" }).click();
  await page.getByText(handle).first().waitFor();
  assert.equal(new URL(page.url()).host, `${name}:${gate.port}`, "redirects stay on the address that people see");

  await page.getByRole("button", { name: "Dark" }).click();
  await page.locator("html[data-theme=dark]").waitFor();

  const small = csv([[handle, 5, "2026-08-18T12:00:00Z"]]);
  const status = await upload(page, gate, small);
  assert.equal(status, 200, "an upload");
  if (large !== undefined) {
    // Just beyond nginx's own 1 MB, of rows that say the same again.
    const rows = Array.from({ length: 40_000 }, () => [handle, 5, "2026-08-18T12:00:00Z"]);
    assert.equal(await upload(page, gate, csv(rows)), large, "a large upload");
  }
  const cookies = await context.cookies();
  await context.close();
  return { took, cookies };
}

async function upload(page, gate, text) {
  await page.goto(`${gate.address}/projects/${project}/import`);
  await page.getByLabel("File").setInputFiles({ name: "week.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  const answered = page.waitForResponse((answer) => answer.request().isNavigationRequest() && answer.status() !== 303);
  await page.getByRole("button", { name: "Continue" }).click();
  return (await answered).status();
}

/** The server with these options and a proxy in front of it, for as long as `use` needs them. */
async function through({ options, start = startNginx, site, secure = false }, use) {
  const { server, address } = await serve(binary, ...common, "--uploads", join(folder, "uploads"), ...options);
  try {
    const gate = await startProxy(start, (port) => site(port, new URL(address).host), secure);
    try {
      return await use(gate);
    } finally {
      await gate.stop();
    }
  } finally {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    await ended;
  }
}

const plain = (inLocation) => (port, upstream) =>
  `server { listen 127.0.0.1:${port}; location / { proxy_pass http://${upstream}; ${inLocation} } }`;

try {
  const cases = { "defaults": "", "Host $host": "proxy_set_header Host $host;", "Host $http_host": "proxy_set_header Host $http_host;" };
  for (const [what, inLocation] of Object.entries(cases)) {
    await through({ options: ["--host", name], site: plain(inLocation) }, async (gate) => {
      await programs(gate, {});
      // By default nginx refuses more than 1 MB.
      const { took } = await people(gate, 413);
      console.log(`nginx, ${what}: form, upload and event stream work; the open page followed after ${took} ms`);
    });
  }

  await through({ options: [], site: plain("") }, async (gate) => {
    const headers = { origin: gate.address, "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" };
    const refused = await ask(gate, "POST", "/forms/set_theme", { headers, body: "theme=dark" });
    assert.equal(refused.status, 403);
    assert.match(refused.body.toString(), new RegExp(`--host ${name}`));
    console.log(`nginx, the server not told its name: a form is refused with “${refused.body.toString().trim()}”`);
  });

  // The recipes, word for word but for ports and files.
  const recipe = (language) => new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(readFileSync(join(root, "docs/operate.md"), "utf8"))[1];
  const [certificate, privateKey, passwords] = ["pem", "key", "htpasswd"].map((what) => join(folder, `site.${what}`));
  const says = (program, ...args) => execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  says("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", `/CN=${name}`, "-keyout", privateKey, "-out", certificate);
  writeFileSync(passwords, `${password.username}:${says("openssl", "passwd", "-apr1", password.password)}`);
  const hash = says(caddy, "hash-password", "--plaintext", password.password);
  const recipes = {
    nginx: {
      start: startNginx,
      site: (port, upstream) =>
        recipe("nginx")
          .replaceAll("listen 443 ssl", `listen 127.0.0.1:${port} ssl`)
          .replaceAll("127.0.0.1:3000", upstream)
          .replace(/ssl_certificate .*;/, `ssl_certificate ${certificate};`)
          .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${privateKey};`)
          .replace(/auth_basic_user_file .*;/, `auth_basic_user_file ${passwords};`),
    },
    Caddy: {
      start: startCaddy,
      site: (port, upstream) => recipe("caddyfile").replace(name, `${name}:${port}`).replaceAll("127.0.0.1:3000", upstream).replace("HASH", hash),
    },
  };
  const options = ["--base-url", `https://${name}`, "--host", name, "--trusted-proxy", "127.0.0.1"];
  for (const [proxy, { start, site }] of Object.entries(recipes)) {
    await through({ options, start, site, secure: true }, async (gate) => {
      assert.equal((await ask(gate, "GET", `/projects/${project}`)).status, 401, "without the password");
      await programs(gate, basic);
      const { took, cookies } = await people(gate, 200);
      assert.notEqual(cookies.length, 0);
      for (const cookie of cookies) assert.ok(cookie.secure, `${cookie.name} is Secure`);
      console.log(`${proxy}, as docs/operate.md says (TLS, password): all of it, and a large upload; the open page followed after ${took} ms`);
    });
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}

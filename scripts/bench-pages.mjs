#!/usr/bin/env node
// Every page of a project of 1,000 creators, 50,000 posts and 20 nested campaigns: server time per request, against the
// first-run page of the same server in the same run, and bytes; then what a browser shows of the most used ones. Needs a release build: scripts/bench.sh
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { lookAt } from "./bench-browser.mjs";
import { serve } from "./serve.mjs";

const root = join(import.meta.dirname, "..");
const binary = process.argv[2] ?? join(root, "target/release/creator-goals");
const folder = mkdtempSync(join(tmpdir(), "creator-goals-bench-"));
const clock = "2026-08-19T12:00:00Z";
const common = ["--database", `sqlite:${folder}/bench.db`, "--clock", clock];
const run = (...args) => execFileSync(binary, [...args, ...common], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
const [CREATORS, POSTS, CAMPAIGNS] = [1000, 50, 20];

const day = (back, hour) => new Date(Date.parse(clock) - back * 86_400_000 + (hour - 12) * 3_600_000).toISOString().replace(".000", "");
const rows = ["video_id,username,published_at,captured_at,view_count,like_count,comment_count,share_count,description"];
const followers = ["username,captured_at,follower_count"];
for (let creator = 0; creator < CREATORS; creator++) {
  for (let back = 60; back >= 0; back--) followers.push(`creator.${creator},${day(back, 10)},${1000 + creator + (60 - back) * (creator % 60)}`);
  for (let post = 0; post < POSTS; post++) {
    const back = 59 - post;
    for (const age of [0, 1, 3]) {
      if (back < age) continue;
      const views = (((creator * 37 + post * 101) % 5000) * (age + 1)) >> 1;
      rows.push(`${creator}x${post},creator.${creator},${day(back, 8)},${day(back - age, 11)},${views},${views >> 4},${views >> 7},${views >> 8},Post ${post}`);
    }
  }
}
writeFileSync(join(folder, "posts.csv"), rows.join("\n"));
writeFileSync(join(folder, "followers.csv"), followers.join("\n"));
run("import", "--project", "Bench", "--create", join(folder, "posts.csv"), join(folder, "followers.csv"));
for (const [metric, period, target] of [["posts", "weekly", 6], ["views", "weekly", 6000], ["engagement", "monthly", 2000], ["followers", "monthly", 900]]) {
  run("goal", "add", "--project", "Bench", "--metric", metric, "--period", period, "--target", String(target), "--start-date", "2026-07-01");
}
const project = run("project", "list").split(" ")[0];
const key = /cg_[0-9a-f]{64}/.exec(run("key", "create", "--name", "bench", "--write"))[0];

const { server, address } = await serve(binary, ...common);

async function api(method, path, body) {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const answer = await fetch(`${address}/api/v1/projects/${project}${path}`, { method, headers, body: body && JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${text}`);
  return text ? JSON.parse(text) : undefined;
}

async function every(path) {
  const all = [];
  for (let cursor = ""; cursor !== undefined; ) {
    const page = await api("GET", `${path}limit=100${cursor && `&cursor=${cursor}`}`);
    all.push(...page.data);
    cursor = page.meta?.nextCursor ?? undefined;
  }
  return all;
}

const creators = await every("/creators?");
const pending = await every(`/posts?creator_id=${creators[0].id}&`);
// Each campaign holds 50 creators and the one before it: the last one reaches everybody.
let inner;
for (let number = 0; number < CAMPAIGNS; number++) {
  const target = { target_views: 1_000_000, start_date: "2026-07-15", target_date: "2026-09-15" };
  const { data } = await api("POST", "/campaigns", { name: `Campaign ${number}`, ...target });
  const items = creators.slice(number * 50, number * 50 + 50).map(({ id }) => ({ kind: "creator", id }));
  if (inner) items.push({ kind: "campaign", id: inner });
  await api("POST", `/campaigns/${data.id}/items`, { items });
  inner = data.id;
}
// What the inbox shows: a full page of posts that wait.
for (const { id } of pending) await api("PATCH", `/posts/${id}`, { tracking_status: "pending_review" });

async function time(path, count) {
  const times = [];
  let body = "";
  for (let turn = 0; turn < count + 5; turn++) {
    const start = process.hrtime.bigint();
    const answer = await fetch(address + path, { headers: { "accept-encoding": "identity" } });
    body = await answer.text();
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    if (turn >= 5) times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  times.sort((left, right) => left - right);
  const brotli = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }).length;
  return { median: times[times.length >> 1], p99: times[Math.floor(times.length * 0.99)], bytes: Buffer.byteLength(body), brotli };
}

const base = `/projects/${project}`;
const creator = `${base}/creators/${creators[0].id}`;
const assign = `${base}/goals/assign?from=creators&metric=posts&period=weekly&target_value=5&preview=1`;
const pages = {
  "Creator Goals": base,
  "goals side by side": `${base}?view=columns`,
  "by campaign": `${base}?view=campaigns`,
  "as CSV, 4,000 rows": `${base}/overview.csv`,
  "Creators, cards": `${base}/creators`,
  "Creators, table": `${base}/creators?view=table`,
  "Tracking Inbox, 50 posts": `${base}/inbox`,
  "Campaigns, 20": `${base}/campaigns`,
  "the campaign of all": `${base}/campaigns/${inner}`,
  "a goal for 1,000, preview": assign,
  "a creator, Overview": creator,
  "a creator, Posts": `${creator}/posts`,
  "a creator, Creator Goals": `${creator}/goals`,
  "a creator, Change log": `${creator}/log`,
  Settings: `${base}/settings`,
};
const baseline = await time("/welcome", 100);
const line = (name, { median, p99, bytes, brotli }) =>
  `| ${name.padEnd(26)} | ${median.toFixed(1).padStart(7)} ms | ${p99.toFixed(1).padStart(7)} ms | ${(median / baseline.median).toFixed(1).padStart(6)} | ${String(Math.round(bytes / 1024)).padStart(5)} KB | ${String(Math.round(brotli / 1024)).padStart(4)} KB |`;
console.log(`${CREATORS} creators, ${CREATORS * POSTS} posts, ${CAMPAIGNS} campaigns nested in each other`);
console.log(`| page                       |     median |        p99 | x first |    bytes |  brotli |`);
console.log(line("first run (the measure)", baseline));
for (const [name, path] of Object.entries(pages)) console.log(line(name, await time(path, 60)));

// 300 creators, one goal, one request.
const form = new URLSearchParams({
  project_id: project,
  creators: creators.slice(0, 300).map(({ id }) => id).join(","),
  metric: "posts",
  period: "weekly",
  target_value: "9",
  existing: "change",
});
const start = process.hrtime.bigint();
const answer = await fetch(`${address}/forms/assign_goal`, { method: "POST", body: form, headers: { accept: "text/html", origin: address }, redirect: "manual" });
const took = Number(process.hrtime.bigint() - start) / 1e6;
console.log(`a goal for 300 creators: ${answer.status} after ${took.toFixed(0)} ms, ${/changed=\d+/.exec(answer.headers.get("location") ?? "")}`);
await lookAt(address, { "Creator Goals": base, "a creator’s goals": `${creator}/goals` });
server.kill();
rmSync(folder, { recursive: true });

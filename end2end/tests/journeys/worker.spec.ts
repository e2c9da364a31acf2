// What the worker of open pages promises them, minute by minute.
import { expect, test } from "@playwright/test";
import { Worker } from "../../fixtures/worker.ts";

const changed = (project: string, creators: string[] | null, position: string) => ({ project, creators, position });

/** Two pages that are live: of project A, and of one creator of project B. */
function live() {
  const worker = new Worker();
  const [a, b] = [worker.page("A all 1-100"), worker.page("B mia 1-100")];
  worker.pass(1_000);
  worker.stream!.tell("alive");
  expect([a.heard(), b.heard()]).toEqual([["here", "current 1-100"], ["here", "current 1-100"]]);
  const ping = () => (a.say("follow A all 1-100"), b.say("follow B mia 1-100"));
  return { worker, a, b, ping };
}

test("pages of several projects share one stream, and each hears what concerns it @wasm", () => {
  const { worker, a, b } = live();
  expect(worker.streams.map(({ url }) => url)).toEqual(["/live?projects=A@1-100,B@1-100"]);
  worker.stream!.tell("changed", changed("B", ["theo"], "2-200"));
  expect([a.heard(), b.heard()]).toEqual([["current 1-100"], ["current 2-200"]]);
  worker.stream!.tell("changed", changed("B", ["mia"], "3-300"));
  expect([a.heard(), b.heard()]).toEqual([["current 1-100"], ["changed 3-300"]]);
  worker.stream!.tell("changed", changed("A", null, "9-400"));
  expect([a.heard(), b.heard()]).toEqual([["changed 9-400"], ["current 3-300"]]);
});

test("a page that was rendered before a change hears of it when it comes, and a newer one does not @wasm", () => {
  const { worker } = live();
  worker.stream!.tell("changed", changed("A", ["ana"], "5-500"));
  expect(worker.page("A all 4-490").heard()).toEqual(["changed 5-500", "here"]);
  expect(worker.page("A all 4-510").heard()).toEqual(["changed 5-500", "here"]);
  expect(worker.page("A all 5-510").heard()).toEqual(["current 5-510", "here"]);
  expect(worker.page("A all 0-50").heard(), "older than all that the worker knows of").toEqual(["changed 5-500", "here"]);
  worker.pass(10_000);
  expect(worker.streams.length, "nobody needed another stream").toBe(1);
});

test("another project moves everything to a new stream @wasm", () => {
  const { worker, a } = live();
  worker.stream!.tell("changed", changed("A", ["ana"], "5-500"));
  a.heard();
  const c = worker.page("C all 7-70");
  worker.pass(1_000);
  expect(worker.stream!.url).toBe("/live?projects=A@5-500,B@1-100,C@7-70");
  expect(c.heard()).toEqual(["here"]);
  worker.stream!.tell("alive");
  expect([a.heard(), c.heard()]).toEqual([["current 5-500"], ["current 7-70"]]);
});

test("a stream that is silent for 40 seconds is lost, and requested again from where it was @wasm", () => {
  const { worker, a, ping } = live();
  worker.stream!.tell("changed", changed("A", ["ana"], "5-500"));
  a.heard();
  for (let second = 0; second < 40; second += 5) (worker.pass(5_000), ping());
  expect(a.heard()).toContain("lost");
  worker.pass(1_000);
  expect(worker.streams.length).toBe(2);
  expect(worker.stream!.url).toBe("/live?projects=A@5-500,B@1-100");
  worker.stream!.tell("alive");
  expect(a.heard().at(-1)).toBe("current 5-500");
  ping();
  expect(a.heard()).toEqual(["here"]);
});

test("heartbeats keep a stream @wasm", () => {
  const { worker, a, ping } = live();
  for (let beat = 0; beat < 20; beat++) {
    for (let second = 0; second < 15; second += 5) (worker.pass(5_000), ping());
    worker.stream!.tell("alive");
  }
  expect(a.heard()).not.toContain("lost");
  expect(worker.streams.length).toBe(1);
});

test("after refusals the worker waits longer and longer, at most 30 seconds, and pages hear of the second @wasm", () => {
  const { worker, a, ping } = live();
  const waits = [];
  for (let attempt = 0; attempt < 12; attempt++) {
    worker.stream!.tell("error");
    if (attempt === 0) expect(a.heard(), "one alone may be a proxy that ended a long answer").not.toContain("lost");
    if (attempt === 1) expect(a.heard()).toContain("lost");
    let waited = 0;
    for (; !worker.stream; waited += 250) (worker.pass(250), waited % 5_000 || ping());
    waits.push(waited);
  }
  expect(waits[0]).toBeLessThanOrEqual(1_250);
  expect(Math.max(...waits)).toBeLessThanOrEqual(30_250);
  expect(Math.min(...waits.slice(-3))).toBeGreaterThanOrEqual(15_000);
  worker.stream!.tell("alive");
  expect(a.heard().at(-1)).toBe("current 1-100");
});

test("a page that asks for an attempt hears that the connection is lost once the attempt has failed, and not before @wasm", () => {
  const { worker, a, ping } = live();
  worker.stream!.tell("error");
  while (!worker.stream) worker.pass(250);
  worker.stream!.tell("error");
  expect(a.heard().at(-1)).toBe("lost");
  a.say("retry");
  ping();
  expect(a.heard()).toEqual(["here"]);
  worker.stream!.tell("error");
  expect(a.heard()).toEqual(["lost"]);
});

test("after a sleep the pages come back, and the stream is not trusted @wasm", () => {
  const { worker, a, ping } = live();
  worker.sleep(8 * 3_600_000);
  expect(worker.page("A all 1-100").heard(), "who looks before the worker has noticed").toEqual(["here"]);
  worker.pass(5_000);
  ping();
  worker.pass(5_000);
  expect(worker.streams[0].closed).toBe(true);
  expect(worker.stream!.url).toBe("/live?projects=A@1-100,B@1-100");
  worker.stream!.tell("changed", changed("A", null, "8-800"));
  expect(a.heard().at(-1)).toBe("changed 8-800");
});

test("nothing is kept of pages that have gone, whether they said so or not @wasm", () => {
  const { worker, a, b } = live();
  a.say("leave");
  worker.pass(5_000);
  expect(worker.stream).toBeDefined();
  b.heard();
  worker.pass(65_000);
  expect(worker.stream).toBeUndefined();
  a.say("follow A all 1-100");
  worker.pass(1_000);
  expect(worker.stream!.url).toBe("/live?projects=A@1-100");
});

test("pages of a project that is gone are told, and the others continue @wasm", () => {
  const { worker, a, b } = live();
  worker.stream!.tell("gone", { project: "A" });
  worker.stream!.tell("alive");
  expect([a.heard(), b.heard()]).toEqual([["gone"], ["current 1-100"]]);
});

test("if there are more projects than a stream may have, the latest are followed, and only their pages are told that all is well @wasm", () => {
  const worker = new Worker();
  const pages = Array.from({ length: 51 }, (_, number) => worker.page(`P${number} all 1-1`));
  worker.pass(1_000);
  expect(worker.stream!.url.split(",").length).toBe(50);
  worker.stream!.tell("alive");
  expect(pages[0].heard()).toEqual(["here"]);
  expect(pages[50].heard()).toEqual(["here", "current 1-1"]);
});

// Fails if two modules of a crate, or two folders beside each other, import each other, directly or through others: `node
// scripts/check-circles.mjs`. It reads the `use` declarations and the paths that begin with `crate::`, `super::`, `self::` or
// the name of a child. A parent that only re-exports what its children define (`pub use`) does not count: the arrow goes to the
// child.
import { readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { bare } from "./rust-source.mjs";

const root = join(import.meta.dirname, "..");
const crates = ["app/compliance", "app/program", "app", "server/ingest", "server/store", "server"];

const files = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return entry.name.endsWith(".rs") && !/(^|_)tests\.rs$/.test(entry.name) ? [path] : [];
  });

/** `a::{b, c::d as e}` as [["a","b"], ["a","c","d"]]. */
function expanded(text) {
  const found = [];
  const walk = (prefix, rest) => {
    let depth = 0;
    let begin = 0;
    const parts = [];
    for (let at = 0; at <= rest.length; at += 1) {
      if (rest[at] === "{") depth += 1;
      if (rest[at] === "}") depth -= 1;
      if ((rest[at] === "," && depth === 0) || at === rest.length) {
        parts.push(rest.slice(begin, at).trim());
        begin = at + 1;
      }
    }
    for (const part of parts.filter(Boolean)) {
      const brace = part.indexOf("{");
      if (brace < 0) {
        const [path, name] = part.split(/\s+as\s+/);
        found.push({ path: [...prefix, ...path.split("::").map((word) => word.trim())], name });
      } else {
        walk([...prefix, ...part.slice(0, brace).split("::").map((word) => word.trim()).filter(Boolean)],
          part.slice(brace + 1, part.lastIndexOf("}")));
      }
    }
  };
  walk([], text);
  return found;
}

let circles = 0;

/** Prints each circle of arrows, found as Tarjan's strongly connected components. */
function tell(crate, what, arrows) {
  let next = 0;
  const order = new Map();
  const low = new Map();
  const stack = [];
  const visit = (name) => {
    order.set(name, next);
    low.set(name, next);
    next += 1;
    stack.push(name);
    for (const target of arrows.get(name).keys()) {
      if (!order.has(target)) {
        visit(target);
        low.set(name, Math.min(low.get(name), low.get(target)));
      } else if (stack.includes(target)) low.set(name, Math.min(low.get(name), order.get(target)));
    }
    if (low.get(name) !== order.get(name)) return;
    const circle = [];
    while (circle.at(-1) !== name) circle.push(stack.pop());
    if (circle.length === 1) return;
    circles += 1;
    console.error(`${crate}: ${circle.length} ${what} import each other`);
    for (const from of circle.sort()) {
      for (const [to, names] of arrows.get(from)) {
        if (circle.includes(to)) console.error(`  ${from || "lib"} -> ${to || "lib"}: ${[...names].slice(0, 5).join(", ")}`);
      }
    }
  };
  for (const name of arrows.keys()) if (!order.has(name)) visit(name);
}

for (const crate of crates) {
  const source = join(root, crate, "src");
  const modules = new Map();
  for (const path of files(source)) {
    const inside = relative(source, path).replace(/\.rs$/, "").split(sep);
    if (["mod", "lib", "main"].includes(inside.at(-1))) inside.pop();
    const name = inside.join("::");
    // The library comes before a binary's main.rs, which is not part of it.
    if (modules.has(name) && path.endsWith("main.rs")) continue;
    const text = bare(readFileSync(path, "utf8"));
    const uses = [...text.matchAll(/(^|[\s;{}])(pub(?:\([^)]*\))? )?use ([^;]+);/g)].flatMap(([, , visible, paths]) =>
      expanded(paths).map((use) => ({ ...use, handsOn: Boolean(visible) })));
    const inline = [...text.replace(/(^|[\s;{}])(pub(?:\([^)]*\))? )?use [^;]+;/g, ";")
      .matchAll(/(?<!::|\w)([a-z_]\w*(?:::\w+)+)/g)].map(([, path]) => ({ path: path.split("::"), handsOn: false }));
    modules.set(name, { path, inside, uses: [...uses, ...inline] });
  }
  const has = (parts) => modules.has(parts.join("::"));

  /** The module that a path within a module leads to, and the name that it takes there. */
  const resolved = (from, path, depth = 0) => {
    let parts;
    let rest = [...path];
    const first = rest.shift();
    if (first === "crate") parts = [];
    else if (first === "self") parts = [...from];
    else if (first === "super") {
      parts = from.slice(0, -1);
      while (rest[0] === "super") {
        parts = parts.slice(0, -1);
        rest.shift();
      }
    } else if (has([...from, first])) parts = [...from, first];
    else return null;
    while (rest.length > 0 && has([...parts, rest[0]])) parts = [...parts, rest.shift()];
    const name = rest[0];
    if (name && depth < 5) {
      const handed = modules.get(parts.join("::"))?.uses.find((use) => use.handsOn && (use.name ?? use.path.at(-1)) === name);
      if (handed) return resolved(parts, handed.path, depth + 1) ?? { module: parts.join("::"), name };
    }
    return { module: parts.join("::"), name };
  };

  const arrows = new Map();
  for (const [name, { inside, uses }] of modules) {
    const to = new Map();
    for (const { path, handsOn } of uses) {
      const target = resolved(inside, path);
      if (!target || target.module === name || !modules.has(target.module)) continue;
      // A parent that re-exports what a child defines does not use it.
      if (handsOn && target.module.startsWith(name === "" ? "" : `${name}::`)) continue;
      // A module imported by itself stands for what is in it, which further paths name.
      to.set(target.module, new Set([...(to.get(target.module) ?? []), target.name ?? "self"]));
    }
    arrows.set(name, to);
  }

  tell(crate, "modules", arrows);

  // Folders: what one child of a module uses must not lead back to that child. The records of a noun and its store trait
  // are one level below the nouns: a view of campaigns shows records of posts, and a view of posts those of campaigns.
  for (const [parent, { inside }] of modules) {
    const child = (name) => {
      const parts = name === "" ? [] : name.split("::");
      const isBelow = parts.length > inside.length && inside.every((part, at) => parts[at] === part);
      const floor = parts.length > inside.length + 1 && ["record", "store"].includes(parts.at(-1)) ? " (records)" : "";
      return isBelow ? parts.slice(0, inside.length + 1).join("::") + floor : null;
    };
    const between = new Map();
    for (const [from, targets] of arrows) {
      if (child(from) && !between.has(child(from))) between.set(child(from), new Map());
      for (const to of targets.keys()) {
        if (!child(from) || !child(to) || child(from) === child(to)) continue;
        const shown = between.get(child(from)).get(child(to)) ?? new Set();
        between.get(child(from)).set(child(to), shown.add(`${from} uses ${to}`));
      }
    }
    for (const targets of [...between.values()]) {
      for (const to of targets.keys()) if (!between.has(to)) between.set(to, new Map());
    }
    tell(crate, `folders of ${parent || "the crate"}`, between);
  }
}
process.exit(circles === 0 ? 0 : 1);

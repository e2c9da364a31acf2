// Fails if a package names a dependency that its source does not use, or only its tests do:
// `node scripts/check-unused.mjs`.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { bare } from "./rust-source.mjs";

const root = join(import.meta.dirname, "..");
const packages = ["app/compliance", "app/program", "app", "server/ingest", "server/store", "server", "frontend", "xtask", "style"];

const rust = (folder) =>
  !existsSync(folder) ? [] : readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? rust(path) : entry.name.endsWith(".rs") ? [path] : [];
  });
const text = (paths, read) => paths.map((path) => read(readFileSync(path, "utf8"))).join("\n");

let unused = 0;
for (const folder of packages) {
  const files = rust(join(root, folder, "src"));
  const isTest = (path) => /(^|[/_])tests\.rs$/.test(path);
  const source = text(files.filter((path) => !isTest(path)), bare);
  const loose = readdirSync(join(root, folder)).filter((name) => name.endsWith(".rs")).map((name) => join(root, folder, name));
  const tests = text([...files, ...rust(join(root, folder, "tests")), ...rust(join(root, folder, "benches")), ...loose], String);
  let section = "";
  for (const line of readFileSync(join(root, folder, "Cargo.toml"), "utf8").split("\n")) {
    section = line.match(/^\[(.*)\]/)?.[1] ?? section;
    const name = line.match(/^([\w-]+)(?:\.workspace)?\s*=/)?.[1];
    if (!name || !section.endsWith("dependencies")) continue;
    const isNamed = new RegExp(`\\b${name.replaceAll("-", "_")}\\b`);
    const where = section.endsWith("dev-dependencies") ? source + tests : source;
    if (isNamed.test(where)) continue;
    // Without a build script it only unites features.
    if (section === "build-dependencies" && !existsSync(join(root, folder, "build.rs"))) continue;
    unused += 1;
    console.error(`${folder}/Cargo.toml: ${name} is not used${isNamed.test(tests) ? " outside tests" : ""} ([${section}])`);
  }
}
process.exit(unused === 0 ? 0 : 1);

// Writes FILE.br and FILE.gz beside every file of a directory that is worth compressing and changed since.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const worthIt = /\.(css|html|js|json|svg|txt|wasm)$/;
const compressors = {
  ".br": (bytes) =>
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_LGWIN]: 24,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  ".gz": (bytes) => gzipSync(bytes, { level: 9 }),
};

const directory = process.argv[2];
const files = readdirSync(directory, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

for (const file of files) {
  const original = file.replace(/\.(br|gz)$/, "");
  if (original !== file && !existsSync(original)) rmSync(file);
}
for (const file of files.filter((name) => worthIt.test(name))) {
  for (const [extension, compress] of Object.entries(compressors)) {
    const target = file + extension;
    if (existsSync(target) && statSync(target).mtimeMs >= statSync(file).mtimeMs) continue;
    writeFileSync(target, compress(readFileSync(file)));
  }
}

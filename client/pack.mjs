// Compress the built client once, for every encoding that nginx may serve it in:
// `node pack.mjs FOLDER` reads FOLDER/plain and writes FOLDER/gzip and FOLDER/br, with
// the same names, so that types and addresses stay those of the plain files.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const TEXT = new Set(
  ".css .html .js .json .map .mjs .svg .txt .wasm .webmanifest".split(" "),
);
/** Below this, the headers cost more than is saved. */
const BYTES_MIN = 512;
/** 11 saves 1 % more, and takes twice as long. */
const BROTLI_QUALITY = 10;

const WAYS = {
  gzip: (data) => gzipSync(data, { level: 9 }),
  br: (data) =>
    brotliCompressSync(data, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
      },
    }),
};

const [folder] = process.argv.slice(2);
const plain = join(folder, "plain");

for (const entry of readdirSync(plain, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !TEXT.has(extname(entry.name))) continue;
  const path = join(entry.parentPath, entry.name);
  const data = readFileSync(path);
  if (data.length < BYTES_MIN) continue;
  for (const [way, pack] of Object.entries(WAYS)) {
    const target = join(folder, way, path.slice(plain.length));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, pack(data));
  }
}

/** @typedef {import("./read-packages.mjs").Package} Package */

/**
 * Checks that every entry of every package is there for ESM and CommonJS, with declarations for each.
 *
 * @param {readonly Package[]} packages
 * @returns {string[]} a sentence for each violation
 */
export function checkEntries(packages) {
  return packages.flatMap((each) => [
    ...checkMain(each),
    ...checkBin(each),
    ...entryNames(each.manifest).flatMap((entry) => checkEntry(each, entry)),
  ]);
}

/**
 * Gives the entries of a package that hold code, as `exports` names them.
 *
 * @param {{ exports?: Record<string, unknown> }} manifest
 * @returns {string[]} `"."`, `"./lambda"` and so on
 */
export function entryNames({ exports = {} }) {
  return Object.keys(exports).filter((entry) => entry !== "./package.json");
}

/**
 * @param {Package} each
 * @returns {string[]}
 */
function checkMain({ folder, manifest }) {
  const where = `packages/${folder}/package.json`;
  const expected = { main: "./dist/index.cjs", module: "./dist/index.js", types: "./dist/index.d.ts" };
  const violations = Object.entries(expected)
    .filter(([field, value]) => manifest[field] !== value)
    .map(([field, value]) => `${where}: ${field} must be ${value}, for tools that do not read exports.`);
  if (manifest.exports?.["./package.json"] !== "./package.json") {
    violations.push(`${where}: exports must have "./package.json", which tools look for.`);
  }
  if (!manifest.exports?.["."]) violations.push(`${where}: exports must have ".".`);
  return violations;
}

/**
 * @param {Package} each
 * @param {string} entry
 * @returns {string[]}
 */
function checkEntry(each, entry) {
  const { folder, manifest, sources } = each;
  const where = `packages/${folder}/package.json: exports["${entry}"]`;
  const name = fileName(entry);
  const violations = Object.entries(filesOf(entry))
    .filter(([condition, files]) => !isSame(manifest.exports?.[entry]?.[condition], files))
    .map(([condition, files]) => `${where}.${condition} must be ${JSON.stringify(files)}, types first.`);
  if (!sources.some(({ file }) => file === `${name}.ts` || file === `${name}/index.ts`)) {
    violations.push(`${where} needs packages/${folder}/src/${name}.ts, which is named after it.`);
  }
  if (entry !== "." && !isSame(manifest["typesVersions"]?.["*"]?.[name], [`./dist/${name}.d.ts`])) {
    violations.push(
      `${where} needs typesVersions["*"]["${name}"] = ["./dist/${name}.d.ts"], for TypeScript's moduleResolution "node".`,
    );
  }
  return [...violations, ...checkConditions(each, entry)];
}

/**
 * Checks the conditions beside import and require: they may lead to another entry, never to code of their own.
 *
 * @param {Package} each
 * @param {string} entry
 * @returns {string[]}
 */
function checkConditions({ folder, manifest }, entry) {
  const where = `packages/${folder}/package.json: exports["${entry}"]`;
  const conditions = Object.keys(manifest.exports?.[entry] ?? {});
  const common = conditions.findIndex((condition) => condition === "import" || condition === "require");
  return conditions.flatMap((condition, index) => {
    if (condition === "import" || condition === "require") return [];
    if (index > common)
      return [`${where}.${condition} must come before import and require, or nothing reads it.`];
    const known = entryNames(manifest).some((other) =>
      isSame(manifest.exports?.[entry]?.[condition], filesOf(other)),
    );
    return known ? [] : [`${where}.${condition} must be the import and require of an entry of this package.`];
  });
}

/** @param {string} entry */
function filesOf(entry) {
  const name = fileName(entry);
  return {
    import: { types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` },
    require: { types: `./dist/${name}.d.cts`, default: `./dist/${name}.cjs` },
  };
}

/** @param {string} entry */
function fileName(entry) {
  return entry === "." ? "index" : entry.slice("./".length);
}

/**
 * @param {Package} each
 * @returns {string[]}
 */
function checkBin({ folder, manifest }) {
  return Object.entries(manifest["bin"] ?? {})
    .filter(([, file]) => !/^\.\/dist\/[\w-]+\.js$/.test(file))
    .map(([name, file]) => `packages/${folder}/package.json: bin.${name} must be in ./dist, got ${file}.`);
}

/**
 * Whether two values are the same, the order of their fields included.
 *
 * @param {unknown} one
 * @param {unknown} other
 */
function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

import { isOwnTarball } from "./project.mjs";

/** @typedef {Readonly<Record<string, string>>} Versions */

/** Packages that only tests need. */
const forDevelopment = ["@infisical/test-server"];

/**
 * Gives a project's package.json with the tarballs, and everything else as it was.
 *
 * @param {string} text as it is
 * @param {object} wanted
 * @param {Versions} wanted.direct what it depends on
 * @param {Versions} wanted.overrides what stands for our packages wherever they are asked for
 * @param {readonly string[] | undefined} wanted.field where the overrides belong, such as `["pnpm", "overrides"]`; `undefined`
 *   where they are in another file
 * @returns {string}
 */
export function withTarballs(text, { direct, overrides, field }) {
  const manifest = JSON.parse(text.replace(/^\uFEFF/, ""));
  for (const [name, version] of Object.entries(direct)) {
    const place = placeOf(manifest, name);
    manifest[place] = sorted({ ...manifest[place], [name]: version });
  }
  if (field !== undefined) setOverrides(manifest, field, overrides);
  const [, indent = "  "] = /^\s*\{\r?\n([ \t]+)/.exec(text) ?? [];
  const written = `${JSON.stringify(manifest, undefined, indent)}${/\n\s*$/.test(text) ? "\n" : ""}`;
  return text.includes("\r\n") ? written.replaceAll("\n", "\r\n") : written;
}

/**
 * Where a package is listed, or is to be.
 *
 * @param {Record<string, any>} manifest
 * @param {string} name
 */
function placeOf(manifest, name) {
  const fields = ["dependencies", "devDependencies", "optionalDependencies"];
  const found = fields.find((field) => Object.hasOwn(manifest[field] ?? {}, name));
  return found ?? (forDevelopment.includes(name) ? "devDependencies" : "dependencies");
}

/**
 * @param {Record<string, any>} manifest
 * @param {readonly string[]} field
 * @param {Versions} overrides
 */
function setOverrides(manifest, field, overrides) {
  const [last = "", ...above] = [...field].reverse();
  let parent = manifest;
  for (const name of above.reverse()) {
    parent[name] = { ...parent[name] };
    parent = parent[name];
  }
  const kept = Object.entries(parent[last] ?? {}).filter(([, version]) => !isOwnTarball(version));
  parent[last] = { ...Object.fromEntries(kept), ...overrides };
  if (Object.keys(parent[last]).length === 0) delete parent[last];
}

/** @param {Versions} versions */
function sorted(versions) {
  return Object.fromEntries(Object.entries(versions).sort(([a], [b]) => (a < b ? -1 : 1)));
}

import { listLength } from "../stub/bodies.mjs";

/**
 * What is measured: the same calls by another way.
 *
 * @typedef {object} Subject
 * @property {(secretName: string) => Promise<Secret>} getSecret
 * @property {() => Promise<readonly Secret[]>} listSecrets
 * @property {() => Promise<readonly Secret[]>} listSecretsWithImports
 *
 * @typedef {{ readonly secretKey: string, readonly secretValue: string }} Secret
 */

/** The files that make subjects, by the names of their columns. */
export const subjects = {
  ours: new URL("ours.mjs", import.meta.url).href,
  ky: new URL("ours-ky.mjs", import.meta.url).href,
  undici: new URL("ours-undici.mjs", import.meta.url).href,
  cached: new URL("ours-cached.mjs", import.meta.url).href,
  telemetry: new URL("ours-telemetry.mjs", import.meta.url).href,
  official: new URL("official.mjs", import.meta.url).href,
  fetch: new URL("plain-fetch.mjs", import.meta.url).href,
};

/**
 * Makes sure that a subject does what it is measured for.
 *
 * @param {Subject} subject
 */
export async function checkSubject(subject) {
  const { secretValue } = await subject.getSecret("DATABASE_URL");
  const list = await subject.listSecrets();
  const merged = await subject.listSecretsWithImports();
  const right =
    secretValue === "value of DATABASE_URL" &&
    list.length === listLength &&
    new Set(merged.map(({ secretKey }) => secretKey)).size === 2 * listLength;
  if (!right) throw new Error("A subject gives something else than the stub's secrets.");
}

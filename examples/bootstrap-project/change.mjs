/**
 * One thing to do. `sign` is `+` for what is to be made and `~` for what is to be changed.
 *
 * @typedef {{ readonly sign: "+" | "~", readonly what: string, readonly apply: Apply }} Change
 * @typedef {(client: InfisicalSDK, target: Target) => Promise<unknown>} Apply
 *
 * @typedef {object} Target what changes are applied to
 * @property {string} projectId
 * @property {Map<string, string>} tagIds by slug; a change that makes a tag adds it
 *
 * @typedef {import("@infisical/sdk").InfisicalSDK} InfisicalSDK
 */

/**
 * @param {"+" | "~"} sign
 * @param {string} what
 * @param {Apply} apply
 * @returns {Change[]}
 */
export function change(sign, what, apply) {
  return [{ sign, what, apply }];
}

import { randomBytes } from "node:crypto";
import { change } from "./change.mjs";

/**
 * @typedef {import("./change.mjs").Change} Change
 * @typedef {import("./change.mjs").Target} Target
 * @typedef {import("./declaration.mjs").Declaration} Declaration
 * @typedef {import("./declaration.mjs").DeclaredSecret} DeclaredSecret
 * @typedef {import("./current-state.mjs").ProjectState} ProjectState
 * @typedef {import("./current-state.mjs").CurrentSecret} CurrentSecret
 */

/**
 * @param {Declaration} declaration
 * @param {Pick<ProjectState, "secrets">} state
 * @returns {Change[]}
 */
export function planSecrets({ secrets: declared }, { secrets }) {
  return declared.flatMap((secret) =>
    secret.environments.flatMap((environment) => {
      const what = `secret ${environment}:${secret.path} ${secret.name}`;
      const current = secrets.get(`${environment}:${secret.path} ${secret.name}`);
      const write = (/** @type {Target} */ { projectId, tagIds }) => ({
        projectId,
        environment,
        secretPath: secret.path,
        secretComment: secret.comment,
        secretValue: secret.value ?? current?.value ?? randomBytes(secret.generate).toString("base64url"),
        tagIds: secret.tags?.map((slug) => tagIds.get(slug) ?? ""),
      });
      if (!current) {
        return change("+", what, (client, target) =>
          client.secrets().createSecret(secret.name, write(target)),
        );
      }
      const differing = differences(secret, current);
      if (differing.length === 0) return [];
      return change("~", `${what}: ${differing.join(", ")}`, (client, target) =>
        client.secrets().updateSecret(secret.name, write(target)),
      );
    }),
  );
}

/**
 * @param {DeclaredSecret} declared
 * @param {CurrentSecret} current
 * @returns {string[]} the names of what differs
 */
function differences({ value, comment, tags }, current) {
  const differs = {
    value: value !== undefined && asStored(value) !== current.value,
    comment: comment !== undefined && comment !== current.comment,
    tags: tags !== undefined && [...tags].sort().join() !== [...current.tags].sort().join(),
  };
  return Object.entries(differs).flatMap(([name, isSo]) => (isSo ? [name] : []));
}

/**
 * Servers trim a value, but keep one line break at its end.
 *
 * @param {string} value
 */
function asStored(value) {
  return value.endsWith("\n") ? `${value.trim()}\n` : value.trim();
}

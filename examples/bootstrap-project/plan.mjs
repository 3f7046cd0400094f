import { randomBytes } from "node:crypto";
import { withParents } from "./paths.mjs";

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
 * @typedef {import("./declaration.mjs").Declaration} Declaration
 * @typedef {import("./declaration.mjs").DeclaredSecret} DeclaredSecret
 * @typedef {import("./current-state.mjs").ProjectState} ProjectState
 * @typedef {import("./current-state.mjs").CurrentSecret} CurrentSecret
 */

/**
 * Gives what is to be done to a project, in the order in which it can be done.
 *
 * @param {Declaration} declaration
 * @param {Omit<ProjectState, "projectId">} state
 * @returns {Change[]}
 */
export function planChanges(declaration, state) {
  return [
    ...planEnvironments(declaration, state),
    ...planTags(declaration, state),
    ...planFolders(declaration, state),
    ...planImports(declaration, state),
    ...planSecrets(declaration, state),
  ];
}

/**
 * @param {Declaration} declaration
 * @param {Pick<ProjectState, "environments">} state
 * @returns {Change[]}
 */
function planEnvironments({ environments: declared }, { environments }) {
  return declared.flatMap(({ slug, name }) => {
    const what = `environment ${slug} (${name})`;
    const current = environments.get(slug);
    if (!current) {
      return change("+", what, (client, { projectId }) =>
        client.environments().create({ projectId, slug, name }),
      );
    }
    if (current.name === name) return [];
    return change("~", what, (client, { projectId }) =>
      client.environments().update({ projectId, environmentId: current.id, name }),
    );
  });
}

/**
 * @param {Declaration} declaration
 * @param {Pick<ProjectState, "tags">} state
 * @returns {Change[]}
 */
function planTags({ tags: declared }, { tags }) {
  return declared.flatMap(({ slug, color }) => {
    const what = `tag ${slug}`;
    const current = tags.get(slug);
    if (!current) {
      return change("+", what, async (client, { projectId, tagIds }) => {
        tagIds.set(slug, (await client.tags().create({ projectId, slug, color })).id);
      });
    }
    if (current.color === color) return [];
    return change("~", `${what}: colour`, (client, { projectId }) =>
      client.tags().update({ projectId, tagId: current.id, slug, color }),
    );
  });
}

/**
 * @param {Declaration} declaration
 * @param {Pick<ProjectState, "folders">} state
 * @returns {Change[]}
 */
function planFolders({ environments, folders: declared, imports, secrets }, { folders }) {
  return environments.flatMap(({ slug: environment }) => {
    const isHere = (/** @type {{ environments: readonly string[] }} */ { environments: all }) =>
      all.includes(environment);
    const named = [
      ...declared,
      ...imports.filter(isHere).flatMap(({ into, from }) => [into, from]),
      ...secrets.filter(isHere).map(({ path }) => path),
    ];
    const missing = [...new Set(named.flatMap(withParents))].filter(
      (path) => !folders.has(`${environment}:${path}`),
    );
    return missing.flatMap((path) =>
      change("+", `folder ${environment}:${path}`, (client, { projectId }) =>
        client.folders().create({
          projectId,
          environment,
          name: path.slice(path.lastIndexOf("/") + 1),
          path: path.slice(0, path.lastIndexOf("/")) || "/",
        }),
      ),
    );
  });
}

/**
 * @param {Declaration} declaration
 * @param {Pick<ProjectState, "imports">} state
 * @returns {Change[]}
 */
function planImports({ imports: declared }, { imports }) {
  return declared.flatMap(({ into, from, environments }) =>
    environments
      .filter((environment) => !imports.has(`${environment}:${into} ${environment}:${from}`))
      .flatMap((environment) =>
        change("+", `import ${environment}:${from} into ${into}`, (client, { projectId }) =>
          client
            .secretImports()
            .create({ projectId, environment, path: into, import: { environment, path: from } }),
        ),
      ),
  );
}

/**
 * @param {Declaration} declaration
 * @param {Pick<ProjectState, "secrets">} state
 * @returns {Change[]}
 */
function planSecrets({ secrets: declared }, { secrets }) {
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

/**
 * @param {"+" | "~"} sign
 * @param {string} what
 * @param {Apply} apply
 * @returns {Change[]}
 */
function change(sign, what, apply) {
  return [{ sign, what, apply }];
}

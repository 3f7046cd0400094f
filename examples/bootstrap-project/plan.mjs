import { change } from "./change.mjs";
import { withParents } from "./paths.mjs";
import { planSecrets } from "./plan-secrets.mjs";

/**
 * @typedef {import("./change.mjs").Change} Change
 * @typedef {import("./declaration.mjs").Declaration} Declaration
 * @typedef {import("./current-state.mjs").ProjectState} ProjectState
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

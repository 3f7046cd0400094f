/**
 * What a project is now, as far as a declaration is about it.
 *
 * @typedef {object} ProjectState
 * @property {string} projectId
 * @property {ReadonlyMap<string, { readonly id: string, readonly name: string }>} environments by slug
 * @property {ReadonlyMap<string, { readonly id: string, readonly color: string }>} tags by slug
 * @property {ReadonlySet<string>} folders such as `dev:/shop`
 * @property {ReadonlySet<string>} imports such as `dev:/shop dev:/shared`
 * @property {ReadonlyMap<string, CurrentSecret>} secrets by place and name, such as `dev:/shop LOG_LEVEL`
 *
 * @typedef {{ readonly value: string, readonly comment: string, readonly tags: readonly string[] }} CurrentSecret
 *
 * @typedef {import("@infisical/sdk").InfisicalSDK} InfisicalSDK
 * @typedef {import("./declaration.mjs").Declaration} Declaration
 */

import { isInfisicalError } from "@infisical/sdk";
import { withParents } from "./paths.mjs";

/**
 * Reads what a project is now.
 *
 * @param {InfisicalSDK} client
 * @param {Declaration} declaration
 * @returns {Promise<ProjectState | undefined>} `undefined` if there is no such project
 */
export async function readState(client, declaration) {
  const project = await findProject(client, declaration.slug);
  if (!project) return undefined;
  const { id: projectId } = project;
  const environments = new Map(project.environments.map(({ slug, id, name }) => [slug, { id, name }]));
  const tags = await client.tags().list({ projectId });

  const folders = new Set();
  const imports = new Set();
  const secrets = new Map();
  for (const { slug: environment } of declaration.environments) {
    if (!environments.has(environment)) continue;
    for (const path of placesOf(declaration)) {
      const place = { projectId, environment, path };
      if (!(await folderExists(client, place))) continue;
      const here = `${environment}:${path}`;
      folders.add(here);
      for (const { importEnv, importPath } of await client.secretImports().list(place)) {
        imports.add(`${here} ${importEnv.slug}:${importPath}`);
      }
      for (const [name, secret] of await readSecrets(client, place)) secrets.set(`${here} ${name}`, secret);
    }
  }
  return {
    projectId,
    environments,
    tags: new Map(tags.map(({ slug, id, color }) => [slug, { id, color: color ?? "" }])),
    folders,
    imports,
    secrets,
  };
}

/**
 * @param {InfisicalSDK} client
 * @param {string} slug
 */
async function findProject(client, slug) {
  try {
    return await client.projects().get({ slug });
  } catch (error) {
    if (isInfisicalError(error) && error.code === "NOT_FOUND") return undefined;
    throw error;
  }
}

/**
 * @param {Declaration} declaration
 * @returns {Set<string>} every path that the declaration is about, a folder before those in it
 */
function placesOf({ folders, imports, secrets }) {
  const named = [...folders, ...imports.map(({ into }) => into), ...secrets.map(({ path }) => path)];
  return new Set(["/", ...named.flatMap(withParents)]);
}

/**
 * @param {InfisicalSDK} client
 * @param {{ readonly projectId: string, readonly environment: string, readonly path: string }} place
 */
async function folderExists(client, { path, ...place }) {
  if (path === "/") return true;
  const [name = "", parent = ""] = [path.split("/").at(-1), path.slice(0, path.lastIndexOf("/")) || "/"];
  const siblings = await client.folders().listFolders({ ...place, path: parent });
  return siblings.some((folder) => folder.name === name);
}

/**
 * @param {InfisicalSDK} client
 * @param {{ readonly projectId: string, readonly environment: string, readonly path: string }} place
 * @returns {Promise<[string, CurrentSecret][]>}
 */
async function readSecrets(client, { path, ...place }) {
  // References are compared as they are written, not as what they stand for.
  const options = { ...place, secretPath: path, expandSecretReferences: false };
  const { secrets } = await client.secrets().listSecrets(options);
  return secrets.map(({ secretKey, secretValue, secretComment, secretValueHidden, tags = [] }) => {
    if (secretValueHidden)
      throw new Error(`The identity is not allowed to read the value of ${secretKey} in ${path}.`);
    return [secretKey, { value: secretValue, comment: secretComment, tags: tags.map(({ slug }) => slug) }];
  });
}

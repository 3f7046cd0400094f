import { readState } from "./current-state.mjs";
import { planChanges } from "./plan.mjs";

/**
 * @typedef {import("@infisical/sdk").InfisicalSDK} InfisicalSDK
 * @typedef {import("./declaration.mjs").Declaration} Declaration
 * @typedef {(line: string) => void} Print
 */

const nothing = {
  environments: new Map(),
  tags: new Map(),
  folders: new Set(),
  imports: new Set(),
  secrets: new Map(),
};

/**
 * Makes a project what a declaration says, and prints the plan and what it changed.
 *
 * @param {InfisicalSDK} client
 * @param {Declaration} declaration
 * @param {{ readonly print: Print, readonly planOnly?: boolean }} options
 * @returns {Promise<number>} how much was changed, or is to be
 */
export async function bootstrapProject(client, declaration, { print, planOnly = false }) {
  const before = await readState(client, declaration);
  const creation = before ? [] : [`+ project ${declaration.slug} (${declaration.name})`];
  const planned = planChanges(declaration, before ?? nothing);
  if (creation.length + planned.length === 0) {
    print(`${declaration.slug}: nothing to change.`);
    return 0;
  }
  print(`${declaration.slug}: the plan`);
  for (const line of creation) print(`  ${line}`);
  for (const { sign, what } of planned) print(`  ${sign} ${what}`);
  if (planOnly) return creation.length + planned.length;

  print(`${declaration.slug}: changed`);
  const state = before ?? (await createProject(client, declaration));
  for (const line of creation) print(`  ${line}`);
  // A server may have made more of a new project than was asked for.
  const changes = before ? planned : planChanges(declaration, state);
  const tagIds = new Map(Array.from(state.tags, ([slug, { id }]) => [slug, id]));
  for (const { sign, what, apply } of changes) {
    await apply(client, { projectId: state.projectId, tagIds });
    print(`  ${sign} ${what}`);
  }
  return creation.length + changes.length;
}

/**
 * @param {InfisicalSDK} client
 * @param {Declaration} declaration
 */
async function createProject(client, declaration) {
  const { name: projectName, slug } = declaration;
  await client.projects().create({ projectName, slug, shouldCreateDefaultEnvs: false });
  const state = await readState(client, declaration);
  if (!state) throw new Error(`The project ${slug} was made, but cannot be read.`);
  return state;
}

import { randomBytes } from "node:crypto";

/** @typedef {import("./settings.mjs").Settings} Settings */
/** @typedef {import("@infisical/sdk").InfisicalSDK} InfisicalSDK */

/**
 * Makes a folder of our own, with one below it that it imports, so that nothing else on the server is touched.
 *
 * @param {InfisicalSDK} client
 * @param {Settings} settings
 */
export async function createWorkplace(client, { projectId, environment }) {
  const name = `quickstart-${randomBytes(4).toString("hex")}`;
  const path = `/${name}`;
  await client.folders().create({ projectId, environment, name });

  return {
    path,
    sharedPath: `${path}/shared`,

    /** Makes the folder below and imports it. */
    async importShared() {
      await client.folders().create({ projectId, environment, name: "shared", path });
      const source = { environment, path: `${path}/shared` };
      await client.secretImports().create({ projectId, environment, path, import: source });
    },

    /** Deletes the folder with all that is in it. */
    async remove() {
      await client.folders().delete({ projectId, environment, name, forceDelete: true });
    },
  };
}

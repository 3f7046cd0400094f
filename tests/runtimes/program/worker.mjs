import { loadResults, smoke } from "./smoke.mjs";

/**
 * Makes what `workerd test` calls; it prints one line of JSON.
 *
 * @param {Readonly<Record<string, any>>} entries every entry that uses nothing of Node
 */
export function createWorker(entries) {
  return {
    /**
     * @param {unknown} _
     * @param {{ SETTINGS: string }} environment
     */
    async test(_, { SETTINGS }) {
      const modules = {
        core: entries["@infisical/core"],
        authUniversal: entries["@infisical/auth-universal"],
        secrets: entries["@infisical/secrets"],
      };
      const results = loadResults(entries);
      results.push(...(await smoke(modules, JSON.parse(SETTINGS), entries["@infisical/core/testing"])));
      const found = ["process", "Buffer", "require"].filter((name) => name in globalThis);
      results.push({
        name: "there is no API of Node",
        ...(found.length > 0 && { error: `There is ${found.join(", ")}.` }),
      });
      console.log(JSON.stringify({ results }));
    },
  };
}

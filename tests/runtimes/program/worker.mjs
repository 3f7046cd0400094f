import { smoke } from "./smoke.mjs";

/**
 * Makes what `workerd test` calls; it prints one line of JSON.
 *
 * @param {import("./smoke.mjs").Entries} entries every entry that uses nothing of Node
 */
export function createWorker(entries) {
  return {
    /**
     * @param {unknown} _
     * @param {{ SETTINGS: string }} environment
     */
    async test(_, { SETTINGS }) {
      const results = await smoke({ ESM: entries }, JSON.parse(SETTINGS));
      const found = ["process", "Buffer", "require"].filter((name) => name in globalThis);
      results.push({
        name: "there is no API of Node",
        ...(found.length > 0 && { error: `There is ${found.join(", ")}.` }),
      });
      console.log(JSON.stringify({ results }));
    },
  };
}

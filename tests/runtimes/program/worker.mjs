import * as authUniversal from "@infisical/auth-universal";
import * as core from "@infisical/core";
import * as secrets from "@infisical/secrets";
import { smoke } from "./smoke.mjs";

export default {
  /**
   * What `workerd test` calls; prints one line of JSON.
   *
   * @param {unknown} _
   * @param {{ SETTINGS: string }} environment
   */
  async test(_, { SETTINGS }) {
    const results = await smoke({ core, authUniversal, secrets }, JSON.parse(SETTINGS));
    for (const name of ["process", "Buffer", "require"]) {
      if (name in globalThis) results.push({ name: "no API of Node", error: `there is ${name}` });
    }
    console.log(JSON.stringify({ results }));
  },
};

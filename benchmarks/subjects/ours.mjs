import { createClient } from "@infisical/core";
import { secrets } from "@infisical/secrets";
import { place } from "../stub/bodies.mjs";

const { projectId, environment } = place;

/**
 * This SDK.
 *
 * @param {string} siteUrl
 * @param {Pick<import("@infisical/core").ClientOptions, "middleware" | "observer" | "transport">} [options]
 * @returns {import("./subject.mjs").Subject}
 */
export function createSubject(siteUrl, options = {}) {
  const client = createClient({ siteUrl, ...options, plugins: [secrets()] });
  client.auth().accessToken("a-token");
  return {
    getSecret: (secretName) => client.secrets().getSecret({ projectId, environment, secretName }),
    listSecrets: async () => (await client.secrets().listSecrets(place)).secrets,
    listSecretsWithImports: () => client.secrets().listSecretsWithImports(place),
  };
}

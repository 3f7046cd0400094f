import { InfisicalSDK } from "infisical-official";
import { place } from "../stub/bodies.mjs";

const { projectId, environment } = place;

/**
 * The official SDK.
 *
 * @param {string} siteUrl
 * @returns {import("./subject.mjs").Subject}
 */
export function createSubject(siteUrl) {
  const client = new InfisicalSDK({ siteUrl });
  client.auth().accessToken("a-token");
  return {
    getSecret: (secretName) => client.secrets().getSecret({ projectId, environment, secretName }),
    listSecrets: async () => (await client.secrets().listSecrets(place)).secrets,
    listSecretsWithImports: () => client.secrets().listSecretsWithImports(place),
  };
}

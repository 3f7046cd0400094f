import { place } from "../stub/bodies.mjs";

const raw = "/api/v3/secrets/raw";

/**
 * What a careful author would write by hand, and no more.
 *
 * @param {string} siteUrl
 * @returns {import("./subject.mjs").Subject}
 */
export function createSubject(siteUrl) {
  /**
   * @param {string} path
   * @param {boolean} includeImports
   */
  async function get(path, includeImports) {
    const query = new URLSearchParams({
      workspaceId: place.projectId,
      environment: place.environment,
      secretPath: "/",
      expandSecretReferences: "true",
      viewSecretValue: "true",
      include_imports: String(includeImports),
    });
    const response = await fetch(`${siteUrl}${path}?${query}`, {
      headers: { authorization: "Bearer a-token", accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return response.json();
  }

  return {
    getSecret: async (secretName) => (await get(`${raw}/${encodeURIComponent(secretName)}`, false)).secret,
    listSecrets: async () => (await get(raw, false)).secrets,
    listSecretsWithImports: async () => {
      const { secrets, imports } = await get(raw, true);
      const merged = new Map();
      for (const each of imports) for (const secret of each.secrets) merged.set(secret.secretKey, secret);
      for (const secret of secrets) merged.set(secret.secretKey, secret);
      return [...merged.values()];
    },
  };
}

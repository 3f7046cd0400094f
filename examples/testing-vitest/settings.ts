import type { InfisicalSDK } from "@infisical/sdk";

/** The code under test: reads an application's settings, each a secret in `/app`. */
export async function readSettings(sdk: InfisicalSDK, projectId: string): Promise<Record<string, string>> {
  const place = { projectId, environment: "dev", secretPath: "/app" };
  const { secrets } = await sdk.secrets().listSecrets(place);
  return Object.fromEntries(secrets.map(({ secretKey, secretValue }) => [secretKey, secretValue]));
}

import { readSecret } from "./infisical";

/** What every page and route answers: something about the secret that is not the secret. */
export async function sentence(): Promise<string> {
  const key = await readSecret("API_KEY");
  return `The key has ${key.length} characters.`;
}

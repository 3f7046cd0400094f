import { expectTypeOf, test } from "vitest";
import {
  type ConditionalListSecretsResponse,
  type ImportedSecret,
  type ListSecretsResponse,
  type MergedSecrets,
  type Secret,
  type SecretsApi,
  type SecretTag,
  SecretType,
} from "../src/index.ts";

declare const api: SecretsApi;
const place = { projectId: "id", environment: "dev" };

test("a list has no etag unless it was asked for", () => {
  expectTypeOf(api.listSecrets(place)).resolves.toEqualTypeOf<ListSecretsResponse>();
  expectTypeOf<ListSecretsResponse>().not.toHaveProperty("etag");
  expectTypeOf<ListSecretsResponse>().not.toHaveProperty("notModified");
});

test("a conditional list has secrets where it is modified, and only there", async () => {
  const etag = "" as string | undefined;
  const response = await api.listSecretsIfChanged(place, etag);
  expectTypeOf(response).toEqualTypeOf<ConditionalListSecretsResponse>();
  if (response.notModified) {
    expectTypeOf(response.etag).toEqualTypeOf<string>();
    // @ts-expect-error the server sent none
    response.secrets;
  } else expectTypeOf(response.secrets).toEqualTypeOf<ListSecretsResponse["secrets"]>();
});

test("types are given as literals or by their names, and versions as numbers or texts", () => {
  api.getSecret({ ...place, secretName: "A", type: "personal", version: "2" });
  api.getSecret({ ...place, secretName: "A", type: SecretType.Shared, version: 2 });
  // @ts-expect-error there is no such type
  api.getSecret({ ...place, secretName: "A", type: "public" });
});

test("the types say what the server sends", async () => {
  const [secret] = (await api.listSecrets(place)).secrets;
  expectTypeOf(secret?.tags).toEqualTypeOf<readonly SecretTag[] | undefined>();
  expectTypeOf(secret?.workspace).toEqualTypeOf<string | undefined>();
  // @ts-expect-error the server sends workspace
  secret?.workspaceId;
  const [merged] = await api.listSecretsWithImports(place);
  expectTypeOf(merged?.createdAt).toEqualTypeOf<string | undefined>();
});

test("a list, which a cache may freeze, is for reading", async () => {
  const { secrets, imports } = await api.listSecrets({ ...place, includeImports: true });
  // What code written for the official SDK does with a list.
  for (const { secretKey, secretValue } of secrets) expectTypeOf(`${secretKey}=${secretValue}`).toBeString();
  const found = secrets.find((secret) => secret.secretKey === "A")?.secretValue;
  expectTypeOf(found).toEqualTypeOf<string | undefined>();
  expectTypeOf(secrets.filter((secret) => secret.type === "shared").sort()).toEqualTypeOf<Secret[]>();
  expectTypeOf(secrets.map((secret) => secret.id)).toEqualTypeOf<string[]>();
  expectTypeOf([...secrets, ...secrets.slice(1).concat(secrets)]).toEqualTypeOf<Secret[]>();
  expectTypeOf(Object.fromEntries(secrets.map((secret) => [secret.secretKey, secret]))).toBeObject();
  expectTypeOf(imports?.flatMap((entry) => entry.secrets)).toEqualTypeOf<ImportedSecret[] | undefined>();
  expectTypeOf(secrets.reduce((sum, secret) => sum + secret.version, secrets.length)).toBeNumber();
  // @ts-expect-error a frozen list cannot be sorted in place
  secrets.sort();
  // @ts-expect-error nor extended
  secrets.push(...secrets);
  // @ts-expect-error nor can a secret be changed
  for (const secret of secrets) secret.secretValue = secret.secretValue.trim();
});

test("merged secrets go wherever a list goes", async () => {
  const merged = await api.listSecretsWithImports(place);
  expectTypeOf(merged).toEqualTypeOf<MergedSecrets>();
  expectTypeOf(merged.map(({ secretKey }) => secretKey)).toEqualTypeOf<string[]>();
});

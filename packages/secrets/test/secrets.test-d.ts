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
const location = { projectId: "id", environment: "dev" };

test("a list has no etag unless it was requested", () => {
  expectTypeOf(api.listSecrets(location)).resolves.toEqualTypeOf<ListSecretsResponse>();
  expectTypeOf<ListSecretsResponse>().not.toHaveProperty("etag");
  expectTypeOf<ListSecretsResponse>().not.toHaveProperty("notModified");
});

test("a conditional list has secrets only if it is modified", async () => {
  const etag = "" as string | undefined;
  const response = await api.listSecretsIfChanged(location, etag);
  expectTypeOf(response).toEqualTypeOf<ConditionalListSecretsResponse>();
  if (response.notModified) {
    expectTypeOf(response.etag).toEqualTypeOf<string>();
    // @ts-expect-error the server sent none
    response.secrets;
  } else expectTypeOf(response.secrets).toEqualTypeOf<ListSecretsResponse["secrets"]>();
});

test("types can be literals or SecretType members, and versions numbers or strings", () => {
  api.getSecret({ ...location, secretName: "A", type: "personal", version: "2" });
  api.getSecret({ ...location, secretName: "A", type: SecretType.Shared, version: 2 });
  // @ts-expect-error the type does not exist
  api.getSecret({ ...location, secretName: "A", type: "public" });
});

test("the types describe what the server sends", async () => {
  const [secret] = (await api.listSecrets(location)).secrets;
  expectTypeOf(secret?.tags).toEqualTypeOf<readonly SecretTag[] | undefined>();
  expectTypeOf(secret?.workspace).toEqualTypeOf<string | undefined>();
  // @ts-expect-error the server sends workspace
  secret?.workspaceId;
  const [merged] = await api.listSecretsWithImports(location);
  expectTypeOf(merged?.createdAt).toEqualTypeOf<string | undefined>();
});

test("a list is readonly, because a cache may freeze it", async () => {
  const { secrets, imports } = await api.listSecrets({ ...location, includeImports: true });
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

test("merged secrets are assignable to a list", async () => {
  const merged = await api.listSecretsWithImports(location);
  expectTypeOf(merged).toEqualTypeOf<MergedSecrets>();
  expectTypeOf(merged.map(({ secretKey }) => secretKey)).toEqualTypeOf<string[]>();
});

import { expectTypeOf, test } from "vitest";
import {
  type ConditionalListSecretsResponse,
  type ListSecretsResponse,
  type MergedSecrets,
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
  const reply = await api.listSecretsIfChanged(place, etag);
  expectTypeOf(reply).toEqualTypeOf<ConditionalListSecretsResponse>();
  if (reply.notModified) {
    expectTypeOf(reply.etag).toEqualTypeOf<string>();
    // @ts-expect-error the server sent none
    reply.secrets;
  } else expectTypeOf(reply.secrets).toEqualTypeOf<ListSecretsResponse["secrets"]>();
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

test("merged secrets go wherever a list goes", async () => {
  const merged = await api.listSecretsWithImports(place);
  expectTypeOf(merged).toEqualTypeOf<MergedSecrets>();
  expectTypeOf(merged.map(({ secretKey }) => secretKey)).toEqualTypeOf<string[]>();
});

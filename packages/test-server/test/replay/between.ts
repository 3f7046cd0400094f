// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Infisical's references have this form.
import type { TestServer } from "../../src/index.ts";
import { call } from "../support/api.ts";
import { dynamicSecretInterludes } from "./between-dynamic-secrets.ts";
import type { Substitution } from "./substitution.ts";

/** What happened between two recorded exchanges, by the id of the second one. */
export type Interlude = (server: TestServer, substitution: Substitution) => unknown;

const project = "rec-mwsxz9ur";

/** Secrets that were created without being recorded, for the exchanges that follow. */
const references: Record<string, string> = {
  DOLLARS: "cost $& $1 $$",
  REF_LOCAL: "x-${PLAIN}-y",
  REF_TWICE: "${PLAIN}${PLAIN}",
  REF_CHAIN: "c:${REF_LOCAL}",
  REF_ENV_FOLDER: "${staging.shared.HOST}:5432",
  REF_ENV_ROOT: "${staging.TOP}",
  REF_FOLDER: "${dev.app.IN_APP}",
  REF_MISSING: "a-${NOPE}-b",
  REF_MISSING_ENV: "a-${nope.x.Y}-b",
  REF_MISSING_FOLDER: "a-${dev.nope.Y}-b",
  REF_SELF: "s-${REF_SELF}",
  CYC_A: "a-${CYC_B}",
  CYC_B: "b-${CYC_A}",
  REF_EMPTY: "e-${EMPTYVAL}-e",
  REF_SPACES: "${ PLAIN }",
  REF_DOLLAR: "$$ ${} $PLAIN",
  REF_ESCAPED: "\\${PLAIN}",
  REF_MULTI: "m:${MULTI}",
  REF_DOLLAR_VALUE: "${DOLLARS}",
};

/** What the recordings left of two plaintexts that differ in their last byte. */
const longPlaintext = "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4…<5464 chars>";

function base64OfLength(bytes: number): string {
  return Buffer.alloc(bytes, "x").toString("base64");
}

/** Undoes an update that older servers refused and this server does, since the rest was recorded without it. */
async function remake(
  server: TestServer,
  substitution: Substitution,
  key: string,
  versions: readonly { readonly value: string; readonly comment?: string }[],
): Promise<void> {
  const location = { project, environment: "dev", key };
  const token = await substitution.token("admin0");
  const idOf = async (): Promise<string> => {
    const query = { workspaceSlug: project, environment: "dev" };
    return (await call(server, "GET", `/api/v3/secrets/raw/${key}`, { token, query })).body.secret.id;
  };
  const before = await idOf();
  server.secrets.delete(location);
  for (const version of versions) server.secrets.set({ ...location, ...version });
  const after = await idOf();
  for (const [recorded, ours] of substitution.ids) {
    if (ours === before) substitution.ids.set(recorded, after);
  }
}

export const interludes: Record<string, Interlude> = {
  "038-ua-login-short-ttl": async (_server, substitution) => {
    await substitution.token("ttl2max3600");
    await substitution.token("ttl2max3600b");
    await substitution.token("shortLived2");
  },
  "039-renew-expired-ttl": (server) => server.clock.advance(3000),
  "041-renew-jwt-expired": (server) => server.clock.advance(2000),
  "048-list-limited-uses-4": async (server, substitution) => {
    const token = await substitution.token("limitedUses");
    const workspaceId = server.projects[0]?.id ?? "";
    for (let use = 0; use < 3; use += 1) {
      await call(server, "GET", "/api/v3/secrets/raw", { token, query: { workspaceId, environment: "dev" } });
    }
  },
  "267-update-empty-value": (server, substitution) =>
    remake(server, substitution, "PLAIN", [
      { value: "plain value" },
      { value: "second" },
      { value: "third", comment: "now with comment" },
    ]),
  "300-list-path-trailing-slash": (server) => {
    const dev = { project, environment: "dev" };
    server.secrets.set({ ...dev, path: "/app", key: "IN_APP", value: "in app", tags: ["blue"] });
    server.secrets.set({ ...dev, path: "/deep/er/leaf", key: "IN_LEAF", value: "in leaf" });
    server.secrets.set({ ...dev, key: "TAGGED_BOTH", value: "tb", tags: ["blue", "red"] });
    server.secrets.set({ ...dev, key: "TAGGED_RED", value: "tr", tags: ["red"] });
  },
  "331-ref-get-REF_LOCAL": async (server, substitution) => {
    const staging = { project, environment: "staging" };
    server.secrets.set({ ...staging, path: "/shared", key: "HOST", value: "db.internal" });
    server.secrets.set({ ...staging, key: "TOP", value: "top" });
    for (const [key, value] of Object.entries(references)) {
      server.secrets.set({ project, environment: "dev", key, value });
    }
    await call(server, "PATCH", "/api/v3/secrets/raw/REF_MULTI", {
      token: await substitution.token("admin0"),
      body: {
        projectSlug: project,
        environment: "dev",
        secretValue: "m:${MULTI}",
        skipMultilineEncoding: true,
      },
    });
  },
  "354-import-create": (server) => {
    for (const name of ["s1", "s2", "s3"]) {
      const location = { project, environment: "prod", path: `/${name}` };
      server.secrets.set({ ...location, key: `ONLY_${name}`, value: `from-${name}` });
    }
    for (const path of ["/importer", "/importer2", "/importer3", "/cyc1", "/cyc2"]) {
      const secret = { project, environment: "prod", path, key: "TEMPORARY" };
      server.secrets.set({ ...secret, value: "" });
      server.secrets.delete(secret);
    }
  },
  "384-personal-create-by-user": (server) => {
    server.secrets.set({ project, environment: "dev", key: "PERS", value: "shared-value" });
  },
  "418-batch-update-empty": (server, substitution) =>
    remake(server, substitution, "B1", [{ value: "1", comment: "c" }, { value: "1b" }]),
  "518-kms-create": (server, substitution) => {
    substitution.ids.set("bc5843dc-c551-4e93-991d-848d1509ae0a", server.projects[0]?.id ?? "");
  },
  "530-kms-encrypt-4096": (_server, substitution) =>
    substitution.ids.set(longPlaintext, base64OfLength(4096)),
  "531-kms-encrypt-4097": (_server, substitution) =>
    substitution.ids.set(longPlaintext, base64OfLength(4097)),
  ...dynamicSecretInterludes,
  "544-stock-list-rate-limited": async (server, substitution) => {
    await substitution.token("stock");
    server.fail({}, { rateLimit: { retryAfter: 59, legacy: true } });
  },
  "547-stock-login-rate-limited": (server) => {
    server.fail({}, { rateLimit: { retryAfter: 60, legacy: true } });
  },
};

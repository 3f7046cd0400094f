// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Infisical's references have this form.
import { dynamicSecretInterludes } from "./interludes-dynamic-secrets.ts";
import type { Interlude, Stage } from "./stage.ts";
import { changedBeforeOrBy, createKmsProject, expectStatus, Unrecorded } from "./unrecorded.ts";

const project = { id: "8314d3d7-e239-4cf4-b11e-54af0cfd2954", slug: "rec-mwxd3zqo" };
const kmsProject = "49e2f30b-eb7c-43dc-9ebe-d93b8d639603";
const blue = "454697be-b0b7-421d-b746-595660eee7f8";
const red = "b0b74c63-0789-4c1c-b927-1762b8bc4e78";

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
  REF_EMPTY: "e-${EMPTYVAL}-e",
  REF_SPACES: "${ PLAIN }",
  REF_DOLLAR: "$$ ${} $PLAIN",
  REF_ESCAPED: "\\${PLAIN}",
  REF_MULTI: "m:${MULTI}",
  REF_DOLLAR_VALUE: "${DOLLARS}",
};

/** What the recordings left of two plaintexts that differ in their last byte. */
const longPlaintext = "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4…<5464 chars>";

/** What happened before and between the recorded exchanges of the routes of 2024. */
export const interludes: readonly Interlude[] = [
  { before: 0, run: seededIds },
  {
    before: 35,
    run: async ({ substitution }) => {
      for (const name of ["ttl2max3600", "ttl2max3600b", "shortLived2"]) await substitution.token(name);
    },
  },
  { before: 39, run: ({ server }) => server.clock.advance(3000) },
  { before: 41, run: ({ server }) => server.clock.advance(2000) },
  { before: 48, run: useUp },
  { before: 144, run: (stage) => new Unrecorded(stage, project).secret("X1", "v", { path: "/app" }) },
  {
    before: 147,
    run: async (stage) => {
      const unrecorded = new Unrecorded(stage, project);
      await unrecorded.secret("X2", "v", { path: "/app" });
      await unrecorded.secret("X3", "v");
    },
  },
  { before: 159, run: (stage) => new Unrecorded(stage, project).secret("REMF", "v") },
  { before: 298, run: createFolderSecrets },
  { before: 331, run: createReferences },
  { before: 342, run: (stage) => new Unrecorded(stage, project).secret("CYC_B", "b-${CYC_A}") },
  ...changedBeforeOrBy(349, changeReference),
  { before: 354, run: createImportSources },
  { before: 384, run: (stage) => new Unrecorded(stage, project).secret("PERS", "shared-value") },
  { before: 401, run: (stage) => new Unrecorded(stage, project).batch(["B1", "BNEW"], { secretValue: "x" }) },
  {
    before: 408,
    run: (stage) =>
      new Unrecorded(stage, project).batch(["BT1", "BT2"], { secretValue: "x", tagIds: [blue] }),
  },
  { before: 417, run: (stage) => new Unrecorded(stage, project).secret("UPS", "x") },
  {
    before: 421,
    run: (stage) => new Unrecorded(stage, project).version("B1", 3, { secretValue: "x2" }),
  },
  ...dynamicSecretInterludes,
  { before: 518, run: (stage) => createKmsProject(stage, kmsProject) },
  { before: 526, run: createFourthKey },
  { before: 530, run: ({ substitution }) => substitution.ids.set(longPlaintext, base64OfLength(4096)) },
  { before: 531, run: ({ substitution }) => substitution.ids.set(longPlaintext, base64OfLength(4097)) },
];

function seededIds({ server, substitution }: Stage): void {
  const idOf = (name: string) => server.identities.find((each) => each.name === name)?.identityId ?? "";
  substitution.learn("5ff32b80-cc9d-4096-b372-f5c40f3d16ad", server.projects[0]?.id ?? "");
  substitution.learn("781b8002-f773-4a1d-9ed7-ef76c395bb97", idOf("admin"));
  substitution.learn("47fdd915-27a2-4598-8ab8-c0ad2671b10f", idOf("aws"));
  substitution.learn("bf220d37-7d13-4ad3-8007-36f682414cdf", idOf("awsElsewhere"));
}

/** Uses a token until it is refused, however often it was used before. */
async function useUp(stage: Stage): Promise<void> {
  const query = { workspaceId: "5ff32b80-cc9d-4096-b372-f5c40f3d16ad", environment: "dev" };
  for (let use = 0; use < 3; use += 1) {
    await stage.call("GET", "/api/v3/secrets/raw", undefined, { query, as: "limitedUses" });
  }
}

async function createFolderSecrets(stage: Stage): Promise<void> {
  const unrecorded = new Unrecorded(stage, project);
  await unrecorded.secret("IN_APP", "in app", { path: "/app", tagIds: [blue] });
  await unrecorded.secret("IN_LEAF", "in leaf", { path: "/deep/er/leaf" });
  await unrecorded.secret("TAGGED_BOTH", "tb", { tagIds: [blue, red] });
  await unrecorded.secret("TAGGED_RED", "tr", { tagIds: [red] });
}

async function createReferences(stage: Stage): Promise<void> {
  const unrecorded = new Unrecorded(stage, project);
  await unrecorded.folder("staging", "/", "shared");
  await unrecorded.secret("HOST", "db.internal", { environment: "staging", path: "/shared" });
  await unrecorded.secret("TOP", "top", { environment: "staging" });
  for (const [key, value] of Object.entries(references)) await unrecorded.secret(key, value);
}

async function changeReference(stage: Stage): Promise<void> {
  const fields = { secretValue: references["REF_MULTI"], skipMultilineEncoding: true };
  await new Unrecorded(stage, project).version("REF_MULTI", 2, fields);
}

async function createImportSources(stage: Stage): Promise<void> {
  const unrecorded = new Unrecorded(stage, project);
  const sources = ["s1", "s2", "s3"];
  for (const name of [...sources, "importer", "importer2", "importer3", "cyc1", "cyc2"]) {
    await unrecorded.folder("prod", "/", name);
  }
  for (const name of sources) {
    await unrecorded.secret(`ONLY_${name}`, `from-${name}`, { environment: "prod", path: `/${name}` });
  }
}

async function createFourthKey(stage: Stage): Promise<void> {
  const query = { projectId: kmsProject };
  const { body } = await stage.call("GET", "/api/v1/kms/keys", undefined, { query });
  if ((body as { totalCount: number }).totalCount >= 4) return;
  const key = { projectId: kmsProject, name: "key-four" };
  expectStatus(await stage.call("POST", "/api/v1/kms/keys", key), [200]);
}

function base64OfLength(bytes: number): string {
  return Buffer.alloc(bytes, "x").toString("base64");
}

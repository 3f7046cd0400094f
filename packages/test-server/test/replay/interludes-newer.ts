// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Infisical's references have this form.
import type { Interlude, Stage } from "./stage.ts";
import { changedBeforeOrBy, createKmsProject, expectStatus, Unrecorded } from "./unrecorded.ts";

const project = { id: "fbfebf87-16ce-4699-beb4-be471adfcac0", slug: "newer-mwxe39hg" };
const kmsProject = "36492d4a-56de-40ff-be58-0fdad0258026";

const jwtIdentity = "a4cf05eb-8a51-4f2c-99f0-ea34fa2e04e1";

/** What happened before and between the recorded exchanges of newer routes. */
export const newerInterludes: readonly Interlude[] = [
  { before: 0, run: seededIds },
  { before: 53, run: (stage) => new Unrecorded(stage, project).secret("REF", "x-${KEY2}") },
  { before: 59, run: createImportSources },
  { before: 62, run: (stage) => new Unrecorded(stage, project).secretImport("dev", "/imp", "/s2") },
  ...changedBeforeOrBy(87, (stage) =>
    new Unrecorded(stage, project).version("KEY2", 6, { secretValue: "etag-v4" }),
  ),
  ...changedBeforeOrBy(93, (stage) =>
    new Unrecorded(stage, project).version("KEY2", 7, { secretValue: "etag-v3" }),
  ),
  { before: 111, run: (stage) => createKmsProject(stage, kmsProject) },
  { before: 129, run: createKey },
  { before: 161, run: createToken },
  { before: 166, run: failLogin },
];

function seededIds({ server, substitution }: Stage): void {
  const idOf = (name: string) => server.identities.find((each) => each.name === name)?.identityId ?? "";
  substitution.learn("5ff32b80-cc9d-4096-b372-f5c40f3d16ad", server.projects[0]?.id ?? "");
  substitution.learn("781b8002-f773-4a1d-9ed7-ef76c395bb97", idOf("admin"));
  substitution.learn(jwtIdentity, idOf("jwt"));
}

async function createImportSources(stage: Stage): Promise<void> {
  const unrecorded = new Unrecorded(stage, project);
  for (const name of ["imp", "s1", "s2"]) await unrecorded.folder("dev", "/", name);
  await unrecorded.secret("COMMON", "1", { path: "/s1" });
  await unrecorded.secret("COMMON", "2", { path: "/s2" });
}

async function createKey(stage: Stage): Promise<void> {
  const recorded = "7defb8ec-9b3d-428b-8b0a-82564e73c110";
  if (stage.substitution.ids.has(recorded)) return;
  const created = await stage.call("POST", "/api/v1/kms/keys", { projectId: kmsProject, name: "sizes" });
  expectStatus(created, [200]);
  stage.substitution.learn(recorded, (created.body as { key: { id: string } }).key.id);
}

/** The token that was created before is not shown, so that another one takes its place. */
async function createToken(stage: Stage): Promise<void> {
  const path = `/api/v1/auth/token-auth/identities/${jwtIdentity}/tokens`;
  const created = await stage.call("POST", path, { name: "t" });
  expectStatus(created, [200]);
  stage.substitution.learn(
    "{{ACCESS_TOKEN:tokenAuth}}",
    (created.body as { accessToken: string }).accessToken,
  );
}

/** The third failed login locks the identity; one more changes nothing. */
async function failLogin(stage: Stage): Promise<void> {
  const body = { clientId: "{{CLIENT_ID:shortLived}}", clientSecret: "wrong" };
  const path = "/api/v1/auth/universal-auth/login";
  expectStatus(await stage.send({ method: "POST", path, headers: {}, body }), [401]);
}

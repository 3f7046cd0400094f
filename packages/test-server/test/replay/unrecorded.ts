import type { Received } from "./send.ts";
import type { Interlude, Stage } from "./stage.ts";

/** A project of the recordings, by its recorded id and slug. */
export interface RecordedProject {
  readonly id: string;
  readonly slug: string;
}

/** Calls about secrets and imports of a project that were made without being recorded, or that may be held out. */
export class Unrecorded {
  readonly #stage: Stage;
  readonly #workspaceId: string;

  constructor(stage: Stage, project: RecordedProject) {
    this.#stage = stage;
    this.#workspaceId = project.id;
  }

  /** Makes sure that a secret exists. */
  async secret(
    key: string,
    secretValue: string,
    { environment = "dev", path = "/", ...rest }: { environment?: string; path?: string } & Fields = {},
  ): Promise<void> {
    const location = { workspaceId: this.#workspaceId, environment, secretPath: path };
    const body = { ...location, secretValue, ...rest };
    expectStatus(await this.#stage.call("POST", `/api/v3/secrets/raw/${key}`, body), [200, 400]);
  }

  /** Makes sure that a secret of the root of dev has at least this version. */
  async version(key: string, version: number, fields: Fields): Promise<void> {
    const location = { workspaceId: this.#workspaceId, environment: "dev" };
    const path = `/api/v3/secrets/raw/${key}`;
    const { body } = await this.#stage.call("GET", path, undefined, { query: location });
    const { secret } = body as { secret?: { version: number } };
    if (!secret || secret.version >= version) return;
    expectStatus(await this.#stage.call("PATCH", path, { ...location, ...fields }), [200]);
  }

  /** Makes sure that a folder exists. */
  async folder(environment: string, path: string, name: string): Promise<void> {
    const body = { workspaceId: this.#workspaceId, environment, path, name };
    expectStatus(await this.#stage.call("POST", "/api/v1/folders", body), [200, 400]);
  }

  /** Makes sure that a folder imports another one. */
  async secretImport(environment: string, path: string, source: string): Promise<void> {
    const location = { workspaceId: this.#workspaceId, environment, path };
    const listed = await this.#stage.call("GET", "/api/v1/secret-imports", undefined, { query: location });
    const { secretImports = [] } = listed.body as { secretImports?: { importPath: string }[] };
    if (secretImports.some(({ importPath }) => importPath === source)) return;
    const body = { ...location, import: { environment, path: source } };
    expectStatus(await this.#stage.call("POST", "/api/v1/secret-imports", body), [200]);
  }

  /** Creates several secrets at once, unless one of them exists. */
  async batch(keys: readonly string[], fields: Fields): Promise<void> {
    const secrets = keys.map((secretKey) => ({ secretKey, ...fields }));
    const body = { workspaceId: this.#workspaceId, environment: "dev", secrets };
    expectStatus(await this.#stage.call("POST", "/api/v3/secrets/batch/raw", body), [200, 400]);
  }
}

/** A change that was made before an exchange, or by it if that one is an update itself. */
export function changedBeforeOrBy(
  number: number,
  run: (stage: Stage) => Promise<void>,
): readonly Interlude[] {
  return [
    { before: number, run: (stage, { method }) => (method === "PATCH" ? undefined : run(stage)) },
    { before: number + 1, run },
  ];
}

type Fields = Readonly<Record<string, unknown>>;

/** Makes sure that there is the project for keys, which needs a type of its own. */
export async function createKmsProject(stage: Stage, recordedId: string): Promise<void> {
  if (stage.substitution.ids.has(recordedId)) return;
  const body = { projectName: "Keys", slug: "keys-of-recorder", type: "kms" };
  const created = await stage.call("POST", "/api/v2/workspace", body);
  expectStatus(created, [200]);
  stage.substitution.learn(recordedId, (created.body as { project: { id: string } }).project.id);
}

export function expectStatus({ status, body }: Received, expected: readonly number[]): void {
  if (expected.includes(status)) return;
  throw new Error(`What was not recorded failed with ${status}: ${JSON.stringify(body)}`);
}

import type { ServerState } from "../../api/server-state.ts";
import { type Folder, folderPath } from "../folders/folders-state.ts";
import { found, type Project } from "../projects/project.ts";
import type { Secret } from "../secrets/secrets-state.ts";

/** What can happen to secrets and imports, as subscriptions name it. */
export const eventNames = [
  "secret:create",
  "secret:update",
  "secret:delete",
  "secret:import-mutation",
] as const;
export type EventName = (typeof eventNames)[number];

/** Where something has changed. */
export interface ImportPayload {
  readonly secretPath: string;
  readonly environment: string;
}

/** A secret that has changed, without its value. */
export interface SecretPayload extends ImportPayload {
  readonly secretId: string;
  readonly secretKey: string;
}

/** A change: of one secret, of several in one folder, or of the imports of a folder. */
export interface SecretEvent {
  readonly project: Project;
  readonly event: EventName;
  readonly payload: SecretPayload | readonly SecretPayload[] | ImportPayload;
}

type SecretEventName = Exclude<EventName, "secret:import-mutation">;

/** Tells subscribers about a write of one secret. Personal secrets are nobody else's business. */
export function publishSecret(state: ServerState, event: SecretEventName, secret: Secret): void {
  if (secret.owner !== null) return;
  state.eventStreams.publish({ project: projectOf(state, secret.folder), event, payload: payloadOf(secret) });
}

/** Tells subscribers about a write of several secrets: one event for each of their folders. */
export function publishSecrets(state: ServerState, event: SecretEventName, secrets: readonly Secret[]): void {
  for (const folder of new Set(secrets.map((secret) => secret.folder))) {
    const payload = secrets.filter((secret) => secret.folder === folder).map(payloadOf);
    state.eventStreams.publish({ project: projectOf(state, folder), event, payload });
  }
}

/** Tells subscribers that the imports of a folder have changed. */
export function publishImports(state: ServerState, folder: Folder): void {
  const payload = placeOf(folder);
  state.eventStreams.publish({ project: projectOf(state, folder), event: "secret:import-mutation", payload });
}

function payloadOf({ id: secretId, key: secretKey, folder }: Secret): SecretPayload {
  const { secretPath, environment } = placeOf(folder);
  return { secretId, secretPath, secretKey, environment };
}

function placeOf(folder: Folder): ImportPayload {
  return { secretPath: folderPath(folder), environment: folder.environment.slug };
}

function projectOf({ projects }: ServerState, { environment }: Folder): Project {
  return found(projects.byId(environment.projectId), "The project was deleted");
}

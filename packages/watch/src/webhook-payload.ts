/** What a webhook tells about. Servers may add others. */
export type WebhookEvent =
  /** Secrets of a folder were written. */
  | "secrets.modified"
  /** A reminder of a secret is due. */
  | "secrets.reminder-expired"
  /** Somebody pressed the button that tests the webhook. */
  | "test";

/** Where it happened. Fields that this version does not know are kept. */
export interface WebhookProject {
  /** The project's id. */
  readonly workspaceId: string;
  /** The project's id, from servers that send it under this name too. */
  readonly projectId?: string;
  /** The project's name; older servers leave it out. */
  readonly projectName?: string;
  /** The environment's slug. */
  readonly environment: string;
  /** The folder's path. */
  readonly secretPath: string;
  /** The secret's name, of a reminder. */
  readonly secretName?: string;
  /** The note of the reminder. */
  readonly reminderNote?: string;
}

/** What a webhook sends. Fields that this version does not know are kept. */
export interface WebhookPayload {
  /** What it tells about. */
  readonly event: WebhookEvent | (string & Record<never, never>);
  /** Where it happened. */
  readonly project: WebhookProject;
  /** When it was sent, in milliseconds since 1970. */
  readonly timestamp: number;
}

/** Reads a body whose signature is right; `undefined` if it is not a webhook's. */
export function parseWebhookPayload(body: Uint8Array): WebhookPayload | undefined {
  try {
    const payload = JSON.parse(
      new TextDecoder("utf-8", { fatal: true }).decode(body),
    ) as Partial<WebhookPayload>;
    const { event, project, timestamp } = payload;
    const texts = [event, project?.workspaceId, project?.environment, project?.secretPath];
    const isRight = texts.every((text) => typeof text === "string") && Number.isSafeInteger(timestamp);
    return isRight ? (payload as WebhookPayload) : undefined;
  } catch {
    return undefined;
  }
}

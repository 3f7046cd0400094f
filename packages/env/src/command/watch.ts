import { environmentAuth } from "@infisical/auth-env";
import { createClient, isInfisicalError } from "@infisical/core";
import { headersFrom, readVariable } from "@infisical/core/authoring";
import { secrets } from "@infisical/secrets";
import { type WatchableClient, watchSecrets } from "@infisical/watch";
import { loadEnv } from "../load-env.ts";
import type { CheckedOptions, EnvClient } from "../options.ts";
import { placeOf } from "../place.ts";
import type { Variables } from "./supervise.ts";

/** How variables are watched. */
export interface WatchOptions {
  /** What is read. */
  readonly options: CheckedOptions;
  /** Between two polls, in milliseconds. */
  readonly interval: number;
  /** Is called with the variables whenever a secret has changed. */
  readonly onVariables: (variables: Variables) => Promise<void>;
  /** Is called with what people should know. */
  readonly onEvent: (line: string) => void;
}

/**
 * Watches the folders of variables. What cannot be read, or does not match the schema, is told and tried again; it never
 * counts.
 *
 * @returns Ends it.
 */
export function watchVariables({
  options,
  interval,
  onVariables,
  onEvent,
}: WatchOptions): () => Promise<void> {
  const place = placeOf(options);
  const own = options.client ? undefined : clientOf(options);
  const client = (options.client ?? own) as EnvClient & WatchableClient;
  const end = new AbortController();
  let retry: NodeJS.Timeout | undefined;
  let isLoading = false;
  let isOutdated = false;
  let told = "";

  async function reload(): Promise<void> {
    isOutdated = true;
    if (isLoading) return;
    isLoading = true;
    clearTimeout(retry);
    while (isOutdated && !end.signal.aborted) {
      isOutdated = false;
      await attempt();
    }
    isLoading = false;
  }

  async function attempt(): Promise<void> {
    const reading = { ...options, client, siteUrl: undefined, auth: undefined, signal: end.signal };
    try {
      const { variables, report } = await loadEnv(reading);
      if (report.from === "server") {
        told = "";
        return onVariables(variables);
      }
    } catch (error) {
      if (end.signal.aborted) return;
      const line = `the new secrets are not used: ${reasonOf(error)}`;
      if (line !== told) onEvent(line);
      told = line;
    }
    retry = setTimeout(() => void reload(), interval);
  }

  const { projectId, environment, recursive, includeImports, expandSecretReferences } = place;
  for (const secretPath of place.secretPath) {
    const folder = { projectId, environment, secretPath, recursive, includeImports, expandSecretReferences };
    const watcher = watchSecrets(client, { ...folder, interval, ref: true, signal: end.signal });
    watcher.addEventListener("change", () => void reload());
    watcher.addEventListener("stale", ({ error }) => onEvent(`secrets cannot be read: ${reasonOf(error)}`));
    watcher.addEventListener("fresh", () => onEvent("secrets can be read again"));
    watcher.addEventListener("end", ({ reason }) => {
      if (!end.signal.aborted) onEvent(`${secretPath} is not watched any longer: ${reasonOf(reason)}`);
    });
  }
  return async () => {
    end.abort();
    clearTimeout(retry);
    await own?.close();
  };
}

function clientOf({ siteUrl, auth = environmentAuth() }: CheckedOptions) {
  return createClient({ siteUrl, auth, headers: headersFrom(readVariable), plugins: [secrets()] });
}

function reasonOf(error: unknown): string {
  return isInfisicalError(error) ? error.message : "unexpected error";
}

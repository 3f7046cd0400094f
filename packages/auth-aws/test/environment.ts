import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, onTestFinished, vi } from "vitest";
import type { AwsCredentials } from "../src/index.ts";

/** Each test of the file starts with an environment that does not mention AWS. */
export function emptyEnvironment(): void {
  beforeEach(() => {
    for (const name of Object.keys(process.env)) {
      if (/^(?:AWS|INFISICAL)_/.test(name)) vi.stubEnv(name, undefined);
    }
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
    vi.stubEnv("AWS_CONFIG_FILE", "/nowhere/config");
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere/credentials");
  });
  afterEach(() => vi.unstubAllEnvs());
}

/** Writes files as AWS's own tools do, and returns their folder. */
export function writeFiles(files: Readonly<{ config?: string; credentials?: string }>): string {
  const folder = mkdtempSync(join(tmpdir(), "infisical-aws-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  vi.stubEnv("AWS_CONFIG_FILE", join(folder, "config"));
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "credentials"));
  return folder;
}

/** Puts keys into the environment, as Lambda does. */
export function setKeys({ accessKeyId, secretAccessKey, sessionToken }: AwsCredentials): void {
  vi.stubEnv("AWS_ACCESS_KEY_ID", accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", secretAccessKey);
  vi.stubEnv("AWS_SESSION_TOKEN", sessionToken);
}

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, onTestFinished, vi } from "vitest";

/** Each test of the file starts in a pod whose environment does not mention a token. */
export function inPod(): void {
  beforeEach(() => {
    for (const name of Object.keys(process.env)) {
      if (/^(?:KUBERNETES|INFISICAL)_/.test(name)) vi.stubEnv(name, undefined);
    }
    vi.stubEnv("KUBERNETES_SERVICE_HOST", "10.96.0.1");
  });
  afterEach(() => vi.unstubAllEnvs());
}

/** A token file as the kubelet writes it, and a way to replace it. */
export function tokenFile(token: string): { path: string; folder: string; replace: (token: string) => void } {
  const folder = mkdtempSync(join(tmpdir(), "infisical-kubernetes-"));
  onTestFinished(() => {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true });
  });
  const path = join(folder, "token");
  const replace = (text: string): void => writeFileSync(path, text);
  replace(token);
  return { path, folder, replace };
}

import type { CertificatesApi } from "@infisical/certificates";
import { definePlugin, type Plugin, type PluginContext } from "@infisical/core";
import { optionError } from "@infisical/core/authoring";

/** Not written as an import: bundlers would fail on a package that is not installed, or take in one that is not used. */
const name = ["@infisical", "certificates"].join("/");

const methods = ["issue", "getRequest", "getBundle", "getLatestBundle", "list"] as const;

/** Certificates, whose package is loaded by the first call: only those who use them install it. */
export const certificates: Plugin<"certificates", CertificatesApi> = definePlugin("certificates", (context) => {
  const entries = methods.map((method) => [
    method,
    async (...options: readonly never[]) => ((await load(context)) as AnyMethods)[method]?.(...options),
  ]);
  return Object.fromEntries(entries) as CertificatesApi;
});

type AnyMethods = Readonly<Record<string, (...options: readonly never[]) => unknown>>;

async function load(context: PluginContext): Promise<unknown> {
  const found = await import(/* webpackIgnore: true */ /* @vite-ignore */ name).catch(() => {
    throw optionError("certificates()", `needs ${name}: install it (npm install ${name})`);
  });
  return found.certificates().setup(context);
}

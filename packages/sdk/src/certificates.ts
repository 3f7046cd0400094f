import type { CertificatesApi } from "@infisical/certificates";
import { definePlugin, type Plugin } from "@infisical/core";
import { optionError } from "@infisical/core/authoring";

/** The methods; the compiler finds one that is missing here. */
const methods: Readonly<Record<keyof CertificatesApi, 1>> = {
  issue: 1,
  getRequest: 1,
  getBundle: 1,
  getLatestBundle: 1,
  list: 1,
};

type Methods = Record<string, (...options: readonly unknown[]) => unknown>;

/** Certificates, whose package is loaded by each call: only those who use them install it. */
export const certificates: Plugin<"certificates", CertificatesApi> = definePlugin(
  "certificates",
  (context) => {
    const api: Methods = {};
    for (const method of Object.keys(methods)) {
      api[method] = async (...options) => {
        const { certificates: create } = await load("@infisical/certificates");
        return create()
          .setup(context)
          [method](...options);
      };
    }
    return api as unknown as CertificatesApi;
  },
);

/** The name is a parameter: bundlers would fail on a package that is not installed, or take in one that is not used. */
function load(name: string) {
  return import(/* webpackIgnore: true */ /* @vite-ignore */ name).catch(() => {
    throw optionError("certificates()", `needs a package: npm install ${name}`);
  });
}

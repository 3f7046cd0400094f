import { InfisicalSDKError } from "@infisical/core";

/** What can be loaded, each when it is chosen. */
interface Modules {
  "@infisical/auth-alicloud": typeof import("@infisical/auth-alicloud");
  "@infisical/auth-aws": typeof import("@infisical/auth-aws");
  "@infisical/auth-azure": typeof import("@infisical/auth-azure");
  "@infisical/auth-gcp": typeof import("@infisical/auth-gcp");
  "@infisical/auth-kubernetes": typeof import("@infisical/auth-kubernetes");
  "@infisical/auth-ldap": typeof import("@infisical/auth-ldap");
  "@infisical/auth-oci": typeof import("@infisical/auth-oci");
  "@infisical/auth-oidc": typeof import("@infisical/auth-oidc");
  "@infisical/auth-oidc/azure-pipelines": typeof import("@infisical/auth-oidc/azure-pipelines");
  "@infisical/auth-oidc/bitbucket": typeof import("@infisical/auth-oidc/bitbucket");
  "@infisical/auth-oidc/buildkite": typeof import("@infisical/auth-oidc/buildkite");
  "@infisical/auth-oidc/circleci": typeof import("@infisical/auth-oidc/circleci");
  "@infisical/auth-oidc/fly": typeof import("@infisical/auth-oidc/fly");
  "@infisical/auth-oidc/github-actions": typeof import("@infisical/auth-oidc/github-actions");
  "@infisical/auth-oidc/hcp-terraform": typeof import("@infisical/auth-oidc/hcp-terraform");
  "@infisical/auth-oidc/variable": typeof import("@infisical/auth-oidc/variable");
  "@infisical/auth-oidc/vercel": typeof import("@infisical/auth-oidc/vercel");
  "@infisical/auth-universal": typeof import("@infisical/auth-universal");
}

/**
 * Loads the package of the chosen method.
 *
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it is not installed.
 */
export async function load<Name extends keyof Modules>(name: Name): Promise<Modules[Name]> {
  return (await importModule(name)) as Modules[Name];
}

/**
 * Each import has its name written out, directly in a `try`: bundlers then take in what is installed, and leave the
 * others for the moment in which they are needed.
 */
async function importModule(name: keyof Modules): Promise<unknown> {
  try {
    switch (name) {
      case "@infisical/auth-alicloud":
        return await import("@infisical/auth-alicloud");
      case "@infisical/auth-aws":
        return await import("@infisical/auth-aws");
      case "@infisical/auth-azure":
        return await import("@infisical/auth-azure");
      case "@infisical/auth-gcp":
        return await import("@infisical/auth-gcp");
      case "@infisical/auth-kubernetes":
        return await import("@infisical/auth-kubernetes");
      case "@infisical/auth-ldap":
        return await import("@infisical/auth-ldap");
      case "@infisical/auth-oci":
        return await import("@infisical/auth-oci");
      case "@infisical/auth-oidc":
        return await import("@infisical/auth-oidc");
      case "@infisical/auth-oidc/azure-pipelines":
        return await import("@infisical/auth-oidc/azure-pipelines");
      case "@infisical/auth-oidc/bitbucket":
        return await import("@infisical/auth-oidc/bitbucket");
      case "@infisical/auth-oidc/buildkite":
        return await import("@infisical/auth-oidc/buildkite");
      case "@infisical/auth-oidc/circleci":
        return await import("@infisical/auth-oidc/circleci");
      case "@infisical/auth-oidc/fly":
        return await import("@infisical/auth-oidc/fly");
      case "@infisical/auth-oidc/github-actions":
        return await import("@infisical/auth-oidc/github-actions");
      case "@infisical/auth-oidc/hcp-terraform":
        return await import("@infisical/auth-oidc/hcp-terraform");
      case "@infisical/auth-oidc/variable":
        return await import("@infisical/auth-oidc/variable");
      case "@infisical/auth-oidc/vercel":
        return await import("@infisical/auth-oidc/vercel");
      case "@infisical/auth-universal":
        return await import("@infisical/auth-universal");
    }
  } catch (error) {
    throw notLoaded(name, error);
  }
}

function notLoaded(name: string, error: unknown): InfisicalSDKError {
  const [scope, folder] = name.split("/");
  const [reason] = String((error as Partial<Error> | undefined)?.message ?? error).split("\n", 1);
  return new InfisicalSDKError(
    `${scope}/${folder} could not be loaded: install it (npm install ${scope}/${folder}). ${reason}`,
    { code: "INVALID_OPTION" },
  );
}

import { apiPath, type HttpRequest } from "@infisical/core";
import type {
  CreateSecretOptions,
  DeleteSecretOptions,
  GetSecretOptions,
  ListSecretsOptions,
  ReadSecretOptions,
  SecretLocation,
  UpdateSecretOptions,
} from "../options.ts";

/** The requests of the v3 routes, in their spelling. Flags are always sent: servers differ in their defaults. */
export const v3 = {
  listSecrets(options: ListSecretsOptions): HttpRequest {
    return {
      ...read("/api/v3/secrets/raw", options, {
        include_imports: options.includeImports ?? false,
        recursive: options.recursive ?? false,
        tagSlugs: tagList(options),
      }),
      expect: { secrets: "array" },
    };
  },

  getSecret(options: GetSecretOptions): HttpRequest {
    const { secretName, includeImports = false, type, version } = options;
    const path = apiPath`/api/v3/secrets/raw/${{ secretName }}`;
    return {
      ...read(path, options, { include_imports: includeImports, type, version }),
      expect: { secret: "object" },
    };
  },

  createSecret(secretName: string, options: CreateSecretOptions): HttpRequest {
    return write("POST", secretName, options);
  },

  updateSecret(secretName: string, options: UpdateSecretOptions): HttpRequest {
    return write("PATCH", secretName, options);
  },

  deleteSecret(secretName: string, options: DeleteSecretOptions): HttpRequest {
    return write("DELETE", secretName, options);
  },
};

function read(path: string, options: ReadSecretOptions, query: HttpRequest["query"]): HttpRequest {
  const { projectId, environment, secretPath = "/", signal, timeout } = options;
  return {
    method: "GET",
    path,
    query: {
      workspaceId: projectId,
      environment,
      secretPath,
      expandSecretReferences: options.expandSecretReferences ?? true,
      viewSecretValue: options.viewSecretValue ?? true,
      ...query,
    },
    signal,
    timeout,
  };
}

function write(
  method: "POST" | "PATCH" | "DELETE",
  secretName: string,
  options: SecretLocation,
): HttpRequest {
  const { projectId, secretPath = "/", signal, timeout, ...fields } = options;
  return {
    method,
    path: apiPath`/api/v3/secrets/raw/${{ secretName }}`,
    body: { workspaceId: projectId, secretPath, ...fields },
    signal,
    timeout,
    expect: { secret: "object" },
  };
}

function tagList({ tagSlugs = [], tagFilters = [] }: ListSecretsOptions): string | undefined {
  const slugs = [...new Set([...tagSlugs, ...tagFilters])];
  return slugs.length === 0 ? undefined : slugs.join(",");
}

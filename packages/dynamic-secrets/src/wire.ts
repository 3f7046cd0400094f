import type { HttpRequest } from "@infisical/core";
import { apiPath, requireText } from "@infisical/core/authoring";
import { checkLocation } from "./check-location.ts";
import { checkProvider } from "./check-provider.ts";
import { checkOptionalTtl, checkTtl } from "./check-ttl.ts";
import type {
  CreateDynamicSecretLeaseOptions,
  DeleteDynamicSecretLeaseOptions,
  ListDynamicSecretLeasesOptions,
  RenewDynamicSecretLeaseOptions,
} from "./lease-options.ts";
import type {
  CreateDynamicSecretOptions,
  DeleteDynamicSecretOptions,
  DynamicSecretLocation,
  UpdateDynamicSecretOptions,
} from "./options.ts";
import type { ProviderType } from "./provider.ts";

/** The requests about dynamic secrets themselves, in the server's spelling. */
export const dynamicSecretRequests = {
  create(options: CreateDynamicSecretOptions<ProviderType>): HttpRequest {
    const { name, provider, defaultTTL, usernameTemplate } = options;
    return write("POST", "/api/v1/dynamic-secrets", options, dynamicSecretReply, {
      name: requireText("name", name),
      provider: checkProvider(provider),
      defaultTTL: checkTtl("defaultTTL", defaultTTL),
      maxTTL: maxTtl(options),
      metadata: entries(options.metadata),
      usernameTemplate,
    });
  },

  update(name: string, options: UpdateDynamicSecretOptions): HttpRequest {
    const { inputs, newName, usernameTemplate } = options;
    return write("PATCH", pathOf(name), options, dynamicSecretReply, {
      data: {
        inputs,
        defaultTTL: checkOptionalTtl("defaultTTL", options.defaultTTL),
        maxTTL: maxTtl(options),
        newName,
        metadata: entries(options.metadata),
        usernameTemplate,
      },
    });
  },

  delete(name: string, options: DeleteDynamicSecretOptions): HttpRequest {
    return write("DELETE", pathOf(name), options, dynamicSecretReply, { isForced: options.isForced });
  },

  get(name: string, options: DynamicSecretLocation): HttpRequest {
    return read(pathOf(name), options, dynamicSecretReply);
  },

  list(options: DynamicSecretLocation): HttpRequest {
    return read("/api/v1/dynamic-secrets", options, { dynamicSecrets: "array" });
  },
};

/** The requests about leases. */
export const leaseRequests = {
  create(options: CreateDynamicSecretLeaseOptions): HttpRequest {
    const { dynamicSecretName, ttl, config } = options;
    const expect = { lease: "object", dynamicSecret: "object", data: "object" } as const;
    return write("POST", "/api/v1/dynamic-secrets/leases", options, expect, {
      dynamicSecretName: requireText("dynamicSecretName", dynamicSecretName),
      ttl: checkOptionalTtl("ttl", ttl),
      config,
    });
  },

  renew(leaseId: string, options: RenewDynamicSecretLeaseOptions): HttpRequest {
    const path = apiPath`/api/v1/dynamic-secrets/leases/${{ leaseId }}/renew`;
    return write("POST", path, options, leaseReply, { ttl: checkOptionalTtl("ttl", options.ttl) });
  },

  delete(leaseId: string, options: DeleteDynamicSecretLeaseOptions): HttpRequest {
    return write("DELETE", leasePath(leaseId), options, leaseReply, { isForced: options.isForced });
  },

  get(leaseId: string, options: DynamicSecretLocation): HttpRequest {
    return read(leasePath(leaseId), options, leaseReply);
  },

  list(options: ListDynamicSecretLeasesOptions): HttpRequest {
    const { dynamicSecretName } = options;
    const path = apiPath`/api/v1/dynamic-secrets/${{ dynamicSecretName }}/leases`;
    return read(path, options, { leases: "array" });
  },
};

const dynamicSecretReply = { dynamicSecret: "object" } as const;
const leaseReply = { lease: "object" } as const;

function pathOf(dynamicSecretName: string): string {
  return apiPath`/api/v1/dynamic-secrets/${{ dynamicSecretName }}`;
}

function leasePath(leaseId: string): string {
  return apiPath`/api/v1/dynamic-secrets/leases/${{ leaseId }}`;
}

function read(path: string, options: DynamicSecretLocation, expect: HttpRequest["expect"]): HttpRequest {
  const { signal, timeout } = options;
  return { method: "GET", path, query: checkLocation(options), signal, timeout, expect };
}

function write(
  method: "POST" | "PATCH" | "DELETE",
  path: string,
  options: DynamicSecretLocation,
  expect: HttpRequest["expect"],
  fields: Readonly<Record<string, unknown>>,
): HttpRequest {
  const { signal, timeout } = options;
  return { method, path, body: { ...checkLocation(options), ...fields }, signal, timeout, expect };
}

function maxTtl({ maxTTL }: Pick<UpdateDynamicSecretOptions, "maxTTL">): string | null | undefined {
  return maxTTL === null ? null : checkOptionalTtl("maxTTL", maxTTL);
}

/** Metadata as the server wants it: a list of entries. */
function entries(metadata: CreateDynamicSecretOptions["metadata"]): unknown {
  if (metadata === undefined || Array.isArray(metadata)) return metadata;
  return Object.entries(metadata).map(([key, value]) => ({ key, value }));
}

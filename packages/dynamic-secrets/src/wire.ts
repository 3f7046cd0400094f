import type { HttpRequest } from "@infisical/core";
import { apiPath, own, parseCallOptions, requireFlag, requireText } from "@infisical/core/authoring";
import type {
  CreateDynamicSecretLeaseOptions,
  DeleteDynamicSecretLeaseOptions,
  ListDynamicSecretLeasesOptions,
  RenewDynamicSecretLeaseOptions,
} from "./lease-options.ts";
import {
  anyObject,
  anyText,
  leaseTaking,
  metadataEntries,
  orNull,
  place,
  providerWithInputs,
  ttl,
} from "./option-rules.ts";
import type {
  CreateDynamicSecretOptions,
  DeleteDynamicSecretOptions,
  DynamicSecretLocation,
  UpdateDynamicSecretOptions,
} from "./options.ts";
import type { ProviderType } from "./provider.ts";
import { dynamicSecret, lease, leaseTaken, leaseWithDynamicSecret } from "./response-shapes.ts";

/** The requests about dynamic secrets themselves, in the server's spelling. */
export const dynamicSecretRequests = {
  create(options: CreateDynamicSecretOptions<ProviderType>): HttpRequest {
    const fields = parseCallOptions(options, {
      ...place,
      name: requireText,
      provider: providerWithInputs,
      defaultTTL: ttl,
      "maxTTL?": orNull(ttl),
      "metadata?": metadataEntries,
      "usernameTemplate?": anyText,
    });
    return write("POST", "/api/v1/dynamic-secrets", fields, { dynamicSecret });
  },

  update(dynamicSecretName: string, options: UpdateDynamicSecretOptions): HttpRequest {
    const path = pathOf(dynamicSecretName);
    const {
      provider: _,
      signal,
      timeout,
      projectSlug,
      environmentSlug,
      path: folder,
      ...data
    } = parseCallOptions(options, {
      ...place,
      "provider?": requireText,
      "inputs?": anyObject,
      "newName?": requireText,
      "defaultTTL?": ttl,
      "maxTTL?": orNull(ttl),
      "metadata?": metadataEntries,
      "usernameTemplate?": orNull(anyText),
    });
    const fields = { projectSlug, environmentSlug, path: folder, signal, timeout, data };
    return write("PATCH", path, fields, { dynamicSecret });
  },

  delete(dynamicSecretName: string, options: DeleteDynamicSecretOptions): HttpRequest {
    const path = pathOf(dynamicSecretName);
    return write("DELETE", path, parseCallOptions(options, deletion), { dynamicSecret });
  },

  get(dynamicSecretName: string, options: DynamicSecretLocation): HttpRequest {
    const path = pathOf(dynamicSecretName);
    return read(path, parseCallOptions(options, place), { dynamicSecret });
  },

  list(options: DynamicSecretLocation): HttpRequest {
    const parsed = parseCallOptions(options, place);
    return read("/api/v1/dynamic-secrets", parsed, { dynamicSecrets: [dynamicSecret] });
  },
};

/** The requests about leases. */
export const leaseRequests = {
  create(options: CreateDynamicSecretLeaseOptions): HttpRequest {
    const { provider: _, ...fields } = parseCallOptions(options, leaseTaking);
    return write("POST", "/api/v1/dynamic-secrets/leases", own(fields), leaseTaken);
  },

  renew(leaseId: string, options: RenewDynamicSecretLeaseOptions): HttpRequest {
    const path = `${leasePath(leaseId)}/renew`;
    return write("POST", path, parseCallOptions(options, { ...place, "ttl?": ttl }), { lease });
  },

  delete(leaseId: string, options: DeleteDynamicSecretLeaseOptions): HttpRequest {
    const path = leasePath(leaseId);
    return { ...write("DELETE", path, parseCallOptions(options, deletion), { lease }), idempotent: true };
  },

  get(leaseId: string, options: DynamicSecretLocation): HttpRequest {
    const path = leasePath(leaseId);
    return read(path, parseCallOptions(options, place), { lease: leaseWithDynamicSecret });
  },

  list(options: ListDynamicSecretLeasesOptions): HttpRequest {
    const { dynamicSecretName, ...where } = parseCallOptions(options, {
      ...place,
      dynamicSecretName: requireText,
    });
    return read(`${pathOf(dynamicSecretName)}/leases`, where, { leases: [lease] });
  },
};

const deletion = { ...place, "isForced?": requireFlag };

function pathOf(dynamicSecretName: string): string {
  return apiPath`/api/v1/dynamic-secrets/${{ dynamicSecretName: requireText("dynamicSecretName", dynamicSecretName) }}`;
}

function leasePath(leaseId: string): string {
  return apiPath`/api/v1/dynamic-secrets/leases/${{ leaseId: requireText("leaseId", leaseId) }}`;
}

/** A request whose options are the query. */
function read(path: string, options: DynamicSecretLocation, expect: HttpRequest["expect"]): HttpRequest {
  const { signal, timeout, projectSlug, environmentSlug, path: folder = "/" } = options;
  const query = { projectSlug, environmentSlug, path: folder };
  return { method: "GET", path, query, signal, timeout, expect };
}

/** A request whose options are the body. */
function write(
  method: "POST" | "PATCH" | "DELETE",
  path: string,
  options: DynamicSecretLocation,
  expect: HttpRequest["expect"],
): HttpRequest {
  const { signal, timeout, path: folder = "/", ...fields } = options;
  return { method, path, body: { ...fields, path: folder }, signal, timeout, expect };
}

import type { HttpRequest, ResponseShape } from "@infisical/core";
import {
  apiPath,
  type OptionRules,
  own,
  parseCallArguments,
  parseCallOptions,
} from "@infisical/core/authoring";
import type {
  CreateDynamicSecretLeaseOptions,
  DeleteDynamicSecretLeaseOptions,
  ListDynamicSecretLeasesOptions,
  RenewDynamicSecretLeaseOptions,
} from "./leases/types.ts";
import {
  deletion,
  dynamicSecretCreation,
  dynamicSecretUpdate,
  leaseCreation,
  leaseListing,
  leaseRenewal,
  location,
} from "./option-rules.ts";
import type { ProviderType } from "./providers/registry.ts";
import type {
  CreateDynamicSecretOptions,
  DeleteDynamicSecretOptions,
  DynamicSecretLocation,
  UpdateDynamicSecretOptions,
} from "./types.ts";

const dynamicSecrets = "/api/v1/dynamic-secrets";

/** A dynamic secret in a response. Only fields that every server sends are required. */
const dynamicSecret: ResponseShape = {
  id: "string",
  name: "string",
  type: "string",
  "version?": "number",
  "defaultTTL?": "string",
  "maxTTL?": "string",
  "folderId?": "string",
  "status?": "string",
  "statusDetails?": "string",
  "createdAt?": "string",
  "updatedAt?": "string",
  "inputs?": "object",
  "usernameTemplate?": "string",
  "metadata?": [{ key: "string", "value?": "string" }],
};

/** A lease in a response. Only fields that every server sends are required. */
const lease: ResponseShape = {
  id: "string",
  createdAt: "string",
  expireAt: "string",
  "version?": "number",
  "externalEntityId?": "string",
  "status?": "string",
  "statusDetails?": "string",
  "dynamicSecretId?": "string",
  "updatedAt?": "string",
};

/** The requests about dynamic secrets themselves. */
export const dynamicSecretRequests = {
  create(options: CreateDynamicSecretOptions<ProviderType>): HttpRequest {
    return write(
      "dynamicSecrets.create",
      "POST",
      dynamicSecrets,
      parseCallOptions(options, dynamicSecretCreation),
      { dynamicSecret },
    );
  },

  update(dynamicSecretName: string, options: UpdateDynamicSecretOptions): HttpRequest {
    const [name, parsed] = ofDynamicSecret("update", dynamicSecretName, options, dynamicSecretUpdate);
    const url = dynamicSecretPath(name);
    const { provider: _, signal, timeout, projectSlug, environmentSlug, path, ...data } = parsed;
    const fields = { projectSlug, environmentSlug, path, signal, timeout, data };
    const request = write("dynamicSecrets.update", "PATCH", url, fields, { dynamicSecret });
    return { ...request, target: { dynamicSecretName } };
  },

  delete(dynamicSecretName: string, options: DeleteDynamicSecretOptions): HttpRequest {
    const [name, parsed] = ofDynamicSecret("delete", dynamicSecretName, options, deletion);
    const path = dynamicSecretPath(name);
    const request = write("dynamicSecrets.delete", "DELETE", path, parsed, { dynamicSecret });
    return { ...request, target: { dynamicSecretName } };
  },

  get(dynamicSecretName: string, options: DynamicSecretLocation): HttpRequest {
    const [name, parsed] = ofDynamicSecret("get", dynamicSecretName, options, location);
    const path = dynamicSecretPath(name);
    const request = read("dynamicSecrets.get", path, parsed, { dynamicSecret });
    return { ...request, target: { dynamicSecretName } };
  },

  list(options: DynamicSecretLocation): HttpRequest {
    return read("dynamicSecrets.list", dynamicSecrets, parseCallOptions(options, location), {
      dynamicSecrets: [dynamicSecret],
    });
  },
};

/** The requests about leases. */
export const leaseRequests = {
  create(options: CreateDynamicSecretLeaseOptions): HttpRequest {
    const { provider: _, ...fields } = parseCallOptions(options, leaseCreation);
    return write("dynamicSecrets.leases.create", "POST", `${dynamicSecrets}/leases`, own(fields), {
      lease,
      dynamicSecret,
      data: "object",
    });
  },

  renew(leaseId: string, options: RenewDynamicSecretLeaseOptions): HttpRequest {
    const [path, parsed] = ofLease("renew", leaseId, options, leaseRenewal);
    return write("dynamicSecrets.leases.renew", "POST", `${path}/renew`, parsed, { lease });
  },

  delete(leaseId: string, options: DeleteDynamicSecretLeaseOptions): HttpRequest {
    const [path, parsed] = ofLease("delete", leaseId, options, deletion);
    return {
      ...write("dynamicSecrets.leases.delete", "DELETE", path, parsed, { lease }),
      idempotent: true,
    };
  },

  get(leaseId: string, options: DynamicSecretLocation): HttpRequest {
    const [path, parsed] = ofLease("get", leaseId, options, location);
    const expect = { lease: { ...lease, "dynamicSecret?": dynamicSecret } };
    return read("dynamicSecrets.leases.get", path, parsed, expect);
  },

  list(options: ListDynamicSecretLeasesOptions): HttpRequest {
    const { dynamicSecretName, ...where } = parseCallOptions(options, leaseListing);
    return read("dynamicSecrets.leases.list", `${dynamicSecretPath(dynamicSecretName)}/leases`, own(where), {
      leases: [lease],
    });
  },
};

function dynamicSecretPath(dynamicSecretName: string): string {
  return apiPath`/api/v1/dynamic-secrets/${{ dynamicSecretName }}`;
}

/** Checks the arguments of a call about one dynamic secret. */
function ofDynamicSecret<Options extends object>(
  call: string,
  value: string,
  options: Options,
  rules: OptionRules,
): readonly [string, Options] {
  return parseCallArguments({ call, name: "dynamicSecretName", value, options }, rules);
}

/** Checks the arguments of a call about one lease, and returns its path and the options. */
function ofLease<Options extends object>(
  call: string,
  value: string,
  options: Options,
  rules: OptionRules,
): readonly [string, Options] {
  const given = { call: `leases.${call}`, name: "leaseId", value, options };
  const [leaseId, parsed] = parseCallArguments(given, rules);
  return [apiPath`/api/v1/dynamic-secrets/leases/${{ leaseId }}`, parsed];
}

/** A request that sends its options as the query. */
function read(
  operation: string,
  path: string,
  options: DynamicSecretLocation,
  expect: HttpRequest["expect"],
): HttpRequest {
  const { signal, timeout, projectSlug, environmentSlug, path: folder = "/" } = options;
  const query = { projectSlug, environmentSlug, path: folder };
  return { operation, method: "GET", path, query, signal, timeout, expect };
}

/** A request that sends its options as the body. */
function write(
  operation: string,
  method: "POST" | "PATCH" | "DELETE",
  path: string,
  options: DynamicSecretLocation,
  expect: HttpRequest["expect"],
): HttpRequest {
  const { signal, timeout, path: folder = "/", ...fields } = options;
  return { operation, method, path, body: { ...fields, path: folder }, signal, timeout, expect };
}

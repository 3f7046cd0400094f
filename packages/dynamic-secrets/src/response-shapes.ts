import type { ResponseShape } from "@infisical/core";

/** A lease. Servers of 2024 leave out what newer ones added, so only what every server sends is required. */
export const lease: ResponseShape = {
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

/** A dynamic secret. */
export const dynamicSecret: ResponseShape = {
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

/** A lease together with what it is a lease of. */
export const leaseWithDynamicSecret: ResponseShape = { ...lease, "dynamicSecret?": dynamicSecret };

/** A lease that was just taken. */
export const leaseTaken: ResponseShape = { lease, dynamicSecret, data: "object" };

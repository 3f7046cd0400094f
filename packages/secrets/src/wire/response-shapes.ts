import type { ResponseShape } from "@infisical/core";

/**
 * What a secret in a response must have: what no server leaves out and every caller reads, and of the rest what is
 * read here.
 */
const secret: ResponseShape = {
  secretKey: "string",
  secretValue: "string",
  "type?": "string",
  "environment?": "string",
  "secretPath?": "string",
  "secretValueHidden?": "boolean",
  "skipMultilineEncoding?": "boolean",
  "tags?": ["object"],
  "secretMetadata?": ["object"],
};

/** One secret. */
export const oneSecret: ResponseShape = { secret };

/** Many secrets. */
export const manySecrets: ResponseShape = { secrets: [secret] };

/** A list, with imports where they were asked for. */
export const secretList: ResponseShape = {
  secrets: [secret],
  "imports?": [{ secretPath: "string", environment: "string", secrets: [secret] }],
};

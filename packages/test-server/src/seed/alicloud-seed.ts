import { list, matching, name, type ObjectOf, object, optional } from "../engine/check.ts";
import { accessTokenSeed } from "./access-token-seed.ts";

const alicloudAccessKeySeed = object({
  /** The AccessKey ID. */
  accessKeyId: name,
  /** The AccessKey secret, used to verify signatures. */
  accessKeySecret: name,
  /** The Alibaba Cloud Resource Name of its user, such as `acs:ram::123456:user/app`. */
  arn: matching(/^acs:/, "must be an ARN of Alibaba Cloud"),
});

/** An AccessKey pair that the simulated Alibaba Cloud knows. */
export interface AlicloudAccessKeySeed extends ObjectOf<typeof alicloudAccessKeySeed.fields> {}

export const alicloudAuthSeed = object({
  ...accessTokenSeed.fields,
  /**
   * The ARNs that can log in, compared exactly.
   *
   * @defaultValue all
   */
  allowedArns: optional(list(name, { atLeast: 1 })),
  /** The AccessKey pairs that exist. */
  accessKeys: list<AlicloudAccessKeySeed>(alicloudAccessKeySeed),
});

/**
 * Alibaba Cloud Auth of a seeded identity: the AccessKey pairs of a simulated Alibaba Cloud.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer({
 *   identities: [
 *     {
 *       name: "app",
 *       alicloudAuth: {
 *         accessTokenPeriod: 3600,
 *         allowedArns: ["acs:ram::1234567890123456:user/app"],
 *         accessKeys: [
 *           { accessKeyId: "LTAIexample", accessKeySecret: "a-secret", arn: "acs:ram::1234567890123456:user/app" },
 *         ],
 *       },
 *     },
 *   ],
 * });
 */
export interface AlicloudAuthSeed extends ObjectOf<typeof alicloudAuthSeed.fields> {}

/** A program of `fixtures`, and what its bundle may come to. */
export interface Bundle {
  /** The file in `fixtures`. */
  readonly fixture: string;
  /** What runs it; `"browser"` is what esbuild bundles for by default. */
  readonly platform: "browser" | "node";
  /** Whether what is loaded when it is needed goes into files of its own, which do not count. */
  readonly splitting: boolean;
  /** The most bytes that the minified bundle may have. */
  readonly ceiling: number;
  /** Text that shows that something is in the bundle that this program does not use. */
  readonly mustNotAppear: readonly string[];
}

const otherResources = ["dynamic-secrets", "/api/v1/kms", "/secret-imports"];
const aws = ["aws-auth", "GetCallerIdentity", "amazonaws"];
/** An option of ky's, which is nowhere else. */
const ky = ["prefixUrl"];
const node = ["node:http"];

/**
 * Raise a ceiling only in a change that says what the bytes are for.
 *
 * Of each, some 18,000 bytes tell gateways from servers, secrets in every spelling, wrong options and wrong responses;
 * 4,000 are texts read as they arrive, and what keeps many calls from overloading a server; 7,000 are strict lists and the names that steer a process; 6,200 are events, of which a fourth puts them into words;
 * 1,600 find the option that was meant.
 * In the umbrella, 72,000 are the logins for which a platform vouches, and what finds one in the environment. Of those, 4,000 are
 * loaded at once, their accessors; the rest comes with the first such login, where a bundle is split.
 */
export const bundles: readonly Bundle[] = [
  // In each for browsers, 21,200 bytes are the transport over `fetch`: 14,000 of them ky.
  {
    fixture: "secrets-only.mjs",
    platform: "browser",
    splitting: false,
    ceiling: 103_000,
    mustNotAppear: [...otherResources, ...aws, ...node, "universal-auth"],
  },
  {
    fixture: "universal-auth-and-secrets.mjs",
    platform: "browser",
    splitting: false,
    ceiling: 104_200,
    mustNotAppear: [...otherResources, ...aws, ...node],
  },
  {
    fixture: "umbrella.mjs",
    platform: "browser",
    splitting: false,
    ceiling: 217_200,
    mustNotAppear: [...node, "createTestServer"],
  },
  // In each for Node, 10,600 bytes are the transport over its own sockets.
  {
    fixture: "secrets-only.mjs",
    platform: "node",
    splitting: false,
    ceiling: 91_700,
    mustNotAppear: [...otherResources, ...aws, ...ky, "universal-auth"],
  },
  {
    fixture: "umbrella.mjs",
    platform: "node",
    // ky is loaded with the first request of a client that has a `fetch` of its own, and AWS with its login.
    splitting: true,
    ceiling: 129_100,
    mustNotAppear: [...ky, "amazonaws", "createTestServer"],
  },
];

/** A program that logs in with a package, and what that adds to one that does not. */
export interface Addition extends Pick<Bundle, "fixture" | "mustNotAppear"> {
  /** The program without it, in `fixtures`. */
  readonly addsTo: string;
  /** The package, by its folder. */
  readonly package: string;
  /** The most bytes of the package's own files that the minified bundle for Node may hold. */
  readonly ceiling: number;
  /** The most bytes that it may add, including helpers of core that other logins use too. */
  readonly ceilingWithCore: number;
}

/** The logins for which a platform vouches. */
export const additions: readonly Addition[] = [
  {
    fixture: "github-actions-and-secrets.mjs",
    addsTo: "secrets-only.mjs",
    package: "auth-oidc",
    ceiling: 6000,
    ceilingWithCore: 9200,
    // The other sources.
    mustNotAppear: ["VERCEL_", "BUILDKITE_", "CIRCLE_", "FLY_", "BITBUCKET_", "TFC_", "metadata-flavor"],
  },
  {
    fixture: "kubernetes-and-secrets.mjs",
    addsTo: "secrets-only.mjs",
    package: "auth-kubernetes",
    ceiling: 3000,
    ceilingWithCore: 5200,
    mustNotAppear: ["ACTIONS_ID_TOKEN", "metadata-flavor"],
  },
  {
    fixture: "gcp-and-secrets.mjs",
    addsTo: "secrets-only.mjs",
    package: "auth-gcp",
    ceiling: 6500,
    ceilingWithCore: 14_000,
    mustNotAppear: ["x-identity-header"],
  },
  {
    fixture: "azure-and-secrets.mjs",
    addsTo: "secrets-only.mjs",
    package: "auth-azure",
    ceiling: 6000,
    ceilingWithCore: 12_600,
    mustNotAppear: ["metadata-flavor"],
  },
  {
    fixture: "ldap-and-secrets.mjs",
    addsTo: "secrets-only.mjs",
    package: "auth-ldap",
    ceiling: 1500,
    ceilingWithCore: 4000,
    mustNotAppear: ["metadata-flavor", "X-IDENTITY-HEADER"],
  },
  {
    fixture: "oci-and-secrets.mjs",
    addsTo: "secrets-only.mjs",
    package: "auth-oci",
    ceiling: 6000,
    ceilingWithCore: 9600,
    mustNotAppear: ["metadata-flavor", "X-IDENTITY-HEADER"],
  },
  {
    fixture: "alicloud-and-secrets.mjs",
    addsTo: "secrets-only.mjs",
    package: "auth-alicloud",
    ceiling: 4000,
    ceilingWithCore: 6800,
    mustNotAppear: ["metadata-flavor", "X-IDENTITY-HEADER"],
  },
  {
    fixture: "tls-cert-and-secrets.mjs",
    addsTo: "secrets-only.mjs",
    package: "auth-tls-cert",
    // Half of it is what it says about certificates, keys, proxies and firewalls.
    ceiling: 5600,
    ceilingWithCore: 9400,
    mustNotAppear: ["metadata-flavor", "X-IDENTITY-HEADER"],
  },
];

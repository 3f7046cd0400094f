/** A program of `fixtures`, and what its bundle may come to. */
export interface Bundle {
  /** The file in `fixtures`. */
  readonly fixture: string;
  /** What runs it; `"browser"` is what esbuild bundles for unless told. */
  readonly platform: "browser" | "node";
  /** The most bytes that the minified bundle may have. */
  readonly ceiling: number;
  /** Text that shows that something is in the bundle that this program does not use. */
  readonly mustNotAppear: readonly string[];
}

const otherResources = ["dynamic-secrets", "/api/v1/kms", "/api/v1/folders"];
const aws = ["aws-auth", "sts.", "amazonaws"];

/** Raise a ceiling only in a change that says what the bytes are for. */
export const bundles: readonly Bundle[] = [
  {
    fixture: "secrets-only.mjs",
    platform: "browser",
    ceiling: 31_000,
    mustNotAppear: [...otherResources, ...aws, "universal-auth"],
  },
  {
    fixture: "universal-auth-and-secrets.mjs",
    platform: "browser",
    ceiling: 31_700,
    mustNotAppear: [...otherResources, ...aws],
  },
  {
    fixture: "umbrella.mjs",
    platform: "browser",
    ceiling: 59_000,
    mustNotAppear: ["createTestServer"],
  },
];

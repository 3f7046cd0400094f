import { join } from "node:path";
import { isUnavailable } from "@infisical/core";
import { describe, expect, test, vi } from "vitest";
import { ociAuth } from "../src/index.ts";
import {
  createKey,
  failureWithout,
  folder,
  identityId,
  linesOf,
  outsideOracle,
  passphrase,
  region,
  section,
  sentBy,
  startInfisical,
  tenancy,
  user,
  write,
} from "./oracle.ts";

outsideOracle();

const key = createKey();
const { fingerprint } = key;
const owner = { tenancy, user, fingerprint, region };

/** Writes a config file with a profile, and its key. */
function configFile(
  values: object = {},
  { name = "DEFAULT", pem = key.pkcs8, path = folder() } = {},
): string {
  const key_file = write(join(path, "key.pem"), pem);
  return write(join(path, "config"), section(name, { ...owner, key_file, ...values }));
}

/** The user and the region as whom a strategy signs. */
async function signerOf(options: Parameters<typeof ociAuth>[0]) {
  const { userOcid, headers } = await sentBy(ociAuth({ identityId, ...options }));
  return `${userOcid.slice("ocid1.user.oc1..".length)} ${headers["host"]?.split(".")[1]}`;
}

const userOf = (name: string) => `ocid1.user.oc1..${name}`;

describe("the config file", () => {
  test("is that of the option, of OCI_CONFIG_FILE, of OCI_CLI_CONFIG_FILE, then ~/.oci/config", async () => {
    const home = process.env["HOME"] ?? "";
    configFile({ user: userOf("home") }, { path: join(home, ".oci") });
    const file = (name: string) => configFile({ user: userOf(name) });
    const used = [await signerOf({})];
    vi.stubEnv("OCI_CLI_CONFIG_FILE", file("cli"));
    used.push(await signerOf({}));
    vi.stubEnv("OCI_CONFIG_FILE", file("sdk"));
    used.push(await signerOf({}));
    used.push(await signerOf({ configFile: file("option") }));
    expect(used).toEqual(["home", "cli", "sdk", "option"].map((name) => `${name} ${region}`));
  });

  test("can be in the home folder, written with ~", async () => {
    const home = process.env["HOME"] ?? "";
    configFile({ key_file: "~/elsewhere/key.pem" }, { path: join(home, "elsewhere") });
    expect(await signerOf({ configFile: "~/elsewhere/config" })).toBe(`aaaaaaaauser ${region}`);
    vi.stubEnv("OCI_CONFIG_FILE", "~/elsewhere/config");
    expect(await signerOf({})).toBe(`aaaaaaaauser ${region}`);
  });

  test("names the key's file from the working directory if the path is relative, as for Oracle's tools", async () => {
    const path = configFile({ key_file: "key.pem" });
    const { logIn } = await startInfisical(ociAuth({ identityId, configFile: path }));
    const error = await failureWithout([], logIn());
    expect(error.message).toBe("The key file key.pem cannot be read (ENOENT).");
  });

  test("has the profile of the option, of OCI_CONFIG_PROFILE, of OCI_CLI_PROFILE, then DEFAULT", async () => {
    const path = folder();
    const key_file = write(join(path, "key.pem"), key.pkcs8);
    const sections = ["DEFAULT", "CLI", "SDK", "OPTION"].map((name) =>
      section(name, { ...owner, user: userOf(name.toLowerCase()), key_file }),
    );
    const file = write(join(path, "config"), sections.join("\n\n"));
    const used = [await signerOf({ configFile: file })];
    vi.stubEnv("OCI_CLI_PROFILE", "CLI");
    used.push(await signerOf({ configFile: file }));
    vi.stubEnv("OCI_CONFIG_PROFILE", "SDK");
    used.push(await signerOf({ configFile: file }));
    used.push(await signerOf({ configFile: file, profile: "OPTION" }));
    expect(used).toEqual(["default", "cli", "sdk", "option"].map((name) => `${name} ${region}`));
  });

  test("can have comments, blank lines, spaces, Windows line breaks, and values with =", async () => {
    const path = folder();
    const key_file = write(join(path, "key=1.pem"), key.encryptedPkcs8);
    const lines = [
      "\ufeff# user=ocid1.user.oc1..comment",
      "user=ocid1.user.oc1..before-any-section",
      "[ DEFAULT ]",
      ...Object.entries({ ...owner, key_file }).map(([name, value]) => `  ${name} =  ${value} `),
      "",
      "; another comment",
      "__proto__ = x",
      `#pass_phrase=wrong`,
      `pass_phrase=${passphrase}`,
    ];
    const file = write(join(path, "config"), lines.join("\r\n"));
    expect(await signerOf({ configFile: file })).toBe(`aaaaaaaauser ${region}`);
  });

  test.each(["[PROD] # production", "[]", "not a value", "= value"])(
    "with the line %j is refused, since what follows would go to another profile",
    async (line) => {
      const path = configFile();
      write(path, `[DEFAULT]\n${line}\nuser=${userOf("prod")}\n`);
      const error = await failureWithout([], signerOf({ configFile: path }));
      expect(error.message).toBe(
        `The config file ${path}, line 2: must be [PROFILE], key=value, or a comment.`,
      );
    },
  );

  test("gives a profile the values of DEFAULT that it does not set", async () => {
    const path = configFile();
    const key_file = join(path, "..", "key.pem");
    const sections = [section("DEFAULT", { ...owner, key_file }), section("PROD", { user: userOf("prod") })];
    write(path, sections.join("\n"));
    expect(await signerOf({ configFile: path, profile: "PROD" })).toBe(`prod ${region}`);
  });

  test("can leave the region to OCI_REGION, and the passphrase to the option", async () => {
    const path = configFile({ region: "" }, { pem: key.encryptedPkcs1 });
    vi.stubEnv("OCI_REGION", "us-ashburn-1");
    expect(await signerOf({ configFile: path, passphrase })).toBe("aaaaaaaauser us-ashburn-1");
  });

  test("and the key's file are read at every login", async () => {
    const next = createKey();
    const path = folder();
    configFile({}, { path });
    const { bodies, logIn } = await startInfisical(ociAuth({ identityId, configFile: join(path, "config") }));
    await logIn();
    configFile({ fingerprint: next.fingerprint }, { path, pem: next.pkcs8 });
    await logIn();
    const keyIds = bodies.map(({ headers }) => /keyId="([^"]+)"/.exec(headers["authorization"] ?? "")?.[1]);
    expect(keyIds).toEqual([key, next].map((each) => `${tenancy}/${user}/${each.fingerprint}`));
  });
});

test("a private key's file can be in the home folder, and is read at every login", async () => {
  const path = join(process.env["HOME"] ?? "", "key.pem");
  const auth = ociAuth({ identityId, ...owner, privateKeyFile: "~/key.pem" });
  write(path, key.pkcs1);
  const first = await sentBy(auth);
  write(path, createKey().pkcs1);
  expect((await sentBy(auth)).headers["authorization"]).not.toBe(first.headers["authorization"]);
});

/** What a login with a config file fails with before anything is sent. */
async function refusalOf(file: string, options: object = {}) {
  const { bodies, logIn } = await startInfisical(ociAuth({ identityId, configFile: file, ...options }));
  const error = await failureWithout(linesOf(key.pkcs8, key.encryptedPkcs8), logIn());
  expect(bodies).toEqual([]);
  return error;
}

const only =
  "must begin with ocid1.user.oc1..: only IAM users of realm OC1 can log in, not instance or resource principals";
const realm = "must be a region of realm OC1, such as eu-frankfurt-1: Infisical reaches no other";

test.each<[string, object, string]>([
  ["no tenancy", { tenancy: "" }, "tenancy must be set."],
  ["no user", { user: "" }, "user must be set."],
  ["no fingerprint", { fingerprint: "" }, "fingerprint must be set."],
  ["no region", { region: "" }, "region must be set."],
  ["no key", { key_file: "" }, "key_file must be set."],
  [
    "a session token",
    { security_token_file: "~/.oci/sessions/x/token" },
    "security_token_file is set, but only an API key can log in.",
  ],
  [
    "an instance principal",
    { authentication_type: "instance_principal" },
    "authentication_type is set, but only an API key can log in.",
  ],
  [
    "the OCID of an instance",
    { user: "ocid1.instance.oc1.eu-frankfurt-1.abc" },
    `user ${only}, got ocid1.instance.oc1.eu-frankfurt-1.abc.`,
  ],
  [
    "the OCID of a function",
    { user: "ocid1.fnfunc.oc1.phx.abc" },
    `user ${only}, got ocid1.fnfunc.oc1.phx.abc.`,
  ],
  ["a user of a government realm", { user: "ocid1.user.oc2..abc" }, `user ${only}, got ocid1.user.oc2..abc.`],
  [
    "a tenancy of another realm",
    { tenancy: "ocid1.tenancy.oc4..abc" },
    "tenancy must begin with ocid1.tenancy.oc1.. (realm OC1), got ocid1.tenancy.oc4..abc.",
  ],
  ["a region of the US Government", { region: "us-gov-ashburn-1" }, `region ${realm}, got us-gov-ashburn-1.`],
  ["a region of the UK Government", { region: "uk-gov-london-1" }, `region ${realm}, got uk-gov-london-1.`],
  ["a dedicated region", { region: "eu-dcc-milan-1" }, `region ${realm}, got eu-dcc-milan-1.`],
  ["the short code of a region", { region: "iad" }, `region ${realm}.`],
  ["a region that leads elsewhere", { region: "x.example.com/eu-frankfurt-1" }, `region ${realm}.`],
  [
    "a malformed fingerprint",
    { fingerprint: "12:34" },
    "fingerprint must be 16 pairs of hexadecimal digits with colons.",
  ],
  [
    "a fingerprint of SHA-256",
    { fingerprint: `${fingerprint}:${fingerprint}` },
    "fingerprint must be 16 pairs of hexadecimal digits with colons.",
  ],
])("a profile with %s is refused before anything is sent", async (_, values, problem) => {
  const path = configFile(values, { name: "PROD" });
  const error = await refusalOf(path, { profile: "PROD" });
  expect(error.code).toBe("AUTH_FAILED");
  expect(error.message).toBe(`The config file ${path}, profile PROD: ${problem}`);
});

test("the same rules hold for options, and name them", () => {
  const options = { identityId, ...owner, privateKey: key.pkcs8 };
  expect(() => ociAuth({ ...options, user: "ocid1.instance.oc1.phx.abc" })).toThrow(
    `user ${only}, got ocid1.instance.oc1.phx.abc.`,
  );
  expect(() => ociAuth({ ...options, region: "us-gov-phoenix-1" })).toThrow(
    `region ${realm}, got us-gov-phoenix-1.`,
  );
  expect(() => ociAuth({ ...options, fingerprint: "hunter2" })).toThrow(
    /^fingerprint must be 16 pairs.* colons\.$/,
  );
});

test("half a set of options names the option that is missing", () => {
  const { privateKey: _, ...whole } = { identityId, ...owner, privateKey: key.pkcs8 };
  expect(() => ociAuth(whole)).toThrow("privateKey must be given with tenancy, or privateKeyFile or sign.");
  expect(() => ociAuth({ ...whole, privateKeyFile: "/k", region: undefined })).toThrow(
    "region must be given with tenancy.",
  );
  expect(() => ociAuth({ identityId, privateKeyFile: "/k" })).toThrow(
    "tenancy must be given with privateKeyFile.",
  );
  expect(() => ociAuth({ ...whole, privateKeyFile: "/k", sign: () => "" })).toThrow(
    "sign must be omitted with privateKeyFile.",
  );
  expect(() => ociAuth({ ...whole, privateKeyFile: "/k", profile: "P" })).toThrow(
    "profile must be omitted with privateKeyFile.",
  );
});

test("an unknown profile is refused, naming those that exist", async () => {
  const path = configFile();
  const error = await refusalOf(path, { profile: "PROD" });
  expect(error.message).toBe(`The config file ${path} has no profile PROD, only DEFAULT.`);
});

test("a missing config file is unavailable, and says what to do", async () => {
  const { logIn } = await startInfisical(ociAuth({ identityId }));
  const error = await failureWithout([], logIn());
  expect(error.message).toBe(
    `The config file ${join(process.env["HOME"] ?? "", ".oci/config")} cannot be read (ENOENT). Pass tenancy and the other ` +
      "options, or set OCI_CONFIG_FILE. Instance and resource principals cannot log in.",
  );
  expect(isUnavailable(error)).toBe(true);
});

test("a file that cannot be read, or is empty, is named", async () => {
  const path = folder();
  const empty = write(join(path, "empty"), "\n");
  expect((await refusalOf(path)).message).toBe(`The config file ${path} cannot be read (EISDIR).`);
  expect((await refusalOf(empty)).message).toBe(`The config file ${empty} is empty.`);
  const missing = join(path, "missing.pem");
  const unreadable = await refusalOf(configFile({ key_file: missing }));
  expect(unreadable.message).toBe(`The key file ${missing} cannot be read (ENOENT).`);
});

test("a key that its passphrase does not open is named by its file", async () => {
  const path = configFile({ pass_phrase: "hunter2-mistaken" }, { pem: key.encryptedPkcs8 });
  const error = await refusalOf(path);
  const file = join(path, "..", "key.pem");
  expect(error.message).toContain(`The key file ${file} cannot be decrypted with the passphrase.`);
  expect(error.message).not.toContain("hunter2");
});

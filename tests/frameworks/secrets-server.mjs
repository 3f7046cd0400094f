import { createTestServer } from "@infisical/test-server";

/** What arrives as it is only if nothing reads it as a shell, a dotenv file or JSON would. */
const values = {
  API_KEY: `"quoted" 'single' \`backtick\` $HOME $(id) $$ %PATH% \\n # = <b>&amp;`,
  PRIVATE_KEY: `line one of this key\nthe "second" line: $1\r\n\tthe 'third' line\n\n`,
  NUXT_DATABASE_URL: `postgres://shop:p"a's$HOME@db\nthe line behind the address`,
  NUXT_TITLE: `"a title in quotes"`,
};

/** Starts a server with secrets, and says what must not be kept of them. */
export async function startSecretsServer() {
  const server = createTestServer();
  const { siteUrl } = await server.listen();
  const { clientId, clientSecret } = server.credentials();
  /** @type {Record<string, string>} */
  const current = {};
  /** @type {string[]} */
  const texts = [];
  const set = (/** @type {string} */ key, /** @type {string} */ value) => {
    current[key] = value;
    texts.push(value);
    server.secrets.set({ environment: "dev", key, value });
  };
  for (const [key, value] of Object.entries(values)) set(key, value);
  return {
    /** What the preload reads. */
    variables: {
      INFISICAL_SITE_URL: siteUrl,
      INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: clientId,
      INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: clientSecret,
      INFISICAL_PROJECT_ID: server.projectId(),
      INFISICAL_ENVIRONMENT: "dev",
    },
    set,
    /** How many requests there have been. */
    count: () => server.requests.length,
    /** Through what requests came; only a `fetch` says how it was called. */
    waysSince: (/** @type {number} */ start) =>
      server.requests.slice(start).map(({ headers }) => ("sec-fetch-mode" in headers ? "fetch" : "sockets")),
    /** Gives the values as they are now. */
    secrets: () => ({ ...current }),
    /** Gives all that must not be printed, by what to call it. */
    sentinels() {
      // A part of a value tells too much already.
      const parts = texts.flatMap((text) => text.split(/[\r\n"]+/)).filter((part) => part.length > 12);
      const tokens = server.requests.flatMap(({ headers: { authorization = "" } }) =>
        authorization.startsWith("Bearer ") ? [authorization.slice("Bearer ".length)] : [],
      );
      const all = [...new Set([...texts, ...parts, ...tokens, clientSecret])];
      return Object.fromEntries(all.map((text, index) => [`text ${index + 1}`, text]));
    },
    close: () => server.close(),
  };
}

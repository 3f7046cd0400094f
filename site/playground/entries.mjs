/** The module of what examples take as given, which the documentation tests use too. */
export const placeholders = "placeholders";

/** Packages of others that examples import and that run in a page. */
const thirdParty = ["zod"];

/**
 * What a package has for pages where its `package.json` names another file for them.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const browserSources = {
  "#default-transport": "./packages/core/src/transports/ky.ts",
  "#node-transport": "./packages/auth-tls-cert/src/no-node-transport.ts",
  "#sockets": "./packages/test-server/src/engine/no-sockets.ts",
  "@infisical/auth-aws": "./packages/auth-aws/src/lambda.ts",
};

/**
 * Lists what examples may import, before it is known what of it runs in a page.
 *
 * @param {{ compilerOptions: { paths: Record<string, string[]> } }} tsconfig the workspace's own
 * @returns {Record<string, string>} the source of each module from the workspace's folder, or a package's name
 */
export function entriesOf({ compilerOptions }) {
  const packages = Object.entries(compilerOptions.paths)
    .filter(([name]) => name.startsWith("@infisical/"))
    .map(([name, [source = ""]]) => [name, browserSources[name] ?? source]);
  return {
    [placeholders]: "./tests/documentation/placeholders.ts",
    ...Object.fromEntries(packages),
    ...Object.fromEntries(thirdParty.map((name) => [name, name])),
  };
}

/**
 * @typedef {import("@infisical/core").Transport} Transport
 * @typedef {import("@infisical/core/testing").TransportContractOptions} Options
 * @typedef {Omit<Options, "create" | "server">} Traits what a platform cannot do or know
 *
 * @typedef {object} Settings
 * @property {Options["server"]} server addresses of the server that the contract brings, in another process
 * @property {Traits | null} ky what `kyTransport` cannot do or know here; `null` where it is not tested
 * @property {Traits | null} node the same of `nodeTransport`
 */

/**
 * Gives the promises of transports, to be kept by those that run here.
 *
 * @param {Readonly<Record<string, any>>} entries what was loaded, by how it is imported
 * @param {Settings} settings
 * @returns {{ name: string, run(): Promise<void> }[]}
 */
export function transportCases(entries, { server, ky, node }) {
  const transportContract = entries["@infisical/core/testing"]?.transportContract;
  const kyTransport = entries["@infisical/core/ky"]?.kyTransport;
  const nodeTransport = entries["@infisical/core/node"]?.nodeTransport;

  /**
   * @param {string} name
   * @param {Options["create"]} create
   * @param {Traits} traits
   */
  const casesOf = (name, create, traits) => {
    /** @type {ReturnType<typeof import("@infisical/core/testing").transportContract>} */
    const cases = transportContract({ create, server, ...traits });
    return cases.map((each) => ({ name: `${name}: ${each.name}`, run: each.run }));
  };
  return [
    // A fetch trusts what its platform trusts, which was told so before it started.
    ...(ky ? casesOf("kyTransport", ({ maxResponseSize }) => kyTransport({ maxResponseSize }), ky) : []),
    ...(node ? casesOf("nodeTransport", nodeTransport, node) : []),
  ];
}

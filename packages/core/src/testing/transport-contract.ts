import type { ContractCase } from "./contract-case.ts";
import { abortCases } from "./transport-aborts.ts";
import { TransportBench } from "./transport-bench.ts";
import { bodyCases } from "./transport-bodies.ts";
import { connectionCases } from "./transport-connections.ts";
import { failureCases } from "./transport-failures.ts";
import type { TransportContractOptions } from "./transport-options.ts";
import { requestCases } from "./transport-requests.ts";
import { responseCases } from "./transport-responses.ts";
import { tlsCases } from "./transport-tls.ts";

/**
 * What every transport promises, as a list of cases that any test runner can run.
 *
 * The cases talk to a server over real sockets. They use nothing of Node, so they also run where only the
 * transport does: start the server with `startTransportServer` in a Node process, and hand over its addresses.
 * No case depends on how fast it runs. Run them one after the other.
 *
 * @param contract - How to make a transport, where the server is, and what the platform cannot do or know.
 * @returns The cases, each with a name and a function that rejects where the promise is broken.
 *
 * @example
 * import { after, test } from "node:test";
 * import { nodeTransport } from "@infisical/core/node";
 * import { transportContract } from "@infisical/core/testing";
 * import { startTransportServer } from "@infisical/core/testing/server";
 *
 * const server = await startTransportServer();
 * after(() => server.close());
 * const cases = transportContract({ create: nodeTransport, server: server.addresses });
 * for (const { name, run } of cases) test(name, run);
 */
export function transportContract(contract: TransportContractOptions): readonly ContractCase[] {
  const bench = new TransportBench(contract);
  return [
    ...requestCases(bench),
    ...responseCases(bench),
    ...bodyCases(bench),
    ...failureCases(bench),
    ...tlsCases(bench),
    ...abortCases(bench),
    ...connectionCases(bench),
  ];
}

import { afterAll, beforeAll, describe, test } from "vitest";
import { kyTransport } from "../../src/ky.ts";
import { nodeTransport } from "../../src/node.ts";
import {
  type ContractCase,
  type TransportContractOptions,
  transportContract,
} from "../../src/testing/index.ts";
import { startTransportServer, type TransportServer } from "../../src/testing/server.ts";

type Subject = Omit<TransportContractOptions, "server">;

const subjects: Record<string, Subject> = {
  nodeTransport: { create: nodeTransport },
  kyTransport: {
    create: ({ maxResponseSize }) => kyTransport({ maxResponseSize }),
    trusts: false,
    // What the fetch of Node does not tell, or does by itself.
    connecting: "unknown",
    unexpectedContinue: "refused",
    damagedBodies: "unnoticed",
  },
};

let server: TransportServer;
beforeAll(async () => {
  server = await startTransportServer();
});
afterAll(() => server.close());

describe.each(Object.entries(subjects))("%s", (_, subject) => {
  // The server's addresses are known only when it runs; the names of the cases do not depend on them.
  const names = transportContract({ ...subject, server: {} as never }).map(({ name }) => name);
  let cases: readonly ContractCase[];
  beforeAll(() => {
    cases = transportContract({ ...subject, server: server.addresses });
  });
  test.each(names)("%s", async (name) => {
    await cases.find((each) => each.name === name)?.run();
  });
});

import {
  type ContractCase,
  type TransportUnderTestOptions,
  transportContract,
} from "@infisical/core/testing";
import { startTransportServer } from "@infisical/core/testing/server";
import { Agent } from "undici";
import { afterAll, describe, test } from "vitest";
import { undiciTransport } from "../src/index.ts";

const server = await startTransportServer();
afterAll(() => server.close());

// undici 7 breaks the connection here, and no dispatcher can keep it from doing so. The README says so.
const unexpectedContinue = "refused";

function run(cases: readonly ContractCase[]): void {
  for (const { name, run } of cases) test(name, run);
}

describe("with its own connections", () => {
  const create = ({ maxResponseSize }: TransportUnderTestOptions) => undiciTransport({ maxResponseSize });
  // The authorities to trust are a dispatcher's matter.
  run(transportContract({ create, server: server.addresses, trusts: false, unexpectedContinue }));
});

describe("with a dispatcher that was passed in", () => {
  run(
    transportContract({
      create: ({ ca, maxResponseSize }) => {
        const dispatcher = new Agent({ connect: ca === undefined ? {} : { ca } });
        return undiciTransport({ dispatcher, maxResponseSize });
      },
      server: server.addresses,
      unexpectedContinue,
    }),
  );
});

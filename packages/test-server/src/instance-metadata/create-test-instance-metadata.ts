import { MovableClock, type TestClock } from "../clock.ts";
import type { Failure, FailureHandle, FailureMatch } from "../faults/failure.ts";
import type { LoggedRequest } from "../request-log.ts";
import { Responder } from "../responder.ts";
import { parseArgument } from "../seed/parse-argument.ts";
import type { ListenOptions } from "../test-server.ts";
import { SocketServer } from "../transport/socket-server.ts";
import { MetadataService } from "./metadata-service.ts";
import type { TestInstanceMetadata, TestInstanceMetadataOptions } from "./test-instance-metadata.ts";

/**
 * Creates the metadata service of a simulated EC2 instance, for tests. It opens no port until `listen()` is called.
 *
 * @param options - The instance's properties.
 *
 * @example
 * import { createTestInstanceMetadata } from "@infisical/test-server";
 *
 * const metadata = createTestInstanceMetadata({ region: "eu-west-1" });
 * const { endpoint } = await metadata.listen();
 * process.env["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = endpoint;
 */
export function createTestInstanceMetadata(options: TestInstanceMetadataOptions = {}): TestInstanceMetadata {
  return new InstanceMetadata(parseArgument("createTestInstanceMetadata()", options));
}

class InstanceMetadata implements TestInstanceMetadata {
  readonly clock: TestClock;
  readonly #responder: Responder;
  readonly #sockets: SocketServer;

  constructor({ region = "us-east-1", accountId = "123456789012", clock }: TestInstanceMetadataOptions) {
    this.clock = new MovableClock(clock);
    const service = new MetadataService({ region, accountId, clock: this.clock });
    this.#responder = new Responder({
      clock: this.clock,
      answer: async (call) => service.answer(call),
      requestId: () => "req-instance-metadata",
    });
    this.#sockets = new SocketServer(this.#responder);
  }

  get requests(): readonly LoggedRequest[] {
    return this.#responder.log.entries;
  }

  async listen(options: ListenOptions = {}): Promise<{ endpoint: string }> {
    return { endpoint: await this.#sockets.listen(options) };
  }

  close(): Promise<void> {
    return this.#sockets.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  fail(match: FailureMatch, failure: Failure): FailureHandle {
    return this.#responder.faults.add(match, failure);
  }
}

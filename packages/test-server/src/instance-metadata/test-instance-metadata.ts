import type { TestClock, TestClockOptions } from "../clock.js";
import type { Failure, FailureHandle, FailureMatch } from "../faults/failure.js";
import type { LoggedRequest } from "../request-log.js";
import type { ListenOptions } from "../test-server.js";

/** What a simulated EC2 instance says of itself. */
export interface TestInstanceMetadataOptions {
  /** The region it runs in. Default: `us-east-1`. */
  readonly region?: string | undefined;
  /** The account it belongs to. Default: `123456789012`. */
  readonly accountId?: string | undefined;
  /** How the clock starts, by which session tokens expire. Default: it runs with real time. */
  readonly clock?: TestClockOptions | undefined;
}

/** The metadata service of a simulated EC2 instance (IMDSv2): session tokens, the region, the identity document. */
export interface TestInstanceMetadata {
  /** The clock by which session tokens expire. */
  readonly clock: TestClock;
  /** The requests it received, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /**
   * Opens a port.
   *
   * @param options - Default: any free port of the loopback interface.
   * @returns The address, for the variable `AWS_EC2_METADATA_SERVICE_ENDPOINT`.
   * @throws Error when the port is taken or the service listens already.
   */
  listen(options?: ListenOptions): Promise<{
    /** The address. */
    endpoint: string;
  }>;
  /** Closes the port and ends every connection; may be called any number of times. */
  close(): Promise<void>;
  /** Does the same as `close`, at the end of a block with `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
  /**
   * Makes requests fail, as the test server's `fail` does.
   *
   * @param match - Which requests, and how many; `{}` is the next one.
   * @param failure - What happens to them.
   */
  fail(match: FailureMatch, failure: Failure): FailureHandle;
}

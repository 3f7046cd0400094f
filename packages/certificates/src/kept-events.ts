import type { CertificateBundle } from "./bundle.ts";
import type {
  CertificateChangeEvent,
  CertificateEndEvent,
  CertificateFailedEvent,
  CertificatePendingEvent,
} from "./kept-certificate.ts";
import type { CertificateRequest, CertificateRequestStatus } from "./request-state.ts";

// Their fields are getters: what prints an event must print no private key.

/** See {@link CertificateChangeEvent}. */
export class ChangeEvent extends Event implements CertificateChangeEvent {
  readonly #bundle: CertificateBundle;
  readonly #expiresAt: number;
  readonly #renewsAt: number;

  constructor(bundle: CertificateBundle, expiresAt: number, renewsAt: number) {
    super("change");
    this.#bundle = bundle;
    this.#expiresAt = expiresAt;
    this.#renewsAt = renewsAt;
  }

  get bundle(): CertificateBundle {
    return this.#bundle;
  }

  get expiresAt(): Date {
    return new Date(this.#expiresAt);
  }

  get renewsAt(): Date {
    return new Date(this.#renewsAt);
  }
}

/** What a failure tells. Times are in milliseconds since 1970. */
export interface Failure {
  readonly error: unknown;
  readonly since: number;
  readonly attempt: number;
  readonly retryAt: number;
  readonly expiresAt: number | undefined;
}

/** See {@link CertificateFailedEvent}. */
export class FailedEvent extends Event implements CertificateFailedEvent {
  readonly #failure: Failure;

  constructor(failure: Failure) {
    super("failed");
    this.#failure = failure;
  }

  get error(): unknown {
    return this.#failure.error;
  }

  get since(): Date {
    return new Date(this.#failure.since);
  }

  get attempt(): number {
    return this.#failure.attempt;
  }

  get retryAt(): Date {
    return new Date(this.#failure.retryAt);
  }

  get expiresAt(): Date | undefined {
    const { expiresAt } = this.#failure;
    return expiresAt === undefined ? undefined : new Date(expiresAt);
  }
}

/** See {@link CertificatePendingEvent}. */
export class PendingEvent extends Event implements CertificatePendingEvent {
  readonly #request: CertificateRequest;

  constructor(request: CertificateRequest) {
    super("pending");
    this.#request = request;
  }

  get certificateRequestId(): string {
    return this.#request.certificateRequestId;
  }

  get status(): CertificateRequestStatus {
    return this.#request.status;
  }

  get message(): string | undefined {
    return this.#request.message;
  }
}

/** See {@link CertificateEndEvent}. */
export class EndEvent extends Event implements CertificateEndEvent {
  readonly #reason: unknown;

  constructor(reason: unknown) {
    super("end");
    this.#reason = reason;
  }

  get reason(): unknown {
    return this.#reason;
  }
}

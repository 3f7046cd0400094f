import type { CertificateBundle } from "./bundle.ts";
import type { CertificateRequestStatus } from "./request-state.ts";

/** What `node:tls` takes for a secure context: `tls.createSecureContext` has made it. */
export interface TlsSecureContext {
  /** The context itself, which only TLS reads. */
  readonly context: unknown;
}

/** The event `change`: there is a certificate, or another one. Printing it shows no private key. */
export interface CertificateChangeEvent extends Event {
  /** The certificate from now on. */
  readonly bundle: CertificateBundle;
  /** Until when it is valid. */
  readonly expiresAt: Date;
  /** About when it is renewed. */
  readonly renewsAt: Date;
}

/** The event `failed`: the certificate could not be issued or renewed; the last one is kept. */
export interface CertificateFailedEvent extends Event {
  /** Why. */
  readonly error: unknown;
  /** Since when renewals fail. */
  readonly since: Date;
  /** How often it has failed since then, from 1. */
  readonly attempt: number;
  /** About when it is tried again. */
  readonly retryAt: Date;
  /** Until when the last certificate is valid; `undefined` if there is none. */
  readonly expiresAt: Date | undefined;
}

/** The event `pending`: a certificate is asked for, and not issued at once; it is looked for until it is. */
export interface CertificatePendingEvent extends Event {
  /** The id of the request, for whoever approves it. */
  readonly certificateRequestId: string;
  /** How far it is. */
  readonly status: CertificateRequestStatus;
  /** What the server says about it; `undefined` if it says nothing. */
  readonly message: string | undefined;
}

/** The event `end`: the certificate is not renewed any longer. */
export interface CertificateEndEvent extends Event {
  /** Why: an error, or the reason of the signal; `undefined` after `close()`. */
  readonly reason: unknown;
}

/** The events of a kept certificate, by their names. */
export interface KeptCertificateEvents {
  /** There is a certificate, or another one. */
  readonly change: CertificateChangeEvent;
  /** An attempt has failed; without a listener, the first one is told by a process warning. */
  readonly failed: CertificateFailedEvent;
  /** The server has not decided yet. */
  readonly pending: CertificatePendingEvent;
  /** Nothing is renewed any longer. */
  readonly end: CertificateEndEvent;
}

/** A listener of a kept certificate's event. */
export type KeptCertificateListener<Type extends keyof KeptCertificateEvents> = (
  event: KeptCertificateEvents[Type],
) => unknown;

/**
 * How a listener is added.
 *
 * @example
 * import { keepCertificate } from "@infisical/certificates";
 * const certificate = keepCertificate(client, { profileId });
 * const signal = AbortSignal.timeout(60_000);
 * certificate.addEventListener("failed", ({ error }) => console.error(error), { once: true, signal });
 */
export interface KeptCertificateListenerOptions {
  /**
   * Whether the listener is removed after the first event.
   *
   * @defaultValue false
   */
  readonly once?: boolean;
  /** Removes the listener when it aborts. */
  readonly signal?: AbortSignal;
}

/** `using` and `await using`, in the types of platforms that support them: the methods close the kept certificate. */
export type KeptCertificateDisposal = (typeof Symbol extends {
  /** The method's key. */
  readonly dispose: infer Key extends symbol;
}
  ? Readonly<Record<Key, () => void>>
  : object) &
  (typeof Symbol extends {
    /** The method's key. */
    readonly asyncDispose: infer Key extends symbol;
  }
    ? Readonly<Record<Key, () => Promise<void>>>
    : object);

/** A certificate that is renewed in time, as a state and as events. Printing it shows no private key. */
export interface KeptCertificateState {
  /** Resolves to the first certificate; rejects if it ends before there is one. */
  readonly ready: Promise<CertificateBundle>;
  /** The certificate; `undefined` before the first one. */
  readonly bundle: CertificateBundle | undefined;
  /** Until when the certificate is valid; `undefined` before the first one. */
  readonly expiresAt: Date | undefined;
  /** Since when renewals fail; `undefined` while they succeed. */
  readonly failingSince: Date | undefined;
  /** Whether nothing is renewed any longer. The last certificate is still there. */
  readonly ended: boolean;
  /**
   * Returns the certificate for `node:tls`, always the current one: for the `SNICallback` of a server, or the `secureContext`
   * of a connection.
   *
   * @returns The context; the same object until the certificate changes.
   * @throws {InfisicalSDKError} `CERTIFICATE_NOT_ISSUED`: the first certificate is not there yet, or this platform has no
   * `node:tls`.
   */
  secureContext(): TlsSecureContext;
  /**
   * Renews the certificate now, for one that was revoked, say. Calls at the same time share a renewal.
   *
   * @returns The certificate after it. With the source `"latest"` it can be the same.
   * @throws {InfisicalSDKError} The code of the renewal's error; the last certificate is kept. `CLIENT_CLOSED`: it was closed.
   */
  renew(): Promise<CertificateBundle>;
  /** Ends it: nothing is renewed any longer. */
  close(): void;
  /**
   * Adds a listener. One that throws is reported as by every `EventTarget`: Node ends the process unless it has a handler of
   * `uncaughtException`.
   *
   * @param type - The event's name.
   * @param listener - Is called with each event.
   * @param options - When it is removed; never by default.
   */
  addEventListener<Type extends keyof KeptCertificateEvents>(
    type: Type,
    listener: KeptCertificateListener<Type>,
    options?: KeptCertificateListenerOptions,
  ): void;
  /**
   * Removes a listener.
   *
   * @param type - The event's name.
   * @param listener - What was passed to `addEventListener`.
   */
  removeEventListener<Type extends keyof KeptCertificateEvents>(
    type: Type,
    listener: KeptCertificateListener<Type>,
  ): void;
}

/** What `keepCertificate` returns. */
export type KeptCertificate = KeptCertificateState & KeptCertificateDisposal;

export type {
  CertificateAltName,
  CertificateAltNameType,
  CertificateAttributes,
  CertificateBasicConstraints,
  CertificateContent,
  CertificateExtendedKeyUsage,
  CertificateKeyAlgorithm,
  CertificateKeyUsage,
  CertificateSignatureAlgorithm,
  CertificateSubject,
  CertificateValidity,
} from "./attributes.ts";
export type { CertificateBundle } from "./bundle.ts";
export {
  type CertificateSigningRequest,
  type CreateCertificateRequestOptions,
  createCertificateRequest,
} from "./certificate-request.ts";
export {
  type CertificatesApi,
  type CertificatesPlugin,
  certificates,
  type GetCertificateRequestOptions,
} from "./certificates.ts";
export type { IssueCertificateOptions } from "./issue.ts";
export { type CertificateClient, type KeepCertificateOptions, keepCertificate } from "./keep-certificate.ts";
export type {
  CertificateChangeEvent,
  CertificateEndEvent,
  CertificateFailedEvent,
  CertificatePendingEvent,
  KeptCertificate,
  KeptCertificateDisposal,
  KeptCertificateEvents,
  KeptCertificateListener,
  KeptCertificateListenerOptions,
  KeptCertificateState,
  TlsSecureContext,
} from "./kept-certificate.ts";
export type { CertificateKeys } from "./keys.ts";
export type { ListCertificatesOptions, ListedCertificate } from "./list.ts";
export type { CertificateRequest, CertificateRequestStatus } from "./request-state.ts";

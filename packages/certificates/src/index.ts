export {
  type Certificates,
  type CertificatesApi,
  type CertificatesPlugin,
  certificates,
  type GetCertificatesOptions,
} from "./certificates.ts";

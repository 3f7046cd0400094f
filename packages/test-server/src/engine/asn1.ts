/**
 * Loads the schemas of X.509 certificates when the first one is issued: few tests issue any. The only place that does, which
 * tsup.config.ts relies on.
 */
export async function loadAsn1() {
  const [{ AsnConvert, OctetString }, x509, { CertificationRequest }] = await Promise.all([
    import("@peculiar/asn1-schema"),
    import("@peculiar/asn1-x509"),
    import("@peculiar/asn1-csr"),
  ]);
  return { AsnConvert, OctetString, CertificationRequest, x509 };
}

/** What is used of the schemas. */
export type Asn1 = Awaited<ReturnType<typeof loadAsn1>>;

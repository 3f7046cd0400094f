/** What is used of a certificate of `node:crypto`. */
export interface Certificate {
  /** A line for each part, such as `CN=app`. */
  readonly subject: string | undefined;
  readonly validFrom: string;
  readonly validTo: string;
  readonly publicKey: object;
  verify(issuersKey: object): boolean;
}

/** What is used of `node:crypto`. */
interface NodeCrypto {
  readonly X509Certificate: new (pem: string) => Certificate;
}

/** Loads Node's reader of certificates. Its name is not written as an import: pages have none. */
export async function loadX509(): Promise<NodeCrypto["X509Certificate"]> {
  const { process } = globalThis as {
    process?: { getBuiltinModule?: (name: string) => NodeCrypto | undefined };
  };
  const found = process?.getBuiltinModule?.("crypto");
  // Node before 20.16.
  const module: NodeCrypto = found ?? (await import(/* @vite-ignore */ ["node", "crypto"].join(":")));
  return module.X509Certificate;
}

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

// Made for the stub and for nothing else, valid for 100 years, by
//   openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -sha256 -days 36525 \
//     -subj "/CN=localhost" -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" \
//     -keyout key.pem -out certificate.pem

/** The file of the stub's certificate, for the `NODE_EXTRA_CA_CERTS` of processes that are to trust it. */
export const certificateFile = fileURLToPath(new URL("certificate.pem", import.meta.url));

/** What an HTTPS server at 127.0.0.1 or localhost identifies itself with. */
export const identity = {
  cert: readFileSync(certificateFile, "utf8"),
  key: readFileSync(new URL("key.pem", import.meta.url), "utf8"),
};

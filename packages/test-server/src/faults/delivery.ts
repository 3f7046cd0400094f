import type { HttpResponse } from "../http/http-response.ts";

/** How a request is answered, whatever the transport. */
export type Delivery =
  | { readonly kind: "response"; readonly response: HttpResponse }
  /** The connection breaks without a response. */
  | { readonly kind: "disconnect"; readonly code: "ECONNRESET" | "ECONNREFUSED" }
  /** Nothing is sent, or only the headers and half of the body. */
  | { readonly kind: "stall"; readonly response: HttpResponse | undefined }
  /** Headers with the full length and half of the body are sent, then the connection breaks. */
  | { readonly kind: "cut"; readonly response: HttpResponse };

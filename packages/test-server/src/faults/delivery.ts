import type { HttpResponse } from "../http/http-response.js";

/** What becomes of a request on its way back to the client, whatever the transport. */
export type Delivery =
  | { readonly kind: "answer"; readonly response: HttpResponse }
  /** The connection breaks and no answer comes. */
  | { readonly kind: "disconnect"; readonly code: "ECONNRESET" | "ECONNREFUSED" }
  /** Nothing comes, or the headers and half of the body. */
  | { readonly kind: "stall"; readonly response: HttpResponse | undefined }
  /** Headers with the full length and half of the body come, then the connection breaks. */
  | { readonly kind: "cut"; readonly response: HttpResponse };

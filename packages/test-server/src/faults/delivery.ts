/** What becomes of a request on its way back to the client, whatever the transport. */
export type Delivery =
  | { readonly kind: "answer"; readonly response: Response }
  /** The connection breaks and no answer comes. */
  | { readonly kind: "disconnect"; readonly code: "ECONNRESET" | "ECONNREFUSED" }
  /** Nothing comes, or the headers and half of the body. */
  | { readonly kind: "stall"; readonly response: Response | undefined }
  /** Headers with the full length and half of the body come, then the connection breaks. */
  | { readonly kind: "cut"; readonly response: Response };

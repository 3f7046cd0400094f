/** There is none where there is no Node: such platforms have a `fetch` that presents the certificate. */
export const nodeTransport: undefined = undefined;

/** Absent on platforms without Node, whose `fetch` can present a certificate. */
export const nodeTransport: undefined = undefined;

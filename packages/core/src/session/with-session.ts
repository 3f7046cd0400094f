import type { Transport } from "../http/transport.ts";
import type { Next } from "../middleware.ts";
import type { Session } from "./session.ts";
import { isTokenRefusal } from "./token-refusal.ts";

/** Sends requests with the session's token; one that the server refuses is replaced and the call replayed once. */
export function withSession(session: Session, transport: Transport): Next {
  return async (request) => {
    const token = await session.token(request.signal);
    try {
      return await transport(request, token.value);
    } catch (error) {
      if (!isTokenRefusal(error)) throw error;
      const replacement = await session.replacementFor(token, request.signal);
      if (!replacement) throw error;
      return transport(request, replacement.value);
    }
  };
}

import type { Next } from "../contracts/middleware.ts";
import type { Send } from "../http/send.ts";
import type { Session } from "./session.ts";
import { isTokenRefusal } from "./token.ts";

/** Sends requests with the session's token; one that the server refuses is replaced and the call replayed once. */
export function withSession(session: Session, send: Send): Next {
  return async (request) => {
    const token = await session.token(request.signal);
    try {
      return await send(request, token.value);
    } catch (error) {
      if (!isTokenRefusal(error)) throw error;
      const replacement = await session.replacementFor(token, request.signal);
      if (!replacement) throw error;
      return send(request, replacement.value);
    }
  };
}

import type { Next } from "../contracts/middleware.ts";
import type { Send } from "../http/send.ts";
import type { Session } from "./session.ts";
import { isTokenRefusal } from "./token.ts";

/** Sends requests with the session's token; one that the server refuses is replaced and the call replayed once. */
export function withSession(session: Session, send: Send): Next {
  return async (request) => {
    const token = await session.token(request);
    try {
      const response = await send(request, token.value);
      session.accept(token);
      return response;
    } catch (error) {
      if (!isTokenRefusal(error)) throw error;
      session.refuse(token, error);
    }
    const replacement = await session.replacementFor(token, request);
    try {
      const response = await send(request, replacement.value);
      session.accept(replacement);
      return response;
    } catch (error) {
      if (isTokenRefusal(error)) session.refuse(replacement, error);
      throw error;
    }
  };
}

import { Controller, Get, Param } from "@nestjs/common";
import { PaymentService } from "./payment.service.js";

@Controller("payments")
export class PaymentController {
  constructor(private readonly payments: PaymentService) {}

  @Get("key")
  async key(): Promise<{ version: number }> {
    return { version: await this.payments.keyVersion() };
  }

  @Get(":order")
  sign(@Param("order") order: string): { order: string; currency: string; signature: string } {
    return this.payments.sign(order);
  }
}

import { createHmac } from "node:crypto";
import { InfisicalSDK } from "@infisical/sdk";
import { Injectable } from "@nestjs/common";
import { ConfigService } from "@nestjs/config";

@Injectable()
export class PaymentService {
  constructor(
    private readonly config: ConfigService,
    private readonly infisical: InfisicalSDK,
  ) {}

  /** Signs an order with the key that was read when the application started. */
  sign(order: string): { order: string; currency: string; signature: string } {
    const key = this.config.getOrThrow<string>("PAYMENT_KEY");
    const currency = this.config.getOrThrow<string>("CURRENCY");
    const signature = createHmac("sha256", key).update(`${order} ${currency}`).digest("hex");
    return { order, currency, signature };
  }

  /** Asks the server which version of the key is current, without its value. */
  async keyVersion(): Promise<number> {
    const { version } = await this.infisical.secrets().getSecret({
      projectId: this.config.getOrThrow<string>("INFISICAL_PROJECT_ID"),
      environment: this.config.getOrThrow<string>("INFISICAL_ENVIRONMENT"),
      secretName: "PAYMENT_KEY",
      viewSecretValue: false,
    });
    return version;
  }
}

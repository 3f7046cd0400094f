import { InfisicalModule, infisicalConfig } from "@infisical/nestjs";
import { environmentAuth } from "@infisical/sdk";
import { Module } from "@nestjs/common";
import { ConfigModule } from "@nestjs/config";
import { TerminusModule } from "@nestjs/terminus";
import { z } from "zod-4";
import { HealthController } from "./health.controller.js";
import { PaymentController } from "./payment.controller.js";
import { PaymentService } from "./payment.service.js";

/** What the secrets of the application must be; it does not start without them. */
const schema = {
  PAYMENT_KEY: z.string().min(16),
  CURRENCY: z.string().length(3).default("EUR"),
};

@Module({
  imports: [
    // Project, environment and login come from variables: INFISICAL_PROJECT_ID, INFISICAL_ENVIRONMENT and so on.
    ConfigModule.forRoot({ isGlobal: true, load: [infisicalConfig({}, schema)] }),
    InfisicalModule.forRootAsync({
      isGlobal: true,
      useFactory: () => ({
        siteUrl: process.env["INFISICAL_SITE_URL"],
        auth: environmentAuth(),
        revokeToken: true,
      }),
    }),
    TerminusModule,
  ],
  controllers: [HealthController, PaymentController],
  providers: [PaymentService],
})
export class AppModule {}

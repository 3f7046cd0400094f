import { infisicalHealth } from "@infisical/nestjs";
import { InfisicalSDK } from "@infisical/sdk";
import { Controller, Get } from "@nestjs/common";
import { HealthCheck, type HealthCheckResult, HealthCheckService } from "@nestjs/terminus";

@Controller("health")
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly infisical: InfisicalSDK,
  ) {}

  @Get()
  @HealthCheck()
  check(): Promise<HealthCheckResult> {
    return this.health.check([() => infisicalHealth(this.infisical)]);
  }
}

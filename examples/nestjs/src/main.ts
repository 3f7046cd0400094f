import { NestFactory } from "@nestjs/core";
import { AppModule } from "./app.module.js";

const application = await NestFactory.create(AppModule);
// Ctrl-C and SIGTERM end the application, which then revokes its leases and its token.
application.enableShutdownHooks();
await application.listen(process.env["PORT"] ?? 3000);

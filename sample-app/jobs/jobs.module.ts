import { Module } from '@nestjs/common';
import { AdminController } from './admin.controller.js';
import { JobsController } from './jobs.controller.js';

@Module({ controllers: [JobsController, AdminController] })
export class JobsModule {}

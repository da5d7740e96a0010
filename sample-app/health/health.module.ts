import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { TasqueueHealthModule } from 'nestjs-tasqueue/health';
import { HealthController } from './health.controller.js';

@Module({ imports: [TerminusModule, TasqueueHealthModule], controllers: [HealthController] })
export class HealthModule {}

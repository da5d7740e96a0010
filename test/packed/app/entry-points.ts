import 'reflect-metadata';
import { MemoryBroker } from 'nestjs-tasqueue';
import { TasqueueDashboardModule } from 'nestjs-tasqueue/dashboard';
import { ManualClock } from 'nestjs-tasqueue/testing';

console.log(MemoryBroker.name, ManualClock.name, TasqueueDashboardModule.name);

import 'reflect-metadata';
import { MemoryBroker } from 'nestjs-tasqueue';
import { ManualClock } from 'nestjs-tasqueue/testing';

console.log(MemoryBroker.name, ManualClock.name);

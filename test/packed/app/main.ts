import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { defineTask, Task, TasqueueClient, TasqueueModule } from 'nestjs-tasqueue';

const Add = defineTask<{ a: number; b: number }, number>('add');

@Injectable()
class MathTasks {
  @Task('add')
  add({ a, b }: { a: number; b: number }): number {
    return a + b;
  }
}

@Module({ imports: [TasqueueModule.forRoot()], providers: [MathTasks] })
class AppModule {}

async function main(): Promise<void> {
  const app = await NestFactory.createApplicationContext(AppModule, { logger: ['error', 'warn'] });
  const handle = await app.get(TasqueueClient).enqueue(Add, { a: 5, b: 4 });
  const sum: number = await handle.result();
  console.log(sum);
  await app.close();
}

void main();

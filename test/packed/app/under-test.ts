import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { defineTask, Task, TasqueueClient, TasqueueModule } from 'nestjs-tasqueue';
import { TasqueueTester, TasqueueTestingModule } from 'nestjs-tasqueue/testing';

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
  const builder = Test.createTestingModule({ imports: [AppModule] });
  const app = await TasqueueTestingModule.override(builder, { mode: 'manual' }).compile();
  await app.init();
  const tester = app.get(TasqueueTester);
  await app.get(TasqueueClient).enqueue(Add, { a: 5, b: 4 }, { delay: 60_000 });
  const { payload } = tester.expectEnqueued(Add, { a: 5 });
  const [ran] = await tester.advance(60_000);
  console.log(payload.b, ran?.status, await tester.run(Add, { a: 1, b: 1 }));
  await app.close();
}

void main();

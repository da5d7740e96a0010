import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from 'vitest';
import { Task, TasqueueClient, TasqueueModule } from '../../lib/index.js';

it('runs', async () => {
  @Injectable()
  class MathTasks {
    @Task('add') add({ a, b }: { a: number; b: number }) {
      return a + b;
    }
  }
  const app = await Test.createTestingModule({
    imports: [TasqueueModule.forRoot()],
    providers: [MathTasks],
  }).compile();
  await app.init();
  const handle = await app.get(TasqueueClient).enqueue('add', { a: 1, b: 2 });
  await expect(handle.result({ timeout: 2000 })).resolves.toBe(3);
  await app.close();
});

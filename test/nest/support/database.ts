import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';

/** A database as modules of users have it: it connects at the start and is gone after `onModuleDestroy`. */
@Injectable()
export class Database implements OnModuleInit, OnModuleDestroy {
  readonly rows: string[] = [];
  #open = false;

  onModuleInit() {
    this.#open = true;
  }

  onModuleDestroy() {
    this.#open = false;
  }

  insert(row: string) {
    if (!this.#open) throw new Error(`the database is closed: ${row} is lost`);
    this.rows.push(row);
  }
}

import { Module } from '@nestjs/common';
import { MailTasks } from './mail.tasks.js';
import { Mailer } from './mailer.js';

@Module({ providers: [Mailer, MailTasks] })
export class MailModule {}

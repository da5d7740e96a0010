import { Module } from '@nestjs/common';
import { MailTrail } from './mail-trail.js';
import { MailTasks } from './mail.tasks.js';
import { Mailer } from './mailer.js';

@Module({ providers: [Mailer, MailTrail, MailTasks] })
export class MailModule {}

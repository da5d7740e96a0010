import { Module } from '@nestjs/common';
import { CardGateway } from './card-gateway.js';
import { PaymentsTasks } from './payments.tasks.js';

@Module({ providers: [CardGateway, PaymentsTasks] })
export class PaymentsModule {}

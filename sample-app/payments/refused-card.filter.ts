import { Catch, type ExceptionFilter } from '@nestjs/common';
import { UnrecoverableError } from 'nestjs-tasqueue';
import { CardRefusedError } from './card-gateway.js';

/** The bank will not change its mind: no further attempt. */
@Catch(CardRefusedError)
export class RefusedCardFilter implements ExceptionFilter<CardRefusedError> {
  catch(error: CardRefusedError): never {
    throw new UnrecoverableError(error.message, { cause: error });
  }
}

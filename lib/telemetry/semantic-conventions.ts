/**
 * Names of the OpenTelemetry semantic conventions for messaging (status: development), as released with
 * @opentelemetry/semantic-conventions 1.45.0; a test compares them with that package.
 */
export const ATTR_MESSAGING_SYSTEM = 'messaging.system';
export const ATTR_MESSAGING_OPERATION_NAME = 'messaging.operation.name';
export const ATTR_MESSAGING_OPERATION_TYPE = 'messaging.operation.type';
export const ATTR_MESSAGING_DESTINATION_NAME = 'messaging.destination.name';
export const ATTR_MESSAGING_MESSAGE_ID = 'messaging.message.id';
export const ATTR_MESSAGING_BATCH_MESSAGE_COUNT = 'messaging.batch.message_count';
export const ATTR_ERROR_TYPE = 'error.type';

export const MESSAGING_OPERATION_TYPE_VALUE_SEND = 'send';
export const MESSAGING_OPERATION_TYPE_VALUE_PROCESS = 'process';

/** What we are called where systems are told apart. */
export const MESSAGING_SYSTEM_VALUE = 'tasqueue';

/** Names of our own, for what the conventions have none. */
export const ATTR_TASK = 'tasqueue.task';
export const ATTR_ATTEMPT = 'tasqueue.attempt';
export const ATTR_OUTCOME = 'tasqueue.outcome';
export const ATTR_SCHEDULE_ID = 'tasqueue.schedule.id';
export const ATTR_GROUP_ID = 'tasqueue.group.id';
export const ATTR_CHAIN_ID = 'tasqueue.chain.id';
export const ATTR_STATE = 'tasqueue.state';
export const ATTR_STORE = 'tasqueue.store';
export const ATTR_INSTANCE = 'tasqueue.instance';

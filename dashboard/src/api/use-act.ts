import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useToasts } from '../shell/toasts.js';
import { LIVE, QUEUES_KEY } from './queries.js';

interface Act<Input, Reply> {
  readonly act: (input: Input) => Promise<Reply>;
  /** What is said when it is done; nothing is said without it. */
  readonly done?: (reply: Reply, input: Input) => string;
}

/** Something that a visitor does: it is said aloud how it went, and what is shown is fetched again. */
export function useAct<Input = void, Reply = unknown>({ act, done }: Act<Input, Reply>) {
  const client = useQueryClient();
  const { say } = useToasts();
  return useMutation<Reply, Error, Input>({
    mutationFn: act,
    onSuccess: (reply, input) => {
      if (done) say({ tone: 'good', text: done(reply, input) });
    },
    onError: (error) => say({ tone: 'bad', text: error.message }),
    onSettled: () =>
      Promise.all(
        [LIVE, ...QUEUES_KEY].map((key) => client.invalidateQueries({ queryKey: [key] })),
      ),
  });
}

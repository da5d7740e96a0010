import { ApiError } from '../api/request.js';
import { Button } from './button.js';
import { Icon } from './icon.js';

interface Explained {
  readonly title: string;
  readonly advice: string;
}

/** What an error means for whoever looks, and what happens next. */
function explain(error: Error): Explained {
  const status = error instanceof ApiError ? error.status : undefined;
  if (status === 0)
    return {
      title: 'The server cannot be reached',
      advice: 'Is the application running, and the network up? This page tries again by itself.',
    };
  if (status === 401 || status === 403)
    return {
      title: 'You may not see this',
      advice: 'Sign in again, or ask whoever runs this application for the right to look here.',
    };
  if (status === 400) return { title: 'The server cannot read that', advice: error.message };
  if (status === 404) return { title: 'There is no such thing here', advice: error.message };
  if (status === 503)
    return {
      title: 'A store does not answer',
      advice: `${error.message} This page tries again by itself.`,
    };
  return { title: 'That did not work', advice: error.message };
}

export function Problem({ error, retry }: { readonly error: Error; readonly retry?: () => void }) {
  const { title, advice } = explain(error);
  return (
    <div className="problem" role="alert">
      <Icon name="alert" size={20} />
      <div>
        <p className="problem-title">{title}</p>
        <p className="problem-advice">{advice}</p>
      </div>
      {retry && (
        <Button icon="retry" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}

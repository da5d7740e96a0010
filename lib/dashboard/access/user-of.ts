import { isFields } from '../../core/validation/shape.js';

/** Where guards put who it is, in the order in which they are looked for. */
const NAMES = ['username', 'name', 'email', 'id', 'sub'];

/** The name in what a guard put on `request.user`, as Passport and most others do it. */
export function userOf(request: unknown): string | undefined {
  const user = isFields(request) ? request['user'] : undefined;
  if (typeof user === 'string') return user;
  if (!isFields(user)) return undefined;
  const names = NAMES.map((key) => user[key]);
  return names.find((name) => typeof name === 'string');
}

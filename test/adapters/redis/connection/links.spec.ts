import { describe, expect, it } from 'vitest';
import { joinLink, leaveLink } from '../../../../lib/adapters/redis/connection/links.js';

const nowhere = 'redis://127.0.0.1:1';

describe('shared connections to a Redis', () => {
  it('are the same for all that name a server alike, until the last has left', () => {
    const [broker, results] = [{}, {}];
    const link = joinLink({ url: nowhere }, broker);

    expect(joinLink({ url: nowhere }, results)).toBe(link);
    expect(joinLink({ url: nowhere }, broker)).toBe(link);
    leaveLink({ url: nowhere }, broker);
    expect(joinLink({ url: nowhere }, results)).toBe(link);
    leaveLink({ url: nowhere }, results);

    expect(joinLink({ url: nowhere }, results)).not.toBe(link);
    leaveLink({ url: nowhere }, results);
  });

  it('are the same for one options object, and others for its like', () => {
    const user = {};
    const options = { host: '127.0.0.1', port: 1 };
    const link = joinLink({ options }, user);

    expect(joinLink({ options }, user)).toBe(link);
    expect(joinLink({ options: { ...options } }, user)).not.toBe(link);
    leaveLink({ options }, user);
  });

  it('are left alone by one who never joined', () => {
    const user = {};
    const link = joinLink({ url: nowhere }, user);

    leaveLink({ url: nowhere }, {});

    expect(joinLink({ url: nowhere }, user)).toBe(link);
    leaveLink({ url: nowhere }, user);
  });
});

import { describe, expect, it } from 'vitest';
import { Usage } from '../../src/index.js';

describe('usage', () => {
  it('begins at zero', () => {
    expect(new Usage().toJSON()).toEqual({
      requests: 0,
      inputTokens: 0,
      outputTokens: 0,
      totalTokens: 0,
      inputTokensDetails: [],
      outputTokensDetails: [],
      requestUsageEntries: [],
    });
  });

  it('counts input and output as the total, unless a total is given', () => {
    expect(new Usage({ inputTokens: 2, outputTokens: 3 }).totalTokens).toBe(5);
    expect(new Usage({ inputTokens: 2, outputTokens: 3, totalTokens: 9 }).totalTokens).toBe(9);
    expect(new Usage({ inputTokens: 2, outputTokens: 3, totalTokens: 0 }).totalTokens).toBe(0);
  });

  it('adds up, and keeps the numbers of each request [US-1, RUN-34]', () => {
    const total = new Usage();
    total.add(new Usage({ requests: 1, inputTokens: 10, outputTokens: 5, inputTokensDetails: { cached_tokens: 4 } }));
    total.add(new Usage({ requests: 1, inputTokens: 20, outputTokens: 6, outputTokensDetails: { reasoning_tokens: 2 }, endpoint: 'responses.create' }));
    expect(total).toMatchObject({ requests: 2, inputTokens: 30, outputTokens: 11, totalTokens: 41 });
    expect(total.requestUsageEntries).toEqual([
      { inputTokens: 10, outputTokens: 5, totalTokens: 15, inputTokensDetails: { cached_tokens: 4 }, outputTokensDetails: {} },
      { inputTokens: 20, outputTokens: 6, totalTokens: 26, inputTokensDetails: {}, outputTokensDetails: { reasoning_tokens: 2 }, endpoint: 'responses.create' },
    ]);
    expect(total.cachedInputTokens).toBe(4);
    expect(total.reasoningTokens).toBe(2);
  });

  it('does not count a request twice when sums are added [RUN-34, JS-137]', () => {
    const inner = new Usage();
    inner.add(new Usage({ requests: 1, inputTokens: 1 }));
    inner.add(new Usage({ requests: 1, inputTokens: 2 }));
    const outer = new Usage();
    outer.add(inner);
    expect(outer.requests).toBe(2);
    expect(outer.requestUsageEntries).toHaveLength(2);
    outer.add(new Usage({ requests: 1 }));
    expect(inner.requestUsageEntries).toHaveLength(2);
  });

  it('takes null for what a provider did not count as 0 [RUN-37]', () => {
    const usage = new Usage({ requests: 1, inputTokensDetails: { cached_tokens: null }, outputTokensDetails: { reasoning_tokens: undefined } });
    expect(usage.cachedInputTokens).toBe(0);
    expect(usage.inputTokensDetails).toEqual([{ cached_tokens: 0 }]);
    expect(usage.outputTokensDetails).toEqual([{ reasoning_tokens: 0 }]);
  });

  it('of a request without numbers is one request [RUN-35]', () => {
    expect(new Usage({ requests: 1 })).toMatchObject({ requests: 1, totalTokens: 0 });
  });

  it('comes back from JSON as it was [JS-53]', () => {
    const usage = new Usage({ requests: 1, inputTokens: 10, outputTokens: 5, inputTokensDetails: { cached_tokens: 4 } });
    usage.add(new Usage({ requests: 1, inputTokens: 1 }));
    const back = new Usage(JSON.parse(JSON.stringify(usage)) as Usage);
    expect(back.toJSON()).toEqual(usage.toJSON());
  });

  it('given out as data is not shared with the usage', () => {
    const usage = new Usage({ requests: 1 });
    const data = usage.toJSON();
    usage.add(new Usage({ requests: 1 }));
    expect(data.requestUsageEntries).toHaveLength(1);
  });
});

import base from '../../tsup.base.ts';

export default {
  ...base,
  entry: ['src/index.ts', 'src/{openai,otlp,opentelemetry,console,file}/index.ts'],
};

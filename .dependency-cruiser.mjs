// Who may import whom. Each rule says why; `npm run check` runs them, and tools/imports.test.ts has seen each one fail.
const SRC = '^src/';

// Every layer may also use src/base: loggers, time, ciphers. The domain may not.
function layer(name, may, comment) {
  return {
    name: `${name}-imports-only-${may.join('-and-') || 'itself'}`,
    comment,
    severity: 'error',
    from: { path: `${SRC}${name}/`, pathNot: '\\.(test|fixture)\\.ts$' },
    to: { path: '^(src|web|simulator|demo|test)/', pathNot: `${SRC}(${[name, 'base', ...may].join('|')})/` },
  };
}

export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Two modules that need each other are one module, or miss a third.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'A path that does not resolve hides from every other rule.',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(virtual:|vite/client)' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment:
        'The domain is the business in plain functions: no node modules, no packages, no other folder. Pass clocks and values in.',
      from: { path: '^src/domain/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^src/domain/' },
    },
    layer('base', [], 'Everything stands on base, so base stands on nothing.'),
    layer('zones', [], 'Time zone data is a source of facts; it knows nothing of the business.'),
    layer(
      'sync',
      ['domain'],
      'The engine sees providers and storage only through the interfaces that it declares itself.',
    ),
    layer(
      'providers',
      ['sync', 'domain', 'zones'],
      'A provider implements the interface of sync; it never reads tables or routes.',
    ),
    layer('db', [], 'The database handle, transactions and migrations know no table by meaning.'),
    layer('jobs', ['db'], 'Upkeep leases tasks; it knows neither business nor provider.'),
    layer('store', ['db', 'sync', 'domain'], 'The store implements the storage interfaces that sync declares.'),
    layer(
      'use-cases',
      ['domain', 'sync', 'store', 'jobs', 'db', 'zones'],
      'A use case joins domain, store and queue in one transaction; providers reach it only as the interface of sync.',
    ),
    layer(
      'mail',
      ['db', 'store', 'sync', 'domain', 'zones', 'use-cases'],
      'Mails are made from the tables when they are sent; whoever has something to tell queues it through the store.',
    ),
    layer('config', [], 'Configuration is read once and passed on.'),
    layer('api-contract', [], 'The contract is shared with the browser, so it carries no server code.'),
    {
      name: 'contract-needs-only-zod',
      severity: 'error',
      comment: 'Whatever the contract imports, the browser downloads.',
      from: { path: '^src/api-contract/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^src/api-contract/|node_modules/zod/' },
    },
    {
      name: 'providers-do-not-know-each-other',
      severity: 'error',
      comment: 'What two providers share belongs in providers/kit; iCalendar is a format, which a provider may speak.',
      from: { path: '^src/providers/([^/]+)/' },
      to: { path: '^src/providers/[^/]+/', pathNot: '^src/providers/($1|kit|ics)/' },
    },
    {
      name: 'provider-kit-knows-no-provider',
      severity: 'error',
      comment: 'The kit serves every provider alike.',
      from: { path: '^src/providers/kit/' },
      to: { path: '^src/providers/', pathNot: '^src/providers/kit/' },
    },
    {
      name: 'nothing-imports-the-doors',
      severity: 'error',
      comment:
        'HTTP and CLI are ways in; the rest of the system does not know them. app.ts joins them, main.ts starts them.',
      from: { path: '^src/', pathNot: '^src/(http|cli)/|^src/(main|app)\\.ts$' },
      to: { path: '^src/(http|cli)/' },
    },
    {
      name: 'only-the-doors-know-the-app',
      severity: 'error',
      comment: 'Everything is joined in app.ts; whoever imported it would reach everything.',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/app\\.ts$' },
    },
    {
      name: 'http-does-not-reach-around-the-app',
      severity: 'error',
      comment: 'Routes call use cases; they never touch a provider, a table or the queue.',
      from: { path: '^src/http/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(providers|store|jobs)/|^src/db/(?!database\\.ts$|sql\\.ts$)' },
    },
    {
      name: 'web-imports-contract-only',
      severity: 'error',
      comment: 'The browser shares nothing with the server but the contract.',
      from: { path: '^web/' },
      to: { path: '^(src|simulator|demo|test)/', pathNot: '^src/api-contract/' },
    },
    {
      name: 'features-do-not-know-each-other',
      severity: 'error',
      comment: 'Compose features in web/src/app; share through components and lib.',
      from: { path: '^web/src/features/([^/]+)/' },
      to: { path: '^web/src/(features/[^/]+|app)/', pathNot: '^web/src/features/$1/' },
    },
    {
      name: 'shared-web-code-knows-no-feature',
      severity: 'error',
      comment: 'Dependencies flow components/lib -> features -> app.',
      from: { path: '^web/src/(components|lib)/' },
      to: { path: '^web/src/(features|app)/' },
    },
    {
      name: 'simulator-is-independent',
      severity: 'error',
      comment: 'A simulator that shares code with a provider shares its mistakes.',
      from: { path: '^simulator/' },
      to: { path: '^(src|web|demo|test)/' },
    },
    {
      name: 'simulators-do-not-know-each-other',
      severity: 'error',
      comment: 'What two simulators share belongs in simulator/kit, which knows none of them.',
      from: { path: '^simulator/([^/]+)/' },
      to: { path: '^simulator/[^/]+/', pathNot: '^simulator/($1|kit)/' },
    },
    {
      name: 'demo-uses-the-product-from-outside',
      severity: 'error',
      comment: 'The demo starts the product and speaks HTTP to it, as everybody does.',
      from: { path: '^demo/' },
      to: { path: '^(src|web|test)/' },
    },
    {
      name: 'shipped-code-imports-no-test-code',
      severity: 'error',
      comment: 'Simulator, demo and tests are not shipped inside src.',
      from: { path: '^(src|web)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(simulator|demo|test)/|\\.test\\.tsx?$' },
    },
    {
      name: 'nothing-imports-the-bench',
      severity: 'error',
      comment: 'The bench measures the rest and is measured by nobody.',
      from: { pathNot: '^bench/' },
      to: { path: '^bench/' },
    },
    {
      name: 'bench-brings-its-peers',
      severity: 'error',
      comment: "What the product is compared with is no part of it: Google's own client is called by the bench alone.",
      from: { pathNot: '^bench/' },
      to: { path: 'node_modules/@googleapis/' },
    },
    {
      name: 'database-driver-only-in-db',
      severity: 'error',
      comment: 'One place knows which database engine runs.',
      from: { pathNot: '^src/db/|^test/' },
      to: { path: 'node_modules/(pg|better-sqlite3|@electric-sql|kysely)/' },
    },
    {
      name: 'http-framework-only-in-http',
      severity: 'error',
      comment: 'Routes translate HTTP; nothing else knows the framework.',
      from: { pathNot: '^src/http/|^simulator/|^test/' },
      to: { path: 'node_modules/(fastify|hono|express|@fastify)/' },
    },
    {
      name: 'react-only-in-web',
      severity: 'error',
      comment: 'Pages are made in web.',
      from: { pathNot: '^web/|^vite\\.config\\.ts$' },
      to: { path: 'node_modules/react(-dom)?/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^web/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
    },
  },
};

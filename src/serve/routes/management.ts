import { FlambeauError } from '../../errors.js';
import { isModelName, isVersion } from '../store/manifest.js';
import type { FetchPolicy } from '../store/fetch.js';
import type { ModelStore } from '../store/store.js';
import type { LoadOptions, ModelStatus, Models } from '../types.js';
import type { Reply, Route, RouteRequest } from '../http/router.js';

/** What a request to register asks for, by TorchServe's names; from the query, or from a JSON body. */
type Fields = Record<string, string>;

const done = (status: string, code = 200): Reply => ({ status: code, body: { status } });

/** A whole number; what is none is as if it were not there, as in TorchServe. */
function whole(text: string | null | undefined): number | undefined {
  const value = text?.trim() ?? '';
  return /^-?\d{1,9}$/.test(value) ? Number(value) : undefined;
}

async function fieldsOf(request: RouteRequest): Promise<Fields> {
  const fields = Object.fromEntries(request.query);
  if (fields['url'] !== undefined) return fields;
  const text = (await request.body()).toString('utf8').trim();
  if (text === '') return fields;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new FlambeauError('INVALID_VALUE', 'The body is no JSON.');
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new FlambeauError('INVALID_VALUE', 'The body must be a JSON object.');
  for (const [key, value] of Object.entries(json)) {
    if (['string', 'number', 'boolean'].includes(typeof value)) fields[key] = String(value);
  }
  return fields;
}

/** The model that a `url` names: `resnet` or `resnet/2`, as it lies in the store. */
function named(url: string | undefined): { name: string; version?: string } {
  if (!url) throw new FlambeauError('INVALID_VALUE', 'Parameter url is required.');
  const [name = '', version, ...rest] = url.split('/');
  if (rest.length > 0 || !isModelName(name) || (version !== undefined && !isVersion(version)))
    throw new FlambeauError('UNKNOWN_MODEL', `The store has no model '${url.slice(0, 200)}'.`);
  return { name, ...(version !== undefined && { version }) };
}

const loaded = (models: Models): ModelStatus[] => models.list().filter(({ state }) => state !== 'UNAVAILABLE');

const unknown = (name: string, version?: string): FlambeauError =>
  new FlambeauError(
    'UNKNOWN_MODEL',
    version === undefined ? `Model not found: ${name}` : `Model version: ${version} does not exist for model: ${name}`,
  );

const versionsOf = (models: Models, name: string): ModelStatus[] =>
  loaded(models).filter((status) => status.name === name);

/** A loaded version of a model: the default one, or the one that is named. */
function pick(models: Models, name: string, version?: string): ModelStatus[] {
  const own = versionsOf(models, name);
  if (own.length === 0) throw unknown(name);
  const found = own.filter((status) => (version === undefined ? status.isDefault : status.version === version));
  if (found.length === 0) throw unknown(name, version);
  return found;
}

/** Loads in the answer's time, or beside it. */
async function inTime(synchronous: boolean, work: () => Promise<unknown>, answer: () => Reply): Promise<Reply> {
  const running = work();
  if (synchronous) {
    await running;
    return answer();
  }
  // What goes wrong afterwards stands in the index of the store, as the reason of the version.
  running.catch(() => undefined);
  return done('Processing worker updates...', 202);
}

/** Where models may come from beside the store. */
export interface Remote {
  store: ModelStore;
  policy: FetchPolicy;
}

/** Puts a model of another server into the store. What must be known of it is pinned: its name and its sha256. */
async function fetched(fields: Fields, remote: Remote | undefined): Promise<{ name: string; version: string }> {
  const url = fields['url']!;
  const [name = '', sha256 = ''] = [fields['model_name'], fields['sha256']];
  if (!remote) throw new FlambeauError('UNKNOWN_MODEL', 'Models are registered by their name in the store.');
  if (name === '' || sha256 === '')
    throw new FlambeauError('INVALID_VALUE', 'A url of another server needs the parameters model_name and sha256.');
  const { version } = await remote.store.addFrom(url, { sha256, name, policy: remote.policy });
  return { name, version };
}

async function register(request: RouteRequest, remote: Remote | undefined): Promise<Reply> {
  const { models } = request.context;
  const fields = await fieldsOf(request);
  const isRemote = /^https:\/\//i.test(fields['url'] ?? '');
  // The path has no name; a token must allow it, and the audit log must have it, also of what is refused below.
  const about = isRemote ? fields['model_name'] : fields['url'];
  request.note({ model: about?.slice(0, 200) ?? '' });
  request.authorize((isRemote ? about : about?.split('/')[0]) || undefined);
  const { name, version } = isRemote ? await fetched(fields, remote) : named(fields['url']);
  const wished = fields['model_name'];
  if (wished !== undefined && wished !== '' && wished !== name)
    throw new FlambeauError('INVALID_VALUE', `A model of the store keeps its name: '${name}', not '${wished}'.`);
  const all = models.list().filter((status) => status.name === name);
  const newest = version ?? all.at(-1)?.version;
  if (newest === undefined) throw unknown(name);
  request.note({ model: name, version: newest });
  if (all.some((status) => status.version === newest && status.state !== 'UNAVAILABLE'))
    throw new FlambeauError('CONFLICT', `Model version ${newest} is already registered for model ${name}`);
  const workers = Math.max(0, whole(fields['initial_workers']) ?? 0);
  const rows = whole(fields['batch_size']);
  const delay = whole(fields['max_batch_delay']);
  const seconds = whole(fields['response_timeout']) ?? 0;
  const options: LoadOptions = {
    version: newest,
    ...(workers > 0 && { instances: workers }),
    // TorchServe ends a worker that takes longer; 120 s, where nothing is said.
    ...(seconds > 0 && { maxRunMs: Math.min(seconds * 1000, 2 ** 31 - 1) }),
  };
  if (rows !== undefined && rows > 1)
    options.batching = { maxBatchRows: rows, ...(delay !== undefined && delay >= 0 && { maxQueueDelayMs: delay }) };
  const said =
    workers > 0
      ? `Model "${name}" Version: ${newest} registered with ${workers} initial workers`
      : `Model "${name}" Version: ${newest} registered with 0 initial workers. ` +
        'Use scale workers API to add workers for the model.';
  return inTime(
    fields['synchronous']?.toLowerCase() !== 'false',
    () => models.load(name, options),
    () => done(said),
  );
}

async function scale({ params, query, context }: RouteRequest): Promise<Reply> {
  const name = params['model']!;
  const [{ version }] = pick(context.models, name, params['version'] ?? query.get('model_version') ?? undefined) as [
    ModelStatus,
  ];
  const least = whole(query.get('min_worker')) ?? 1;
  const most = whole(query.get('max_worker')) ?? least;
  if (most < least) throw new FlambeauError('INVALID_VALUE', 'max_worker cannot be less than min_worker.');
  if (least < 1)
    throw new FlambeauError('INVALID_VALUE', 'min_worker must be at least 1: a model without workers is unregistered.');
  return inTime(
    query.get('synchronous')?.toLowerCase() === 'true',
    () => context.models.scale(name, least, version),
    () => done(`Workers scaled to ${least} for model: ${name}, version: ${version}`),
  );
}

function describeOne(models: Models, { name, version, state, isDefault }: ModelStatus): Record<string, unknown> {
  const servable = models.isReady(name, version) ? models.get(name, version) : undefined;
  const load = servable?.load() ?? { queued: 0, running: 0 };
  const batching = servable?.info.batching;
  return {
    modelName: name,
    modelVersion: version,
    modelUrl: `${name}/${version}`,
    engine: 'Torch',
    runtime: 'LSP',
    batchSize: batching?.maxBatchRows ?? 1,
    maxBatchDelay: batching?.maxQueueDelayMs ?? 0,
    status: state,
    isDefault,
    platform: servable?.info.platform,
    workers: [],
    jobQueueStatus: { pendingRequests: load.queued },
    metrics: { waitingQueueSize: load.queued, runningRequests: load.running },
  };
}

function list(request: RouteRequest): Reply {
  const { query, context } = request;
  const asked = whole(query.get('limit')) ?? 100;
  const limit = asked < 0 || asked > 100 ? 100 : asked;
  const from = Math.max(0, whole(query.get('next_page_token')) ?? 0);
  const all = loaded(context.models).filter(({ name, isDefault }) => isDefault && request.permits(name));
  const page = all.slice(from, from + limit);
  const next = from + limit;
  return {
    body: {
      ...(next < all.length && { nextPageToken: String(next) }),
      models: page.map(({ name, version }) => ({ modelName: name, modelUrl: `${name}/${version}` })),
    },
  };
}

async function setDefault({ params, context }: RouteRequest): Promise<Reply> {
  const [name, version] = [params['model']!, params['version']!];
  pick(context.models, name, version);
  await context.models.setDefault(name, version);
  return done(`Default version successfully updated for model "${name}" to "${version}"`);
}

async function unregister({ params, context }: RouteRequest): Promise<Reply> {
  const { models } = context;
  const [name, wanted] = [params['model']!, params['version']];
  const [{ version, isDefault }] = pick(models, name, wanted) as [ModelStatus];
  if (isDefault && versionsOf(models, name).length > 1) {
    const message = `Cannot remove default version for model ${name}`;
    return { status: 403, body: { code: 403, type: 'InvalidModelVersionException', message } };
  }
  await models.unload(name, version);
  return done(`Model "${name}" unregistered`);
}

/** What a handler says of itself. */
async function customized(models: Models, { name, version }: ModelStatus): Promise<object> {
  if (!models.isReady(name, version)) return {};
  const customizedMetadata = await models.get(name, version).describe?.();
  return customizedMetadata === undefined ? {} : { customizedMetadata };
}

async function describeModel({ params, query, context }: RouteRequest): Promise<Reply> {
  const { models } = context;
  const [name, version] = [params['model']!, params['version']];
  const found = pick(models, name, version === 'all' ? undefined : version);
  const shown = version === 'all' ? versionsOf(models, name) : found;
  const body = shown.map((status) => describeOne(models, status));
  if (query.get('customized')?.toLowerCase() !== 'true') return { body };
  const own = await Promise.all(shown.map((status) => customized(models, status)));
  return { body: body.map((each, i) => ({ ...each, ...own[i] })) };
}

const row = (
  method: string,
  path: string,
  verb: 'read' | 'manage',
  summary: string,
  handle: (request: RouteRequest) => Reply | Promise<Reply>,
  scope?: Route['scope'],
): Route => ({ method, path, verb, summary, ...(scope && { scope }), handle: async (request) => handle(request) });

/**
 * TorchServe's management API. Models are those of the store; `url` is `name` or `name/version`, or, where `remote` says
 * so, an https address that its list allows.
 */
export const management = (remote?: Remote): Route[] => [
  row(
    'POST',
    '/models',
    'manage',
    'Registers a version of the store: loads it.',
    (request) => register(request, remote),
    'late',
  ),
  row('GET', '/models', 'read', 'The models that are loaded, page by page.', list, 'several'),
  row('GET', '/models/{model}', 'read', 'The default version of a model.', describeModel),
  row('GET', '/models/{model}/{version}', 'read', 'A version of a model, or `all`.', describeModel),
  row('PUT', '/models/{model}', 'manage', 'Changes how many requests run at the same time.', scale),
  row('PUT', '/models/{model}/{version}', 'manage', 'Changes how many requests of a version run at once.', scale),
  row('PUT', '/models/{model}/{version}/set-default', 'manage', 'Sends requests without a version here.', setDefault),
  row('DELETE', '/models/{model}', 'manage', 'Unregisters the default version, where it is the last.', unregister),
  row('DELETE', '/models/{model}/{version}', 'manage', 'Unregisters a version.', unregister),
];

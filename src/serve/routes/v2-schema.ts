import { z } from 'zod';
import { datatypes, type Datatype } from '../datatypes.js';

const parameters = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const datatype = z.enum(Object.keys(datatypes) as [Datatype, ...Datatype[]]);
const tensor = { name: z.string().min(1), datatype, shape: z.array(z.int().min(0)) };

/** A request of the Open Inference Protocol; its `data` is read by the codec, not by this. */
export const inferRequest = z.object({
  id: z.string().optional(),
  parameters: parameters.optional(),
  inputs: z.array(z.object({ ...tensor, parameters: parameters.optional(), data: z.any().optional() })).min(1),
  outputs: z.array(z.object({ name: z.string().min(1), parameters: parameters.optional() })).optional(),
});

/** The answer to it. */
export const inferAnswer = z.object({
  model_name: z.string(),
  model_version: z.string(),
  id: z.string().optional(),
  outputs: z.array(z.object({ ...tensor, parameters: parameters.optional(), data: z.array(z.any()).optional() })),
});

const spec = z.object({ name: z.string(), datatype, shape: z.array(z.int()) });

/** What there is to know of a model. */
export const modelMetadata = z.object({
  name: z.string(),
  versions: z.array(z.string()),
  platform: z.string(),
  inputs: z.array(spec),
  outputs: z.array(spec),
});

/** What there is to know of the server. */
export const serverMetadata = z.object({ name: z.string(), version: z.string(), extensions: z.array(z.string()) });

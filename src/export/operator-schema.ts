import { binding } from '../binding.js';
import { FlambeauError } from '../errors.js';

/** An argument as LibTorch's schema declares it. */
export interface SchemaArgument {
  name: string;
  /** Its type without `?`: `Tensor`, `int[]`, `ScalarType`. */
  type: string;
  isKeyword: boolean;
  /** The default, as it is written, where there is one. */
  fallback: string | undefined;
}

/** The types of an operator. */
export interface OperatorSchema {
  arguments: SchemaArgument[];
  /** The types of the results. */
  returns: string[];
}

const known = new Map<string, OperatorSchema>();

/** The parts between commas that stand in no bracket. */
function split(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const char of text) {
    if (char === ',' && depth === 0) {
      parts.push(part.trim());
      part = '';
      continue;
    }
    if ('(['.includes(char)) depth++;
    else if (')]'.includes(char)) depth--;
    part += char;
  }
  if (part.trim() !== '') parts.push(part.trim());
  return parts;
}

/** Without what it says of aliases, of lengths, and of null. */
function plainType(type: string): string {
  return type
    .replace(/\([^)]*\)/g, '')
    .replace(/\[\d+\]/g, '[]')
    .replace(/\?$/, '')
    .replace('SymInt', 'int');
}

/** The types that an operator takes and gives, from its schema. */
export function operatorSchema(operator: string): OperatorSchema {
  let schema = known.get(operator);
  if (schema) return schema;
  const text = binding.schema(operator);
  const arrow = text.lastIndexOf(') -> ');
  const inner = text.slice(text.indexOf('(') + 1, arrow);
  let isKeyword = false;
  const args: SchemaArgument[] = [];
  for (const part of split(inner)) {
    if (part === '*') {
      isKeyword = true;
      continue;
    }
    const [, type, name, fallback] = /^(.*?) ?(\w+)(?:=(.*))?$/.exec(part) ?? [];
    if (type === undefined || name === undefined) {
      throw new FlambeauError('UNSUPPORTED', `export(): the schema of ${operator} cannot be read: ${part}`);
    }
    args.push({ name, type: plainType(type), isKeyword, fallback });
  }
  const results = text.slice(arrow + 5).trim();
  const isTuple = results.startsWith('(');
  const returns = split(isTuple ? results.slice(1, -1) : results).map((part) => plainType(part.replace(/ \w+$/, '')));
  schema = { arguments: args, returns };
  known.set(operator, schema);
  return schema;
}

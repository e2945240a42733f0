import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { explain } from '../api-contract/explain.ts';
import { readFault } from '../api-contract/faults.ts';
import { BusinessError, type FieldFault } from '../domain/errors.ts';

/** More would help nobody. */
const MOST_FAULTS = 50;
/** Names of unknown fields come from outside and may be long. */
const LONGEST_NAME = 100;

/** Checks requests against the contract: faults become 422 with one line per field, in a path 404. */
export const compileValidator: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  return (data: unknown) => {
    const result = schema.safeParse(data, { error: explain });
    if (result.success) return { value: result.data };
    const faults = result.error.issues.flatMap((issue) => faultsOf(issue, httpPart ?? 'body')).slice(0, MOST_FAULTS);
    return { error: httpPart === 'params' ? noSuchPath(faults) : invalidRequest(faults) };
  };
};

function faultsOf(issue: z.core.$ZodIssue, part: string): FieldFault[] {
  const path = issue.path.map(String);
  const { code, message, params } = readFault(issue.message);
  const what = { message, code, ...(Object.keys(params).length === 0 ? {} : { params }) };
  if (issue.code !== 'unrecognized_keys') return [{ field: path.join('.') || nameOf(part), ...what }];
  return issue.keys.map((key) => ({ field: [...path, key].join('.').slice(0, LONGEST_NAME), ...what }));
}

function nameOf(part: string): string {
  return part === 'querystring' ? 'query' : part;
}

function invalidRequest(faults: readonly FieldFault[]): BusinessError {
  const [first] = faults;
  const rest = faults.length > 1 ? ` (and ${faults.length - 1} more, see errors)` : '';
  const detail = first ? `${first.field}: ${first.message}${rest}` : 'See the API description.';
  return new BusinessError('invalid', 'invalid_request', detail, { fields: faults });
}

/** An address with something that can't be an id names nothing. */
function noSuchPath(faults: readonly FieldFault[]): BusinessError {
  return new BusinessError('not_found', 'not_found', 'There is no such thing. Check the id in the address.', {
    fields: faults,
  });
}

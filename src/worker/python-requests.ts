import { AppError } from '#shared/errors.ts';
import type { Group } from './serve.ts';

type Names =
  | 'python.start'
  | 'python.run'
  | 'python.interrupt'
  | 'python.input_reply'
  | 'python.reset'
  | 'python.complete_code'
  | 'python.complete'
  | 'python.inspect'
  | 'python.status'
  | 'formula.set'
  | 'formula.clear';

const absent = () => {
  throw new AppError('value', 'Python is not part of this build');
};

/** The contract is there before the interpreter: pages are told so. */
export function pythonRequests(): Group<Names> {
  return {
    'python.start': absent,
    'python.run': absent,
    'python.interrupt': absent,
    'python.input_reply': absent,
    'python.reset': absent,
    'python.complete_code': absent,
    'python.complete': absent,
    'python.inspect': absent,
    'python.status': absent,
    'formula.set': absent,
    'formula.clear': absent,
  };
}

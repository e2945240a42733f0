import {
  hashKey,
  useMutation as useAnyMutation,
  type MutateOptions,
  type UseMutationOptions,
  type UseMutationResult,
} from '@tanstack/react-query';
import { useRef } from 'react';

/**
 * A mutation that is carried out once for a double click: while it is under way, the same wish again does nothing. Buttons
 * are disabled only when React has drawn them anew, and a second click may come before.
 */
export function useMutation<Data = unknown, Wish = void>(
  options: UseMutationOptions<Data, Error, Wish> & { mutationFn: (wish: Wish) => Promise<Data> },
): UseMutationResult<Data, Error, Wish> {
  const running = useRef(new Set<string>());
  const mutation = useAnyMutation<Data, Error, Wish>({
    ...options,
    onSettled: (data, error, wish, result, context) => {
      running.current.delete(nameOf(wish));
      return options.onSettled?.(data, error, wish, result, context);
    },
  });
  const mutate = (wish: Wish, more?: MutateOptions<Data, Error, Wish>): void => {
    if (running.current.has(nameOf(wish))) return;
    running.current.add(nameOf(wish));
    mutation.mutate(wish, more);
  };
  return { ...mutation, mutate: mutate as typeof mutation.mutate };
}

function nameOf(wish: unknown): string {
  return hashKey([wish]);
}

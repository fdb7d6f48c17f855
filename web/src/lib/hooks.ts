/** Hooks that several views need. */

import { useCallback, useLayoutEffect, useRef } from "preact/hooks";

/** A function that stays the same and always does what was passed last: effects may call it without depending on it. */
export function useStable<A extends unknown[], R>(work: (...arguments_: A) => R): (...arguments_: A) => R {
  const latest = useRef(work);
  useLayoutEffect(() => {
    latest.current = work;
  });
  return useCallback((...arguments_: A) => latest.current(...arguments_), []);
}

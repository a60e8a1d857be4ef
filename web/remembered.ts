import { type Ref, ref, watch } from 'vue'

/** One of some choices, remembered on this device under a name; the first is the usual one. */
export function useRemembered<T extends string>(name: string, choices: readonly [T, ...T[]]): Ref<T> {
  const kept = localStorage.getItem(name) as T | null
  const chosen = ref(kept !== null && choices.includes(kept) ? kept : choices[0]) as Ref<T>
  watch(chosen, (now) => localStorage.setItem(name, now))
  return chosen
}

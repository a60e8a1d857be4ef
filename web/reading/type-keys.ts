import { type ComputedRef, computed } from 'vue'
import { type CellClass, plainKey, type TypeKeys, USUAL_TYPE_KEYS } from '../../cytology/index.ts'
import { useSession } from '../session.ts'

interface OwnKeys {
  keyOf: ComputedRef<TypeKeys>
  typeOfKey(key: string): CellClass | undefined
}

/** The signed-in person's keys for the types, as they are at any moment. */
export function useTypeKeys(): OwnKeys {
  const session = useSession()
  const keyOf = computed(() => (session.me?.typeKeys as TypeKeys | null | undefined) ?? USUAL_TYPE_KEYS)
  const types = computed(
    () => new Map(Object.entries(keyOf.value).map(([type, key]) => [key, type as CellClass])),
  )
  return { keyOf, typeOfKey: (key) => types.value.get(plainKey(key)) }
}

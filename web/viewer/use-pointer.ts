import type OpenSeadragon from 'openseadragon'
import { type Ref, ref, shallowRef } from 'vue'
import type { Box } from '../api/geometry.ts'
import type { Cell, Field } from '../api/types.ts'
import type { CaseStore } from '../reading/case-store.ts'
import type { View } from './draw-overlay.ts'
import { between, type Corner, cornerAt, moveCorner, type Scene } from './overlay-scene.ts'

/** A box smaller than this, in pixels of the original, was drawn by mistake. */
const LEAST = 3
/** Screen pixels around a corner within which it is taken hold of. */
const REACH = 8

interface Ground {
  field: Ref<Field | undefined>
  scene: Ref<Scene>
  /** A new box is being drawn. */
  drawing: Ref<boolean>
  view: () => View | undefined
  toImage: (position: OpenSeadragon.Point) => OpenSeadragon.Point
  draw: () => void
}

/** Clicks choose cells, corners can be dragged, a missed cell is drawn; everything else moves the image. */
export function usePointer(store: CaseStore, { field, scene, drawing, view, toImage, draw }: Ground) {
  const hovered = shallowRef<string>()
  /** A box that is being drawn or adjusted. */
  const rubber = shallowRef<Box>()
  /** The server is asked what a drawn cell is. */
  const busy = ref(false)
  let held: { cell: Cell; corner: Corner } | undefined
  let from: OpenSeadragon.Point | undefined

  function grip(point: OpenSeadragon.Point) {
    if (store.locked.value || drawing.value) return undefined
    const reach = REACH / (view()?.scale ?? 1)
    const cells = [...store.selection.value].map((id) => store.cells.value.get(id))
    return cells
      .filter((cell) => cell !== undefined && cell.fieldId === field.value?.id)
      .map((cell) => ({ cell: cell!, corner: cornerAt(cell!.box, point.x, point.y, reach) }))
      .findLast((one): one is { cell: Cell; corner: Corner } => one.corner !== undefined)
  }
  async function add(one: Field, box: Box) {
    drawing.value = false
    busy.value = true
    const x = Math.max(0, box.x)
    const y = Math.max(0, box.y)
    const width = Math.min(box.x + box.width, one.width) - x
    const height = Math.min(box.y + box.height, one.height) - y
    await store.addCell(one.id, { x, y, width, height })
    busy.value = false
  }

  function attach(viewer: OpenSeadragon.Viewer) {
    viewer.addHandler('canvas-click', (event) => {
      if (!event.quick || drawing.value) return
      const { x, y } = toImage(event.position)
      const cell = scene.value.at(x, y)
      const next = new Set((event.originalEvent as MouseEvent).shiftKey ? store.selection.value : [])
      if (cell) next.has(cell.id) ? next.delete(cell.id) : next.add(cell.id)
      store.selection.value = next
    })
    viewer.addHandler('canvas-press', (event) => {
      from = toImage(event.position)
      held = grip(from)
    })
    viewer.addHandler('canvas-drag', (event) => {
      if (!held && !drawing.value) return
      event.preventDefaultAction = true
      const { x, y } = toImage(event.position)
      rubber.value = held
        ? moveCorner(held.cell.box, held.corner, x, y, field.value!)
        : between(from!.x, from!.y, x, y)
      draw()
    })
    viewer.addHandler('canvas-drag-end', async () => {
      const box = rubber.value
      const grown = held
      rubber.value = held = undefined
      if (!box || !field.value || box.width < LEAST || box.height < LEAST) return draw()
      if (grown) store.change([{ id: grown.cell.id, set: { box } }])
      else await add(field.value, box)
    })
  }
  function hover(event: PointerEvent) {
    const now = view()
    if (!now) return
    const frame = (event.currentTarget as HTMLElement).getBoundingClientRect()
    const x = (event.clientX - frame.left) / now.scale + now.originX
    const y = (event.clientY - frame.top) / now.scale + now.originY
    hovered.value = scene.value.at(x, y)?.id
  }
  return { attach, hover, hovered, rubber, busy }
}

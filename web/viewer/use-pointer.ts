import type OpenSeadragon from 'openseadragon'
import { type Ref, ref, shallowRef } from 'vue'
import { type Box, contains } from '../api/geometry.ts'
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
  visible: (cell: Cell) => boolean
  /** A new box is being drawn. */
  drawing: Ref<boolean>
  view: () => View | undefined
  toImage: (position: OpenSeadragon.Point) => OpenSeadragon.Point
  draw: () => void
}

/** Clicks choose cells, with Shift more of them and by dragging a group; corners can be dragged, a missed cell is drawn; everything else moves the image. */
export function usePointer(
  store: CaseStore,
  { field, scene, visible, drawing, view, toImage, draw }: Ground,
) {
  const hovered = shallowRef<string>()
  /** A box that is being drawn or adjusted. */
  const rubber = shallowRef<Box>()
  /** The server is asked what a drawn cell is. */
  const busy = ref(false)
  let held: { cell: Cell; corner: Corner } | undefined
  /** Of a group that is being chosen, or a box that is being drawn. */
  let from: OpenSeadragon.Point | undefined
  let gathering = false

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

  /** Those of which the middle lies in the area join what is selected. */
  function gather(area: Box) {
    const inArea = scene.value
      .within(area)
      .filter((cell) => visible(cell) && contains(area, ...middleOf(cell.box)))
    store.select([...store.selection.value, ...inArea.map(({ id }) => id)])
    draw()
  }
  /** The cell and the place of the original under a pointer. */
  function under(event: MouseEvent) {
    const now = view()
    if (!now) return undefined
    const frame = (event.currentTarget as HTMLElement).getBoundingClientRect()
    const x = (event.clientX - frame.left) / now.scale + now.originX
    const y = (event.clientY - frame.top) / now.scale + now.originY
    return { x, y, cell: scene.value.at(x, y, visible) }
  }

  function attach(viewer: OpenSeadragon.Viewer) {
    viewer.addHandler('canvas-click', (event) => {
      if (!event.quick || drawing.value) return
      const { x, y } = toImage(event.position)
      const cell = scene.value.at(x, y, visible)
      const { shiftKey, ctrlKey, metaKey } = event.originalEvent as MouseEvent
      const next = new Set(shiftKey || ctrlKey || metaKey ? store.selection.value : [])
      if (cell) next.has(cell.id) ? next.delete(cell.id) : next.add(cell.id)
      store.selection.value = next
    })
    viewer.addHandler('canvas-press', (event) => {
      from = toImage(event.position)
      gathering = !drawing.value && (event.originalEvent as MouseEvent).shiftKey
      held = gathering ? undefined : grip(from)
    })
    viewer.addHandler('canvas-drag', (event) => {
      if (!held && !drawing.value && !gathering) return
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
      const group = gathering
      rubber.value = held = undefined
      gathering = false
      if (box && group) return gather(box)
      if (!box || !field.value || box.width < LEAST || box.height < LEAST) return draw()
      if (grown) store.change([{ id: grown.cell.id, set: { box } }])
      else await add(field.value, box)
    })
  }
  function hover(event: PointerEvent) {
    hovered.value = under(event)?.cell?.id
  }
  return { attach, add, under, hover, hovered, rubber, busy }
}

const middleOf = ({ x, y, width, height }: Box) => [x + width / 2, y + height / 2] as const

import OpenSeadragon from 'openseadragon'
import { onMounted, onUnmounted, type Ref, ref, watch } from 'vue'
import type { Cell, Field } from '../api/types.ts'
import { pictureOr } from '../reading/case-picture.ts'
import type { View } from './draw-overlay.ts'

export interface DeepZoom {
  /** What of the field is on the screen; undefined until there is an image. */
  view(width: number, height: number): View | undefined
  /** Screen pixels of the stage to pixels of the original. */
  toImage(position: OpenSeadragon.Point): OpenSeadragon.Point
  flyTo(cell: Cell): void
  /** The image is on its way to the screen. */
  readonly loading: Ref<boolean>
  /** From when it is there, which is after the page was mounted. */
  readonly viewer: OpenSeadragon.Viewer | undefined
}

/** One field at a time, zoomed and panned. `ready` is called once, with the viewer, before the first image is opened; `removedAt`: when the photographs were removed. */
export function useDeepZoom(
  stage: Ref<HTMLElement | undefined>,
  field: Ref<Field | undefined>,
  ready: (viewer: OpenSeadragon.Viewer) => void,
  removedAt: () => number | null | undefined,
): DeepZoom {
  let viewer: OpenSeadragon.Viewer | undefined
  const loading = ref(false)

  function view(width: number, height: number): View | undefined {
    if (!viewer?.world.getItemAt(0)) return undefined
    const origin = viewer.viewport.viewerElementToImageCoordinates(new OpenSeadragon.Point(0, 0))
    const one = viewer.viewport.viewerElementToImageCoordinates(new OpenSeadragon.Point(100, 0))
    return { originX: origin.x, originY: origin.y, scale: 100 / (one.x - origin.x), width, height }
  }
  function open(one: Field) {
    const level = (width: number) => ({
      url: pictureOr(removedAt(), `/api/fields/${one.id}/image?width=${width}`),
      width,
      height: Math.round((one.height * width) / one.width),
    })
    const levels = [512, 1024, 2048].filter((width) => width < one.width).map(level)
    const url = pictureOr(removedAt(), `/api/fields/${one.id}/image`)
    const whole = { url, width: one.width, height: one.height }
    viewer?.open({
      type: 'legacy-image-pyramid',
      levels: [...levels, whole],
    } as never) // the types of this library know no pyramid of whole images
    // Opening closed the image before.
    loading.value = true
  }
  function flyTo({ box: { x, y, width, height } }: Cell) {
    const margin = Math.max(width, height) * 3
    const rect = new OpenSeadragon.Rect(x - margin, y - margin, width + 2 * margin, height + 2 * margin)
    viewer?.viewport.fitBounds(viewer.viewport.imageToViewportRectangle(rect))
  }

  onMounted(() => {
    viewer = new OpenSeadragon.Viewer({
      element: stage.value!,
      drawer: 'canvas',
      showNavigationControl: false,
      showNavigator: true,
      navigatorPosition: 'TOP_RIGHT',
      navigatorSizeRatio: 0.14,
      animationTime: 0.3,
      maxZoomPixelRatio: 6,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: false },
    })
    // Letters and digits name cells here; the library would turn, flip, pan or zoom the image by them as well.
    viewer.addHandler('canvas-key', (event) => {
      if (!(event.originalEvent as KeyboardEvent).key.startsWith('Arrow')) event.preventDefaultAction = true
    })
    viewer.addHandler('open', () => {
      const image = viewer?.world.getItemAt(0)
      image?.whenFullyLoaded(() => {
        if (image === viewer?.world.getItemAt(0)) loading.value = false
      })
    })
    for (const end of ['open-failed', 'close'] as const)
      viewer.addHandler(end, () => {
        loading.value = false
      })
    ready(viewer)
    if (field.value) open(field.value)
  })
  onUnmounted(() => viewer?.destroy())
  watch(
    () => field.value?.id,
    () => (field.value ? open(field.value) : viewer?.close()),
  )
  return {
    view,
    toImage: (position) => viewer!.viewport.viewerElementToImageCoordinates(position),
    flyTo,
    loading,
    get viewer() {
      return viewer
    },
  }
}

import OpenSeadragon from 'openseadragon'
import { onMounted, onUnmounted, type Ref, ref, watch } from 'vue'
import type { Cell, Field } from '../api/types.ts'
import { pictureOr } from '../reading/case-picture.ts'
import type { View } from './draw-overlay.ts'
import { middleInside } from './keep-inside.ts'

export interface DeepZoom {
  /** What of the field is on the screen; undefined until there is an image. */
  view(width: number, height: number): View | undefined
  /** Screen pixels of the stage to pixels of the original. */
  toImage(position: OpenSeadragon.Point): OpenSeadragon.Point
  flyTo(cell: Cell): void
  zoomBy(factor: number): void
  /** The whole field, in the middle. */
  fit(): void
  /** One pixel of the original on one of the screen. */
  actualSize(): void
  /** The image is on its way to the screen. */
  readonly loading: Ref<boolean>
  /** From when it is there, which is after the page was mounted. */
  readonly viewer: OpenSeadragon.Viewer | undefined
}

/** Zoom closer to the whole field than this share is the whole field. */
const NEAR = 0.01

/** One field at a time, zoomed and panned, never out of sight. `ready` is called once, with the viewer, before the first image is opened; `removedAt`: when the photographs were removed. */
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
    const margin = Math.max(width, height) * 1.5
    const rect = new OpenSeadragon.Rect(x - margin, y - margin, width + 2 * margin, height + 2 * margin)
    viewer?.viewport.fitBounds(viewer.viewport.imageToViewportRectangle(rect))
  }

  function zoomBy(factor: number) {
    viewer?.viewport.zoomBy(factor)
    viewer?.viewport.applyConstraints()
  }
  function fit() {
    viewer?.viewport.zoomTo(viewer.viewport.getHomeZoom())
    viewer?.viewport.panTo(viewer.viewport.getHomeBounds().getCenter())
  }
  function actualSize() {
    viewer?.viewport.zoomTo(viewer.viewport.imageToViewportZoom(1 / devicePixelRatio))
    viewer?.viewport.applyConstraints()
  }
  /** Judged by where a movement leads: on its way there the view may pass what it could not stay at. */
  function keepInside() {
    const image = viewer?.world.getItemAt(0)?.getBounds()
    if (!viewer || !image) return
    const bounds = viewer.viewport.getBounds()
    const { x, y } = middleInside(bounds, image)
    const by = new OpenSeadragon.Point(x, y).minus(bounds.getCenter())
    // Smaller than any pixel: done, as far as numbers go.
    if (Math.hypot(by.x, by.y) * viewer.viewport.getZoom() > 1e-4) viewer.viewport.panBy(by)
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
      minZoomImageRatio: 1,
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
    for (const moved of ['pan', 'zoom', 'animation', 'animation-finish'] as const)
      viewer.addHandler(moved, keepInside)
    let whole = true
    viewer.addHandler('animation-finish', () => {
      const { viewport } = viewer!
      whole = viewport.getZoom() < viewport.getHomeZoom() * (1 + NEAR)
    })
    // What was shown whole stays so when the place for it changes.
    viewer.addHandler('after-resize', () => whole && viewer!.viewport.goHome(true))
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
    zoomBy,
    fit,
    actualSize,
    loading,
    get viewer() {
      return viewer
    },
  }
}

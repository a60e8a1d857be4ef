/** px of a dragged picture, and how far the next one looks out behind it. */
const SIDE = 64
const STEP = 7
const MOST = 3

/**
 * What hangs at the pointer while cells are dragged: their first pictures as a small stack, with the number of cells where it is
 * more than one. `pictures` are loaded; the first lies on top.
 */
export function showDragGhost(event: DragEvent, pictures: readonly HTMLImageElement[], n: number): void {
  const stack = pictures.slice(0, MOST)
  const ghost = document.createElement('div')
  ghost.className = 'drag-ghost'
  const canvas = ghost.appendChild(document.createElement('canvas'))
  canvas.width = canvas.height = SIDE + STEP * (stack.length - 1) + 2
  const pen = canvas.getContext('2d')!
  pen.strokeStyle = '#fff'
  pen.lineWidth = 2
  for (const [i, picture] of [...stack.entries()].reverse()) {
    const at = 1 + STEP * i
    pen.drawImage(picture, at, at, SIDE, SIDE)
    pen.strokeRect(at, at, SIDE, SIDE)
  }
  if (n > 1) ghost.appendChild(document.createElement('strong')).textContent = String(n)
  document.body.append(ghost)
  event.dataTransfer!.setDragImage(ghost, SIDE / 2, SIDE / 2)
  // The browser has taken its picture once the event is over.
  setTimeout(() => ghost.remove())
}

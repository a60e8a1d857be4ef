/** µm per pixel: of a slide, and of the cameras and objectives of the site. */
export const enScale = {
  source: {
    given: 'given',
    profile: 'camera profile',
    metadata: 'from the file',
    estimated: 'estimated from red cells',
    unsure: 'estimated, unsure',
  },
  who: {
    given: 'A person said',
    profile: 'The camera profile says',
    metadata: 'The files say',
    estimated: '',
  },
  ask: {
    contradicted:
      'Slide {slide}: {who} {said} µm per pixel, but {cells} red cells say about {seen}. Fields not analysed: {n}. Which is right?',
    doubted:
      'Slide {slide}: {who} {said} µm per pixel, but {cells} red cells say about {seen}. Fields analysed with {said}: {n}.',
    coarse:
      'Slide {slide}: {who} {said} µm per pixel. That is too coarse to tell types, and no red cells confirm it; many programs write it when they do not know.',
    unsure:
      'Slide {slide}: too few red cells are seen to be sure of the scale. Fields analysed with {said} µm per pixel: {n}; if that is wrong, so are the types.',
  },
  trustStated: '{said} is right',
  trustRedCells: '{seen} is right',
  give: 'Give the scale…',
  title: 'Scale of slide {slide}, field {n}',
  now: 'Now:',
  how: 'How the scale is given',
  by: { number: 'As a number', profile: 'From a camera profile', measure: 'Measure it on this field' },
  umPerPixel: 'µm per pixel',
  profile: 'Camera and objective',
  noProfiles: 'There are no profiles yet. Give a number or measure it, and tick the box to remember it.',
  for: 'For',
  wholeSlide: 'all {n} fields of this slide',
  thisField: 'this field only',
  remember: 'Use it from now on for pictures of {size} pixels ({camera})',
  profileName: 'Camera and objective',
  profileExample: 'DP74, 100× oil',
  anyCamera: 'camera not named',
  after: 'Fields to be analysed again with it: {n}. Cells that a person has reviewed stay.',
  save: 'Use this scale',
  measured: '{um} µm per pixel',
  measureHelp:
    'Click both ends of a scale bar or of a known stretch of a stage micrometer, and say how long it is. Arrow keys move an end by a pixel, with Shift by ten; Space changes to the other end.',
  length: 'Length',
  zoom: 'Zoom',
  clearEnds: 'Remove the ends',
  looking: 'finding the scale: field {done} of {total}',
  page: 'Cameras and objectives',
  pageHelp:
    'Pictures whose camera and size match a profile get its scale by themselves. Of several objectives on one camera the red cells choose. What was analysed before stays as it is.',
  none: 'There are no profiles yet. Add one for each objective that you photograph smears with.',
  add: 'Add a camera and objective',
  change: 'Change this profile',
  edit: 'Change',
  remove: 'Remove',
  camera: 'Camera as its files name it',
  pixels: 'Pixels',
  width: 'Width, pixels',
  height: 'Height, pixels',
  picture: 'Measure on a picture…',
  pictureHelp:
    'A photograph of a stage micrometer, or one with a scale bar, at full size: JPEG, PNG, WebP or BMP. It stays on this computer.',
}

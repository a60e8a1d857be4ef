/** The look of a report: a neutral grey surround, figures of equal width, one accent. */
export const STYLE = `
:root { color-scheme: light; font: 14px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; color: #2b2d31 }
body { margin: 0; background: #ececee; font-variant-numeric: tabular-nums }
main { max-width: 1240px; margin: 0 auto; padding: 32px 24px 24px }
header { margin-bottom: 20px }
h1 { font-size: 22px; font-weight: 600; margin: 0 }
h2 { font-size: 15px; font-weight: 600; margin: 0 0 4px }
h3 { font-size: 13px; font-weight: 600; margin: 20px 0 4px }
p { margin: 0 0 8px }
.faint, footer { color: #70737a; font-size: 12px }
.explanation { color: #70737a; max-width: 90ch }
.headlines { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 1px; background: #d9dadd; border: 1px solid #d9dadd; border-radius: 6px; overflow: hidden }
.headlines > div { background: #fff; padding: 14px 18px; display: flex; flex-direction: column }
.headlines > div > :first-child { flex: 1 }
.headlines strong { font-size: 26px; font-weight: 600; line-height: 1.3 }
section { background: #fff; border: 1px solid #d9dadd; border-radius: 6px; padding: 18px 22px 20px; margin-top: 16px }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(440px, 1fr)); gap: 8px 32px; align-items: start }
.scroll { overflow-x: auto }
table { border-collapse: collapse; font-size: 13px; margin-top: 8px; white-space: nowrap }
th { text-align: right; font-weight: 500; color: #70737a; padding: 4px 0 4px 24px; border-bottom: 1px solid #c9cace }
td { text-align: right; padding: 4px 0 4px 24px; border-bottom: 1px solid #ececee }
th:first-child, td:first-child { text-align: left; padding-left: 0 }
tr.total td { font-weight: 600 }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(118px, 1fr)); gap: 16px 14px; margin-top: 12px }
figure { margin: 0; font-size: 12px; line-height: 1.35; min-width: 0 }
figure svg, figure img { display: block; width: 100%; aspect-ratio: 1; border-radius: 3px; background: #d9dadd; margin-bottom: 5px }
figcaption span { display: block }
figcaption .faint { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.said { color: #b4552d }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 18px; margin: 6px 0 0 }
dt { color: #70737a }
dd { margin: 0; min-width: 0 }
code { font: 12px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere }
footer { margin-top: 20px }
@media print { body { background: #fff } section { break-inside: avoid } }
`

// Before `npm start`: an older Node stops at the first .ts file, with an error that says nothing of its age.
const NEEDED = [24, 2]
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  console.error(
    `Marrowscope needs Node ${NEEDED.join('.')} or later, and this is Node ${process.versions.node}: install a newer one from nodejs.org.`,
  )
  process.exit(1)
}

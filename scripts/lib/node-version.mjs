/** The oldest Node the project supports: `engines` in package.json. Written so that an older Node can still read it. */
var OLDEST = [20, 19];

/** A sentence when this version of Node is too old, else null. */
export function nodeVersionFault(version) {
  var parts = version.split('.').map(Number);
  var isRecent = parts[0] > OLDEST[0] || (parts[0] === OLDEST[0] && parts[1] >= OLDEST[1]);
  return isRecent
    ? null
    : 'MoE Lab needs Node ' +
        OLDEST.join('.') +
        ' or later, and this is Node ' +
        version +
        ': install a newer one from https://nodejs.org.';
}

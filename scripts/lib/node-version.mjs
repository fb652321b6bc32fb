/** What the project runs on: `engines` in package.json. Written so that an older Node can still read it. */
var OLDEST = [20, 19];
/** Node 21, and 22 before this, cannot load what the build tools are made of. */
var OLDEST_AFTER_20 = [22, 12];

/** A sentence when this version of Node is too old, else null. */
export function nodeVersionFault(version) {
  var parts = version.split('.').map(Number);
  var isRecent = isAtLeast(parts, OLDEST_AFTER_20) || (parts[0] === OLDEST[0] && isAtLeast(parts, OLDEST));
  return isRecent
    ? null
    : 'MoE Lab needs Node ' +
        OLDEST_AFTER_20.join('.') +
        ' or later, or ' +
        OLDEST.join('.') +
        ', and this is Node ' +
        version +
        ': install a newer one from https://nodejs.org.';
}

function isAtLeast(parts, oldest) {
  return parts[0] > oldest[0] || (parts[0] === oldest[0] && parts[1] >= oldest[1]);
}

export { correlationMap, mapHeight } from './correlation-map';
export { pairs } from './pairs';
export { scatter } from './scatter';

export { correlationMap } from './correlation-map';
export { pairs } from './pairs';
export { scatter } from './scatter';

/** A fit from a table to a described result: the one path of the process and the command line. */
export { afterwardsOn } from './afterwards';
export { labelsOf, unitsOf, type FinishedFit } from './describe';
export { checkedDesign, designWithin, type CheckedDesign, type DesignSource } from './checked-design';
export { assemble, methodOf, prepareFit, type PreparedFit } from './prepare';
export { runFit } from './run';
export { estimate } from './estimate';
export { modelSize } from './model-size';
export { numericTable, shippedTable } from './numeric-table';

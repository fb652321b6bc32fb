import { csvFields } from './lib/csv-fields.mjs';

const POINTS = 90;
const WIDTH = 84;
const HEIGHT = 40;

/** Which two columns show what a sample teaches; `truth` stands for the first expert's true direction. */
const axes = {
  'auto-mpg': { x: 'Weight (lb)', y: 'Fuel economy (mpg)' },
  penguins: { x: 'Flipper length (mm)', y: 'Body mass (g)' },
  'seattle-weather': { x: 'Day of year', y: 'Highest temperature (°C)' },
  'world-health': { x: 'Income per person (dollars)', y: 'Life expectancy (years)' },
  'mixture-k2': { truth: 'mixture-k2.truth.json', y: 'y' },
  'mixture-k3': { truth: 'mixture-k3.truth.json', y: 'y' },
};

/** Sample id -> [x1, y1, x2, y2, ...], whole numbers in the box, y upwards. */
export function thumbnails(read) {
  return Object.fromEntries(
    Object.entries(axes).map(([id, axis]) => {
      const [head, ...rows] = read(`${id}.csv`).trim().split(/\r?\n/).map(csvFields);
      const number = (row, name) => (row[head.indexOf(name)] === '' ? NaN : Number(row[head.indexOf(name)]));
      const along = axis.truth ? direction(JSON.parse(read(axis.truth))) : (row) => number(row, axis.x);
      const points = rows
        .map((row) => [along(row, number), number(row, axis.y)])
        .filter((point) => point.every(Number.isFinite));
      return [id, boxed(points.filter((_, i) => i % Math.ceil(points.length / POINTS) === 0))];
    }),
  );
}

function direction({ columns, experts }) {
  return (row, number) => columns.reduce((sum, { name }, j) => sum + experts[0].weights[j] * number(row, name), 0);
}

function boxed(points) {
  const scale = (at, size) => {
    const values = points.map((point) => point[at]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return (value) => Math.round(((value - low) / (high - low)) * size);
  };
  const [x, y] = [scale(0, WIDTH), scale(1, HEIGHT)];
  return points.flatMap((point) => [x(point[0]), y(point[1])]);
}

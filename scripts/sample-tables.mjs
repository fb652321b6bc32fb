/**
 * The example tables: where each comes from, how its columns are named, and what it teaches. The figures in `teaches` are median test
 * RMSE against least squares over seeds 1 to 21: moe-lab fit <file> --method joint-em --experts 2 --restarts 5 --seed <seed> --json
 */
const dayOfYear = (date) => {
  const day = new Date(`${date}T00:00:00Z`);
  return (day.getTime() - Date.UTC(day.getUTCFullYear(), 0, 1)) / 86_400_000 + 1;
};
const capital = (text) => (text === null ? null : text[0].toUpperCase() + text.slice(1).toLowerCase());
const REGIONS = {
  america: 'Americas',
  east_asia_pacific: 'East Asia and Pacific',
  europe_central_asia: 'Europe and Central Asia',
  middle_east_north_africa: 'Middle East and North Africa',
  south_asia: 'South Asia',
  sub_saharan_africa: 'Sub-Saharan Africa',
};

export const realSamples = [
  {
    id: 'auto-mpg',
    from: 'cars.json',
    columns: {
      Name: (r) => r.Name,
      'Fuel economy (mpg)': (r) => r.Miles_per_Gallon,
      Cylinders: (r) => r.Cylinders,
      'Displacement (cu in)': (r) => r.Displacement,
      'Power (hp)': (r) => r.Horsepower,
      'Weight (lb)': (r) => r.Weight_in_lbs,
      'Time to 60 mph (s)': (r) => r.Acceleration,
      'Model year': (r) => Number(r.Year.slice(0, 4)),
      Origin: (r) => r.Origin,
    },
    changes: 'columns renamed, with units; the date of the model year cut to the year. Missing values are kept.',
    info: {
      name: 'Auto MPG',
      sentence: 'Cars of 1970 to 1982: how far one drives on a gallon, from its engine, weight and year.',
      teaches:
        'Experts win: a heavy car loses little by another hundred pounds, a light one a good deal, so two lines predict about 10% better than one.',
      target: 'Fuel economy (mpg)',
      licence:
        'Distributed through StatLib in 1982 for educational and scientific purposes; also in the UCI Machine Learning Repository (Auto MPG) under CC BY 4.0.',
      source: 'StatLib, "cars" (Ernesto Ramos and David Donoho), http://lib.stat.cmu.edu/datasets/cars.desc',
    },
  },
  {
    id: 'penguins',
    from: 'penguins.json',
    columns: {
      Species: (r) => r.Species,
      Island: (r) => r.Island,
      'Beak length (mm)': (r) => r['Beak Length (mm)'],
      'Beak depth (mm)': (r) => r['Beak Depth (mm)'],
      'Flipper length (mm)': (r) => r['Flipper Length (mm)'],
      'Body mass (g)': (r) => r['Body Mass (g)'],
      Sex: (r) => (r.Sex === '.' ? null : capital(r.Sex)),
    },
    changes: 'columns renamed; the sex recorded as "." for one bird is written as missing.',
    info: {
      name: 'Palmer penguins',
      sentence: 'Body mass of 344 penguins of three species, from beak, flipper and sex.',
      teaches:
        'A line is enough: with species and sex in the table, experts predict no better. Take species, island and sex out, and two experts find groups again: 13% better than one line.',
      target: 'Body mass (g)',
      licence: 'CC0 1.0',
      source:
        'Kristen Gorman and Palmer Station Antarctica LTER; palmerpenguins (Allison Horst, Alison Hill, Kristen Gorman)',
    },
  },
  {
    id: 'seattle-weather',
    from: 'seattle-weather.csv',
    columns: {
      Date: (r) => r.date.slice(0, 10),
      'Day of year': (r) => dayOfYear(r.date.slice(0, 10)),
      'Highest temperature (°C)': (r) => r.temp_max,
      'Lowest temperature (°C)': (r) => r.temp_min,
      'Precipitation (mm)': (r) => r.precipitation,
      'Wind (m/s)': (r) => r.wind,
      Weather: (r) => capital(r.weather),
    },
    changes: 'columns renamed, with units; the day of the year computed from the date.',
    info: {
      name: 'Seattle weather',
      sentence: 'Four years of days in Seattle: the highest temperature from the day of the year and the weather.',
      teaches:
        'A season is two slopes: from the day of the year alone one line is off by 7.2 °C, two experts, one for spring and one for autumn, by 3.6.',
      target: 'Highest temperature (°C)',
      licence: 'Public domain (work of the United States government)',
      source:
        'NOAA National Climatic Data Center, daily records of Seattle, 2012 to 2015, https://www.ncdc.noaa.gov/cdo-web/datatools/records',
    },
  },
  {
    id: 'world-health',
    from: 'gapminder-health-income.csv',
    columns: {
      Country: (r) => r.country,
      'Income per person (dollars)': (r) => r.income,
      'Population (people)': (r) => r.population,
      Region: (r) => REGIONS[r.region] ?? r.region,
      'Life expectancy (years)': (r) => r.health,
    },
    changes: 'columns renamed, with units; regions written out.',
    info: {
      name: 'Health and income of nations',
      sentence: 'Life expectancy in 187 countries, from income, population and region.',
      teaches:
        'Assumptions break: income and population are far from bell-shaped and rows are few, so the checks warn and the spectral start promises nothing here.',
      target: 'Life expectancy (years)',
      licence: 'CC BY 4.0 (Gapminder, free material)',
      source: 'Gapminder Foundation, https://www.gapminder.org',
    },
  },
];

const written = 'Part of MoE Lab (MIT), drawn by scripts/make-samples.mjs';

export const simulatedSamples = [
  {
    id: 'mixture-k2',
    settings: {
      rows: 2000,
      features: 10,
      experts: 2,
      sigma: 0.1,
      activation: 'linear',
      inputs: 'gaussian',
      gates: 'orthogonal',
      seed: 1,
    },
    info: {
      name: 'Simulated: two experts',
      sentence: '2,000 rows drawn from two linear experts in ten features, with little noise (sigma 0.1).',
      teaches:
        'The truth is known, and every assumption of the spectral method holds: compare what a fit found with mixture-k2.truth.json.',
      target: 'y',
      licence: 'MIT',
      source: written,
    },
  },
  {
    id: 'mixture-k3',
    settings: {
      rows: 8000,
      features: 10,
      experts: 3,
      sigma: 0.5,
      activation: 'linear',
      inputs: 'gaussian',
      gates: 'orthogonal',
      seed: 1,
    },
    info: {
      name: 'Simulated: three experts',
      sentence:
        '8,000 rows drawn from three linear experts in ten features, with noise half as large as each signal (sigma 0.5).',
      teaches:
        'Three known experts behind noise: Runs shows where each random start ended, and mixture-k3.truth.json what there was to find.',
      target: 'y',
      licence: 'MIT',
      source: written,
    },
  },
];

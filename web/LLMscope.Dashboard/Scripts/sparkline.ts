// Continues what Charts/SparklineShape.cs began, with the same geometry.

const width = 160;
const height = 36;
const margin = 4;
const most = 40;

export function appendToSparkline(drawing: SVGElement, value: number): void {
  const values = numbers(drawing.dataset["values"]);
  values.push(value);
  if (values.length > most) values.shift();
  drawing.dataset["values"] = values.join(" ");

  const limits = numbers(drawing.dataset["limits"]);
  const all = [...values, ...limits];
  const isLog = drawing.dataset["log"] !== undefined && all.every((each) => each > 0);
  const scaled = (each: number) => (isLog ? Math.log(each) : each);
  const low = Math.min(...all.map(scaled));
  const high = Math.max(...all.map(scaled));
  const x = (index: number) => margin + (values.length < 2 ? 1 : index / (values.length - 1)) * (width - 2 * margin);
  const y = (each: number) => (high > low ? height - margin - ((scaled(each) - low) / (high - low)) * (height - 2 * margin) : height / 2);

  drawing.querySelector(".values")?.setAttribute("d", values.map((each, i) => `${i ? "L" : "M"}${x(i).toFixed(1)} ${y(each).toFixed(1)}`).join(""));
  const lines = [...drawing.querySelectorAll(".limit:first-of-type, .centre, .centre + .limit")];
  [limits[2], limits[1], limits[0]].forEach((limit, i) => {
    if (limit !== undefined) lines[i]?.setAttribute("d", `M0 ${y(limit).toFixed(1)}H160`);
  });
  drawing.querySelector(".last")?.setAttribute("cx", x(values.length - 1).toFixed(1));
  drawing.querySelector(".last")?.setAttribute("cy", y(value).toFixed(1));
}

const numbers = (text: string | undefined): number[] => (text ? text.split(" ").map(Number) : []);

/** What is wrong with a value, in its place. */
import type { Problem } from "../contract";
import { Icon } from "../shared/icon";
import { say } from "../shared/words";

/** Where in a JSON value a problem is, as `a.b[2]`. */
function placeText(path: Problem["path"]): string {
  return path
    .map((step, depth) => {
      if (typeof step === "number") return `[${step}]`;
      return depth > 0 ? `.${step}` : step;
    })
    .join("");
}

/** A problem whose sentence names its place. */
export function unplaced(problem: Problem): Problem {
  return { ...problem, path: [] };
}

export function Problems({ id, problems }: { id: string; problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <ul id={id} class="ogc-problems">
      {problems.map((problem, place) => {
        const where = placeText(problem.path);
        const warning = problem.severity === "warning";
        return (
          <li key={place} class={warning ? "ogc-warning" : "ogc-error"}>
            <Icon name={warning ? "warning" : "error"} />
            <span>
              <span class={warning ? "" : "ogc-hidden"}>
                {say(warning ? "form.warning" : "form.error")}{" "}
              </span>
              {where ? `${where}: ${problem.message}` : problem.message}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

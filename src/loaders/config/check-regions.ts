import { editDistance, nearest } from "../../shared/nearest.js";
import { knownRegions } from "../../shared/aws/served-regions.js";
import { sayPath, show } from "../diagnostics/describe.js";
import type { Fault, Path } from "../diagnostics/fault.js";

const shape =
  /^([a-z]{2,4}(?:-[a-z]+)??)-(north|south|east|west|central|northeast|northwest|southeast|southwest)-[1-9]\d*$/u;
const knownAreas = new Set(knownRegions.map((region) => shape.exec(region)?.[1]));

/**
 * What is wrong with a region's name. A region that is newer than the table is accepted when its name is built like one and could
 * not be a slip of the pen.
 */
export function checkRegion(region: string, path: Path): Fault | undefined {
  if (knownRegions.includes(region) || couldBeNew(region)) return undefined;
  const near = nearest(region, knownRegions);
  return {
    path,
    at: "value",
    code: "unknown-region",
    message: `${sayPath(path)}: ${show(region)} is no AWS region`,
    hint: near === undefined ? 'regions are named like "eu-central-1"' : `did you mean "${near}"?`,
  };
}

function couldBeNew(region: string): boolean {
  const area = shape.exec(region)?.[1];
  if (area === undefined) return false;
  return knownAreas.has(area) || knownRegions.every((known) => editDistance(known, region) > 1);
}

import type { JobTemplate } from '../message/job-terms.js';
import { isGroupTemplate, type PlanBody, type StepTemplate } from '../message/plan-body.js';
import type { KnownId } from './known-ids.js';

type Known = ReadonlyMap<string, KnownId>;

/** The ids that callers have chosen in these templates, and in what follows from them. */
export function ownIdsIn(templates: readonly StepTemplate[] = []): string[] {
  return templates.flatMap((template) => [
    ...(template.id === undefined ? [] : [template.id]),
    ...ownIdsIn(partsOf(template)),
  ]);
}

export function ownIdsOfPlan(body: PlanBody): string[] {
  return ownIdsIn(body.form === 'group' ? partsOf(body) : [...body.steps, ...body.onError]);
}

/** The templates, in which ids that were deleted take their next generation (rule 6). */
export function withGenerations(templates: readonly JobTemplate[], known: Known): JobTemplate[] {
  return templates.map((template) => {
    const { id, terms } = template;
    const { onSuccess, onError } = terms;
    return {
      ...template,
      generation: generationOf(id, known),
      terms:
        onSuccess === undefined && onError === undefined
          ? terms
          : {
              ...terms,
              onSuccess: onSuccess && withGenerations(onSuccess, known),
              onError: onError && withGenerations(onError, known),
            },
    };
  });
}

export function planWithGenerations(body: PlanBody, known: Known): PlanBody {
  if (body.form === 'group') return { ...body, ...groupWithGenerations(body, known) };
  const steps = body.steps.flatMap((step): StepTemplate[] =>
    isGroupTemplate(step) ? [groupWithGenerations(step, known)] : withGenerations([step], known),
  );
  return { ...body, steps, onError: withGenerations(body.onError, known) };
}

type Group = Extract<StepTemplate, { members: unknown }>;

function groupWithGenerations(group: Group, known: Known): Group {
  return {
    id: group.id,
    generation: generationOf(group.id, known),
    members: withGenerations(group.members, known),
    onSuccess: withGenerations(group.onSuccess, known),
    onError: withGenerations(group.onError, known),
    onComplete: withGenerations(group.onComplete, known),
  };
}

function generationOf(id: string | undefined, known: Known): number | undefined {
  const entry = id === undefined ? undefined : known.get(id);
  return entry?.known === false && entry.generation > 1 ? entry.generation : undefined;
}

function partsOf(template: StepTemplate): StepTemplate[] {
  if (!isGroupTemplate(template))
    return [...(template.terms.onSuccess ?? []), ...(template.terms.onError ?? [])];
  const { members, onSuccess, onError, onComplete } = template;
  return [...members, ...onSuccess, ...onError, ...onComplete];
}

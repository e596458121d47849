/** The names of layers, units and phases, as a reader says them: counted from 1. */

import { featureName } from './feature-names.js';
import { t } from './i18n.js';

/**
 * The name of a layer: inputs are -1.
 * @param {{activations: string[]}} scene
 * @param {number} layer
 */
export function layerName(scene, layer) {
  const hidden = scene.activations.length - 1;
  if (layer < 0) return t('inputs');
  if (layer === hidden) return t('output');
  return hidden === 1 ? t('hidden') : t('hidden {number}', { number: layer + 1 });
}

/**
 * The name of a unit; an input that was made of others (`features`) has its own.
 * @param {{activations: string[], features?: string[] | null}} scene
 * @param {number} layer
 * @param {number} unit
 */
export function unitName(scene, layer, unit) {
  const values = { unit: unit + 1, layer: layer + 1 };
  const hidden = scene.activations.length - 1;
  const feature = scene.features?.[unit];
  if (layer < 0) return t('input {unit}', feature ? { unit: featureName(feature) } : values);
  if (layer === hidden) return t('output unit {unit}', values);
  return hidden === 1 ? t('hidden unit {unit}', values) : t('unit {unit} of hidden layer {layer}', values);
}

/**
 * A parameter, by the units it belongs to.
 * @param {{activations: string[], features?: string[] | null}} scene
 * @param {{layer: number, unit: number, input: number | 'bias'}} place
 */
export function parameterName(scene, { layer, unit, input }) {
  const to = unitName(scene, layer, unit);
  if (input === 'bias') return t('bias of {unit}', { unit: to });
  return t('weight from {from} to {to}', { from: unitName(scene, layer - 1, input), to });
}

/** @param {string} phase */
export function phaseName(phase) {
  switch (phase) {
    case 'forward':
      return t('Forward pass');
    case 'loss':
      return t('Loss');
    case 'backward':
      return t('Backward pass');
    default:
      return t('Update');
  }
}

/** Labels that begin with somebody's name. */
const PERSONS = new Set(['Huber', 'Nesterov']);

/** A label inside a sentence: "Half squared error" begins small there, "ReLU" and "Huber" do not. @param {string} text */
export function inside(text) {
  const isOrdinary = /^\p{Lu}[\p{Ll}-]+(?=\s|$)/u.test(text) && !PERSONS.has(text);
  return isOrdinary ? text[0].toLowerCase() + text.slice(1) : text;
}

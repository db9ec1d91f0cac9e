import './same.js';
import './different.js';

export { klDivergence, registerKl } from './registry.js';

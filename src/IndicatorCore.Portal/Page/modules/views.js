import * as alerts from './views/alerts.js';
import * as coverage from './views/coverage.js';
import * as declared from './views/declared.js';
import * as definitions from './views/definitions.js';
import * as forms from './views/forms.js';
import * as indicator from './views/indicator.js';
import * as overview from './views/overview.js';
import * as phases from './views/phases.js';
import * as quality from './views/quality.js';
import * as revisions from './views/revisions.js';

/** The views by the name that stands in addresses: each has `render(context)`, which gives `title`, `lead` and `body`. */
export const views = { overview, indicator, phases, coverage, declared, quality, forms, revisions, alerts, definitions };

/** The order of the navigation. */
export const menu = Object.keys(views);

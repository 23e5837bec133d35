import { h } from '../dom.js';
import { phrase, t } from '../language.js';
import { figure, instant } from '../figure.js';
import { table } from '../table.js';
import { empty, link, section } from '../parts.js';
import { concerns } from './overview.js';

/** What was raised while monitoring, the newest first. */
export async function render(context) {
  const { catalog, place, places } = context;
  const alerts = (await context.get('alerts', { count: 500, revision: null })).alerts.filter(alert => concerns(alert, place, places));
  const unitOf = alert => catalog.of(alert.indicator)?.unit ?? '1';
  return {
    title: t('view.alerts'),
    lead: h('p', { class: 'note' }, t('alertsNote')),
    body: section(null, alerts.length === 0 ? empty(t('noAlerts')) : table({
      caption: t('view.alerts'), items: alerts,
      columns: [
        { name: t('at'), head: true, by: alert => alert.at, first: 'desc', cell: alert => instant(alert.at) },
        { name: t('kind'), by: alert => alert.kind, cell: alert => (alert.state === 'cleared' ? `${phrase('alert', alert.kind)} (${t('alert.cleared')})` : phrase('alert', alert.kind)) },
        { name: t('group'), by: alert => (alert.group ? places.nameOfRow(alert) : ''), cell: alert => (alert.group ? context.placeLink(alert) : '') },
        { name: t('indicator'), by: alert => alert.indicator, cell: alert => (alert.indicator ? link(context, { view: 'indicator', indicator: alert.indicator }, catalog.name(alert.indicator)) : '') },
        { name: t('figure'), number: true, by: alert => alert.value, cell: alert => figure(alert.value, unitOf(alert)) },
        { name: t('threshold'), number: true, by: alert => alert.threshold, cell: alert => figure(alert.threshold, unitOf(alert)) },
        { name: t('what'), cell: alert => alert.text },
        { name: t('revision'), number: true, by: alert => alert.revision, cell: alert => (alert.revision ? link(context, { view: 'revisions', revision: alert.revision === context.newest.revision ? null : alert.revision }, t('revisionN', alert.revision)) : '') },
      ],
    })),
  };
}

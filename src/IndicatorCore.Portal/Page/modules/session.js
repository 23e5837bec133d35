import { h, put } from './dom.js';
import { t } from './language.js';
import * as api from './api.js';

let pending = null;

/** Asks for an access key until one is right or the dialog is closed: whether there is one now. */
export function signIn() {
  pending ??= ask().finally(() => { pending = null; });
  return pending;
}

function ask() {
  return new Promise(resolve => {
    const error = h('p', { class: 'error', role: 'alert', id: 'key-error' });
    const input = h('input', { id: 'key', type: 'password', autocomplete: 'off', spellcheck: 'false', required: true, 'aria-describedby': 'key-note key-error' });
    const button = h('button', { class: 'primary', type: 'submit' }, t('signIn'));
    const dialog = h('dialog', { class: 'sign-in', 'aria-labelledby': 'key-title' },
      h('form', { method: 'dialog', onsubmit: submit },
        h('h2', { id: 'key-title' }, t('signInTitle')),
        h('p', { id: 'key-note' }, t('signInNote')),
        h('label', { for: 'key' }, t('accessKey')), input, error,
        h('div', { class: 'row end' }, h('button', { type: 'button', onclick: () => dialog.close() }, t('cancel')), button)));
    let done = false;
    dialog.addEventListener('close', () => { dialog.remove(); resolve(done); });
    document.body.append(dialog);
    dialog.showModal();
    input.focus();

    async function submit(event) {
      event.preventDefault();
      button.disabled = true;
      put(error);
      try {
        await api.whoami(input.value.trim());
        api.useKey(input.value.trim());
        done = true;
        dialog.close();
      } catch (problem) {
        put(error, problem.status === 401 || problem.status === 403 ? t('wrongKey') : problem.message);
        input.setAttribute('aria-invalid', 'true');
        input.select();
      } finally {
        button.disabled = false;
      }
    }
  });
}

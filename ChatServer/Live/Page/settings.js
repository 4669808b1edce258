// What the viewer has chosen: language, colours, size. Kept by the browser, and taken from the address first: /?lang=pt&theme=dark&size=large

import { textsOf } from '/texts.js';

const themes = ['auto', 'light', 'dark'];
const query = new URLSearchParams(location.search);

const read = name => query.get(name) ?? stored(name);

function stored(name) {
  try { return localStorage.getItem(name); } catch { return null; } // a browser may forbid it
}

function store(name, value) {
  try { localStorage.setItem(name, value); } catch { /* then it is forgotten */ }
}

export const settings = {
  texts: textsOf(read('lang') ?? navigator.language ?? 'en'),
  theme: themes.includes(read('theme')) ? read('theme') : 'auto',
  isLarge: read('size') === 'large',
};

const listeners = [];

/** Calls back now and after each change. */
export function whenChanged(listener) {
  listeners.push(listener);
  listener();
}

function change(name, value) {
  store(name, value);
  listeners.forEach(listener => listener());
}

export function startSettings() {
  const [language, theme, size] = ['language', 'theme', 'size'].map(id => document.getElementById(id));
  language.addEventListener('click', () => {
    settings.texts = textsOf(settings.texts.language === 'en' ? 'pt' : 'en');
    change('lang', settings.texts.language);
  });
  theme.addEventListener('click', () => {
    settings.theme = themes[(themes.indexOf(settings.theme) + 1) % themes.length];
    change('theme', settings.theme);
  });
  size.addEventListener('click', () => {
    settings.isLarge = !settings.isLarge;
    change('size', settings.isLarge ? 'large' : 'normal');
  });
  whenChanged(() => {
    const { texts } = settings;
    document.documentElement.lang = texts.language;
    document.documentElement.dataset.theme = settings.theme;
    document.documentElement.dataset.size = settings.isLarge ? 'large' : 'normal';
    size.setAttribute('aria-pressed', settings.isLarge);
    theme.textContent = { auto: texts.themeAuto, light: texts.themeLight, dark: texts.themeDark }[settings.theme];
    document.querySelectorAll('[data-text]').forEach(element => { element.textContent = texts[element.dataset.text]; });
  });
}

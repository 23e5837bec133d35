// before the first paint: the theme and the language that were chosen last
(() => {
  const read = name => { try { return localStorage.getItem(name); } catch { return null; } };
  const theme = read('indicators.theme');
  if (theme === 'light' || theme === 'dark') { document.documentElement.dataset.theme = theme; }
  const language = new URLSearchParams(location.search).get('lang') ?? read('indicators.language');
  if (language === 'en') { document.documentElement.lang = 'en'; document.title = '5G factory indicators'; }
})();

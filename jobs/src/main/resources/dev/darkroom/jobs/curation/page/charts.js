// Draws the charts of a report: each figure holds its specification as JSON. Colours and fonts are the page's own,
// and charts are drawn anew where these or the width change. Where this does not run, the tables stay open.
(function () {
  'use strict';
  const figures = Array.from(document.querySelectorAll('figure.chart'));
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const tip = document.createElement('div');
  tip.id = 'tip';
  document.body.appendChild(tip);

  function css(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function coloured(value) {
    if (Array.isArray(value)) return value.map(coloured);
    return typeof value === 'string' && value.startsWith('--') ? css(value) : value;
  }

  function config() {
    const ink = css('--ink-soft');
    const rule = css('--rule');
    return {
      background: 'transparent',
      font: css('--sans'),
      view: { stroke: 'transparent' },
      axis: {
        labelColor: ink, titleColor: ink, gridColor: rule, domainColor: rule, tickColor: rule,
        labelFontSize: 12, titleFontSize: 12, titleFontWeight: 'normal', titlePadding: 8, labelPadding: 5,
        labelOverlap: true,
      },
      axisY: { domain: false, ticks: false },
      axisYBand: { grid: false },
      axisXBand: { grid: false },
      axisQuantitative: { tickCount: 6 },
      bar: { discreteBandSize: { band: 0.78 } },
    };
  }

  function show(handler, event, item, value) {
    if (value == null || value === '') {
      tip.classList.remove('on');
      return;
    }
    tip.textContent = '';
    const lines = typeof value === 'object' ? Object.entries(value) : [['', value]];
    for (const [name, text] of lines) {
      const line = document.createElement('div');
      const label = document.createElement('span');
      label.textContent = name;
      const content = document.createElement('b');
      content.textContent = String(text);
      line.append(label, content);
      tip.appendChild(line);
    }
    tip.classList.add('on');
    const x = Math.min(event.clientX + 14, window.innerWidth - tip.offsetWidth - 8);
    const y = Math.min(event.clientY + 14, window.innerHeight - tip.offsetHeight - 8);
    tip.style.transform = 'translate(' + Math.max(8, x) + 'px,' + Math.max(8, y) + 'px)';
  }

  async function draw(figure) {
    const plot = figure.querySelector('.plot');
    const spec = JSON.parse(figure.querySelector('script').textContent);
    const scale = spec.encoding.color && spec.encoding.color.scale;
    if (scale && scale.range) scale.range = coloured(scale.range);
    spec.width = Math.max(120, Math.floor(figure.clientWidth));
    spec.autosize = { type: 'fit-x', contains: 'padding' };
    const narrow = spec.width < 380 && spec.encoding.y && spec.encoding.y.axis;
    if (narrow && spec.encoding.y.axis.labelLimit) spec.encoding.y.axis.labelLimit = 105;
    const compiled = vegaLite.compile(spec, { config: config(), logger: vega.logger(vega.Error) }).spec;
    const runtime = vega.parse(compiled, undefined, { ast: true });
    const view = new vega.View(runtime, {
      expr: vega.expressionInterpreter, renderer: 'svg', logLevel: vega.Error, hover: true,
    });
    view.tooltip(show);
    const fresh = document.createElement('div');
    view.initialize(fresh);
    await view.runAsync();
    if (figure.view) figure.view.finalize();
    figure.view = view;
    figure.drawnWidth = figure.clientWidth;
    plot.replaceChildren(fresh);
  }

  async function drawAll() {
    for (const figure of figures) {
      try {
        await draw(figure);
        if (!figure.dataset.drawn) figure.querySelector('details').open = false;
        figure.dataset.drawn = 'yes';
      } catch (error) {
        console.error('a chart could not be drawn: ' + error);
      }
    }
    document.documentElement.dataset.charts = String(figures.filter((f) => f.dataset.drawn).length);
  }

  let later = 0;
  function again() {
    clearTimeout(later);
    later = setTimeout(drawAll, 150);
  }
  dark.addEventListener('change', again);
  window.addEventListener('resize', function () {
    if (figures.some((f) => f.clientWidth !== f.drawnWidth)) again();
  });
  drawAll();
})();

'use strict';
(() => {
  const charts = JSON.parse(document.getElementById('charts').textContent);
  const font = getComputedStyle(document.body).fontFamily;

  // The style sheet's colours, by reference: they follow the reader's scheme, and paper is white.
  const text = { labelColor: 'var(--soft)', titleColor: 'var(--soft)', labelFont: font, titleFont: font, labelFontSize: 11, titleFontSize: 11, titleFontWeight: 500 };
  const config = {
    aria: false,
    background: null,
    autosize: { type: 'fit', contains: 'padding' },
    axis: { ...text, domain: false, ticks: false, gridColor: 'var(--rule)', labelPadding: 5 },
    axisX: { grid: false, domain: true, domainColor: 'var(--rule)' },
    range: { category: ['1', '2', '3', '4', '5', '6', '7', '8'].map(i => `var(--series-${i})`) },
    view: { stroke: null },
  };

  const axis = (title, domain, more) => ({ type: 'quantitative', title: title || null, scale: { domain, nice: false, zero: false }, ...more });
  const colour = chart => ({
    field: 's', type: 'nominal', sort: null,
    scale: { domain: chart.series.map(series => series.s) },
    legend: null, // the page names the series below the chart
  });
  const tooltip = (chart, fields) => [
    ...(chart.series.length > 1 ? [{ field: 's', title: ' ' }] : []),
    ...fields.map(([field, title]) => ({ field, type: 'quantitative', title, format: '.4~g' })),
  ];

  const kinds = {
    line(chart) {
      const bands = chart.series.filter(series => series.l);
      const longest = Math.max(...chart.series.map(series => series.x.length));
      const named = [['x', chart.x || 'x'], ['y', chart.y || 'value'], ...(bands.length ? [['l', 'from'], ['h', 'to']] : [])];
      return {
        data: { values: chart.series.map(series => ({ l: series.y.map(() => null), h: series.y.map(() => null), ...series })) },
        transform: [{ flatten: ['x', 'y', 'l', 'h'] }],
        encoding: {
          x: axis(chart.x, chart.across, { field: 'x', axis: { tickMinStep: chart.series.every(s => s.x.every(Number.isInteger)) ? 1 : undefined, tickCount: 5, format: '~g' } }),
        },
        layer: [
          ...(bands.length ? [{ mark: { type: 'area', opacity: bands.length > 3 ? 0.1 : 0.18 }, encoding: { y: axis(chart.y, chart.up, { field: 'l' }), y2: { field: 'h' }, color: colour(chart) } }] : []),
          { mark: { type: 'line', strokeWidth: 1.8, strokeJoin: 'round' }, encoding: { y: axis(chart.y, chart.up, { field: 'y', axis: { tickCount: 4 } }), color: colour(chart) } },
          { mark: { type: 'point', filled: true, opacity: longest > 24 ? 0 : 1, size: longest > 24 ? 60 : 28 }, encoding: { y: axis(chart.y, chart.up, { field: 'y' }), color: colour(chart), tooltip: tooltip(chart, named) } },
        ],
      };
    },
    points(chart) {
      const most = Math.max(...chart.series.map(series => series.x.length));
      return {
        data: { values: chart.series },
        transform: [{ flatten: ['x', 'y'] }],
        mark: { type: 'point', filled: true, opacity: 0.6, size: most > 300 ? 10 : 26 },
        encoding: {
          x: axis(chart.x, chart.across, { field: 'x', axis: { tickCount: 5, grid: true } }),
          y: axis(chart.y, chart.up, { field: 'y', axis: { tickCount: 5 } }),
          color: colour(chart),
          tooltip: tooltip(chart, [['x', chart.x || 'x'], ['y', chart.y || 'y']]),
        },
      };
    },
    intervals(chart) {
      const place = { field: 'p', type: 'nominal', sort: null, scale: { domain: chart.places }, title: null, axis: { labelAngle: 0, labelLimit: 90 } };
      const beside = { field: 's', type: 'nominal', sort: null, scale: { domain: chart.names, paddingOuter: 1 } };
      const color = { ...colour(chart), scale: { domain: chart.names } };
      const hint = tooltip(chart, [['y', chart.y], ['l', 'from'], ['h', 'to']]);
      return {
        data: { values: chart.series.map(series => ({ ...series, p: chart.places })) },
        transform: [{ flatten: ['p', 'y', 'l', 'h'] }, { filter: 'isValid(datum.y)' }],
        encoding: { x: place, xOffset: beside, color },
        layer: [
          { mark: { type: 'rule', strokeWidth: 2 }, encoding: { y: axis(chart.y, chart.up, { field: 'l', axis: { tickCount: 4 } }), y2: { field: 'h' } } },
          { mark: { type: 'point', filled: true, size: 34, opacity: 1 }, encoding: { y: axis(chart.y, chart.up, { field: 'y' }), tooltip: hint } },
        ],
      };
    },
    distribution(chart, width) {
      const names = [];
      chart.series.forEach(series => { names[series.i] = series.s; });
      const places = [...names.keys()];
      const x = { axis: { values: places, labelExpr: `${JSON.stringify(places.map(i => names[i] || ''))}[datum.value]`, labelLimit: 140, labelAngle: Math.max(...names.map(name => (name || '').length)) * 6.5 * names.length > width - 50 ? -30 : 0, grid: false } };
      const quartiles = chart.series.map(series => ({ s: series.s, i: series.i, q1: series.q[0], q2: series.q[1], q3: series.q[2] }));
      const hint = tooltip(chart, [['q1', 'first quartile'], ['q2', 'median'], ['q3', 'third quartile']]);
      const color = colour(chart);
      return {
        layer: [
          {
            data: { values: chart.series },
            transform: [{ flatten: ['y', 'a', 'b'] }],
            mark: { type: 'area', orient: 'horizontal', opacity: 0.45 },
            encoding: { x: axis(chart.x, chart.across, { field: 'a', ...x }), x2: { field: 'b' }, y: axis(chart.y, chart.up, { field: 'y', axis: { tickCount: 5 } }), color },
          },
          { data: { values: quartiles }, mark: { type: 'rule', strokeWidth: 3 }, encoding: { x: axis(chart.x, chart.across, { field: 'i' }), y: axis(chart.y, chart.up, { field: 'q1' }), y2: { field: 'q3' }, color, tooltip: hint } },
          { data: { values: quartiles }, mark: { type: 'point', filled: true, size: 45, color: 'var(--paper)', stroke: 'var(--ink)', strokeWidth: 1.5, opacity: 1 }, encoding: { x: axis(chart.x, chart.across, { field: 'i' }), y: axis(chart.y, chart.up, { field: 'q2' }), tooltip: hint } },
        ],
      };
    },
  };

  const waiting = new Set(document.querySelectorAll('.plot'));
  const draw = place => {
    if (!waiting.delete(place)) return;
    const chart = charts[place.dataset.chart];
    const spec = { width: 'container', height: place.clientHeight || 170, ...kinds[chart.mark](chart, place.clientWidth) };
    new vega.View(vega.parse(vegaLite.compile(spec, { config }).spec), { renderer: 'svg', container: place }).run();
  };

  // What is seen first is drawn first; the rest while nothing else is to be done, and at the latest for paper.
  const seen = new IntersectionObserver(places => places.filter(place => place.isIntersecting).forEach(place => draw(place.target)), { rootMargin: '300px' });
  waiting.forEach(place => seen.observe(place));
  const idle = window.requestIdleCallback || (work => setTimeout(work, 20));
  const next = () => { const [place] = waiting; if (place) { draw(place); idle(next); } };
  idle(next);
  window.addEventListener('beforeprint', () => [...waiting].forEach(draw));
})();

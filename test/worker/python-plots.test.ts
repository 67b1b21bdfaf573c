import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PythonOutput, PythonRun } from '#shared/contract.ts';
import { built, Compute, type Page } from './compute.ts';

describe.runIf(built)('plots of Python', () => {
  let compute: Compute;
  let page: Page;

  beforeAll(async () => {
    compute = await Compute.start();
    page = await compute.page();
  }, 60_000);

  afterAll(() => compute.close());

  async function run(code: string): Promise<PythonRun & { outputs: PythonOutput[] }> {
    const outputs: PythonOutput[] = [];
    const reply = await page.ask('python.run', { code, mode: 'cell' }, (batch) => outputs.push(...batch));
    return { ...reply, outputs };
  }

  const text = (outputs: readonly PythonOutput[]) =>
    outputs.map((output) => (output.kind === 'stream' && output.stream === 'stdout' ? output.text : '')).join('');

  const shown = (outputs: readonly PythonOutput[]) =>
    outputs.flatMap((output) => (output.kind === 'result' || output.kind === 'display' ? [output.data] : []));

  it('are saved as drawings and pictures of the size asked for', async () => {
    const { error, outputs } = await run(
      `import struct, numpy as np, matplotlib.pyplot as plt
fig, ax = plt.subplots(figsize=(4, 3))
X, Y = np.meshgrid(np.linspace(-1, 1, 9), np.linspace(-1, 1, 9))
ax.contourf(X, Y, X * Y, cmap='RdBu')
ax.set_title('saddle')
fig.savefig('a.svg'); fig.savefig('a.png', dpi=150); fig.savefig('a.pdf'); fig.savefig('a.jpg')
png = open('a.png', 'rb').read()
print(png[:8], struct.unpack('>II', png[16:24]))
print(open('a.pdf', 'rb').read()[:5], open('a.jpg', 'rb').read()[:2], 'saddle' in open('a.svg').read())
plt.close('all')`,
    );
    expect(error).toBeNull();
    expect(text(outputs)).toBe("b'\\x89PNG\\r\\n\\x1a\\n' (600, 450)\nb'%PDF-' b'\\xff\\xd8' True\n");
    // Limits of int64 are numbers of Python where the figure leaves it.
    const extent = await run(`plt.imshow(np.eye(3), extent=np.array([0, 1, 2, 3]))
plt.savefig('a.json'); print('"range": [0, 1]' in open('a.json').read())`);
    expect(extent.error).toBeNull();
    expect(text(extent.outputs)).toContain('True');
    expect((await run("plt.figure().savefig('a.gif')")).error?.message).toContain('supported formats');
    expect((await run("plt.figure().savefig('a.png', dpi=1e5)")).error?.message).toContain('too large');
  });

  it('show hatches of bars, areas and shapes, in the page as in files', async () => {
    const { error, outputs } = await run(
      `import json, numpy as np, matplotlib.pyplot as plt
from matplotlib.patches import Circle
fig, ax = plt.subplots()
bars = ax.bar([1, 2, 3], [3, 1, 2], hatch='//', edgecolor='r')
bars[1].set_hatch('x')
area = ax.fill_between([0, 1], [1, 2], hatch='|||')
ax.bar([1, 2], [1, 1], hatch=['.', None])
ax.add_patch(Circle((2, 2), 1, hatch='-'))
fig.savefig('h.json'); fig.savefig('h.svg')
made = json.load(open('h.json'))['data']
print([(p['shape'], p['size']) for p in (t['marker']['pattern'] for t in made if t['type'] == 'bar')])
print([(t['fillpattern']['shape'], t['fillpattern']['size']) for t in made if 'fillpattern' in t])
drawn = open('h.svg').read()
print(drawn.count('<pattern '), len(set(part.split('"')[0] for part in drawn.split('<pattern id="')[1:])))
bars[1].set_hatch(None)
fig.savefig('h.svg'); print(open('h.svg').read().count('<pattern '))
plt.close('all')`,
    );
    expect(error).toBeNull();
    expect(text(outputs)).toBe(
      "[(['/', 'x', '/'], [8, 10, 8]), (['.', ''], [10, 8])]\n[('|', 6), ('-', 10)]\n6 6\n5\n",
    );
    expect((await run("plt.bar([1], [1], hatch='q')")).error?.message).toMatch(/Unknown hatch symbol\(s\): q/);
  });

  it('have words at the numbers of axes in space', async () => {
    const { error, outputs } = await run(
      `import matplotlib.pyplot as plt
ax = plt.figure().add_subplot(projection='3d')
ax.scatter([0, 1, 2], [0, 1, 2], [1, 3, 2])
ax.set_xticks([0, 1, 2], ['low', 'mid', 'high'])
ax.set_zticks([1, 2]); ax.set_zticklabels(['a', 'b'])
ax.set_yticks([0, 2])
turned, flat = (ax.figure.plotly(turns) for turns in (True, False))
scene = turned['layout']['scene']
print([(axis, scene[axis]['tickvals'], scene[axis].get('ticktext')) for axis in ('xaxis', 'yaxis', 'zaxis')])
print([note['text'] for note in flat['layout']['annotations']])
plt.close('all')
ax.set_xticklabels(['one'])`,
    );
    expect(error?.message).toContain('does not match the number of labels (1)');
    expect(text(outputs)).toBe(
      "[('xaxis', [0.0, 1.0, 2.0], ['low', 'mid', 'high']), ('yaxis', [0.0, 2.0], None), ('zaxis', [1.0, 2.0], ['a', 'b'])]\n" +
        "['low', 'mid', 'high', '0', '2', 'a', 'b']\n",
    );
  });

  it('of very many points are sent as bytes, and their lists are those of the arrays', async () => {
    const { error, outputs } = await run(
      `import numpy as np, matplotlib.pyplot as plt
y = np.sin(np.arange(100_000) / 500)
y[7] = np.nan
line, = plt.plot(y, label='wave')
y[0] = 9
plt.scatter(np.arange(3000), np.linspace(0, 1, 3000, dtype='f4'), c=np.arange(3000))
plt.legend()
print(line.get_ydata()[0], len(line.get_xdata()), np.round(plt.gca().get_ylim(), 6).tolist())
plt.gcf()`,
    );
    expect(error).toBeNull();
    expect(text(outputs)).toBe('0.0 100000 [-1.1, 1.1]\n');
    const { data, layout } = shown(outputs)[0]?.plotly as {
      data: Record<string, { dtype: string; bdata: string; color?: { dtype: string } }>[];
      layout: Record<string, { range: number[] }>;
    };
    expect(data).toMatchObject([
      { x0: 0, dx: 1, y: { dtype: 'f8' } },
      { x: { dtype: 'i4' }, y: { dtype: 'f4' }, marker: { color: { dtype: 'i4' } } },
    ]);
    const wave = new Float64Array(new Uint8Array(Buffer.from(data[0]?.['y']?.bdata ?? '', 'base64')).buffer);
    expect(wave.slice(0, 8)).toEqual(Float64Array.from([0, 1, 2, 3, 4, 5, 6, NaN], (at) => Math.sin(at / 500)));
    expect(layout['xaxis']?.range).toEqual([-4999.950000000001, 104998.95]);
  });

  it('have a twentieth more at the ends of logarithmic axes, too', async () => {
    const { outputs } = await run("plt.close('all'); plt.loglog([1, 100], [0.1, 10]); plt.gcf()");
    expect(shown(outputs)[0]?.plotly).toMatchObject({
      layout: { xaxis: { range: [-0.1, 2.1] }, yaxis: { range: [-1.1, 1.1] } },
    });
  });

  it('have contours on the walls of space, and arrows that are bent', async () => {
    const { error, outputs } = await run(
      `import numpy as np, matplotlib.pyplot as plt
plt.close('all')
X, Y = np.meshgrid(np.linspace(-3, 3, 12), np.linspace(-3, 3, 12))
ax = plt.figure().add_subplot(projection='3d')
for way, wall in (('z', -9), ('x', -8), ('y', 7)):
    ax.contourf(X, Y, X + Y, zdir=way, offset=wall)
plt.gcf()`,
    );
    expect(error).toBeNull();
    const walls = (shown(outputs)[0]?.plotly as { data: Record<string, number[] & string>[] }).data.filter(
      ({ type }) => type === 'mesh3d',
    );
    expect([walls[0]?.['z'], walls[1]?.['x'], walls[2]?.['y']].map((at) => [...new Set(at)])).toEqual([
      [-9],
      [-8],
      [7],
    ]);
    expect(Math.max(...(walls[1]?.['z'] ?? []))).toBeCloseTo(6);
    expect(walls[0]?.['facecolor']).toHaveLength(walls[0]?.['i']?.length ?? -1);

    const bent = await run(`fig, ax = plt.subplots()
ax.plot([0, 2], [0, 2])
ax.annotate('here', (2, 0), (0, 0), arrowprops=dict(arrowstyle='->', connectionstyle='arc3,rad=0.5'))
fig`);
    expect(bent.error).toBeNull();
    const { data, layout } = shown(bent.outputs)[0]?.plotly as {
      data: { x: number[]; y: number[] }[];
      layout: { annotations: { text: string; showarrow: boolean }[] };
    };
    // To the right of the way from the text to what it points at.
    expect(Math.min(...(data[1]?.y ?? []))).toBeLessThan(-0.3);
    expect(layout.annotations).toMatchObject([
      { text: '', showarrow: true },
      { text: 'here', showarrow: false, x: 0 },
    ]);
    const other = await run("ax.annotate('', (0, 0), (1, 1), arrowprops=dict(connectionstyle='angle3'))");
    expect(other.error?.message).toContain("'arc3,rad=0.2' is");
  });

  it('of space can be turned in a page, and stand flat beside it', async () => {
    const { error, outputs } = await run(
      `import numpy as np, matplotlib.pyplot as plt
X, Y = np.meshgrid(np.linspace(-1, 1, 50), np.linspace(0, 1, 40))
fig = plt.figure()
ax = fig.add_subplot(projection='3d')
fig.colorbar(ax.plot_surface(X, Y, X * Y, cmap='viridis'), label='xy')
ax.plot([0, 1], [0, 1], [0, 2], label='edge')
ax.scatter([0, 1], [1, 0], 1)
ax.bar3d([0], [0], [0], 1, 1, 1)
ax.tick_params(axis='z', pad=-3)
ax.quiver(0, 0, 0, [1, 0, 0], [0, 1, 0], [0, 0, 1])
ax.text(1, 1, 1, 'corner')
ax.set_zlabel('height'); ax.set_title('t'); ax.legend()
ax.view_init(elev=90, azim=0)
plt.show()
fig, (flat, turned) = plt.subplots(1, 2, subplot_kw={'projection': '3d'})
other = plt.figure()
other.add_subplot(121).bar([1], [2])
other.add_subplot(122, projection='3d').plot([0, 1], [0, 1], [0, 1])
plt.show()`,
    );
    expect(error).toBeNull();
    const [one, two, mixed] = shown(outputs);
    const [surface, mesh, ...lines] = one.plotly!.data as { type: string; z: unknown[]; x: number[] }[];
    expect([surface.type, mesh.type, ...new Set(lines.map((line) => line.type))]).toEqual([
      'surface',
      'mesh3d',
      'scatter3d',
    ]);
    expect(surface).toMatchObject({ showscale: true, colorbar: { title: { text: 'xy' } }, cmin: -1, cmax: 1 });
    expect([surface.z.length, (surface.z[0] as number[]).length]).toEqual([40, 50]);
    // Three arrows, their tips, a line, two points, a text.
    expect(lines.map((line) => line.x.length)).toEqual([2, 2, 9, 3, 1]);
    const { scene } = one.plotly!.layout as { scene: Record<string, never> };
    expect(scene).toMatchObject({ zaxis: { title: { text: 'height' } }, domain: { y: [0, 1] } });
    const { x, y, z } = (scene['camera'] as { eye: Record<'x' | 'y' | 'z', number> }).eye;
    expect([Math.abs(x) < 1e-9, Math.abs(y) < 1e-9, z > 1]).toEqual([true, true, true]);
    expect(one.svg).toMatch(/^<svg .*<path/s);
    expect(Object.keys(two.plotly!.layout).filter((key) => key.startsWith('scene'))).toEqual(['scene', 'scene2']);
    // Bars stand in no scene: all is drawn flat, and says so.
    expect(mixed.plotly!.layout).toMatchObject({ meta: { drawn: 'flat' } });
    expect(new Set(mixed.plotly!.data.map((trace) => trace['type']))).toEqual(new Set(['bar', 'scatter']));
  });

  it("have matplotlib's limits, places of legends, shares of circles and one line of TeX", async () => {
    const { error, outputs } = await run(
      `import numpy as np, matplotlib.pyplot as plt
from matplotlib.formulas import written
def layout():
    made = plt.gcf().plotly()
    plt.close('all')
    return made['layout'], made['data']
plt.plot([0, 10], [0, 2])
print(layout()[0]['xaxis']['range'])
plt.title('nothing')
print(layout()[0]['yaxis']['range'])
x = np.linspace(0, 1, 50)
plt.plot(x, x, label='up')
plt.legend()
place = layout()[0]['legend']
print(place['xanchor'], place['yanchor'])
plt.plot(x, x, label='up')
plt.legend(loc='upper left', bbox_to_anchor=(1, 1))
place = layout()[0]['legend']
print(place['x'], place['y'], place['xanchor'], place['yanchor'])
wedges, words, shares = plt.pie([25, 75], labels=['a', 'b'], autopct='%.1f%%', explode=(0, 0.1), startangle=90, wedgeprops={'width': 0.5})
print([(w.theta1, w.theta2) for w in wedges], [w.get_text() for w in words + shares], round(np.hypot(*wedges[0].trace['x'][-2:-1], *wedges[0].trace['y'][-2:-1]), 6))
layout()
figure, axes = plt.subplots(1, 2, sharey=True)
for each in axes:
    each.imshow(np.eye(3))
drawn = layout()[0]
print([drawn[name].get('scaleanchor') for name in ('xaxis', 'yaxis', 'xaxis2', 'yaxis2')])
figure, axes = plt.subplots(3, 1)
axes[0].set_xlabel('x')
axes[1].set_title('below the label')
places = [each.domain for each in axes]
drawn = layout()[0]
inside = drawn['height'] - drawn['margin']['t'] - drawn['margin']['b']
print([round(inside * (drawn[f'yaxis{above}']['domain'][0] - drawn[f'yaxis{below}']['domain'][1])) for above, below in [('', '2'), ('2', '3')]], places == [each.domain for each in axes])
plt.plot([1], 'ro', mfc='w')
print(layout()[1][0]['marker']['line']['color'])
print(written(r'$\\int_0^1 x^2\\,dx \\leq \\frac{1}{3}$, $\\sqrt{x}$, $\\hat{a}_{ij}$, $\\sin x + \\cos(x)$, \\$5'))`,
    );
    expect(error).toBeNull();
    expect(text(outputs).split('\n')).toEqual([
      '[-0.5, 10.5]',
      '[0.0, 1.0]',
      'left top',
      '1.0 1.0 left top',
      "[(90.0, 180.0), (180.0, 450.0)] ['a', 'b', '25.0%', '75.0%'] 0.5",
      "[None, 'x', 'y2', None]",
      '[86, 36] True',
      '#ff0000',
      '∫<sub>0</sub><sup>1</sup>x<sup>2</sup>\u2009dx ≤ 1/3, √x, â<sub>ij</sub>, sin x+cos(x), $5'.normalize('NFD'),
      '',
    ]);
  });

  it('have what tutorials ask of lines, grids of axes, colours, animations and pictures', async () => {
    const { error, outputs } = await run(
      `import struct, warnings, zlib, numpy as np, matplotlib.pyplot as plt
from matplotlib.animation import FuncAnimation
from matplotlib.collections import LineCollection
from matplotlib.colors import CenteredNorm
print(plt.cm.gray(np.array([0, 0.5, 1])).shape, plt.get_cmap('gray', 3)(1)[0], plt.cm.hot.reversed()(0.0) == plt.cm.hot(1.0))
fig, axs = plt.subplots(2, 2)
print(axs.flat[3] is axs[1, 1], len(axs.flat[1:]), axs.reshape(-1).shape, sorted(plt.figure().subplot_mosaic('AB;CC')))
line, = axs[0, 0].plot([1, 2], [3, 4])
plt.setp(line, lw=3, ls='--')
line.set(marker='s', alpha=0.5)
print(line.trace['mode'], line.trace['line']['dash'], line.get_linewidth(), line.trace['opacity'])
line.remove()
axs[0, 1].stairs([1, 2]); axs[0, 1].fill_betweenx([0, 1], [1, 2])
print(len(axs[0, 0].traces), axs[0, 1].traces[0]['y'], axs[0, 1].traces[1]['x'])
axs[1, 0].add_collection(LineCollection([[(0, 0), (1, 1)], [(0, 1), (1, 0)]], colors='r'))
shown = axs[1, 1].imshow([[-1, 3]], norm=CenteredNorm())
print(axs[1, 0].traces[0]['x'], shown.trace['zmin'], shown.trace['zmax'])
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter('always')
    other, = axs[0, 0].plot([0, 1], [0, 0])
    FuncAnimation(fig, lambda k: other.set_ydata([0, k]), frames=5)
print(other.get_ydata(), told[0].message)
plt.imsave('two.png', np.array([[0, 1, 2]]), cmap='gray')
data = open('two.png', 'rb').read()
print(struct.unpack('>II', data[16:24]), zlib.decompress(data[41:41 + struct.unpack('>I', data[33:37])[0]]))
plt.close('all')`,
    );
    expect(error).toBeNull();
    expect(text(outputs)).toBe(
      "(3, 4) 0.5019607843137255 True\nTrue 3 (4,) ['A', 'B', 'C']\nlines+markers dash 3.0 0.5\n" +
        '0 [0, 1, 1, 2, 2, 0] [1, 2, 0, 0]\n[0.0, 1.0, None, 0.0, 1.0, None] -3.0 3.0\n' +
        '[0 4] FuncAnimation: nothing moves here; the figure shows the last of its 5 frames\n' +
        "(3, 1) b'\\x00\\x00\\x00\\x00\\x80\\x80\\x80\\xff\\xff\\xff'\n",
    );
  });

  it('have the older names of axes, grids, colours and labels', async () => {
    const { error, outputs } = await run(
      `import numpy as np, matplotlib as mpl, matplotlib.pyplot as plt
fig = plt.figure(figsize=np.array((6, 4)))
ax = plt.subplot2grid((2, 3), (0, 0), colspan=2)
ax.plot([1, 2, 3], 'gray')
ax.set_xticks([0, 1, 2])
ax.get_xaxis().set_ticklabels(['a', 'b', 'c'])
plt.setp(ax.get_xticklabels(), rotation=45)
for label in ax.get_yticklabels(): label.set_color('blue')
bars = plt.subplot2grid((2, 3), (1, 0), colspan=3).bar([1, 2], [3, 1])
bars[1].set_facecolor('red'); bars[0].set_height(5)
x, y = np.meshgrid(np.linspace(-2, 2, 9), np.linspace(-2, 2, 9))
stream = plt.subplot(233).streamplot(x, y, -y, x)
stream.lines.set_alpha(0.5); stream.arrows.set_alpha(0.25)
drawn = fig.plotly()
print([round(end, 2) for end in drawn['layout']['xaxis']['domain']], drawn['layout']['xaxis']['ticktext'], drawn['layout']['xaxis']['tickangle'],
      drawn['layout']['yaxis']['tickfont'], drawn['data'][0]['line']['color'], drawn['data'][1]['y'], drawn['data'][1]['marker']['color'][1],
      [trace.get('opacity') for trace in drawn['data'][2:]])
print(plt.figure().gca(projection='3d').name, plt.cm.tab10(3)[:2], plt.get_cmap('terrain')(0.5)[:3], mpl.patches.Circle.__name__)
plt.gray(); print(plt.rcParams['image.cmap']); plt.rcdefaults(); print(plt.rcParams['image.cmap']); plt.close('all')`,
    );
    expect(error).toBeNull();
    expect(text(outputs)).toBe(
      "[0.0, 0.65] ['a', 'b', 'c'] -45.0 {'color': '#0000ff'} #808080 [5.0, 1] #ff0000 [0.5, 0.25]\n" +
        '3d (0.8392156862745098, 0.15294117647058825) (1.0, 1.0, 0.6) Circle\ngray\nviridis\n',
    );
  });

  it('count, stack and spread values as Matplotlib does', async () => {
    const { error, outputs } = await run(
      `import numpy as np, matplotlib.pyplot as plt
fig, ax = plt.subplots()
counts, edges, bars = ax.hist([[0, 0, 1], [1, 1]], bins=2, stacked=True)
print(counts.tolist(), [bar.trace.get('base') for bar in bars], [bar.lengths for bar in bars])
beside = ax.hist([[0, 0, 1], [1, 1]], bins=2)[2]
print(beside[0].trace['x'], beside[1].trace['x'], beside[0].trace['width'])
print(ax.hist([1, 2, 2], bins=2, histtype='step', cumulative=True)[2][0].trace['y'], ax.hist([[1.0, 2], [3, 5]], density=True, stacked=True, bins=4)[0][-1].sum())
box = plt.figure().gca().boxplot([[1, 2, 3, 4, 20], [2, 2]], patch_artist=True, showmeans=True, tick_labels=['a', 'b'])
box['boxes'][0].set_facecolor('pink')
print({part: len(drawn) for part, drawn in box.items()}, box['medians'][0].get_ydata(), box['caps'][1].get_ydata(), box['fliers'][0].get_ydata(), box['boxes'][0].trace['fillcolor'])
print(plt.gca()._settings['x']['ticktext'], sorted(plt.gca().violinplot([[1, 2, 3]], showmedians=True)))
labels = plt.figure().gca().bar_label(plt.bar(['u', 'v'], [2, -1], bottom=[1, 0]), padding=3)
print([(t.get_text(), t.get_position(), t.made['yanchor'], t.made['yshift'] > 0) for t in labels])
fig, ax = plt.subplots()
left, = ax.plot([0, 1], [5, 6], label='left')
right, = ax.twinx().plot([0, 1], [7, 8], label='right')
ax.legend([left, right], ['l', 'r'])
print(right.get_ydata(), [t['name'] for t in ax.traces], ax.errorbar([0], [1], yerr=9) and ax.get_ylim()[1] > 9)
ax.spines[['top', 'right']].set_visible(False); ax.spines.left.set_position('zero')
drawn = fig.plotly()['layout']
print(drawn['yaxis']['anchor'], drawn['yaxis']['showline'], len([s for s in drawn['shapes'] if s['xref'] == s['yref'].replace('y', 'x') and 'domain' in s['xref']]))
X, Y = np.meshgrid(np.linspace(-1, 1, 9), np.linspace(-1, 1, 9))
print(ax.contourf(X, Y, X, levels=4).trace['contours'], {v for v in ax.contour(X, Y, X, levels=[-0.9, 0, 0.1]).axes.traces[-3]['x'] if v is not None})
scattered = np.random.default_rng(1).normal(size=(2, 5000))
plt.figure(); plt.scatter(*scattered, c=scattered[0]); plt.savefig('many.svg')
drawing = open('many.svg').read()
print(drawing.count('<circle'), drawing.count('data:image/png'), len(drawing) < 600_000)
table = plt.figure().gca().table([[1, 2]], rowLabels=['r'], colLabels=['a', 'b'], loc='center')
bars = plt.figure().gca().bar(['a', 'b'], [3, 4], width=0.5, bottom=[1, 0])
print([(p.get_x(), p.get_y(), p.get_width(), p.get_height()) for p in plt.gca().patches], plt.gca().containers[0] is bars)
dots = plt.gca().errorbar([0, 1], [1, 2], yerr=1, fmt='none')[0].trace
shares = plt.figure().gca().ecdf([3, 1, 2]).get_ydata()
print(dots['mode'], dots['error_y']['array'], shares, plt.gca().get_position().bounds, plt.stem([1, 2], orientation='horizontal').markerline.get_xdata())
from mpl_toolkits.axes_grid1 import make_axes_locatable
fig, ax = plt.subplots()
cax = make_axes_locatable(ax).append_axes('right', size='5%', pad=0.05)
bar = fig.colorbar(ax.imshow(np.eye(2)), cax=cax)._bar
print(fig.get_axes() == [ax], 0.8 < ax.domain[0][1] < bar['x'] < 1, ax.images[0].get_array().tolist())
fig, ax = plt.subplots()
ax.plot([0, 180], [0, 1]); ax.secondary_xaxis('top', functions=(np.deg2rad, np.rad2deg))
top = fig.plotly()['layout']['xaxis2']
print(top['matches'], top['side'], top['ticktext'][:2], [round(v, 2) for v in top['tickvals'][:2]])
print(sorted(table.get_celld()), plt.figure().add_subplot(projection='3d').plot_trisurf([0, 1, 0, 1], [0, 0, 1, 1], [0, 1, 2, 3], cmap='gray').scaled['cmax'])
plt.close('all')`,
    );
    expect(error).toBeNull();
    expect(text(outputs).split('\n')).toEqual([
      '[[2.0, 1.0], [2.0, 3.0]] [[0.0, 0.0], [2.0, 1.0]] [[2.0, 1.0], [0.0, 2.0]]',
      '[0.15, 0.65] [0.35, 0.85] [0.2, 0.2]',
      '[0.0, 1.0, 1.0, 3.0, 3.0, 0.0] 1.0',
      "{'whiskers': 4, 'caps': 4, 'boxes': 2, 'medians': 2, 'fliers': 2, 'means': 2} [3. 3.] [4 4] [20] #ffc0cb",
      "['a', 'b'] ['bodies', 'cbars', 'cmaxes', 'cmedians', 'cmins']",
      "[('2', ('u', 3.0), 'bottom', True), ('-1', ('v', -1.0), 'top', False)]",
      "[7 8] ['l', 'r'] True",
      'free False 2',
      "{'start': -0.8, 'end': 0.8, 'size': 0.4, 'coloring': 'fill'} {0.0}",
      '0 1 True',
      '[(-0.25, 1, 0.5, 3), (0.75, 0, 0.5, 4)] True',
      'none [1, 1] [0.         0.33333333 0.66666667 1.        ] (0.0, 0.0, 1.0, 1.0) [1 2]',
      'True True [[1.0, 0.0], [0.0, 1.0]]',
      "x top ['0', '1'] [0.0, 57.3]",
      '[(0, 0), (0, 1), (1, -1), (1, 0), (1, 1)] 2.0',
      '',
    ]);
  });

  it('of polar axes and of space are drawn flat, and what is not drawn says so', async () => {
    const { error, outputs } = await run(
      `import json, numpy as np, matplotlib.pyplot as plt
fig = plt.figure()
polar = fig.add_subplot(1, 2, 1, projection='polar')
polar.plot([0, np.pi / 2], [1, 2])
polar.set_rmax(2)
space = fig.add_subplot(1, 2, 2, projection='3d')
X, Y = np.meshgrid([0.0, 1.0], [0.0, 1.0])
space.plot_surface(X, Y, X + Y, cmap='viridis')
space.plot([0, 1], [0, 1], [0, 2])
space.view_init(elev=90, azim=-90)
drawn = fig.plotly()
ends = [t for t in drawn['data'] if len(t['x']) == 2 and t['mode'] == 'lines' and t['line']['color'] == '#1f77b4']
print(np.round([*ends[0]['x'], *ends[0]['y']], 3))
print([s['type'] for s in drawn['layout']['shapes']].count('path'))
seen = np.round([*ends[1]['x'], *ends[1]['y']], 3)
print(len(ends), seen[0] < seen[1], seen[2] < seen[3])
for call in (lambda: space.imshow([[1]]), lambda: polar.contour([[1]]), lambda: plt.axes(projection='mollweide')):
    try:
        call()
    except (NotImplementedError, ValueError) as refused:
        print(refused)
import warnings
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter('always')
    plt.figure().gca().boxplot([1, 2, 3], autorange=True)
print(told[0].message)
plt.close('all')`,
    );
    expect(error).toBeNull();
    expect(text(outputs)).toBe(
      '[1. 0. 0. 2.]\n1\n2 True True\nimshow is not drawn on 3d axes here\ncontour is not drawn on polar axes here\n' +
        "Unknown projection 'mollweide'; Eigenscope draws 'rectilinear', 'polar' and '3d'\n" +
        'boxplot: autorange has no effect on what Eigenscope draws\n',
    );
  });

  it('have symmetric logarithms, cycles of properties, axes in axes, triangles, arrows and steps of colours', async () => {
    const { error, outputs } = await run(
      `import numpy as np, matplotlib.pyplot as plt, matplotlib.image, matplotlib.tri as tri
from matplotlib import colors, patches
fig, ax = plt.subplots()
ax.plot([-1000, 0, 1000], [-1, 0, 1])
ax.set_xscale('symlog', linthresh=10)
ax.axvline(100)
made = fig.plotly()
axis = made['layout']['xaxis']
print([round(v, 3) for v in made['data'][0]['x']], [round(v, 2) for v in axis['tickvals']], axis['ticktext'], round(made['layout']['shapes'][0]['x0'], 3))
ax.imshow(np.eye(2))
try:
    fig.plotly()
except NotImplementedError as e:
    print(e)
fig, ax = plt.subplots()
ax.set_prop_cycle(plt.cycler(color=['#ff0000', '#00ff00']) + plt.cycler(linestyle=['-', '--']))
print([ax.plot([1, 2])[0].trace['line']['dash'] for _ in range(3)], plt.rcParams['axes.prop_cycle'].by_key()['color'][1])
inner = ax.inset_axes([0.5, 0.5, 0.4, 0.4])
print(plt.gca() is ax, inner.domain[0][0] > ax.domain[0][0], inner.domain[1][1] < ax.domain[1][1])
markers, stems, base = ax.stem([1, 4], [2, 3], basefmt='k--', bottom=1)
print(base.get_xdata(), base.get_ydata(), base.trace['line']['dash'])
arrow = ax.add_patch(patches.FancyArrowPatch((0, 0), (1, 2), arrowstyle='<->'))
print(ax.annotations[-1]['arrowside'])
norm = colors.BoundaryNorm([0, 1, 10], 2)
print(norm([0.5, 5, 10]), ax.imshow([[0, 5]], norm=norm, cmap='gray').trace['colorscale'][1:3])
rng = np.random.default_rng(1)
mesh = tri.Triangulation(rng.random(40), rng.random(40))
corners = np.stack([np.array(mesh.x)[mesh.triangles], np.array(mesh.y)[mesh.triangles]], axis=2)
sides = corners[:, 1:] - corners[:, :1]
print(len(mesh.triangles), (np.abs(np.linalg.det(sides)).sum() / 2).round(4))
levels = ax.tricontour(mesh, np.array(mesh.x), levels=[0.5])
print({round(v, 9) for v in ax.traces[-2]['x'] if v is not None}, type(ax.tripcolor(mesh, np.array(mesh.y))).__name__, type(ax.tricontourf(mesh, np.array(mesh.y))).__name__)
grid = np.linspace(-1, 1, 9)
field = ax.streamplot(grid, grid, np.ones((9, 9)), np.zeros((9, 9)), color=np.tile(grid, (9, 1)), cmap='gray')
print(len({t['line']['color'] for t in ax.traces if t['type'] == 'scatter' and t['mode'] == 'lines' and t['line']['color'].startswith('rgb(')}) > 10)
space = plt.figure().add_subplot(projection='3d')
space.contour(grid, grid, np.add.outer(grid, grid), levels=[0.5])
print({v for v in space.traces[-1]['_space'][2] if v is not None})
picture = np.arange(24, dtype=np.uint8).reshape(2, 4, 3) * 10
plt.imsave('p.png', picture)
print(np.array_equal(np.rint(plt.imread('p.png')[..., :3] * 255), picture), matplotlib.image.imread('p.png').dtype)
plt.close('all')`,
    );
    expect(error).toBeNull();
    expect(text(outputs).split('\n')).toEqual([
      "[-3.111, 0.0, 3.111] [-3.11, -2.11, -1.11, 0.0, 1.11, 2.11, 3.11] ['−10<sup>3</sup>', '−10<sup>2</sup>', '−10<sup>1</sup>', '0', '10<sup>1</sup>', '10<sup>2</sup>', '10<sup>3</sup>'] 2.111",
      "heatmap is not drawn on axes of the scale 'symlog' here",
      "['solid', 'dash', 'solid'] #ff7f0e",
      'True True True',
      '[1 4] [1 1] dash',
      'end+start',
      "[0, 1, 2] [[0.1, 'rgb(64, 64, 64)'], [0.1, 'rgb(191, 191, 191)']]",
      '70 0.7567',
      '{0.5} Mappable Mappable',
      'True',
      '{0.5}',
      'True float32',
      '',
    ]);
  });
});

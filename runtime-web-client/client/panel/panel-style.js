/** Styles of the panel. A page adapts them with the custom properties of the first rule, set on the element. */
export const style = new CSSStyleSheet();

style.replaceSync(`
:host {
  --paper: var(--stack-panel-paper, #ffffff);
  --ink: var(--stack-panel-ink, #1b2130);
  --quiet: var(--stack-panel-quiet, #5a6478);
  --line: var(--stack-panel-line, #dfe3ec);
  --accent: var(--stack-panel-accent, #2557d6);
  --idle: #5a6478; --idle-soft: #eef0f5;
  --work: #1d4fc4; --work-soft: #e4ecff;
  --review: #7a3ec8; --review-soft: #f1e8ff;
  --good: #136c41; --good-soft: #ddf5e7;
  --bad: #a8281f; --bad-soft: #fdeae8;
  --warn: #855000; --warn-soft: #fdf0d5;
  display: block;
  color-scheme: light dark;
  container-type: inline-size;
  font: 400 0.9375rem/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
  color: var(--ink);
}
@media (prefers-color-scheme: dark) {
  :host {
    --paper: var(--stack-panel-paper, #151a24);
    --ink: var(--stack-panel-ink, #e8ecf5);
    --quiet: var(--stack-panel-quiet, #a1abbf);
    --line: var(--stack-panel-line, #2b3342);
    --accent: var(--stack-panel-accent, #8fb0ff);
    --idle: #a1abbf; --idle-soft: #232a37;
    --work: #9dbaff; --work-soft: #1c2b52;
    --review: #cfaeff; --review-soft: #34234f;
    --good: #7fdba9; --good-soft: #12372a;
    --bad: #ff9f96; --bad-soft: #43201f;
    --warn: #f0bf6a; --warn-soft: #3b2c10;
  }
}
:host([hidden]), [hidden] { display: none !important; }
section {
  background: var(--paper);
  border: 1px solid var(--line);
  border-radius: 14px;
  padding: 1.125rem 1.25rem 0.5rem;
}
header { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 0.75rem; margin-bottom: 1rem; }
h2 { margin: 0; font-size: 1.125rem; font-weight: 650; overflow-wrap: anywhere; }
p { margin: 0; }
h2, .title, .request > a {
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; line-clamp: 2;
  min-width: 0; max-width: 100%; overflow: hidden;
}

.connection { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem; font-size: 0.8125rem; }
.state {
  display: inline-flex; align-items: center; gap: 0.4em;
  padding: 0.1em 0.65em; border-radius: 99px; font-weight: 550;
  color: var(--warn); background: var(--warn-soft);
}
.state::before { content: ""; width: 0.5em; height: 0.5em; border-radius: 50%; background: currentColor; }
.state[data-freshness="current"] { color: var(--good); background: var(--good-soft); }
.state[data-freshness="none"]:is([data-state="open"], [data-state="connecting"]) {
  color: var(--idle); background: var(--idle-soft);
}
.state[data-state="closed"] { color: var(--bad); background: var(--bad-soft); }
.age, .note { color: var(--quiet); font-size: 0.8125rem; }
.explanation { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.75rem; overflow-wrap: anywhere; }
.explanation details[open] { flex-basis: 100%; }
summary { width: fit-content; cursor: pointer; text-decoration: underline; text-underline-offset: 0.15em; }
.reason-box {
  margin: 0 0 1rem; padding: 0.45rem 0.75rem; border-radius: 8px;
  color: var(--warn); background: var(--warn-soft); font-size: 0.875rem;
}
.empty { padding-bottom: 0.75rem; color: var(--quiet); }

.controls { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; margin-inline-start: auto; }
button {
  font: inherit; font-size: 0.8125rem; font-weight: 550; color: var(--ink);
  padding: 0.25rem 0.75rem; min-height: 1.875rem; border-radius: 99px;
  border: 1px solid var(--line); background: transparent; cursor: pointer;
}
button:hover { border-color: var(--quiet); }
button[aria-pressed="true"] { background: var(--idle-soft); border-color: var(--quiet); }
button[aria-pressed="true"]::before { content: "✓ "; content: "✓ " / ""; }
a { text-underline-offset: 0.15em; overflow-wrap: anywhere; }
a[href] { color: var(--accent); }
:is(button, a, summary):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }

.summary {
  display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 0.75rem; margin-bottom: 1rem;
  font-size: 0.875rem; color: var(--quiet); font-variant-numeric: tabular-nums;
}
.fold[aria-expanded]::before { content: "▸ "; content: "▸ " / ""; }
.fold[aria-expanded="true"]::before { content: "▾ "; content: "▾ " / ""; }
.stages { list-style: none; margin: 0; padding: 0; }
.stage {
  --tone: var(--idle); --tone-soft: var(--idle-soft);
  position: relative; display: grid; grid-template-columns: 1.75rem minmax(0, 1fr); column-gap: 0.875rem;
  padding-bottom: 1.125rem;
}
.stage[data-status="in-progress"] { --tone: var(--work); --tone-soft: var(--work-soft); }
.stage[data-status="review"] { --tone: var(--review); --tone-soft: var(--review-soft); }
.stage:is([data-status="approved"], [data-status="done"]) { --tone: var(--good); --tone-soft: var(--good-soft); }
.stage:not(:last-child)::before {
  content: ""; position: absolute; inset: 2.1rem auto 0.35rem 0.875rem; border-inline-start: 2px solid var(--line);
}
.marker {
  grid-row: span 2; width: 1.75rem; height: 1.75rem; border-radius: 50%;
  display: grid; place-items: center; align-self: start;
  font-size: 0.8125rem; font-weight: 650; font-variant-numeric: tabular-nums;
  color: var(--tone); background: var(--tone-soft);
}
.stage[data-status="done"] .marker { color: var(--paper); background: var(--tone); }
.headline { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.625rem; min-height: 1.75rem; }
.title { font-weight: 600; overflow-wrap: anywhere; }
.stage[data-status="not-started"] .title { color: var(--quiet); font-weight: 500; }
.badge {
  padding: 0.05em 0.65em; border-radius: 99px; font-size: 0.8125rem; font-weight: 550; overflow-wrap: anywhere;
  color: var(--tone); background: var(--tone-soft);
}
.activity { display: inline-flex; align-items: center; gap: 0.45em; font-size: 0.8125rem; color: var(--quiet); }
.activity::before {
  content: ""; width: 0.8em; height: 0.8em; border-radius: 50%;
  border: 2px solid var(--line); border-top-color: var(--tone); animation: turn 0.9s linear infinite;
}
.activity[data-activity="retry"] { color: var(--warn); }
.activity[data-activity="retry"]::before { border-top-color: var(--warn); animation-duration: 2s; }
.activity[data-activity="idle"] { color: var(--warn); font-weight: 550; }
.activity[data-activity="idle"]::before {
  width: 0.5em; height: 0.5em; border: 0; background: currentColor; animation: none;
}
@keyframes turn { to { transform: rotate(1turn); } }

/* Data that is not up to date loses its colors, not its contrast, and nothing moves. */
:is([data-freshness="outdated"] .stage, .stage[data-freshness="outdated"]) {
  --tone: var(--idle); --tone-soft: var(--idle-soft); --accent: var(--quiet); --warn: var(--quiet); color: var(--quiet);
}
:is([data-freshness="outdated"] .stage, .stage[data-freshness="outdated"]) .activity::before {
  animation: none; border-color: var(--line);
}

.details { display: grid; gap: 0.35rem; font-size: 0.875rem; color: var(--quiet); }
.todos > span { white-space: nowrap; }
.todos { display: flex; align-items: center; gap: 0.625rem; font-variant-numeric: tabular-nums; }
progress {
  appearance: none; flex: 0 1 14rem; min-width: 4rem; height: 6px; border: 0; border-radius: 99px; overflow: hidden;
  background: var(--line); color: var(--tone);
}
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--tone); transition: inline-size 0.4s ease; border-radius: 99px; }
progress::-moz-progress-bar { background: var(--tone); }
.request { display: flex; flex-wrap: wrap; column-gap: 0.625rem; }
.request > a { font-weight: 550; }
.problem-box { color: var(--bad); }
.announcements { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

@container (max-width: 30rem) {
  section { padding: 0.875rem 0.875rem 0.25rem; border-radius: 10px; }
  .controls { margin-inline-start: 0; }
  .stage { column-gap: 0.625rem; }
  progress { flex: 1 1 auto; }
}
@media (prefers-reduced-motion: reduce) {
  .activity::before { animation: none; }
  progress::-webkit-progress-value { transition: none; }
}
@media (forced-colors: active) {
  .state, .badge, .marker { border: 1px solid; }
  progress { border: 1px solid; }
}
`);

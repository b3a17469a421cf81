"""How the page looks: the program's own colours, for the screen and for paper."""

from collections.abc import Mapping


def style(light: Mapping[str, str], dark: Mapping[str, str]) -> str:
    """Return the style sheet."""
    return f"""
:root {{ {_variables(light)} }}
@media screen and (prefers-color-scheme: dark) {{ :root {{ {_variables(dark)} }} }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; background: var(--window); color: var(--text); font: 15px/1.5 Inter, "Segoe UI", system-ui,
  -apple-system, "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; }}
main {{ max-width: 1080px; margin: 0 auto; padding: 40px 24px 64px; }}
h1 {{ font-size: 34px; line-height: 1.15; margin: 0 0 8px; letter-spacing: -0.01em; overflow-wrap: anywhere; }}
h2 {{ font-size: 20px; margin: 48px 0 12px; padding-top: 16px; border-top: 1px solid var(--line); }}
h3 {{ font-size: 15px; margin: 24px 0 8px; }}
p {{ margin: 8px 0; max-width: 72ch; overflow-wrap: anywhere; }}
.lead {{ font-size: 18px; }}
.note, figcaption, caption {{ color: var(--muted); font-size: 13px; }}
.cards {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(136px, 1fr)); gap: 12px; margin: 24px 0 0; }}
.cards div {{ background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; }}
.cards dt {{ color: var(--muted); font-size: 13px; }}
.cards dd {{ margin: 0; font-size: 22px; font-weight: 600; }}
.pictures {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 24px;
  align-items: start; }}
figure {{ margin: 0; background: var(--window); border: 1px solid var(--line); border-radius: 8px; padding: 12px; }}
figcaption {{ font-weight: 600; color: var(--text); margin-bottom: 8px; }}
img {{ display: block; width: 100%; height: auto; }}
.columns {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); gap: 8px 32px;
  align-items: start; }}
div.wide {{ overflow-x: auto; }}
table {{ border-collapse: collapse; margin: 8px 0 16px; font-size: 14px; }}
.columns table {{ width: 100%; }}
caption {{ text-align: left; font-weight: 600; color: var(--text); padding: 8px 0 4px; }}
th, td {{ text-align: left; padding: 4px 16px 4px 8px; border-bottom: 1px solid var(--line); vertical-align: top;
  font-weight: normal; overflow-wrap: break-word; }}
thead th {{ color: var(--muted); font-size: 13px; }}
.number {{ text-align: right; white-space: nowrap; padding-right: 8px; padding-left: 16px; }}
.marked th, .marked td {{ font-weight: 600; }}
.marked th {{ box-shadow: inset 3px 0 var(--accent); }}
.marked td:last-child {{ font-weight: normal; color: var(--muted); }}
details {{ margin: 8px 0 16px; }}
summary {{ cursor: pointer; color: var(--accent); padding: 4px 0; }}
summary:focus-visible, pre:focus-visible {{ outline: 2px solid var(--accent); outline-offset: 2px; }}
pre {{ background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px;
  overflow-x: auto; font: 13px/1.45 ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; }}
@page {{ margin: 16mm; }}
@media print {{
  body {{ background: none; font-size: 10.5pt; }}
  main {{ max-width: none; padding: 0; }}
  h2 {{ margin-top: 20pt; break-after: avoid; }}
  h3, caption, figcaption, .leads {{ break-after: avoid; }}
  p, figure, .cards div, .columns > *, table, tr {{ break-inside: avoid; }}
  .pictures {{ grid-template-columns: 1fr 1fr; gap: 12pt; }}
  .cards {{ grid-template-columns: repeat(6, 1fr); gap: 6pt; }}
  .cards div {{ padding: 4pt 6pt; }}
  .cards dd {{ font-size: 13pt; }}
  .columns {{ grid-template-columns: 1fr 1fr; }}
  .cards div, pre {{ background: none; }}
  div.wide {{ overflow: visible; }}
  .wide table {{ font-size: 9pt; }}
  .wide th, .wide td {{ padding-left: 4pt; padding-right: 4pt; }}
  pre {{ white-space: pre-wrap; overflow-wrap: anywhere; }}
  details:not([open]) > summary::after {{ content: " (is printed when it is opened on the screen)"; }}
}}
"""


def _variables(colours: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in colours.items())

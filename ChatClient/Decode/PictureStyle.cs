namespace ThreadedChat.ChatClient.Decode;

/// <summary>The looks of the picture: light, dark, and on paper.</summary>
internal static class PictureStyle
{
    public const string Css = """

        :root { color-scheme: light dark; --ink: #1b1f24; --faint: #57606a; --paper: #ffffff; --line: #b6bec8; --text: #0a58ca; --pad: #b9c0c8; --recv: #0a58ca; --send: #9a4d00; --bad: #b3001b; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --faint: #9da7b3; --paper: #0d1117; --line: #6b7683; --text: #6cb0ff; --pad: #5d6772; --recv: #6cb0ff; --send: #f0a35a; --bad: #ff7b72; } }
        * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        body { margin: 1.5rem; background: var(--paper); color: var(--ink); font: 15px/1.4 system-ui, "DejaVu Sans", sans-serif; }
        h1 { font-size: 1.4rem; margin: 0 0 .5rem; }
        p { max-width: 60rem; margin: .4rem 0; }
        .legend span { display: inline-flex; align-items: center; gap: .35rem; margin-right: 1.2rem; }
        .note { color: var(--faint); }
        .row { display: flex; align-items: stretch; break-inside: avoid; }
        .row > time, .row > span:first-child { flex: none; width: 8.6rem; padding-top: .55rem; color: var(--faint); font: 13px/1.2 ui-monospace, "DejaVu Sans Mono", monospace; }
        .row > .what { flex: 1; min-width: 0; padding: .45rem 0 .3rem .6rem; }
        .top { position: sticky; top: 0; background: var(--paper); border-bottom: 1px solid var(--line); z-index: 1; }
        .head { position: relative; height: 2rem; flex: none; }
        .lane { position: absolute; top: .4rem; text-align: center; font-weight: 600; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
        .lanes { position: relative; flex: none; min-height: 32px; }
        .lanes svg { position: absolute; inset: 0; overflow: hidden; }
        #lanes line { stroke: var(--line); stroke-width: 2; }
        .gap > .what { color: var(--faint); font-style: italic; padding-top: .5rem; }
        .gap .lanes { min-height: 36px; }
        .lanes text { font: 600 13px system-ui, "DejaVu Sans", sans-serif; text-anchor: middle; fill: var(--ink); stroke: var(--paper); stroke-width: 4px; paint-order: stroke; }
        .recv line { stroke: var(--recv); stroke-width: 2; } .recv path { fill: var(--recv); }
        .send line { stroke: var(--send); stroke-width: 2; } .send path { fill: var(--send); }
        .mark line { stroke: var(--faint); stroke-width: 1.5; stroke-dasharray: 5 4; } .mark path { fill: var(--faint); }
        .blocked line { stroke: var(--bad); stroke-width: 1.5; stroke-dasharray: 5 4; } .blocked path { fill: var(--bad); }
        .wall, .cross { stroke: var(--bad); stroke-width: 3; fill: none; } .dot { fill: var(--faint); }
        .frame { display: flex; flex-wrap: wrap; align-items: center; gap: .1rem .6rem; margin-bottom: .15rem; min-height: 1.4rem; break-inside: avoid; }
        .words { flex: 1; min-width: min(17rem, 100%); }
        .bar { flex: none; width: 300px; max-width: 100%; }
        .text { fill: var(--text); } .padding { fill: var(--pad); } .before { opacity: .35; }
        .missing { fill: none; stroke: var(--line); stroke-dasharray: 4 3; }
        .unknown { fill: none; stroke: var(--text); }
        .cut { stroke: var(--paper); stroke-width: .8; }
        .said { overflow-wrap: anywhere; font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 14px; white-space: pre-wrap; }
        small { color: var(--faint); font-size: 13px; white-space: nowrap; } small.joined { color: var(--send); font-weight: 600; } small.torn { color: var(--bad); font-weight: 600; white-space: normal; }
        .event { color: var(--faint); }
        @page { size: landscape; margin: 12mm; }
        @media print { :root { color-scheme: light; --ink: #000; --faint: #444; --paper: #fff; --line: #999; --text: #0a58ca; --pad: #b9c0c8; --recv: #0a58ca; --send: #9a4d00; --bad: #b3001b; } .top { position: static; } body { margin: 0; font-size: 9pt; } .row { break-inside: auto; } small { white-space: normal; } }

        """;
}

using System.Net;
using System.Text;
using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatGrade.Reports;

/// <summary>A page of HTML that needs no other file: text is always escaped, elements are written whole.</summary>
internal sealed class Html(string title, Language language)
{
    private const string Style =
        """
        body { font: 15px/1.45 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #1c1c1c; background: #fff; }
        h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin-bottom: .2rem; }
        table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid #ccc; vertical-align: top; }
        th button { font: inherit; font-weight: bold; text-align: inherit; border: 0; background: none; padding: 0; cursor: pointer; } th button::after { content: " \2195"; color: #777; }
        th[aria-sort="ascending"] button::after { content: " \2191"; color: inherit; } th[aria-sort="descending"] button::after { content: " \2193"; color: inherit; }
        .number { text-align: right; white-space: nowrap; } code, pre { font: 13px/1.4 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
        pre { background: #f4f4f4; padding: .5rem; margin: .2rem 0; } dl { display: grid; grid-template-columns: 11rem minmax(0, 1fr); gap: .2rem .8rem; } dt { color: #555; } dd { margin: 0; }
        article { border-left: 4px solid #b3261e; padding: .1rem 1rem; margin: 1rem 0; } article.free { border-color: #999; } .good { color: #1b6e2c; } .bad { color: #b3261e; } .faint { color: #666; }
        ol { margin: 0; padding-left: 1.2rem; } h1, h2, h3, p, dd, .name { overflow-wrap: anywhere; } .name { min-width: 9rem; }
        td.id { white-space: nowrap; } .table { overflow-x: auto; }
        .bars { list-style: none; padding: 0; } .bars li { margin: .4rem 0; } .bars div { display: flex; align-items: center; gap: .5rem; }
        .bars i { flex: none; min-width: 2px; border-top: .6rem solid #b3261e; } .bars i.robust { border-color: #c58a00; }
        @media screen and (max-width: 40rem) { dl { display: block; } table { font-size: 13px; } th, td { padding: .25rem; } dd { margin-bottom: .4rem; } article { padding-right: 0; } }
        @media print {
          html { font-size: 12px; } body { margin: 0; max-width: none; font-size: 11px; } code, pre { font-size: 10px; }
          th button::after { content: ""; } a { color: inherit; text-decoration: none; }
          h2, h3 { break-after: avoid; } tr, li, pre { break-inside: avoid; } .table { overflow: visible; }
        }
        """;

    private const string Sort =
        """
        document.querySelectorAll('th button').forEach(function (button) {
          button.addEventListener('click', function () {
            var head = button.parentNode, body = head.closest('table').tBodies[0], column = head.cellIndex;
            var down = head.getAttribute('aria-sort') === 'ascending';
            Array.prototype.forEach.call(head.parentNode.cells, function (cell) { cell.removeAttribute('aria-sort'); });
            head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
            var rows = Array.prototype.slice.call(body.rows);
            rows.sort(function (one, other) {
              var a = one.cells[column].dataset.key || one.cells[column].textContent, b = other.cells[column].dataset.key || other.cells[column].textContent;
              var order = isNaN(a) || isNaN(b) ? a.localeCompare(b, document.documentElement.lang, { numeric: true }) : a - b;
              return down ? -order : order;
            });
            rows.forEach(function (row) { body.appendChild(row); });
          });
        });
        """;

    private readonly StringBuilder _body = new();

    /// <summary>Text as HTML.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Adds HTML unchanged.</summary>
    public Html Add(string html)
    {
        _body.Append(html).Append('\n');
        return this;
    }

    /// <summary>Adds an element with a text.</summary>
    public Html Add(string element, string text) => Add($"<{element}>{Escape(text)}</{element.Split(' ')[0]}>");

    /// <summary>Adds a name and a value of a list of definitions.</summary>
    public Html AddPair(string name, string html) => Add($"<dt>{Escape(name)}</dt><dd>{html}</dd>");

    /// <summary>The page.</summary>
    /// <param name="isSortable">Whether there is a table that can be sorted.</param>
    public string Format(bool isSortable) =>
        $"""
        <!DOCTYPE html>
        <html lang="{(language == Language.Portuguese ? "pt-BR" : "en")}">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Escape(title)}</title>
        <style>{Style}</style></head>
        <body>
        {_body}{(isSortable ? $"<script>{Sort}</script>\n" : "")}</body>
        </html>

        """;
}

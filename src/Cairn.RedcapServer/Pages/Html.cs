using System.Net;
using System.Text;

namespace Cairn.RedcapServer.Pages;

/// <summary>Plain pages: everything that is not markup goes through <see cref="Text"/>.</summary>
internal static class Html
{
    private const string Style = """
        :root { color-scheme: light dark; --line: #8884; --faint: light-dark(#595959, #a9a9a9); }
        body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 0 1.5rem 3rem; max-width: 80rem; }
        header { border-bottom: 1px solid var(--line); margin-bottom: 1.5rem; padding: 1rem 0 .6rem; }
        header p { margin: 0; }
        .notice { background: #f5c54233; border-left: 4px solid #d9a400; padding: .5rem .8rem; margin: 0 0 1rem; }
        h1 { font-size: 1.5rem; margin: .3rem 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .4rem; }
        table { border-collapse: collapse; font-size: .9rem; } .wide { overflow-x: auto; }
        th, td { text-align: left; vertical-align: top; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--line); }
        th { white-space: nowrap; } td { max-width: 28rem; overflow-wrap: anywhere; } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
        .faint { color: var(--faint); } nav a { margin-right: 1rem; }
        """;

    public static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");

    public static string Page(string title, string body) => $"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Text(title)}</title><style>{Style}</style></head>
        <body><header><p class="notice"><strong>Not REDCap.</strong> A server for trying flows, for training and for tests, which speaks REDCap's API. It comes with Cairn; nothing here is a study.</p></header>
        <main>{body}</main></body></html>

        """;

    public static string NotFound(string path) => Page("Nothing here", $"<h1>Nothing here</h1><p>There is no page <code>{Text(path)}</code>. <a href=\"/\">All projects</a></p>");

    public static string Table(IEnumerable<string> headers, IEnumerable<IEnumerable<string>> rows)
    {
        var table = new StringBuilder("<div class=\"wide\"><table><thead><tr>");
        foreach (string header in headers)
        {
            table.Append("<th>").Append(Text(header)).Append("</th>");
        }

        table.Append("</tr></thead><tbody>");
        foreach (IEnumerable<string> row in rows)
        {
            table.Append("<tr>");
            foreach (string cell in row)
            {
                table.Append("<td>").Append(cell).Append("</td>");
            }

            table.Append("</tr>");
        }

        return table.Append("</tbody></table></div>").ToString();
    }
}

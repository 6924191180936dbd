using System.Globalization;
using System.Net;
using System.Text;

namespace DoorAgent.Commands.Output;

/// <summary>Writes a report as one HTML file without scripts, dark on white; nothing is loaded from elsewhere, so that the file opens
/// offline. Text is encoded, plots and pictures are taken as they are.</summary>
internal sealed class HtmlPage
{
    // The policy makes the browser refuse whatever would be loaded. A table that is wider than the page scrolls by itself.
    private const string Head = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width">
        <title>{0}</title>
        <style>
        body { font: 15px/1.45 sans-serif; color: #222; background: #fff; max-width: 1000px; margin: 2em auto; padding: 0 1em }
        div.table { overflow-x: auto }
        table { border-collapse: collapse; margin: 1em 0 }
        th, td { text-align: left; padding: .3em .8em .3em 0; border-bottom: 1px solid #ddd; vertical-align: top }
        svg { max-width: 100%; height: auto; margin: .5em 0 }
        .sheet { display: flex; flex-wrap: wrap; gap: 10px }
        figure { width: 230px; margin: 0; break-inside: avoid }
        figure.pair { width: 330px }
        figure.pair img { width: 49% }
        figure.wide { width: auto; margin: 1em 0 }
        figure.wide img { width: auto; max-width: 100%; image-rendering: pixelated }
        img { width: 100% }
        figcaption { font-size: 12px; overflow-wrap: anywhere }
        .columns { columns: 4 11em; font-size: 12px }
        code { overflow-wrap: anywhere }
        @media print { body { max-width: none; margin: 0 } svg, tr { break-inside: avoid } h2, h3 { break-after: avoid } }
        </style>
        </head>
        <body>

        """;

    private readonly StringBuilder _html = new();

    /// <param name="title">Title of the window and first heading.</param>
    public HtmlPage(string title)
    {
        _html.Append(Head.Replace("{0}", WebUtility.HtmlEncode(title), StringComparison.Ordinal));
        Element("h1", title);
    }

    /// <summary>Adds an element with text.</summary>
    /// <param name="name">Name of the element, such as h2 or p.</param>
    /// <param name="text">The text, not yet encoded.</param>
    public void Element(string name, string text) =>
        _html.Append(CultureInfo.InvariantCulture, $"<{name}>{WebUtility.HtmlEncode(text)}</{name}>\n");

    /// <summary>Adds a paragraph for each line.</summary>
    public void Lines(IEnumerable<string> lines)
    {
        foreach (string line in lines)
            Element("p", line);
    }

    /// <summary>Adds a heading with a list; nothing where the list is empty.</summary>
    public void List(string title, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        if (all.Length == 0)
            return;
        Element("h2", title);
        _html.Append("<ul>\n");
        foreach (string line in all)
            Element("li", line);
        _html.Append("</ul>\n");
    }

    /// <summary>Adds short lines in columns.</summary>
    public void Columns(IEnumerable<string> lines)
    {
        _html.Append("<div class='columns'>\n");
        foreach (string line in lines)
            Element("div", line);
        _html.Append("</div>\n");
    }

    /// <summary>Adds a table.</summary>
    /// <param name="head">The heads of the columns.</param>
    /// <param name="rows">The rows, each with a text for each column.</param>
    public void Table(IEnumerable<string> head, IEnumerable<IEnumerable<string>> rows)
    {
        _html.Append("<div class='table'><table>\n");
        Row("th", head);
        foreach (IEnumerable<string> row in rows)
            Row("td", row);
        _html.Append("</table></div>\n");
    }

    /// <summary>Adds what is HTML already: a plot, a sheet of pictures.</summary>
    public void Html(string html) => _html.Append(html);

    /// <summary>Ends the page and returns it.</summary>
    public string End() => _html.Append("</body>\n</html>\n").ToString();

    private void Row(string cell, IEnumerable<string> texts)
    {
        _html.Append("<tr>");
        foreach (string text in texts)
            Element(cell, text);
        _html.Append("</tr>\n");
    }
}

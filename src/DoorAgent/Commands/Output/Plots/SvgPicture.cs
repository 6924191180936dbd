using System.Globalization;
using System.Net;
using System.Text;

namespace DoorAgent.Commands.Output.Plots;

/// <summary>Writes one SVG picture for a page of HTML, which a browser shows without fonts or libraries of this machine. Lengths are in
/// pixels, from the upper left corner.</summary>
internal sealed class SvgPicture
{
    private readonly StringBuilder _svg = new();

    /// <param name="width">Width of the picture.</param>
    /// <param name="height">Height of the picture.</param>
    /// <param name="title">What the picture shows, for readers who do not see it.</param>
    public SvgPicture(double width, double height, string title)
    {
        Add($"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width:0.#} {height:0.#}' width='{width:0.#}' height='{height:0.#}'");
        Add($" role='img' font-family='sans-serif' font-size='13'><title>{WebUtility.HtmlEncode(title)}</title>");
    }

    /// <summary>Adds an element; numbers are written with a point.</summary>
    public void Add(FormattableString element) => _svg.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>Adds a line of text whose middle is at a height.</summary>
    /// <param name="x">The place of the anchor.</param>
    /// <param name="y">The height of the middle of the letters.</param>
    /// <param name="anchor">start, middle or end.</param>
    /// <param name="text">The text, not yet encoded.</param>
    /// <param name="colour">The colour.</param>
    public void Text(double x, double y, string anchor, string text, string colour = "#222") =>
        Add($"<text x='{x:0.#}' y='{y + 4:0.#}' text-anchor='{anchor}' fill='{colour}'>{WebUtility.HtmlEncode(text)}</text>");

    /// <summary>Adds a straight line.</summary>
    public void Line(double fromX, double fromY, double toX, double toY, string colour, string dashes = "") =>
        Add($"<line x1='{fromX:0.#}' y1='{fromY:0.#}' x2='{toX:0.#}' y2='{toY:0.#}' stroke='{colour}'{Dashed(dashes)}/>");

    /// <summary>Returns the attribute for dashes; nothing for a solid line.</summary>
    public static string Dashed(string dashes) => dashes.Length == 0 ? "" : $" stroke-dasharray='{dashes}'";

    /// <summary>Ends the picture and returns it.</summary>
    public string End() => _svg.Append("</svg>\n").ToString();
}

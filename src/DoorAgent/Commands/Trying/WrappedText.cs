namespace DoorAgent.Commands.Trying;

/// <summary>Wraps a text between words, and breaks a word that is longer than a line. Pure.</summary>
internal static class WrappedText
{
    private const string More = " ...";

    /// <summary>Returns lines of limited width; when there are too many, the last line ends with dots.</summary>
    /// <param name="text">The text; line ends count as spaces.</param>
    /// <param name="width">Characters per line, more than 4.</param>
    /// <param name="atMost">Maximum number of lines, at least 1.</param>
    public static IReadOnlyList<string> Of(string text, int width, int atMost)
    {
        List<string> lines = [];
        string rest = text.ReplaceLineEndings(" ").Trim();
        while (rest.Length > width && lines.Count < atMost - 1)
        {
            int cut = rest.LastIndexOf(' ', width) is var space and > 0 ? space : width;
            lines.Add(rest[..cut].TrimEnd());
            rest = rest[cut..].TrimStart();
        }

        lines.Add(rest.Length <= width ? rest : rest[..(width - More.Length)].TrimEnd() + More);
        return lines;
    }
}

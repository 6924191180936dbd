namespace DoorAgent.Commands.Trying;

/// <summary>Breaks a text between words, and a word that is longer than a line within. Pure.</summary>
internal static class WrappedText
{
    private const string More = " ...";

    /// <summary>Lines of at most a width; when there are too many, the last says with dots that there is more.</summary>
    /// <param name="text">Ends of lines in it are spaces here.</param>
    /// <param name="width">Characters a line, more than 4.</param>
    /// <param name="atMost">Lines, at least 1.</param>
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

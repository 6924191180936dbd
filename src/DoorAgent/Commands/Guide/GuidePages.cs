using System.Reflection;

namespace DoorAgent.Commands.Guide;

/// <summary>Reads the pages of the guide, which are embedded in the program: each file of deploy/guide is a page with the file's
/// name.</summary>
internal static class GuidePages
{
    /// <summary>The name of the page whose file is deploy/README.md.</summary>
    public const string Installing = "installing";

    private const string Folder = "guide/";
    private const string Ending = ".md";

    private static readonly Assembly Program = typeof(GuidePages).Assembly;

    /// <summary>The names of all pages, in alphabetical order.</summary>
    public static IReadOnlyList<string> Topics { get; } =
    [
        .. Program.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Ending.Length]).Order(StringComparer.Ordinal),
    ];

    /// <summary>Returns the Markdown of a page, with links as from deploy/guide; null when no page has that name.</summary>
    public static string? Find(string topic)
    {
        if (!Topics.Contains(topic))
            return null;
        using StreamReader page = new(Program.GetManifestResourceStream($"{Folder}{topic}{Ending}")!);
        string text = page.ReadToEnd();
        return topic == Installing ? text.Replace("](../", "](../../", StringComparison.Ordinal) : text;
    }

    /// <summary>Returns the title of a page: its first heading.</summary>
    public static string TitleOf(string topic) => Find(topic)!.Split('\n', 2)[0].TrimStart('#', ' ');
}

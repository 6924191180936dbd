using System.Text.RegularExpressions;
using Spectre.Console;

namespace DoorAgent.Commands.Guide;

/// <summary>Converts text within a block (code, bold, italic and links) to the terminal's markup. Pure.</summary>
internal static partial class PageText
{
    /// <summary>Returns the markup of a text; unmarked text is escaped.</summary>
    public static string Markup(string text)
    {
        string markup = "";
        int done = 0;
        foreach (Match part in Marked().Matches(text))
        {
            markup += text[done..part.Index].EscapeMarkup() + Of(part);
            done = part.Index + part.Length;
        }

        return markup + text[done..].EscapeMarkup();
    }

    private static string Of(Match part)
    {
        if (part.Groups["code"] is { Success: true } code)
            return $"[cyan]{code.Value.EscapeMarkup()}[/]";
        if (part.Groups["bold"] is { Success: true } bold)
            return $"[bold]{Markup(bold.Value)}[/]";
        if (part.Groups["italic"] is { Success: true } italic)
            return $"[italic]{Markup(italic.Value)}[/]";
        return Markup(part.Groups["text"].Value) + (TopicOf(part.Groups["to"].Value) is { } topic ? $" [grey](help {topic})[/]" : "");
    }

    /// <summary>Returns the page that a link leads to; null for any other target, which a terminal cannot follow.</summary>
    private static string? TopicOf(string target)
    {
        string file = target.Split('#')[0];
        string topic = file == "../README.md" ? GuidePages.Installing : Path.GetFileNameWithoutExtension(file);
        return GuidePages.Topics.Contains(topic) ? topic : null;
    }

    [GeneratedRegex(@"`(?<code>[^`]+)`|\*\*(?<bold>.+?)\*\*"
        + @"|(?<![\w*])\*(?=\S)(?<italic>[^*]+?)(?<=\S)\*(?![\w*])|\[(?<text>[^\]]+)\]\((?<to>[^)]+)\)")]
    private static partial Regex Marked();
}

using DoorAgent.Auditing;
using Spectre.Console;

namespace DoorAgent.Commands.Log;

/// <summary>Explains events and reasons on the screen.</summary>
internal static class ExplanationView
{
    /// <exception cref="UserErrorException">There is no event or reason of that name.</exception>
    public static void Show(string? word, bool isMarkdown)
    {
        if (isMarkdown)
        {
            Console.Write(Explanation.Page());
            return;
        }

        if (word is not null)
        {
            Show(Explanation.Find(word));
            return;
        }

        AnsiConsole.MarkupLine("[bold]Events[/]");
        Show(Explanation.Events);
        AnsiConsole.MarkupLine("[bold]Reasons to deny[/]");
        Show(Explanation.Reasons);
    }

    private static void Show(IEnumerable<Explanation> explanations)
    {
        foreach (Explanation one in explanations)
        {
            string kind = one.Id is { } id ? $"event {id}" : "reason to deny";
            AnsiConsole.MarkupLine($"[{ColourOf(one.Level)}]{one.Name}[/] [grey]({kind}, {one.Level})[/]");
            AnsiConsole.Write(new Padder(new Text(one.Meaning), new Padding(2, 0, 0, 0)));
            if (one.Remedy.Length > 0)
                AnsiConsole.Write(new Padder(new Text("-> " + one.Remedy), new Padding(2, 0, 0, 0)));
        }
    }

    private static string ColourOf(string level) => level switch
    {
        "ERR" => "red",
        "WRN" => "yellow",
        _ => "bold",
    };
}

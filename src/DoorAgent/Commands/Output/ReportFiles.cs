using System.CommandLine;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Output;

/// <summary>The options with which a measuring command writes its report into files, and the writing.</summary>
/// <param name="html">Description of the HTML file.</param>
/// <param name="json">Description of the JSON file.</param>
internal sealed class ReportFiles(string html, string json)
{
    private readonly Option<string?> _html = new("--html") { Description = html, HelpName = "FILE" };
    private readonly Option<string?> _json = new("--json") { Description = json, HelpName = "FILE" };
    private readonly Option<bool> _force = new("--force") { Description = "Overwrites existing files." };

    public IEnumerable<Option> Options => [_json, _html, _force];

    /// <summary>Whether the JSON is printed, so that everything else goes to the error output.</summary>
    public bool IsPrinted(ParseResult result) => result.GetValue(_json) == OutputFile.StandardOutput;

    /// <summary>Whether an HTML file is wanted.</summary>
    public bool HasHtml(ParseResult result) => result.GetValue(_html) is not null;

    /// <summary>Checks before the measurement, which takes minutes, that the files can be written after it.</summary>
    /// <exception cref="UserErrorException">A file exists, belongs to the door, or is in no folder that can be written.</exception>
    public void EnsureNew(ParseResult result, Places places)
    {
        foreach (string file in new[] { JsonFile(result), result.GetValue(_html) }.OfType<string>())
            OutputFile.EnsureNew(file, result, places, result.GetValue(_force));
    }

    /// <summary>Prints the report, as JSON or for people, and writes the files.</summary>
    /// <exception cref="UserErrorException">A file cannot be written.</exception>
    public void Write<T>(ParseResult result, T report, Func<T, string> toJson, Func<T, string> toHtml, Action<T> show)
    {
        bool isPrinted = IsPrinted(result);
        if (isPrinted)
            Console.WriteLine(toJson(report));
        else
            show(report);
        if (JsonFile(result) is { } json)
            OutputFile.Write(json, toJson(report) + "\n", "one line of JSON", isPrinted);
        if (result.GetValue(_html) is { } html)
            OutputFile.Write(html, toHtml(report), "open it with a browser; it contains pictures of people", isPrinted);
    }

    private string? JsonFile(ParseResult result) => IsPrinted(result) ? null : result.GetValue(_json);
}

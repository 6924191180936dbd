using Spectre.Console;

namespace DoorAgent.Tests.Commands;

/// <summary>Captures what is printed. The process has one console, so its tests run alone.</summary>
[CollectionDefinition(nameof(WholeConsole), DisableParallelization = true)]
public sealed class WholeConsole : IDisposable
{
    private readonly TextWriter _out = Console.Out, _error = Console.Error;
    private readonly IAnsiConsole _pretty = AnsiConsole.Console;
    private readonly StringWriter _takenOut = new(), _takenError = new();

    public WholeConsole()
    {
        Console.SetOut(_takenOut);
        Console.SetError(_takenError);
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(_takenOut),
            Ansi = AnsiSupport.No,
            Interactive = InteractionSupport.No,
        });
    }

    internal string Out => _takenOut.ToString();

    internal string Error => _takenError.ToString();

    /// <summary>Runs the program and asserts its exit code and a part of its output.</summary>
    /// <returns>All that the program printed; the text contains the words, and the exit code is the expected one.</returns>
    internal static async Task<string> SaysAsync(int exitCode, string words, params string[] arguments)
    {
        using WholeConsole console = new();
        int answer = await Program.Main(arguments);
        string said = console.Out + console.Error;
        Assert.True(answer == exitCode && said.Contains(words, StringComparison.Ordinal),
            $"{answer}, not {exitCode} and '{words}': {said}");
        return said;
    }

    public void Dispose()
    {
        Console.SetOut(_out);
        Console.SetError(_error);
        AnsiConsole.Console = _pretty;
        _takenOut.Dispose();
        _takenError.Dispose();
    }
}

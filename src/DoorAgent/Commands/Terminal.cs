using Spectre.Console;

namespace DoorAgent.Commands;

/// <summary>The terminal, kept from what others wrote: while this is held, all that the program prints is made printable.</summary>
internal sealed class Terminal : IDisposable
{
    private const int WidthOfPlainOutput = 140;
    private const string LineCleared = "\r\u001b[K";

    private static TextWriter? _plainError;

    private readonly TextWriter _out = Console.Out, _error = Console.Error;
    private readonly PrintableTables _tables = new();
    private readonly IAnsiConsole _pretty = AnsiConsole.Console;

    public Terminal()
    {
        // Into a file or a pipe there is no width to ask for, and 80 would break the rows of tables.
        if (Console.IsOutputRedirected)
            _pretty.Profile.Width = WidthOfPlainOutput;
        _pretty.Pipeline.Attach(_tables);
        _plainError = _error;
        Console.SetOut(new PrintableWriter(_out));
        Console.SetError(new PrintableWriter(_error));
    }

    /// <summary>Empties the line of the error output in which the cursor stands, and goes to its beginning.</summary>
    public static void ClearErrorLine() => (_plainError ?? Console.Error).Write(LineCleared);

    public void Dispose()
    {
        Console.SetOut(_out);
        Console.SetError(_error);
        _plainError = null;
        _pretty.Pipeline.Detach(_tables);
    }
}

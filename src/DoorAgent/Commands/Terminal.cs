using DoorAgent.Storage;
using Spectre.Console;

namespace DoorAgent.Commands;

/// <summary>The terminal, kept from what others wrote: while this is held, all that the program prints is made printable.</summary>
internal sealed class Terminal : IDisposable
{
    private const int WidthOfPlainOutput = 140;
    private const string LineCleared = "\r\u001b[K";

    private static Terminal? _held;

    private readonly TextWriter _out = StandardStreams.IsInherited(StandardStreams.Output) ? Console.Out : TextWriter.Null;
    private readonly TextWriter _error = StandardStreams.IsInherited(StandardStreams.Error) ? Console.Error : TextWriter.Null;
    private readonly GuardedWriter _guardedOut, _guardedError;
    private readonly PrintableTables _tables = new();
    private readonly IAnsiConsole _pretty;

    public Terminal()
    {
        (_guardedOut, _guardedError) = (new GuardedWriter(_out), new GuardedWriter(_error));
        // What draws tables takes the output that it finds when it is asked first.
        Console.SetOut(_guardedOut);
        _pretty = AnsiConsole.Console;
        // Into a file or a pipe there is no width to ask for, and 80 would break the rows of tables.
        if (Console.IsOutputRedirected)
            _pretty.Profile.Width = WidthOfPlainOutput;
        _pretty.Pipeline.Attach(_tables);
        _held = this;
        Console.SetOut(new PrintableWriter(_guardedOut));
        Console.SetError(new PrintableWriter(_guardedError));
    }

    /// <summary>Why the output could not be written whole; null where it was.</summary>
    public string? OutputFailure
    {
        get
        {
            Console.Out.Flush();
            return _guardedOut.Failure;
        }
    }

    /// <summary>Whether something could not be written on the output, such as on a full device: what follows would be lost as well.</summary>
    public static bool IsOutputLost => _held?._guardedOut.Failure is not null;

    /// <summary>Empties the line of the error output in which the cursor stands, and goes to its beginning.</summary>
    public static void ClearErrorLine() => (_held?._guardedError ?? Console.Error).Write(LineCleared);

    public void Dispose()
    {
        Console.SetOut(_out);
        Console.SetError(_error);
        _held = null;
        _pretty.Pipeline.Detach(_tables);
    }
}

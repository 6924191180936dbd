namespace DoorAgent.Diagnostics.Setup;

/// <summary>Asks on a console.</summary>
internal sealed class ConsoleTerminal(TextReader input, TextWriter output) : ISetupTerminal
{
    private Task<string?>? _line;

    public void Say(string line) => output.WriteLine(line);

    public async Task<string?> AskAsync(string prompt, CancellationToken cancellationToken)
    {
        await output.WriteAsync(prompt);
        await output.FlushAsync(cancellationToken);
        // On a thread of its own: reading a console blocks even where it says it does not, and cannot be ended.
        _line ??= Task.Run(input.ReadLine, CancellationToken.None);
        try
        {
            string? typed = await _line.WaitAsync(cancellationToken);
            _line = null;
            return typed;
        }
        catch (OperationCanceledException)
        {
            await output.WriteLineAsync();
            throw;
        }
    }
}

namespace DoorAgent.Diagnostics.Setup;

/// <summary>Asks the questions of setup on a console.</summary>
internal sealed class ConsoleTerminal(TextReader input, TextWriter output) : ISetupTerminal
{
    private Task<string?>? _line;

    public void Say(string line) => output.WriteLine(line);

    public async Task<string?> AskAsync(string prompt, CancellationToken cancellationToken)
    {
        await output.WriteAsync(prompt);
        await output.FlushAsync(cancellationToken);
        // A separate thread reads, because reading a console blocks even in asynchronous methods and cannot be cancelled.
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

namespace DoorAgent.Diagnostics.Setup;

/// <summary>Whoever answers.</summary>
internal interface ISetupTerminal
{
    /// <summary>Shows a line.</summary>
    void Say(string line);

    /// <summary>Asks, and waits for a line; null when no more will come. A cancelled question's answer is given to the next one.</summary>
    Task<string?> AskAsync(string prompt, CancellationToken cancellationToken);
}

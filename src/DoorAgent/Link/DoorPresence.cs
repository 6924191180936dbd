namespace DoorAgent.Link;

/// <summary>Reports once when the door does not answer, and once when it answers again, whichever channel notices first.</summary>
/// <param name="log">The log.</param>
internal sealed class DoorPresence(Serilog.ILogger log)
{
    private readonly Lock _gate = new();

    /// <summary>Why the door does not answer; null while it does.</summary>
    public string? Problem { get; private set; }

    public void Answered()
    {
        lock (_gate)
        {
            if (Problem is null)
                return;
            Problem = null;
        }

        log.Information("The door answers again");
    }

    public void Missing(string why)
    {
        lock (_gate)
        {
            if (Problem is not null)
                return;
            Problem = why;
        }

        log.Warning("The door does not answer, and the link keeps asking: {Why}", why);
    }
}

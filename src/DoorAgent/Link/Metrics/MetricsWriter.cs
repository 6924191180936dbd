namespace DoorAgent.Link.Metrics;

/// <summary>Asks the door for its metrics each 15 s and writes them into the file. A door that does not answer leaves only
/// <c>dooragent_up 0</c>, so that nobody takes old values for the present ones; so does the end of the link.</summary>
/// <param name="options">Checked options with a file.</param>
/// <param name="ask">Asks the door for its metrics.</param>
/// <param name="log">The log, which gets one line when the writing begins to fail, and one when it works again.</param>
/// <param name="time">The clock.</param>
internal sealed class MetricsWriter(
    MetricsOptions options, Func<CancellationToken, Task<string>> ask, Serilog.ILogger log, TimeProvider time)
{
    private readonly MetricsFile _file = new(options.File!);

    /// <summary>Why the last metrics were not written; null where they were.</summary>
    public string? Problem { get; private set; }

    /// <summary>Makes the writer; null where no file is set.</summary>
    /// <exception cref="UserErrorException">Values of the section are invalid.</exception>
    public static MetricsWriter? Make(LinkContext context)
    {
        MetricsOptions options = context.Settings.Section<MetricsOptions>();
        return string.IsNullOrWhiteSpace(options.File) ? null
            : new MetricsWriter(options, context.Door.MetricsAsync, context.Log, context.Time);
    }

    /// <summary>Writes until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using PeriodicTimer timer = new(MetricsOptions.Every, time);
        try
        {
            do
                Write(await AskAsync(stopping));
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            Write(null);
        }
    }

    private async Task<string?> AskAsync(CancellationToken stopping)
    {
        try
        {
            return await ask(stopping).WaitAsync(MetricsOptions.Every, time, stopping);
        }
        catch (Exception silent) when (silent is LinkDoorException or TimeoutException)
        {
            return null;
        }
    }

    private void Write(string? metrics)
    {
        try
        {
            _file.Write(metrics);
            if (Problem is not null)
                log.Information("The metrics are written to {File} again", options.File);
            Problem = null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (Problem != failure.Message)
            {
                log.Warning("The metrics cannot be written to {File}: {Why} The link tries again each {Seconds} s; its user "
                    + "dooragent-link must be allowed to write into that directory", options.File, failure.Message,
                    MetricsOptions.Every.TotalSeconds);
            }

            Problem = failure.Message;
        }
    }
}

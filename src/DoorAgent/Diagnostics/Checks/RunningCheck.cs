namespace DoorAgent.Diagnostics.Checks;

/// <summary>Reports the door that runs on these data, and its faults.</summary>
internal sealed class RunningCheck : ICheck
{
    public string Name => "door";

    public Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        if (door.RunningRefusal is { } why)
            findings.Warn(why);
        else if (door.Running is not { } running)
            findings.Ok("no door runs on these data: the devices are checked directly");
        else
            findings.Ok($"running since {running.Since:yyyy-MM-dd HH:mm}, {running.Door.ToString().ToLowerInvariant()}: {running.Running}");
        foreach (string fault in door.Running?.Faults ?? [])
            findings.Fault($"the running door says: {fault}",
                "'dooragent log --alarms' shows since when, 'dooragent log --explain' what to do.");
        return Task.CompletedTask;
    }
}

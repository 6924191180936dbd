namespace DoorAgent.Running;

/// <summary>Runs the door inside the host. It never returns by itself: either it is stopped, or something failed.</summary>
internal sealed class DoorWorker(DoorRuntime runtime) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => runtime.RunAsync(stoppingToken);
}

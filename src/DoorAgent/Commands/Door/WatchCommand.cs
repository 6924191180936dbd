using System.CommandLine;
using DoorAgent.Commands.Output;
using DoorAgent.Operating;
using DoorAgent.Storage;
using Spectre.Console;

namespace DoorAgent.Commands.Door;

/// <summary>Creates dooragent watch.</summary>
internal static class WatchCommand
{
    // Twice a blink of the lights: fast enough to see them, slow enough for a serial line.
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(0.5);

    internal static Command Create()
    {
        Command command = new("watch", """
            Shows the running door live, until Ctrl-C: its state, what is wrong, its last events.

            When the door stops or restarts, the view says so and continues as soon as a door runs again.
            """);
        command.SetAction(async (result, stopping) =>
        {
            Places places = CommonOptions.ShowPlaces(result);
            using OutputCancellation reading = new(stopping);
            await LiveView.RunAsync(new Text("asking the door ..."), isCleared: false, live => ShowAsync(live, places, reading.Token));
            return 0;
        });
        return command;
    }

    private static async Task ShowAsync(LiveDisplayContext live, Places places, CancellationToken stopping)
    {
        using PeriodicTimer timer = new(Every, TimeProvider.System);
        try
        {
            do
            {
                (OperatorAnswer answer, _) = await OperatorClient.TryAskAsync(places, new OperatorRequest(OperatorVerb.Status), stopping);
                live.UpdateTarget(answer.Status is { } status ? StatusView.Of(status)
                    : new Text(answer.Refusal ?? "The door answered without its state; is the door of another version?"));
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Normal shutdown.
        }
    }
}

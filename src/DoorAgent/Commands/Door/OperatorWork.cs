using System.CommandLine;
using DoorAgent.Hardware.Badges;
using DoorAgent.Operating;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Door;

/// <summary>What the verbs that ask a running door share.</summary>
internal static class OperatorWork
{
    /// <summary>The word that stands for the next new badge read at the door.</summary>
    public const string Next = "next";

    private const double WaitForBadge = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>One order, and what the door says to it.</summary>
    /// <exception cref="UserErrorException">No door runs, or it refused.</exception>
    public static async Task<int> OrderAsync(ParseResult result, OperatorVerb verb, CancellationToken stopping)
    {
        OperatorAnswer answer = await OperatorClient.AskAsync(GalleryWork.Told(result), new OperatorRequest(verb), stopping);
        Console.WriteLine(answer.Done);
        return 0;
    }

    /// <summary>The badge to give to somebody: the one that was typed; with "next", the next one read at the running door that belongs to
    /// nobody yet.</summary>
    /// <exception cref="UserErrorException">It is no badge, or none that a reader can send; no door runs, or none was read in time.</exception>
    public static async Task<Badge> BadgeAsync(ParseResult result, string text, CancellationToken stopping)
    {
        if (!text.Equals(Next, StringComparison.OrdinalIgnoreCase))
        {
            Badge typed = GalleryArguments.ParseBadge(text);
            return WiegandFormat.Misfit(typed) is { } misfit ? throw new UserErrorException($"{misfit} Compare it with the card's print, or let the door read it: 'next' instead of a number.") : typed;
        }

        // The door itself says that it waits: where none runs nobody is sent to the reader.
        OperatorAnswer answer = await OperatorClient.AskAsync(CommonOptions.PlacesOf(result), new OperatorRequest(OperatorVerb.NextBadge, WaitForBadge), stopping, Console.WriteLine);
        Badge read = Hardware.Badges.Badge.Parse(answer.Badge ?? throw new UserErrorException("The door answered without a badge; is it another version?"));
        Console.WriteLine($"Read {read.Number}.");
        return read;
    }

    /// <summary>How the door is that runs on this data, for a command that goes on without it; null, and a warning, where it does not say.</summary>
    public static async Task<DoorStatus?> RunningOrNoneAsync(ParseResult result, CancellationToken stopping)
    {
        (DoorStatus? running, string? why) = await RunningAsync(CommonOptions.PlacesOf(result), stopping);
        if (why is not null)
            Console.Error.WriteLine($"WARNING: who is locked out is not known: {why}");
        return running;
    }

    /// <summary>How the door is that runs on this data, or why it does not say; neither where none runs.</summary>
    public static async Task<(DoorStatus? Running, string? Why)> RunningAsync(Places places, CancellationToken stopping)
    {
        using CancellationTokenSource patience = new(Patience, TimeProvider.System);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        try
        {
            if (!Permission.Exists(places.OperatorSocket))
                return (null, null);
            (OperatorAnswer answer, _) = await OperatorClient.TryAskAsync(places, new OperatorRequest(OperatorVerb.Status), either.Token);
            return (answer.Status, answer.Refusal);
        }
        catch (UserErrorException refusal)
        {
            return (null, refusal.Message);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return (null, $"The door does not answer for {Patience.TotalSeconds:0} s. Its log says more ('journalctl -u dooragent'); start it again: 'systemctl restart dooragent'.");
        }
    }
}

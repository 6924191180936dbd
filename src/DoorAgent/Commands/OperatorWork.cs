using System.CommandLine;
using DoorAgent.Hardware.Badges;
using DoorAgent.Operating;

namespace DoorAgent.Commands;

/// <summary>What the verbs that ask a running door share.</summary>
internal static class OperatorWork
{
    /// <summary>The word that stands for the next new badge read at the door.</summary>
    public const string Next = "next";

    private const double WaitForBadge = 60;

    /// <summary>One order, and what the door says to it.</summary>
    /// <exception cref="UserErrorException">No door runs, or it refused.</exception>
    public static async Task<int> OrderAsync(ParseResult result, OperatorVerb verb, CancellationToken stopping)
    {
        OperatorAnswer answer = await OperatorClient.AskAsync(GalleryWork.Told(result), new OperatorRequest(verb), stopping);
        Console.WriteLine(answer.Done);
        return 0;
    }

    /// <summary>The badge that was typed; with "next", the next one read at the running door that belongs to nobody yet.</summary>
    /// <exception cref="UserErrorException">It is no badge, no door runs, or none was read in time.</exception>
    public static async Task<Badge> BadgeAsync(ParseResult result, string text, CancellationToken stopping)
    {
        if (!text.Equals(Next, StringComparison.OrdinalIgnoreCase))
            return GalleryWork.ParseBadge(text);
        Console.WriteLine($"Present the new badge at the door within {WaitForBadge:0} s (Ctrl-C ends the wait).");
        OperatorAnswer answer = await OperatorClient.AskAsync(CommonOptions.PlacesOf(result), new OperatorRequest(OperatorVerb.NextBadge, WaitForBadge), stopping);
        Badge read = Hardware.Badges.Badge.Parse(answer.Badge ?? throw new UserErrorException("The door answered without a badge; is it another version?"));
        Console.WriteLine($"Read {read.Number}.");
        return read;
    }
}

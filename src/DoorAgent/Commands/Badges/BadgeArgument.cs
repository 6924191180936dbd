using System.CommandLine;
using DoorAgent.Hardware.Badges;
using DoorAgent.Operating;

namespace DoorAgent.Commands.Badges;

/// <summary>The badge that a command line names: a number, or the next new badge at the running door.</summary>
internal static class BadgeArgument
{
    private const string Next = "next";
    private const double SecondsToWait = 60;

    private const string Form =
        "FORMAT:FACILITY:CARD as in the log, such as H10301:123:4567; H10302::123456789 where the format has no facility; UID:62B43423.";

    /// <summary>Description of a badge that may also be the next new one at the door.</summary>
    public const string FormOrNext = $"{Form} Or '{Next}': the next badge read at the running door that belongs to nobody.";

    public static Argument<string> Create() => new("BADGE") { Description = Form };

    public static Argument<string> CreateWithNext() => new("BADGE") { Description = FormOrNext };

    /// <summary>Parses a badge number.</summary>
    /// <exception cref="UserErrorException">The text is not a badge number.</exception>
    public static Badge Parse(string text)
    {
        try
        {
            return Badge.Read(text);
        }
        catch (FormatException failure)
        {
            throw new UserErrorException(failure.Message, failure);
        }
    }

    /// <summary>Returns the badge to assign: the typed number or, for "next", the next badge read at the running door that belongs to
    /// nobody.</summary>
    /// <exception cref="UserErrorException">The text is not a badge number, or no reader can send that number; no door runs, or no badge
    /// was read in time.</exception>
    public static async Task<Badge> ResolveAsync(ParseResult result, string text, CancellationToken stopping)
    {
        if (!text.Equals(Next, StringComparison.OrdinalIgnoreCase))
        {
            Badge typed = Parse(text);
            return WiegandFormat.Misfit(typed) is not { } misfit ? typed : throw new UserErrorException(
                $"{misfit} Compare the number with the print on the card, or let the door read the card: 'next' instead of a number.");
        }

        // The door itself announces that it waits for a badge: without a running door nobody is sent to the reader.
        OperatorAnswer answer = await OperatorClient.AskAsync(
            CommonOptions.PlacesOf(result), new OperatorRequest(OperatorVerb.NextBadge, SecondsToWait), stopping, Console.WriteLine);
        Badge read = Badge.Parse(answer.Badge
            ?? throw new UserErrorException("The door answered without a badge; is the door of another version?"));
        Console.WriteLine($"Read {read.Number}.");
        return read;
    }
}
